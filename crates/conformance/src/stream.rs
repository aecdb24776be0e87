//! Reads a stream of server-sent events, however it behaves.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use ureq::Body;

/// Most bytes of a stream that are read.
const MOST_READ: u64 = 16 * 1024 * 1024;

/// Something that came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Item {
    /// A comment: a sign of life and nothing else.
    pub(crate) comment: bool,
    pub(crate) id: String,
    pub(crate) name: String,
    /// Null where it is no JSON.
    pub(crate) data: Value,
    /// How long after the opening.
    pub(crate) after: Duration,
}

/// An open stream with all that came so far.
pub(crate) struct Stream {
    receiver: Receiver<Item>,
    pub(crate) items: Vec<Item>,
}

impl Stream {
    pub(crate) fn new(body: Body) -> Self {
        let (sender, receiver) = channel();
        let opened = Instant::now();
        std::thread::spawn(move || {
            let mut item = Item::default();
            let mut data = String::new();
            let reader = body.into_with_config().limit(MOST_READ).reader();
            for line in BufReader::new(reader).lines().map_while(Result::ok) {
                let after = opened.elapsed();
                let come = if line.is_empty() {
                    if item.name.is_empty() && data.is_empty() {
                        continue;
                    }
                    item.data = serde_json::from_str(&data).unwrap_or_default();
                    data.clear();
                    Item { after, ..std::mem::take(&mut item) }
                } else if line.starts_with(':') {
                    Item { comment: true, after, ..Item::default() }
                } else {
                    let (field, value) = line.split_once(':').unwrap_or((&line, ""));
                    let value = value.strip_prefix(' ').unwrap_or(value);
                    match field {
                        "id" => value.clone_into(&mut item.id),
                        "event" => value.clone_into(&mut item.name),
                        "data" => data.push_str(value),
                        _ => {}
                    }
                    continue;
                };
                if sender.send(come).is_err() {
                    return;
                }
            }
        });
        Self { receiver, items: Vec::new() }
    }

    /// The first thing that came, or comes within this time, for which this holds.
    pub(crate) fn find(&mut self, within: Duration, holds: impl Fn(&Item) -> bool) -> Option<Item> {
        if let Some(found) = self.items.iter().find(|item| holds(item)) {
            return Some(found.clone());
        }
        let until = Instant::now() + within;
        while let Ok(item) = self.receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.items.push(item.clone());
            if holds(&item) {
                return Some(item);
            }
        }
        None
    }

    /// Names of the events that came, for a verdict.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self
            .items
            .iter()
            .map(|item| if item.comment { "a comment" } else { item.name.as_str() })
            .collect();
        if names.is_empty() {
            "nothing came".to_owned()
        } else {
            crate::words::excerpt(&names.join(", "), 120)
        }
    }
}
