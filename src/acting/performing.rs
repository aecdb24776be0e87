//! Sending an action and what follows from its answer.

use super::telling::{Leaving, TakingBack};
use super::{Acting, AfterClosing, Conflict, action_of, told};
use bandeja_client::{ClientError, Intent};
use bandeja_contract::Changed;
use bandeja_contract::problem::code;
use bandeja_model::{Conversation, ConversationId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How an action ended for a dialog that may have to stay open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It is done and was told.
    Done,
    /// The conversation had changed: the user is being asked what to do (P18).
    Conflict,
    /// The same is under way already.
    UnderWay,
    /// It was not done; nothing was told yet.
    Failed(ClientError),
}

impl Acting {
    /// Does `intent` to the conversation as it was `seen`. What can be told in a toast is; an error is
    /// the caller's to show.
    pub async fn attempt(&self, seen: Arc<Conversation>, intent: Intent) -> Attempt {
        let mark = (seen.id.clone(), action_of(&intent));
        if self.under_way.with_untracked(|marks| marks.contains(&mark)) {
            return Attempt::UnderWay;
        }
        self.under_way.update_untracked(|marks| marks.push(mark.clone()));
        let next = self.after_ending(&seen.id, &intent);
        let answer = self.desk.act(&seen.id, seen.version, intent.clone()).await;
        self.under_way.update_untracked(|marks| marks.retain(|other| *other != mark));
        match answer {
            Ok(changed) => {
                self.did(&intent, &changed, next);
                Attempt::Done
            }
            Err(error) => match conflicting(&error) {
                Some(current) => {
                    let current = Arc::new(current.clone());
                    self.conflict.set(Some(Conflict { intent, seen, current }));
                    Attempt::Conflict
                }
                None => Attempt::Failed(error),
            },
        }
    }

    /// The same for actions without a dialog: an error becomes a toast.
    pub(super) async fn perform_on(&self, seen: Arc<Conversation>, intent: Intent) {
        if let Attempt::Failed(error) = self.attempt(seen, intent).await {
            self.tell_failure(told::failed(&error, self.lang.get_untracked()));
        }
    }

    fn did(&self, intent: &Intent, changed: &Changed, next: Option<Leaving>) {
        if matches!(intent, Intent::Close(_) | Intent::Cancel(_)) {
            self.forget_typed(&changed.conversation.id);
            if let Some(around) = self.outside.around() {
                around.ended(intent, &changed.conversation);
            }
        }
        let me = untrack(|| self.desk.actor()).map(|actor| actor.id);
        let lookups = self.desk.lookups.get_untracked();
        let now = self.desk.now.get_untracked();
        let tell = || told::done(intent, &changed.conversation, &lookups, me.as_ref(), now, self.lang);
        let text = untrack(tell);
        if let Some(leaving) = &next {
            self.leave_for(leaving);
        }
        let after = Arc::new(changed.conversation.clone());
        let taking_back = changed.undo.clone().map(|undo| TakingBack { undo, after, went_to: next });
        self.tell_done(text, action_of(intent), taking_back);
    }

    /// Takes an action back, and returns to the conversation if the user is still where closing led.
    pub(super) fn take_back(&self, taking_back: TakingBack) {
        self.last_undo.set(None);
        let acting = self.clone();
        spawn_local(async move {
            let locale = acting.lang.get_untracked();
            let TakingBack { undo, after, went_to } = taking_back;
            match acting.desk.undo(&undo.token).await {
                Ok(changed) => {
                    let name = told::name_of(&changed.conversation, locale);
                    let text = crate::i18n::fill(super::words::words(locale).did_undo, &[&name]);
                    acting.tell_undone(text);
                    if went_to.is_some_and(|went_to| acting.navigator.opened().as_ref() == went_to.open()) {
                        acting.navigator.replace(after.id.clone());
                    }
                }
                Err(error) => acting.tell_failure(told::undo_failed(&error, &after, locale)),
            }
        });
    }

    /// Where ending the open conversation leads: decided before it leaves the list.
    fn after_ending(&self, id: &ConversationId, intent: &Intent) -> Option<Leaving> {
        let ends = matches!(intent, Intent::Close(_) | Intent::Cancel(_));
        let next = self.after_closing.get_untracked() == AfterClosing::Next;
        if !ends || !next || self.navigator.opened().as_ref() != Some(id) {
            return None;
        }
        let list = &self.desk.list;
        let place = list.position_of(id)?;
        let neighbour = list.id_at(place + 1).or_else(|| list.id_at(place.checked_sub(1)?));
        Some(neighbour.map_or(Leaving::ToList, Leaving::To))
    }

    fn leave_for(&self, leaving: &Leaving) {
        match leaving {
            Leaving::To(id) => self.navigator.replace(id.clone()),
            Leaving::ToList => self.navigator.leave(),
        }
    }
}

/// The conversation as it is now, if the action was refused because it had changed.
fn conflicting(error: &ClientError) -> Option<&Conversation> {
    (error.code() == code::STALE).then(|| error.is_stale()).flatten()
}
