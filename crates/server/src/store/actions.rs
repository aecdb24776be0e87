//! The actions on one conversation. Each checks what was sent, asks `bandeja-model` for the rule, and
//! says what the conversation's state is afterwards; `change` does what they have in common.

use super::change::{Change, Decided};
use super::conversations::{self, id, stored_key};
use super::lookups::{categories, settings};
use super::state::State;
use super::undo::{self, Made};
use super::{Refusal, StoreError, Tx, episodes, key, members, millis};
use bandeja_contract::{Assign, Changed, Close, FieldProblem, SetBot, SetPriority, SetTags, Snooze};
use bandeja_model::closing::{ClosingFault, ClosingField, next_owner};
use bandeja_model::limits::{SNOOZE_DAYS, TAGS};
use bandeja_model::{
    Action, Actor, Closing, ClosingSource, ConversationId, Denial, Status, SystemEvent, Timestamp, UserId,
    arrival,
};
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

/// What an action leaves.
struct Step {
    after: State,
    made: Made,
    undoable: bool,
}

impl Step {
    fn to(after: State) -> Self {
        Self { after, made: Made::default(), undoable: true }
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
        Command::Archive => archive(&mut change, true).await?,
        Command::Unarchive => archive(&mut change, false).await?,
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
    let next =
        (!cancel).then(|| next_owner(form.transfer_to.as_ref(), change.before.owner.as_ref(), &actor.id));
    let closing = Closing {
        by: Some(actor.id.clone()),
        source: ClosingSource::User,
        at: change.now,
        description: form.description.trim().to_owned(),
        category_id: form.category_id.clone(),
        subcategory_id: form.subcategory_id.clone(),
        summary: form.summary.trim().to_owned(),
        next_owner: next.clone(),
        transferred: form.transfer_to.is_some(),
        undone: false,
    };
    let mut after = change.state.clone();
    let standing = episodes::end(&mut *change.tx, change.key, &after, &closing, cancel).await?;
    let event = if cancel { SystemEvent::Cancelled { closing } } else { SystemEvent::Closed { closing } };
    let told = change.tell(after.episode, &event).await?;
    episodes::told_by(&mut *change.tx, standing.id, told).await?;
    if form.archive {
        change.tell(after.episode, &SystemEvent::Archived).await?;
    }
    after.status = if cancel { Status::Cancelled } else { Status::Closed };
    after.archived = form.archive;
    after.snoozed_until = None;
    after.waiting_since = None;
    if let Some(next) = next {
        after.owner = Some(stored_key(next.as_str())?);
    }
    let made = Made { closing: Some(standing.id), episode: None };
    after.closing = Some(standing);
    Ok(Step { after, made, undoable: true })
}

async fn form_faults(
    change: &mut Change<'_>,
    form: &Close,
    cancel: bool,
) -> Result<Vec<FieldProblem>, StoreError> {
    let all = settings::closing_forms(&mut *change.tx).await?;
    let forms = all.get(change.before.campaign.as_str()).or_else(|| all.get("")).copied().unwrap_or_default();
    let asked = if cancel { forms.cancel } else { forms.close };
    let categories = categories(&mut *change.tx).await?;
    let faults = form.draft().check(&asked, &categories);
    Ok(faults.into_iter().map(|(field, what)| fault(field.name(), what.code(), words(field, what))).collect())
}

fn words(field: ClosingField, what: ClosingFault) -> String {
    let name = field.name();
    match what {
        ClosingFault::Missing => format!("“{name}” is required."),
        ClosingFault::TooLong(most) => format!("“{name}” may have {most} characters at most."),
        ClosingFault::Unknown => format!("There is no such “{name}”."),
        ClosingFault::OfAnotherCategory => "The sub-category belongs to another category.".to_owned(),
        ClosingFault::Off => format!("“{name}” is not asked for."),
    }
}

fn fault(field: &str, code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code: code.to_owned(), message: message.into() }
}

/// By hand: to the owner, else to who reopens it (P6, P11).
async fn reopen(change: &mut Change<'_>, actor: &Actor) -> Result<Step, Refusal> {
    let owner = match &change.before.owner {
        Some(owner) if members::can_take(&mut *change.tx, owner, &change.before.campaign).await? => {
            owner.clone()
        }
        _ => actor.id.clone(),
    };
    let episode = episodes::open(&mut *change.tx, change.key, change.now).await?;
    let mut after = change.state.clone();
    after.status = Status::Assigned;
    after.owner = Some(stored_key(owner.as_str())?);
    after.archived = false;
    after.snoozed_until = None;
    after.episode = episode;
    change.tell(episode, &SystemEvent::Reopened { by_contact: false, owner: Some(owner) }).await?;
    Ok(Step { after, made: Made { closing: None, episode: Some(episode) }, undoable: true })
}

async fn archive(change: &mut Change<'_>, away: bool) -> Result<Step, Refusal> {
    let event = if away { SystemEvent::Archived } else { SystemEvent::Unarchived };
    change.tell(change.state.episode, &event).await?;
    Ok(Step::to(State { archived: away, ..change.state.clone() }))
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
    let mut after = change.state.clone();
    after.owner = sent.user.as_ref().map(|user| stored_key(user.as_str())).transpose()?;
    if let Some(team) = &sent.team {
        after.team = Some(stored_key(team.as_str())?);
        after.team_assigned = true;
    }
    // Giving it to who has it and answers already changes nothing.
    let stays = after.owner == change.state.owner && after.team == change.state.team;
    let taken = matches!(change.state.status, Status::InProgress | Status::Assigned);
    if stays
        && (change.state.status == arrival::assigned(sent.user.is_some()) || (sent.user.is_some() && taken))
    {
        return Err(Denial::AlreadySo.into());
    }
    after.status = arrival::assigned(sent.user.is_some());
    let event = SystemEvent::Assigned { user: sent.user.clone(), team: sent.team.clone() };
    change.tell(after.episode, &event).await?;
    Ok(Step::to(after))
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
    if change.state.owner.is_none() && change.state.status == Status::New {
        return Err(Denial::AlreadySo.into());
    }
    change.tell(change.state.episode, &SystemEvent::Unassigned).await?;
    Ok(Step::to(State { owner: None, status: arrival::assigned(false), ..change.state.clone() }))
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
    let tags = wanted.iter().filter_map(|tag| key(tag.as_str())).collect();
    let after = State { tags, ..change.state.clone() };
    if after == change.state {
        return Ok(Step::to(after));
    }
    let ids = |keys: Vec<i64>| keys.into_iter().map(id).collect();
    let event = SystemEvent::Tagged {
        added: ids(after.tags.difference(&change.state.tags).copied().collect()),
        removed: ids(change.state.tags.difference(&after.tags).copied().collect()),
    };
    change.tell(after.episode, &event).await?;
    Ok(Step::to(after))
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
    let after = State { bot_paused: sent.paused, ..change.state.clone() };
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
    let theirs = change.before.owner.as_ref().is_none_or(|owner| *owner == actor.id);
    let mut after = change.state.clone();
    after.unread = match (read, theirs) {
        (true, true) => 0,
        (true, false) => after.unread,
        (false, _) => after.unread.max(1),
    };
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
        change.tell(change.state.episode, &SystemEvent::Woke).await?;
        let after = State { snoozed_until: None, ..change.state.clone() };
        change.finish(&after, &[], true).await?;
    }
    Ok(())
}
