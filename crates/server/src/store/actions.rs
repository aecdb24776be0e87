//! The actions on one conversation. Each checks what was sent and asks `bandeja-model` for the rule;
//! `deeds` says what it leaves, and `change` does what all have in common.

use super::change::{Change, Decided};
use super::conversations::stored_key;
use super::deeds::{self, Step};
use super::lookups::{categories, settings};
use super::state::State;
use super::{Refusal, StoreError, Tx, conversations, key, lines, members, menu, millis, undo};
use bandeja_contract::{Assign, Changed, Close, FieldProblem, SetBot, SetPriority, SetTags, Snooze};
use bandeja_model::bulk::{is_assigned, is_unassigned};
use bandeja_model::closing::{ClosingFault, ClosingField};
use bandeja_model::limits::{SNOOZE_DAYS, TAGS};
use bandeja_model::timing::Clocks;
use bandeja_model::{Action, Actor, ConversationId, Denial, Status, SystemEvent, Timestamp, UserId};
use chrono::Duration;
use std::collections::BTreeSet;

/// What is to be done, with what was sent for it.
#[derive(Clone, Debug)]
pub enum Command {
    /// End the episode.
    Close(Close),
    /// End it as an admin.
    Cancel(Close),
    /// Open it again by hand.
    Reopen,
    /// Put it away.
    Archive,
    /// Take it out again.
    Unarchive,
    /// Give it to somebody.
    Assign(Assign),
    /// Give it to nobody.
    Unassign,
    /// Set its labels.
    Tags(SetTags),
    /// Set its urgency.
    Priority(SetPriority),
    /// Let it sleep, or wake it.
    Snooze(Snooze),
    /// Pause the automatic menu, or let it on.
    Bot(SetBot),
}

impl Command {
    /// The permission it takes.
    pub const fn action(&self) -> Action {
        match self {
            Self::Close(_) => Action::Close,
            Self::Cancel(_) => Action::Cancel,
            Self::Reopen => Action::Reopen,
            Self::Archive => Action::Archive,
            Self::Unarchive => Action::Unarchive,
            Self::Assign(_) | Self::Unassign => Action::Assign,
            Self::Tags(_) | Self::Priority(_) => Action::Tag,
            Self::Snooze(_) => Action::Snooze,
            Self::Bot(_) => Action::Bot,
        }
    }
}

/// Does it, in a transaction that the caller commits.
pub async fn act(
    tx: &mut Tx,
    actor: &Actor,
    conversation: &ConversationId,
    command: &Command,
    decided: Decided,
    now: Timestamp,
) -> Result<Changed, Refusal> {
    let mut change = Change::begin(tx, actor, conversation, command.action(), decided, now).await?;
    let step = match command {
        Command::Close(form) => end(&mut change, actor, form, false).await?,
        Command::Cancel(form) => end(&mut change, actor, form, true).await?,
        Command::Reopen => reopen(&mut change, actor).await?,
        Command::Archive => deeds::archive(&mut change, true).await?,
        Command::Unarchive => deeds::archive(&mut change, false).await?,
        Command::Assign(sent) => assign(&mut change, sent).await?,
        Command::Unassign => unassign(&mut change).await?,
        Command::Tags(sent) => tags(&mut change, sent).await?,
        Command::Priority(sent) => priority(&mut change, *sent).await?,
        Command::Snooze(sent) => snooze(&mut change, *sent).await?,
        Command::Bot(sent) => bot(&mut change, *sent).await?,
    };
    if step.after == change.state {
        return Ok(Changed { conversation: change.before, undo: None });
    }
    let (key, state) = (change.key, change.state.clone());
    let conversation = change.finish(&step.after, &[], true).await?;
    let undo = if step.undoable {
        Some(undo::offer(tx, actor, key, state, step.made, conversation.version, now).await?)
    } else {
        None
    };
    Ok(Changed { conversation, undo })
}

