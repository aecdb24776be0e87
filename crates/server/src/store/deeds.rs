//! What each action makes of a conversation and tells in its thread, for one and for many alike. Whether
//! it may be done, and whether what was sent for it is right, was decided before.

use super::StoreError;
use super::change::Change;
use super::conversations::{id, stored_key};
use super::state::State;
use super::undo::Made;
use bandeja_contract::{Assign, Close};
use bandeja_model::closing::next_owner;
use bandeja_model::{Actor, Closing, ClosingSource, Status, SystemEvent, arrival};
use std::collections::BTreeSet;

/// What an action leaves.
#[derive(Debug)]
pub struct Step {
    /// The state afterwards.
    pub after: State,
    /// What it made besides.
    pub made: Made,
    /// Whether it can be taken back.
    pub undoable: bool,
}

impl Step {
    /// One that leaves this state and made nothing besides.
    pub fn to(after: State) -> Self {
        Self { after, made: Made::default(), undoable: true }
    }
}

/// Closing and cancelling (P7, P10, P12).
pub async fn end(
    change: &mut Change<'_>,
    actor: &Actor,
    form: &Close,
    cancel: bool,
) -> Result<Step, StoreError> {
    let next =
        (!cancel).then(|| next_owner(form.transfer_to.as_ref(), change.before.owner.as_ref(), &actor.id));
    // Many at a time count as closed by a user, like one (P25).
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
        rule: None,
    };
    let mut after = change.state.clone();
    let record = closing.clone();
    let event = if cancel { SystemEvent::Cancelled { closing } } else { SystemEvent::Closed { closing } };
    let told = change.tell(after.episode, &event).await?;
    let standing = change.end_episode(&record, cancel, told).await?;
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

/// Reopening by hand: to the owner if they take it, else to who reopens it (P6, P11).
pub async fn reopen(change: &mut Change<'_>, actor: &Actor, owner_takes: bool) -> Result<Step, StoreError> {
    let owner = change.before.owner.clone().filter(|_| owner_takes).unwrap_or_else(|| actor.id.clone());
    let episode = change.open_episode().await?;
    let mut after = change.state.clone();
    after.status = Status::Assigned;
    after.owner = Some(stored_key(owner.as_str())?);
    after.archived = false;
    after.snoozed_until = None;
    after.episode = episode;
    change.tell(episode, &SystemEvent::Reopened { by_contact: false, owner: Some(owner) }).await?;
    Ok(Step { after, made: Made { closing: None, episode: Some(episode) }, undoable: true })
}

/// Putting it away, or taking it out again.
pub async fn archive(change: &mut Change<'_>, away: bool) -> Result<Step, StoreError> {
    let event = if away { SystemEvent::Archived } else { SystemEvent::Unarchived };
    change.tell(change.state.episode, &event).await?;
    Ok(Step::to(State { archived: away, ..change.state.clone() }))
}

/// Giving it to a user, a team, or both.
pub async fn assign(change: &mut Change<'_>, sent: &Assign) -> Result<Step, StoreError> {
    let mut after = change.state.clone();
    after.owner = sent.user.as_ref().map(|user| stored_key(user.as_str())).transpose()?;
    if let Some(team) = &sent.team {
        after.team = Some(stored_key(team.as_str())?);
        after.team_assigned = true;
    }
    after.status = arrival::assigned(sent.user.is_some());
    let event = SystemEvent::Assigned { user: sent.user.clone(), team: sent.team.clone() };
    change.tell(after.episode, &event).await?;
    Ok(Step::to(after))
}

/// Giving it to nobody.
pub async fn unassign(change: &mut Change<'_>) -> Result<Step, StoreError> {
    change.tell(change.state.episode, &SystemEvent::Unassigned).await?;
    Ok(Step::to(State { owner: None, status: arrival::assigned(false), ..change.state.clone() }))
}

/// Letting it have these labels and no others; the same ones change nothing.
pub async fn label(change: &mut Change<'_>, tags: BTreeSet<i64>) -> Result<Step, StoreError> {
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

/// Marking it read or unread. Reading clears the mark for the owner, and for anybody while there is
/// none; for others nothing changes (P8).
pub fn marked(change: &Change<'_>, actor: &Actor, read: bool) -> State {
    let theirs = change.before.owner.as_ref().is_none_or(|owner| *owner == actor.id);
    let mut after = change.state.clone();
    after.unread = match (read, theirs) {
        (true, true) => 0,
        (true, false) => after.unread,
        (false, _) => after.unread.max(1),
    };
    after
}
