//! Why the contact cannot be written to now. Pure; the rules are the model's.

use bandeja_model::permission::allowed;
use bandeja_model::{Action, Actor, Conversation, Status, Timestamp};

/// What stands in the way of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// The actor may not reply here.
    NotPermitted,
    /// It was closed, and can be reopened or not by this actor.
    Closed,
    /// It was cancelled: only the contact brings it back (P11).
    Cancelled,
    /// The interaction window ended then (P37).
    WindowOver(Timestamp),
    /// The contact has not written yet on a channel that asks for it.
    NeverWrote,
}

/// What stands in the way, the most lasting first; nothing if a reply can be sent at `now`.
pub fn blocked(actor: Option<&Actor>, conversation: &Conversation, now: Timestamp) -> Option<Blocked> {
    let Some(actor) = actor else { return Some(Blocked::NotPermitted) };
    if allowed(actor, Action::Reply, conversation).is_err() {
        return Some(match conversation.status {
            Status::Cancelled => Blocked::Cancelled,
            Status::Closed => Blocked::Closed,
            _ => Blocked::NotPermitted,
        });
    }
    if conversation.window_is_open(now) {
        return None;
    }
    Some(conversation.window_ends_at.map_or(Blocked::NeverWrote, Blocked::WindowOver))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::{Role, Scopes};
    use std::collections::BTreeSet;

    fn actor(team: &str) -> Actor {
        Actor {
            id: "u".into(),
            role: Role::Agent,
            campaigns: BTreeSet::new(),
            teams: BTreeSet::from([team.into()]),
            scopes: Scopes::default(),
        }
    }

    fn conversation(status: &str, window: Option<&str>) -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": status, "channel": "whatsapp", "line": "1", "campaign": "c1",
            "team": "t1", "window_ends_at": window,
            "contact": { "id": "1", "name": "Mariana", "address": "+52" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_reply_goes_while_the_window_is_open_and_not_from_its_end_on() {
        let open = conversation("assigned", Some("2026-11-22T12:00:00Z"));
        assert_eq!(blocked(Some(&actor("t1")), &open, at("2026-11-22T11:59:59Z")), None);
        let end = at("2026-11-22T12:00:00Z");
        assert_eq!(blocked(Some(&actor("t1")), &open, end), Some(Blocked::WindowOver(end)));
    }

    #[test]
    fn an_ended_one_says_so_before_its_window() {
        let now = at("2026-11-23T00:00:00Z");
        let closed = conversation("closed", Some("2026-11-22T12:00:00Z"));
        assert_eq!(blocked(Some(&actor("t1")), &closed, now), Some(Blocked::Closed));
        assert_eq!(
            blocked(Some(&actor("t1")), &conversation("cancelled", None), now),
            Some(Blocked::Cancelled)
        );
    }

    #[test]
    fn who_was_only_mentioned_writes_notes_and_no_replies() {
        let lent = Conversation { mentioned: true, ..conversation("assigned", None) };
        let now = at("2026-11-22T10:00:00Z");
        assert_eq!(blocked(Some(&actor("t9")), &lent, now), Some(Blocked::NotPermitted));
    }

    #[test]
    fn a_contact_who_never_wrote_on_whatsapp_cannot_be_written_to() {
        let now = at("2026-11-22T10:00:00Z");
        assert_eq!(blocked(Some(&actor("t1")), &conversation("new", None), now), Some(Blocked::NeverWrote));
    }
}