/// Closing and cancelling (P7, P10, P12–P14).
async fn end(change: &mut Change<'_>, actor: &Actor, form: &Close, cancel: bool) -> Result<Step, Refusal> {
    let mut faults = form_faults(change, form, cancel).await?;
    if let Some(target) = &form.transfer_to {
        if cancel {
            faults.push(fault("transfer_to", "not_asked_for", "Cancelling does not transfer."));
        } else if !members::can_take(&mut *change.tx, target, &change.before.campaign).await? {
            faults.push(fault(
                "transfer_to",
                "unknown",
                "Not an active member of the conversation's campaign.",
            ));
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults));
    }
    Ok(deeds::end(change, actor, form, cancel).await?)
}

async fn form_faults(
    change: &mut Change<'_>,
    form: &Close,
    cancel: bool,
) -> Result<Vec<FieldProblem>, StoreError> {
    let forms = settings::closing_forms(&mut *change.tx).await?;
    let asked = settings::form_of(&forms, &change.before.campaign, cancel);
    let categories = categories(&mut *change.tx).await?;
    let faults = form.draft().check(&asked, &categories);
    Ok(faults.into_iter().map(|(field, what)| form_fault(field, what)).collect())
}

/// What is wrong with a field of the closing form.
pub(super) fn form_fault(field: ClosingField, what: ClosingFault) -> FieldProblem {
    fault(field.name(), what.code(), words(field, what))
}

/// What is wrong with a field of the closing form, in words.
pub(super) fn words(field: ClosingField, what: ClosingFault) -> String {
    let name = field.name();
    match what {
        ClosingFault::Missing => format!("“{name}” is required."),
        ClosingFault::TooLong(most) => format!("“{name}” may have {most} characters at most."),
        ClosingFault::Unknown => format!("There is no such “{name}”."),
        ClosingFault::OfAnotherCategory => "The sub-category belongs to another category.".to_owned(),
        ClosingFault::Off => format!("“{name}” is not asked for."),
    }
}

/// One wrong field.
pub(super) fn fault(field: &str, code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code: code.to_owned(), message: message.into() }
}

async fn reopen(change: &mut Change<'_>, actor: &Actor) -> Result<Step, Refusal> {
    let owner_takes = match &change.before.owner {
        Some(owner) => members::can_take(&mut *change.tx, owner, &change.before.campaign).await?,
        None => false,
    };
    Ok(deeds::reopen(change, actor, owner_takes).await?)
}

async fn assign(change: &mut Change<'_>, sent: &Assign) -> Result<Step, Refusal> {
    let campaign = change.before.campaign.clone();
    if let Some(team) = &sent.team
        && !members::team_is_of(&mut *change.tx, team, &campaign).await?
    {
        return Err(Refusal::invalid("team", "unknown", "Not a team of the conversation's campaign."));
    }
    if let Some(user) = &sent.user {
        check_taker(change, user, sent).await?;
    }
    if sent.user.is_none() && sent.team.is_none() {
        return Err(Refusal::invalid("user", "required", "Name a user, a team, or both."));
    }
    if is_assigned(&change.before, sent.user.as_ref(), sent.team.as_ref()) {
        return Err(Denial::AlreadySo.into());
    }
    Ok(deeds::assign(change, sent).await?)
}

async fn check_taker(change: &mut Change<'_>, user: &UserId, sent: &Assign) -> Result<(), Refusal> {
    if !members::can_take(&mut *change.tx, user, &change.before.campaign).await? {
        return Err(Refusal::invalid(
            "user",
            "unknown",
            "Not an active member of the conversation's campaign.",
        ));
    }
    if let Some(team) = &sent.team
        && !members::fits_team(&mut *change.tx, user, team).await?
    {
        return Err(Refusal::invalid("user", "of_another_team", "Not a member of the team."));
    }
    Ok(())
}

async fn unassign(change: &mut Change<'_>) -> Result<Step, Refusal> {
    if is_unassigned(&change.before) {
        return Err(Denial::AlreadySo.into());
    }
    Ok(deeds::unassign(change).await?)
}

