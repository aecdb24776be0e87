//! Whether somebody else answered the contact while a reply was being written (P38). Pure.

use bandeja_client::ThreadEntry;
use bandeja_model::{Author, Direction, Message, MessageId, UserId};
use std::sync::Arc;

/// The newest answer to the contact that is not `me`'s.
pub fn newest_of_others<'a>(entries: &'a [ThreadEntry], me: Option<&UserId>) -> Option<&'a Arc<Message>> {
    entries.iter().rev().find_map(|entry| match entry {
        ThreadEntry::Sent(message) if message.direction == Some(Direction::Out) => match &message.author {
            Author::User { id } if Some(id) == me => None,
            _ => Some(message),
        },
        _ => None,
    })
}

/// The answer that came since `known` was the newest; `None` for `known` when there was none.
pub fn answered_since<'a>(
    entries: &'a [ThreadEntry],
    me: Option<&UserId>,
    known: Option<&MessageId>,
) -> Option<&'a Arc<Message>> {
    newest_of_others(entries, me).filter(|message| known.is_none_or(|known| message.id > *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, direction: &str, author: &serde_json::Value) -> ThreadEntry {
        let message = serde_json::from_value::<Message>(serde_json::json!({
            "id": id, "conversation_id": "1", "kind": "message", "direction": direction, "author": author,
            "body": "Hola", "at": "2026-11-22T03:00:00Z"
        }));
        ThreadEntry::Sent(Arc::new(message.unwrap()))
    }

    fn user(id: &str) -> serde_json::Value {
        serde_json::json!({ "kind": "user", "id": id })
    }

    #[test]
    fn ones_own_answers_and_the_contacts_messages_are_nobody_elses() {
        let contact = serde_json::json!({ "kind": "contact" });
        let thread = [message("1", "out", &user("ana")), message("2", "in", &contact)];
        assert!(newest_of_others(&thread, Some(&"ana".into())).is_none());
        assert_eq!(newest_of_others(&thread, Some(&"beto".into())).map(|m| m.id.as_str()), Some("1"));
    }

    #[test]
    fn only_what_came_since_counts() {
        let thread = [message("9", "out", &user("ana")), message("10", "out", &user("ana"))];
        let me = Some(UserId::new("beto"));
        assert!(answered_since(&thread, me.as_ref(), Some(&"10".into())).is_none());
        assert_eq!(
            answered_since(&thread, me.as_ref(), Some(&"9".into())).map(|m| m.id.as_str()),
            Some("10")
        );
        assert!(answered_since(&thread, me.as_ref(), None).is_some());
    }
}
