//! Changing one conversation: what was sent, the version it was decided on, the rule, the backend, the answer.

use super::core::Core;
use super::listed::Read;
use super::routes::Call;
use super::standing::Standing;
use super::wire::{Outcome, Refusal, Whole, form_fault, read, wrong};
use crate::backend::{Act, Done, Row};
use bandeja_contract::headers::IF_MATCH;
use bandeja_contract::problem::code;
use bandeja_contract::{
    Assign, Changed, Close, FieldProblem, SessionUser, SetBot, SetPriority, SetTags, Snooze, version_of,
};
use bandeja_model::bulk::{is_assigned, is_unassigned};
use bandeja_model::limits::{SNOOZE_DAYS, TAGS};
use bandeja_model::permission::state_allows;
use bandeja_model::{Action, Conversation, ConversationId, Role, Timestamp, UserId};
use chrono::Duration;

impl Core {
    pub(super) async fn act(&self, call: &Call, id: &ConversationId, name: &str) -> Outcome {
        let act = read_act(call, name, self.now())?;
        self.offers(&act)?;
        let me = self.me().await?;
        if me.role == Role::Agent && matches!(act, Act::Cancel(_)) {
            return Err(bandeja_model::permission::Denial::NotPermitted(Action::Cancel).into());
        }
        let marks = matches!(act, Act::Read | Act::Unread);
        let decided = call.header(IF_MATCH);
        if decided.is_none() && !marks {
            let detail = "Send If-Match with the quoted version the action was decided on.";
            return Err(Refusal::new(428, code::VERSION_REQUIRED, "If-Match required", detail));
        }
        let before = self.fresh(id).await.map_err(|fault| self.refuse(fault))?;
        if decided.is_some_and(|text| version_of(text) != Some(before.conversation.version)) {
            return Err(Refusal::stale(before.conversation));
        }
        if marks {
            let conversation = self.mark(&me, before, act).await?;
            let changed = Changed { conversation, undo: None };
            return Ok(Whole::json(200, &changed).tagged(&changed.conversation));
        }
        state_allows(action_of(&act), &before.conversation)?;
        self.carries(&act, Some(&before.conversation))?;
        if is_so(&act, &before.conversation) {
            return Err(Refusal::already_so());
        }
        if let Act::Close(form) | Act::Cancel(form) = &act {
            let faults = self.form_faults(form, matches!(act, Act::Cancel(_))).await?;
            if !faults.is_empty() {
                return Err(Refusal::invalid(400, faults));
            }
        }
        let done = self.backend.act(id.clone(), act.clone(), Some(before.clone())).await;
        let done = match done {
            Ok(done) => done,
            Err(fault) => return Err(self.refuse_act(id, fault).await),
        };
        let after = self.settle(&me.id, &before, &act, done).await;
        let undo = self.offer_undo(&me, &before.conversation, &after.conversation, &act);
        let changed = Changed { conversation: after.conversation, undo };
        Ok(Whole::json(200, &changed).tagged(&changed.conversation))
    }

    /// Refuses what the backend cannot do.
    pub(super) fn offers(&self, act: &Act) -> Result<(), Refusal> {
        if !self.has(act.name()) {
            return Err(Refusal::off(self.reason(act.name())));
        }
        self.carries(act, None)
    }

    /// Refuses what would be lost on the way: a part of an act that none of its calls carries.
    pub(super) fn carries(&self, act: &Act, before: Option<&Conversation>) -> Result<(), Refusal> {
        match self.backend.abilities().lost(act, before) {
            Some(field) => Err(Refusal::invalid(400, vec![self.not_carried(field)])),
            None => Ok(()),
        }
    }

    pub(super) fn not_carried(&self, field: &str) -> FieldProblem {
        let words = || format!("The connected system is not told “{field}”, so it would be lost.");
        wrong(field, "off", self.told(field).unwrap_or_else(words))
    }

    /// Takes in what came of an act, and tells of it. If the backend does not say, it is read; if that fails, it is as
    /// the act leaves it.
    pub(super) async fn settle(&self, me: &UserId, before: &Row, act: &Act, done: Done) -> Row {
        let row = match done.row {
            Some(row) => row,
            None => match self.backend.one(before.conversation.id.clone()).await {
                Ok(row) => row,
                Err(_) => suppose(before, act, me),
            },
        };
        self.take_and_tell(row, Read::Whole, Some(me), None)
    }

    /// What is wrong with a closing form.
    pub(super) async fn form_faults(
        &self,
        form: &Close,
        cancels: bool,
    ) -> Result<Vec<FieldProblem>, Refusal> {
        let forms = &self.backend.abilities().forms;
        let asked = if cancels { &forms.cancel } else { &forms.close };
        let names = self.lookups().await?;
        let faults = form.draft().check(asked, &names.categories);
        let mut faults: Vec<_> = faults.into_iter().map(|(field, what)| form_fault(field, what)).collect();
        if cancels && form.transfer_to.is_some() {
            faults.push(wrong("transfer_to", "not_asked_for", "Cancelling does not transfer."));
        }
        if cancels && form.archive {
            faults.push(wrong("archive", "not_asked_for", "Cancelling does not archive."));
        }
        if let Some(target) = form.transfer_to.as_ref().filter(|_| !cancels && !names.users.is_empty())
            && !names.users.iter().any(|user| user.active && user.id == *target)
        {
            faults.push(wrong("transfer_to", "unknown", "There is no such colleague."));
        }
        Ok(faults)
    }

