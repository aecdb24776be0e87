//! The event stream: a bounded memory of events, and readers that follow it.

use super::core::Core;
use super::routes::Call;
use super::wire::Refusal;
use crate::host::{Bytes, Local};
use bandeja_contract::Event;
use bandeja_contract::headers::LAST_EVENT_ID;
use bandeja_model::Timestamp;
use futures::future::{Either, select};
use std::collections::VecDeque;
use std::pin::pin;
use std::rc::Rc;

/// Events kept for readers that come back.
const KEPT: usize = 1_000;
/// Between two signs of life, in milliseconds.
const HEARTBEAT_MS: u32 = 15_000;

/// The events of late. Their numbers begin at the clock, so that those of an earlier engine are told apart.
pub(super) struct Ring {
    /// The number before the first that was given.
    base: u64,
    newest: u64,
    events: VecDeque<(u64, String)>,
}

impl Ring {
    pub(super) fn new(start: Timestamp) -> Self {
        let base = u64::try_from(start.timestamp_millis()).unwrap_or_default();
        Self { base, newest: base, events: VecDeque::new() }
    }

    fn push(&mut self, event: &Event) {
        // Events are plain structs: writing them cannot fail.
        let data = serde_json::to_string(event).unwrap_or_default();
        self.newest += 1;
        let text = format!("id: {}\nevent: {}\ndata: {data}\n\n", self.newest, event.name());
        self.events.push_back((self.newest, text));
        if self.events.len() > KEPT {
            self.events.pop_front();
        }
    }

    /// Somebody signed in: who comes back behind that does not hear of the end of the session before.
    pub(super) fn session_goes_on(&mut self) {
        let end = format!("\nevent: {}\n", Event::SessionExpired.name());
        // Its number stays, so that nothing seems to be missing.
        self.events.iter_mut().filter(|(_, text)| text.contains(&end)).for_each(|(_, text)| text.clear());
    }

    /// What came after that number; nothing if that is not known any more.
    fn after(&self, id: u64) -> Option<String> {
        let oldest = self.events.front().map_or(self.newest + 1, |(oldest, _)| *oldest);
        let known = id >= self.base && id <= self.newest && id + 1 >= oldest;
        known.then(|| {
            let new = self.events.iter().filter(|(number, _)| *number > id);
            new.map(|(_, text)| text.as_str()).collect()
        })
    }

    fn reset(&self) -> String {
        format!("id: {}\nevent: reset\ndata: {{\"type\":\"reset\"}}\n\n", self.newest)
    }
}

impl Core {
    /// Tells everybody who listens.
    pub(super) fn tell(&self, event: &Event) {
        self.ring.borrow_mut().push(event);
        self.bell.ring();
    }

    pub(super) async fn stream(self: &Rc<Self>, call: &Call) -> Result<Box<dyn Bytes>, Refusal> {
        self.me().await?;
        let after = call.header(LAST_EVENT_ID).map(|id| id.parse().unwrap_or_default());
        Ok(Box::new(Reader { core: self.clone(), after, last: 0, begun: false }))
    }
}

/// Somebody who listens.
struct Reader {
    core: Rc<Core>,
    /// From where it goes on.
    after: Option<u64>,
    last: u64,
    begun: bool,
}

impl Reader {
    fn begin(&mut self) -> String {
        self.begun = true;
        let ring = self.core.ring.borrow();
        self.last = ring.newest;
        match self.after {
            None => format!("id: {}\nevent: ready\ndata: {{\"type\":\"ready\"}}\n\n", ring.newest),
            Some(after) => {
                let missed = ring.after(after).unwrap_or_else(|| ring.reset());
                format!(": ready\n\n{missed}")
            }
        }
    }

    fn news(&mut self) -> Option<String> {
        let ring = self.core.ring.borrow();
        if ring.newest == self.last {
            return None;
        }
        let text = ring.after(self.last).unwrap_or_else(|| ring.reset());
        self.last = ring.newest;
        Some(text)
    }
}

impl Bytes for Reader {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(async move {
            if !self.begun {
                return Some(self.begin().into_bytes());
            }
            let mut rest = self.core.host.clock.sleep(HEARTBEAT_MS);
            loop {
                if self.core.stopped.get() {
                    return None;
                }
                let so_far = self.core.bell.count();
                if let Some(text) = self.news() {
                    return Some(text.into_bytes());
                }
                let bell = self.core.bell.clone();
                let ring = pin!(bell.after(so_far));
                if let Either::Right(_) = select(ring, &mut rest).await {
                    return Some(b": heartbeat\n\n".to_vec());
                }
            }
        })
    }
}
