//! The toasts of actions: what was done, with Undo where it can be taken back (P16).

use super::Acting;
use super::words::words;
use bandeja_contract::Undo;
use bandeja_model::{Action, Conversation, ConversationId, undo};
use bandeja_ui::{IconName, Toast};
use leptos::prelude::*;
use std::sync::Arc;

/// What taking an action back needs.
#[derive(Clone, Debug)]
pub(super) struct TakingBack {
    /// The right to do so.
    pub(super) undo: Undo,
    /// The conversation as the action left it.
    pub(super) after: Arc<Conversation>,
    /// Where the action led to, if it left the conversation's thread.
    pub(super) went_to: Option<Leaving>,
}

/// Where closing leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// To another conversation.
    To(ConversationId),
    /// To the list: there is no other.
    ToList,
}

impl Leaving {
    /// What is open there.
    pub(super) fn open(&self) -> Option<&ConversationId> {
        match self {
            Self::To(id) => Some(id),
            Self::ToList => None,
        }
    }
}

/// Toasts of actions replace each other: the newest says how things are.
const DONE: &str = "acting";
/// Failures do not hide the offer to undo what worked.
const FAILED: &str = "acting-failed";

impl Acting {
    pub(super) fn tell_done(&self, text: String, action: Action, taking_back: Option<TakingBack>) {
        let mut toast = Toast::new(DONE, text).with_icon(icon_of(action));
        self.last_undo.set(taking_back.clone());
        if let Some(taking_back) = taking_back {
            let acting = self.clone();
            toast = toast
                .with_action(words(self.lang.get_untracked()).undo, move || {
                    acting.take_back(taking_back.clone());
                })
                .lasting(f64::from(undo::OFFERED_S) * 1000.0);
        }
        self.toasts.push(toast);
    }

    pub(super) fn tell_undone(&self, text: String) {
        self.toasts.push(Toast::new(DONE, text).with_icon(IconName::Undo));
    }

    /// Says what did not work and what is safe.
    pub fn tell_failure(&self, text: String) {
        self.toasts.push(Toast::new(FAILED, text).with_icon(IconName::Alert).lasting(10_000.0));
    }

    /// Takes the last action back while the server would still accept it; false if there is none.
    pub fn undo_last(&self) -> bool {
        let Some(taking_back) = self.last_undo.get_untracked() else { return false };
        if self.desk.now.get_untracked() > taking_back.undo.expires_at {
            return false;
        }
        self.toasts.dismiss_kind(DONE);
        self.take_back(taking_back);
        true
    }
}

const fn icon_of(action: Action) -> IconName {
    match action {
        Action::Archive | Action::Unarchive => IconName::Archive,
        Action::Assign => IconName::User,
        Action::Tag => IconName::Tag,
        Action::Snooze => IconName::Clock,
        Action::Unread => IconName::Unread,
        Action::Bot => IconName::Bot,
        Action::Cancel => IconName::StateCancelled,
        _ => IconName::CheckCircle,
    }
}