    /// Marks it read or unread: there where the backend can, and here where it does not know.
    pub(super) async fn mark(
        &self,
        me: &SessionUser,
        before: Row,
        act: Act,
    ) -> Result<Conversation, Refusal> {
        let id = before.conversation.id.clone();
        let owner = before.conversation.owner.as_ref();
        // Reading clears the mark for the owner, and for anybody while there is none (P8).
        if act == Act::Read && owner.is_some_and(|owner| *owner != me.id) {
            return Ok(before.conversation);
        }
        let can = self.backend.abilities();
        let mut row = before.clone();
        if can.acts.contains(&act.name()) {
            let done = self.backend.act(id.clone(), act.clone(), Some(before.clone())).await;
            match done {
                Ok(done) => row = done.row.unwrap_or(row),
                Err(fault) => return Err(self.refuse_act(&id, fault).await),
            }
            row.conversation.unread = match act {
                Act::Read => 0,
                _ => row.conversation.unread.max(1),
            };
        }
        if !can.knows_read {
            let last = row.conversation.last_activity_at.max(self.now());
            self.reads.set(&id, (act == Act::Read).then_some(last));
        }
        Ok(self.take_and_tell(row, Read::Whole, Some(&me.id), None).conversation)
    }
}

/// The row as the act leaves it.
pub(super) fn suppose(before: &Row, act: &Act, me: &UserId) -> Row {
    let mut row = before.clone();
    Standing::of(&before.conversation).after(act, me).put_into(&mut row.conversation);
    row
}

/// The permission an act takes.
pub(super) const fn action_of(act: &Act) -> Action {
    match act {
        Act::Reply { .. } => Action::Reply,
        Act::Note { .. } => Action::Note,
        Act::Close(_) => Action::Close,
        Act::Cancel(_) => Action::Cancel,
        Act::Reopen => Action::Reopen,
        Act::Assign { .. } | Act::Unassign => Action::Assign,
        Act::Tags(_) | Act::Priority(_) => Action::Tag,
        Act::Read => Action::Read,
        Act::Unread => Action::Unread,
        Act::Snooze(_) => Action::Snooze,
        Act::Archive => Action::Archive,
        Act::Unarchive => Action::Unarchive,
        Act::Bot { .. } => Action::Bot,
    }
}

/// It is so already, where that depends on more than the state.
fn is_so(act: &Act, conversation: &Conversation) -> bool {
    match act {
        Act::Assign { user, team } => is_assigned(conversation, user.as_ref(), team.as_ref()),
        Act::Unassign => is_unassigned(conversation),
        Act::Snooze(None) => conversation.snoozed_until.is_none(),
        Act::Bot { paused } => conversation.bot_paused == *paused,
        _ => false,
    }
}

fn read_act(call: &Call, name: &str, now: Timestamp) -> Result<Act, Refusal> {
    let body = call.body.as_deref();
    Ok(match name {
        "close" => Act::Close(Box::new(read::<Close>(body)?)),
        "cancel" => Act::Cancel(Box::new(read::<Close>(body)?)),
        "reopen" => Act::Reopen,
        "archive" => Act::Archive,
        "unarchive" => Act::Unarchive,
        "assign" => {
            let Assign { user, team } = read(body)?;
            if user.is_none() && team.is_none() {
                return Err(Refusal::field("user", "required", "Name a user, a team, or both."));
            }
            Act::Assign { user, team }
        }
        "unassign" => Act::Unassign,
        "read" => Act::Read,
        "unread" => Act::Unread,
        "tags" => {
            let mut tags = read::<SetTags>(body)?.tags;
            tags.sort();
            tags.dedup();
            if tags.len() > TAGS {
                return Err(Refusal::field("tags", "too_many", format!("At most {TAGS} labels.")));
            }
            Act::Tags(tags)
        }
        "priority" => Act::Priority(read::<SetPriority>(body)?.priority),
        "snooze" => {
            let until = read::<Snooze>(body)?.until;
            match until {
                Some(until) if until <= now => {
                    return Err(Refusal::field("until", "past", "It must lie in the future."));
                }
                Some(until) if until - now > Duration::days(SNOOZE_DAYS) => {
                    let words = format!("At most {SNOOZE_DAYS} days from now.");
                    return Err(Refusal::field("until", "too_far", words));
                }
                until => Act::Snooze(until),
            }
        }
        "bot" => Act::Bot { paused: read::<SetBot>(body)?.paused },
        _ => return Err(Refusal::not_found()),
    })
}
