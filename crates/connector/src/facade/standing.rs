//! Where a conversation stands: the part of it that versions, undo and jobs are about.

use crate::backend::Act;
use bandeja_contract::Close;
use bandeja_model::{Conversation, Priority, Status, TagId, TeamId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// State, hands, labels: what a version stands for. Messages and reads are no part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    status: Status,
    archived: bool,
    owner: Option<UserId>,
    team: Option<TeamId>,
    tags: Vec<TagId>,
    priority: Priority,
    snoozed_until: Option<Timestamp>,
    bot_paused: bool,
}

impl Standing {
    pub(super) fn of(conversation: &Conversation) -> Self {
        let mut tags = conversation.tags.clone();
        tags.sort();
        Self {
            status: conversation.status,
            archived: conversation.archived,
            owner: conversation.owner.clone(),
            team: conversation.team.clone(),
            tags,
            priority: conversation.priority,
            snoozed_until: conversation.snoozed_until,
            bot_paused: conversation.bot_paused,
        }
    }

    pub(super) const fn status(&self) -> Status {
        self.status
    }

    /// The next act that brings `now` nearer to this; nothing if there is nothing left to bring back. `form` is what
    /// an episode that has to be ended again was ended with.
    pub(super) fn next_act(&self, now: &Self, form: Option<&Close>) -> Option<Act> {
        if self.status.is_open() && now.status.is_ended() {
            return Some(Act::Reopen);
        }
        if self.status.is_ended() && now.status.is_open() {
            let form = Box::new(form.cloned().unwrap_or_default());
            return Some(if self.status == Status::Cancelled { Act::Cancel(form) } else { Act::Close(form) });
        }
        if (&self.owner, &self.team) != (&now.owner, &now.team) {
            return Some(match (&self.owner, &self.team) {
                (None, None) => Act::Unassign,
                (None, team) if *team == now.team => Act::Unassign,
                (user, team) => Act::Assign { user: user.clone(), team: team.clone() },
            });
        }
        if self.tags != now.tags {
            return Some(Act::Tags(self.tags.clone()));
        }
        if self.priority != now.priority {
            return Some(Act::Priority(self.priority));
        }
        if self.archived != now.archived {
            return Some(if self.archived { Act::Archive } else { Act::Unarchive });
        }
        if self.snoozed_until != now.snoozed_until {
            return Some(Act::Snooze(self.snoozed_until));
        }
        (self.bot_paused != now.bot_paused).then_some(Act::Bot { paused: self.bot_paused })
    }

    /// As it will be after `act`, done by `me`; what to suppose until it is read again.
    pub(super) fn after(&self, act: &Act, me: &UserId) -> Self {
        let mut after = self.clone();
        match act {
            Act::Close(form) => {
                after.status = Status::Closed;
                after.archived = form.archive;
                let next = form.transfer_to.clone().or_else(|| self.owner.clone());
                after.owner = next.or_else(|| Some(me.clone()));
                after.snoozed_until = None;
            }
            Act::Cancel(_) => {
                after.status = Status::Cancelled;
                after.snoozed_until = None;
            }
            Act::Reopen => {
                after.status = Status::Assigned;
                after.archived = false;
                after.owner = self.owner.clone().or_else(|| Some(me.clone()));
            }
            Act::Assign { user, team } => {
                after.owner.clone_from(user);
                after.team = team.clone().or_else(|| self.team.clone());
                after.status = if user.is_some() { Status::Assigned } else { Status::New };
            }
            Act::Unassign => {
                after.owner = None;
                after.status = Status::New;
            }
            Act::Tags(tags) => {
                after.tags.clone_from(tags);
                after.tags.sort();
            }
            Act::Priority(priority) => after.priority = *priority,
            Act::Snooze(until) => after.snoozed_until = *until,
            Act::Archive => after.archived = true,
            Act::Unarchive => after.archived = false,
            Act::Bot { paused } => after.bot_paused = *paused,
            Act::Reply { .. } => after.status = Status::InProgress,
            Act::Note { .. } | Act::Read | Act::Unread => {}
        }
        after
    }

    /// With the owner of another.
    pub(super) fn with_owner_of(self, other: &Self) -> Self {
        Self { owner: other.owner.clone(), ..self }
    }

    /// Puts this into a conversation.
    pub(super) fn put_into(self, conversation: &mut Conversation) {
        conversation.status = self.status;
        conversation.archived = self.archived;
        conversation.owner = self.owner;
        conversation.team = self.team;
        conversation.tags = self.tags;
        conversation.priority = self.priority;
        conversation.snoozed_until = self.snoozed_until;
        conversation.bot_paused = self.bot_paused;
    }
}

/// The names of what differs, as events carry them.
pub(super) fn differences(old: &Conversation, new: &Conversation) -> Vec<String> {
    let of = |differs: bool, name: &'static str| differs.then(|| name.to_owned());
    let (was, is) = (Standing::of(old), Standing::of(new));
    [
        of(was.status != is.status || old.label != new.label, "status"),
        of(was.owner != is.owner, "owner"),
        of(was.team != is.team, "team"),
        of(was.tags != is.tags, "tags"),
        of(old.unread != new.unread, "unread"),
        of(old.last_message != new.last_message || old.last_activity_at != new.last_activity_at, "message"),
        of(was.archived != is.archived, "archived"),
        of(was.snoozed_until != is.snoozed_until, "snoozed"),
        of(was.priority != is.priority, "priority"),
        of(was.bot_paused != is.bot_paused, "bot"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