async fn tags(change: &mut Change<'_>, sent: &SetTags) -> Result<Step, Refusal> {
    let wanted: BTreeSet<_> = sent.tags.iter().cloned().collect();
    if wanted.len() > TAGS {
        return Err(Refusal::invalid("tags", "too_many", format!("At most {TAGS} labels.")));
    }
    let known: BTreeSet<_> =
        super::lookups::tags(&mut *change.tx).await?.into_iter().map(|tag| tag.id).collect();
    if let Some(unknown) = wanted.difference(&known).next() {
        return Err(Refusal::invalid("tags", "unknown", format!("There is no label “{unknown}”.")));
    }
    Ok(deeds::label(change, wanted.iter().filter_map(|tag| key(tag.as_str())).collect()).await?)
}

async fn priority(change: &mut Change<'_>, sent: SetPriority) -> Result<Step, Refusal> {
    let after = State { priority: sent.priority as i64, ..change.state.clone() };
    if after != change.state {
        change.tell(after.episode, &SystemEvent::Prioritised { priority: sent.priority }).await?;
    }
    Ok(Step::to(after))
}

async fn snooze(change: &mut Change<'_>, sent: Snooze) -> Result<Step, Refusal> {
    let event = match sent.until {
        Some(until) if until <= change.now => {
            return Err(Refusal::invalid("until", "past", "It must lie in the future."));
        }
        Some(until) if until - change.now > Duration::days(SNOOZE_DAYS) => {
            return Err(Refusal::invalid(
                "until",
                "too_far",
                format!("At most {SNOOZE_DAYS} days from now."),
            ));
        }
        Some(until) => SystemEvent::Snoozed { until },
        None if change.state.snoozed_until.is_none() => return Err(Denial::AlreadySo.into()),
        None => SystemEvent::Woke,
    };
    let after = State { snoozed_until: sent.until.map(millis), ..change.state.clone() };
    if sent.until.is_none() {
        change.starts(Clocks::woke);
    }
    if after != change.state {
        change.tell(after.episode, &event).await?;
    }
    Ok(Step::to(after))
}

async fn bot(change: &mut Change<'_>, sent: SetBot) -> Result<Step, Refusal> {
    if sent.paused == change.state.bot_paused {
        return Err(Denial::AlreadySo.into());
    }
    change.tell(change.state.episode, &SystemEvent::Bot { paused: sent.paused }).await?;
    let mut after = State { bot_paused: sent.paused, ..change.state.clone() };
    // Nobody else has what the menu had; letting it on again moves nothing.
    if sent.paused && after.status == Status::Bot {
        let line = lines::load(&mut *change.tx, stored_key(change.before.line.as_str())?).await?;
        menu::let_go(change, &line, &mut after).await?;
    }
    Ok(Step { undoable: false, ..Step::to(after) })
}

/// Marks a conversation read or unread. Reading clears the mark for the owner, and for anybody while
/// there is none; for others nothing changes (P8).
pub async fn mark(
    tx: &mut Tx,
    actor: &Actor,
    conversation: &ConversationId,
    read: bool,
    decided: Decided,
    now: Timestamp,
) -> Result<Changed, Refusal> {
    let action = if read { Action::Read } else { Action::Unread };
    let change = Change::begin(tx, actor, conversation, action, decided, now).await?;
    let after = deeds::marked(&change, actor, read);
    if after == change.state {
        return Ok(Changed { conversation: change.before, undo: None });
    }
    let conversation = change.finish(&after, &[], false).await?;
    Ok(Changed { conversation, undo: None })
}

/// Wakes every conversation whose time has come.
pub async fn wake_due(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    let due: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM conversation WHERE snoozed_until <= $1 ORDER BY snoozed_until LIMIT 1000",
    )
    .bind(millis(now))
    .fetch_all(&mut **tx)
    .await?;
    for conversation in conversations::load_many(&mut *tx, &due, None).await? {
        let mut change = Change::by_system(tx, conversation, now).await?;
        change.starts(Clocks::woke);
        change.tell(change.state.episode, &SystemEvent::Woke).await?;
        let after = State { snoozed_until: None, ..change.state.clone() };
        change.finish(&after, &[], true).await?;
    }
    Ok(())
}
