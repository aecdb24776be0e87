//! Whether an action is offered, and if not, why: the model decides, here it is put into words.

use super::names::status_word;
use super::words::words;
use crate::i18n::{Locale, fill};
use bandeja_client::Intent;
use bandeja_contract::Session;
use bandeja_model::permission::allowed;
use bandeja_model::{Action, Actor, Conversation, Denial};

/// The permission an intent needs.
pub fn action_of(intent: &Intent) -> Action {
    match intent {
        Intent::Close(_) => Action::Close,
        Intent::Cancel(_) => Action::Cancel,
        Intent::Reopen => Action::Reopen,
        Intent::Archive => Action::Archive,
        Intent::Unarchive => Action::Unarchive,
        Intent::Assign(_) | Intent::Unassign => Action::Assign,
        Intent::Read => Action::Read,
        Intent::Unread => Action::Unread,
        Intent::Tags(_) | Intent::Priority(_) => Action::Tag,
        Intent::Snooze(_) => Action::Snooze,
        Intent::Bot { .. } => Action::Bot,
    }
}

/// Why `actor` cannot do `action` to `conversation` now; nothing when they can. A feature that is off
/// here says the server's own reason (P5).
pub fn reason(
    session: Option<&Session>,
    actor: Option<&Actor>,
    action: Action,
    conversation: &Conversation,
    locale: Locale,
) -> Option<String> {
    let Some(actor) = actor else { return Some(words(locale).no_session.to_owned()) };
    let off = session
        .and_then(|session| session.capabilities.get(action.code()))
        .filter(|capability| !capability.on);
    if let Some(capability) = off {
        return Some(capability.reason.clone().unwrap_or_else(|| words(locale).not_offered.to_owned()));
    }
    let denial = allowed(actor, action, conversation).err()?;
    Some(denial_words(denial, action, conversation, locale))
}

fn denial_words(denial: Denial, action: Action, conversation: &Conversation, locale: Locale) -> String {
    let w = words(locale);
    match denial {
        Denial::NotFound => w.not_found.to_owned(),
        Denial::NotPermitted(Action::Cancel) if !conversation.mentioned => w.not_permitted_cancel.to_owned(),
        Denial::NotPermitted(_) if conversation.mentioned => w.not_permitted_mention.to_owned(),
        Denial::NotPermitted(_) => w.not_permitted.to_owned(),
        Denial::AlreadySo => w.already_so.to_owned(),
        Denial::State(status) => match action {
            Action::Reply => w.state_reply.to_owned(),
            Action::Reopen => w.state_reopen.to_owned(),
            Action::Archive | Action::Unarchive => w.state_archive.to_owned(),
            Action::Cancel => fill(w.state_cancel, &[status_word(status, locale)]),
            _ => fill(w.state_other, &[status_word(status, locale)]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::{Role, Scopes, Status};
    use std::collections::BTreeSet;

    fn agent() -> Actor {
        Actor {
            id: "u1".into(),
            role: Role::Agent,
            campaigns: BTreeSet::from(["c1".into()]),
            teams: BTreeSet::from(["t1".into()]),
            scopes: Scopes::default(),
        }
    }

    fn conversation(status: &str) -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": status, "channel": "whatsapp", "line": "1", "campaign": "c1",
            "team": "t1", "contact": { "id": "1", "name": "Mariana", "address": "+52" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    fn why(action: Action, conversation: &Conversation) -> Option<String> {
        reason(None, Some(&agent()), action, conversation, Locale::Es)
    }

    #[test]
    fn what_the_model_allows_has_no_reason() {
        assert_eq!(why(Action::Close, &conversation("assigned")), None);
        assert_eq!(why(Action::Reopen, &conversation("closed")), None);
    }

    #[test]
    fn each_refusal_says_what_stands_in_the_way() {
        let w = words(Locale::Es);
        assert_eq!(why(Action::Cancel, &conversation("assigned")).as_deref(), Some(w.not_permitted_cancel));
        assert_eq!(why(Action::Reply, &conversation("closed")).as_deref(), Some(w.state_reply));
        assert_eq!(why(Action::Reopen, &conversation("cancelled")).as_deref(), Some(w.state_reopen));
        assert_eq!(why(Action::Close, &conversation("closed")).as_deref(), Some(w.already_so));
        let elsewhere = Conversation { team: None, mentioned: true, ..conversation("assigned") };
        assert_eq!(why(Action::Close, &elsewhere).as_deref(), Some(w.not_permitted_mention));
    }

    #[test]
    fn nobody_acts_without_a_session() {
        let open = conversation("new");
        assert!(reason(None, None, Action::Assign, &open, Locale::En).is_some());
    }

    #[test]
    fn cancelling_is_named_in_every_state_that_refuses_it() {
        let admin = Actor { role: Role::Admin, ..agent() };
        for status in Status::ALL {
            let reason = reason(None, Some(&admin), Action::Cancel, &conversation(status.code()), Locale::Es);
            assert_eq!(reason.is_none(), status.may_be_cancelled(), "{status:?}");
        }
    }
}
