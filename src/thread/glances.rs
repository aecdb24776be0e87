//! What grouping has to know of each entry. Pure.

use super::blocks::{Glance, Voice};
use bandeja_client::{PendingState, ThreadEntry};
use bandeja_model::{Author, Delivery, Message, MessageKind, SystemEvent, Timestamp};
use chrono::Duration;
use std::hash::{DefaultHasher, Hash, Hasher};

/// One glance an entry; days are those of a zone `offset_s` seconds ahead of UTC.
pub(super) fn glances(entries: &[ThreadEntry], offset_s: i32) -> Vec<Glance> {
    entries.iter().map(|entry| glance(entry, offset_s)).collect()
}

fn glance(entry: &ThreadEntry, offset_s: i32) -> Glance {
    let at = at(entry);
    let mut hasher = DefaultHasher::new();
    entry.key().hash(&mut hasher);
    let voice = match entry {
        ThreadEntry::Sent(message) => {
            (0_u8, message.delivery.map(|delivery| delivery as u8), is_undone(message)).hash(&mut hasher);
            voice(message)
        }
        ThreadEntry::Pending(pending) => {
            let state = match &pending.state {
                PendingState::Queued => (1_u8, "", false),
                PendingState::Sending => (2, "", false),
                PendingState::Failed { error, can_retry } => (3, error.code(), *can_retry),
            };
            state.hash(&mut hasher);
            Voice::Alone
        }
    };
    let day = (at + Duration::seconds(i64::from(offset_s))).date_naive();
    Glance { voice, at, day, mark: hasher.finish() }
}

/// When an entry was written.
pub(super) fn at(entry: &ThreadEntry) -> Timestamp {
    match entry {
        ThreadEntry::Sent(message) => message.at,
        ThreadEntry::Pending(pending) => pending.at,
    }
}

fn voice(message: &Message) -> Voice {
    if message.kind != MessageKind::Message || message.delivery == Some(Delivery::Failed) {
        return Voice::Alone;
    }
    match &message.author {
        Author::Contact => Voice::Contact,
        Author::User { id } => Voice::User(id.clone()),
        Author::Bot => Voice::Bot,
        Author::System => Voice::System,
    }
}

fn is_undone(message: &Message) -> bool {
    matches!(
        &message.event,
        Some(SystemEvent::Closed { closing } | SystemEvent::Cancelled { closing }) if closing.undone
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn message(delivery: &str) -> ThreadEntry {
        let message = serde_json::from_value::<Message>(serde_json::json!({
            "id": "1", "conversation_id": "1", "kind": "message", "direction": "out",
            "author": { "kind": "user", "id": "7" }, "body": "Hola", "at": "2026-11-22T03:00:00Z",
            "delivery": delivery
        }));
        ThreadEntry::Sent(Arc::new(message.unwrap()))
    }

    #[test]
    fn a_message_that_was_delivered_is_drawn_anew() {
        let mark = |delivery| glance(&message(delivery), 0).mark;
        assert_eq!(mark("sent"), mark("sent"));
        assert_ne!(mark("sent"), mark("read"));
    }

    #[test]
    fn a_message_the_line_refused_stands_alone() {
        assert_eq!(glance(&message("failed"), 0).voice, Voice::Alone);
        assert_eq!(glance(&message("read"), 0).voice, Voice::User("7".into()));
    }

    #[test]
    fn days_are_those_of_the_installation() {
        let day = |offset| glance(&message("sent"), offset).day.to_string();
        assert_eq!((day(0).as_str(), day(-6 * 3600).as_str()), ("2026-11-22", "2026-11-21"));
    }
}
