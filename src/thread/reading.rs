//! When an open conversation counts as read (P8).

use crate::acting::is_off;
use bandeja_browser::Desk;
use bandeja_model::permission::allowed;
use bandeja_model::{Action, Actor, Conversation, ConversationId, Timestamp, UserId};
use bandeja_ui::platform::{Listener, keep};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Whether `actor` opening the conversation clears its unread messages: the owner does; while there is
/// no owner, anybody who may mark it read does (P8).
pub(super) fn opening_reads(actor: &Actor, conversation: &Conversation) -> bool {
    let is_theirs = conversation.owner.as_ref().is_none_or(|owner| *owner == actor.id);
    conversation.unread > 0 && is_theirs && allowed(actor, Action::Read, conversation).is_ok()
}

/// Marks the conversation read while it is open and the page is visible: on opening, and with every
/// further message. Marking it unread by hand stays so until something new comes.
pub(super) fn read_while_open(desk: &Desk, id: &ConversationId) {
    let visible = RwSignal::new(true);
    keep(Listener::on_window("visibilitychange", false, move |event| {
        let document = event.target().and_then(|target| target.dyn_into::<web_sys::Document>().ok());
        if let Some(document) = document {
            visible.try_set(!document.hidden());
        }
    }));
    let (desk, id) = (desk.clone(), id.clone());
    let conversation = desk.conversation(&id);
    Effect::new(move |read: Option<Option<Seen>>| {
        let read = read.flatten();
        let now = conversation.get();
        let actor = desk.actor();
        let looks_only = desk.session.with(|state| is_off(state, Action::Read.code()));
        let (Some(now), Some(actor), true) = (now, actor, visible.get() && !looks_only) else { return read };
        let seen = Seen { activity: now.last_activity_at, owner: now.owner.clone() };
        if read.as_ref() != Some(&seen) && opening_reads(&actor, &now) {
            desk.mark_read(&id);
        }
        Some(seen)
    });
}

/// What was shown when it was last looked at.
#[derive(Clone, PartialEq, Eq)]
struct Seen {
    activity: Timestamp,
    owner: Option<UserId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::{Role, Scopes};
    use std::collections::BTreeSet;

    fn agent(id: &str) -> Actor {
        Actor {
            id: id.into(),
            role: Role::Agent,
            campaigns: BTreeSet::new(),
            teams: BTreeSet::from(["t1".into()]),
            scopes: Scopes::default(),
        }
    }

    fn conversation(owner: Option<&str>, unread: u32) -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": "assigned", "channel": "sms", "line": "1", "campaign": "c1",
            "team": "t1", "owner": owner, "unread": unread,
            "contact": { "id": "1", "name": "Mariana", "address": "+52" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    #[test]
    fn the_owner_reads_by_opening_and_a_colleague_does_not() {
        assert!(opening_reads(&agent("ana"), &conversation(Some("ana"), 2)));
        assert!(!opening_reads(&agent("beto"), &conversation(Some("ana"), 2)));
    }

    #[test]
    fn while_nobody_owns_it_any_agent_reads_it() {
        assert!(opening_reads(&agent("beto"), &conversation(None, 1)));
        assert!(!opening_reads(&agent("beto"), &conversation(None, 0)), "nothing to read");
    }

    #[test]
    fn who_was_only_mentioned_reads_nothing_for_the_others() {
        let elsewhere = Actor { teams: BTreeSet::new(), ..agent("carla") };
        let lent = Conversation { mentioned: true, ..conversation(None, 1) };
        assert!(!opening_reads(&elsewhere, &lent));
    }
}
