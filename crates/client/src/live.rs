//! When to open the event stream again, from where, and what was missed meanwhile.
//!
//! A pure state machine: the caller opens, reads and waits, and says what happened.

use crate::json;
use crate::sse::SseEvent;
use bandeja_contract::Event;

/// Silence after which a stream counts as dead, in milliseconds: two heartbeats and a little.
pub const SILENCE_MS: u32 = 40_000;
/// The first wait after a loss, in milliseconds.
const FIRST_MS: u32 = 500;
/// The longest wait, in milliseconds.
const LONGEST_MS: u32 = 15_000;

/// Whether anything happened that no event told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// Nothing: the server goes on where the stream broke off, or says that it cannot.
    Nothing,
    /// Unknown: whatever is shown is to be loaded again.
    Unknown,
}

/// Whether an event comes in its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is the newest.
    Newest,
    /// A repeat, or one that a newer one has overtaken.
    Late,
}

/// The stream's state between connections.
#[derive(Clone, Debug, Default)]
pub struct Live {
    last_id: Option<String>,
    attempts: u32,
}

impl Live {
    /// What to send as `Last-Event-ID`.
    pub fn resume_from(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// The stream is open. Without an id to go on from, what happened before is unknown: also at the
    /// very first time, when lists may have been asked for before the stream began.
    pub fn opened(&self) -> Missed {
        if self.last_id.is_some() { Missed::Nothing } else { Missed::Unknown }
    }

    /// Something came, be it a heartbeat. Only now a server counts as well again: one that accepts and
    /// hangs up would otherwise be asked twice a second.
    pub fn alive(&mut self) {
        self.attempts = 0;
    }

    /// An event came.
    pub fn received(&mut self, id: Option<&str>) -> Turn {
        let Some(id) = id else { return Turn::Newest };
        let number = |id: &str| id.parse::<u64>().ok();
        if let (Some(last), Some(new)) = (self.last_id.as_deref().and_then(number), number(id))
            && new <= last
        {
            return Turn::Late;
        }
        self.last_id = Some(id.to_owned());
        Turn::Newest
    }

    /// The server cannot tell what was missed; `id` is that of the event that said so.
    pub fn reset(&mut self, id: Option<&str>) {
        self.last_id = id.map(str::to_owned);
    }

    /// The stream is lost or did not open. Says how long to wait, in milliseconds; `random` spreads the
    /// clients of a server that came back.
    pub fn lost(&mut self, random: u64) -> u32 {
        let wait = backoff(self.attempts, FIRST_MS, LONGEST_MS, random);
        self.attempts = self.attempts.saturating_add(1);
        wait
    }

    /// The machine is online again or the page is looked at: the next wait is short.
    pub fn hurry(&mut self) {
        self.attempts = 0;
    }
}

/// Twice as long each time, from half to all of it by chance.
pub(crate) fn backoff(attempts: u32, first_ms: u32, longest_ms: u32, random: u64) -> u32 {
    let whole = first_ms.saturating_mul(1 << attempts.min(16)).min(longest_ms);
    let half = u64::from(whole / 2);
    u32::try_from(half + random % (half + 1)).unwrap_or(longest_ms)
}

/// Reads an event; `None` is one that cannot be read, after which something is missed.
pub fn read(event: &SseEvent) -> Option<Event> {
    json::read(event.data.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_a_minute_and_differ_between_clients() {
        let mut live = Live::default();
        let waits: Vec<_> = (0..8).map(|_| live.lost(u64::MAX)).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= LONGEST_MS && pair[1] >= pair[0] / 2), "{waits:?}");
        assert!(waits[7] >= LONGEST_MS / 2 && waits[0] <= FIRST_MS, "{waits:?}");
        assert_ne!(backoff(5, FIRST_MS, LONGEST_MS, 1), backoff(5, FIRST_MS, LONGEST_MS, 2));
    }

    #[test]
    fn a_server_that_hangs_up_at_once_is_not_asked_faster_and_faster() {
        let mut live = Live::default();
        for _ in 0..10 {
            live.opened();
            live.lost(0);
        }
        assert!(live.lost(0) >= LONGEST_MS / 2);
        live.alive();
        assert!(live.lost(0) <= FIRST_MS);
    }

    #[test]
    fn repeats_and_overtaken_events_are_late() {
        let mut live = Live::default();
        let turns = ["5", "7", "6", "7", "8"].map(|id| live.received(Some(id)));
        assert_eq!(turns, [Turn::Newest, Turn::Newest, Turn::Late, Turn::Late, Turn::Newest]);
        assert_eq!(live.resume_from(), Some("8"));
    }

    #[test]
    fn without_an_event_to_go_on_from_something_may_have_been_missed() {
        let mut live = Live::default();
        assert_eq!(live.opened(), Missed::Unknown);
        live.received(Some("5"));
        assert_eq!(live.opened(), Missed::Nothing);
        live.reset(None);
        assert_eq!(live.opened(), Missed::Unknown);
    }

    #[test]
    fn numbers_may_begin_anew_after_a_reset() {
        let mut live = Live::default();
        live.received(Some("900"));
        live.reset(Some("1"));
        assert_eq!(live.received(Some("2")), Turn::Newest);
    }

    #[test]
    fn events_newer_than_this_app_are_read_and_broken_ones_are_not() {
        let event = |data: &str| SseEvent { id: None, name: String::new(), data: data.to_owned() };
        assert_eq!(read(&event(r#"{"type":"weather.changed","rain":true}"#)), Some(Event::Unknown));
        assert_eq!(read(&event(r#"{"type":"reset"}"#)), Some(Event::Reset));
        assert_eq!(read(&event(r#"{"type":"message.created"}"#)), None);
        assert_eq!(read(&event("<html>")), None);
    }
}
