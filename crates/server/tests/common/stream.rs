//! Reads a stream of server-sent events.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use ureq::Body;

/// An open stream.
pub struct Stream(Receiver<StreamEvent>);

/// An event that arrived.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamEvent {
    /// Its id.
    pub id: String,
    /// Its type.
    pub name: String,
    /// What it says.
    pub data: Value,
}

impl Stream {
    pub(super) fn new(body: Body) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut event = StreamEvent::default();
            for line in BufReader::new(body.into_reader()).lines() {
                let Ok(line) = line else { return };
                if line.is_empty() && !event.name.is_empty() {
                    if sender.send(std::mem::take(&mut event)).is_err() {
                        return;
                    }
                } else if let Some(id) = line.strip_prefix("id: ") {
                    id.clone_into(&mut event.id);
                } else if let Some(name) = line.strip_prefix("event: ") {
                    name.clone_into(&mut event.name);
                } else if let Some(data) = line.strip_prefix("data: ") {
                    event.data = serde_json::from_str(data).unwrap();
                }
            }
        });
        Self(receiver)
    }

    /// The next event; fails after five seconds.
    pub fn next(&self) -> StreamEvent {
        self.0.recv_timeout(Duration::from_secs(5)).unwrap()
    }

    /// The next event of that type, others left out.
    pub fn next_of(&self, name: &str) -> StreamEvent {
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until {
            let event = self.next();
            if event.name == name {
                return event;
            }
        }
        panic!("no {name} within five seconds");
    }

    /// All that arrives within this time.
    pub fn all_within(&self, time: Duration) -> Vec<StreamEvent> {
        let until = Instant::now() + time;
        let mut all = Vec::new();
        while let Ok(event) = self.0.recv_timeout(until.saturating_duration_since(Instant::now())) {
            all.push(event);
        }
        all
    }

    /// Whether the server ended the stream, waiting for it at most five seconds.
    pub fn has_ended(&self) -> bool {
        self.0.recv_timeout(Duration::from_secs(5)) == Err(RecvTimeoutError::Disconnected)
    }
}
