//! Who gets a conversation, and in which state, when the contact writes or somebody hands it on
//! (P6, P11, P12, P27, P28).

use crate::closing::{Closing, ClosingSource};
use crate::timing::Reassignment;
use crate::{Status, TeamId, Timestamp, UserId};
use chrono::Duration;

/// What a line says about conversations that go to its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineStart {
    /// The automatic menu is on.
    pub bot: bool,
    /// The team that takes them, which is also the line's team.
    pub team: Option<TeamId>,
    /// The user who takes them, if the line names one.
    pub user: Option<UserId>,
}

/// What was known of a conversation before the contact wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its state.
    pub status: Status,
    /// Its owner, if that user can still take conversations (not deactivated, still in the campaign).
    pub owner: Option<UserId>,
    /// The automatic menu leaves it alone.
    pub bot_paused: bool,
    /// How it was closed, if it was.
    pub ending: Option<Ending>,
}

/// How a conversation was closed, as far as it decides who gets it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// By whom or what.
    pub source: ClosingSource,
    /// When.
    pub at: Timestamp,
    /// Any field of the closing form says why.
    pub has_reason: bool,
}

impl Ending {
    /// That of a closing record that stands.
    pub fn of(closing: &Closing) -> Self {
        Self { source: closing.source, at: closing.at, has_reason: closing.has_reason() }
    }

    /// Whether the reassignment window applies at all: to closings by a user who gave a reason, and to
    /// automatic ones where they are counted; the rule that closed is their reason.
    pub fn is_measured(&self, rule: Reassignment) -> bool {
        match self.source {
            ClosingSource::User => self.has_reason,
            ClosingSource::Bot | ClosingSource::Rule | ClosingSource::Inactivity => rule.count_automatic,
        }
    }

    /// Whether a message received at `at` comes after the window; exactly at its end is inside.
    pub fn is_over(&self, rule: Reassignment, at: Timestamp) -> bool {
        self.is_measured(rule)
            && rule.window_s.is_some_and(|window| at - self.at > Duration::seconds(i64::from(window)))
    }
}

/// Who takes an arriving conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is open already and stays as it is.
    Stays,
    /// It comes back to its owner, who is the transfer's target where there was one.
    Owner(UserId),
    /// It goes to the start: the automatic menu takes it.
    Bot,
    /// It goes to the line's default: a user, a team, or nobody.
    LineDefault {
        /// The user, if the line names one.
        user: Option<UserId>,
        /// The team.
        team: Option<TeamId>,
    },
}

/// Who takes a conversation when the server receives its contact's message at `now`. No `conversation` is a
/// first contact; `rule` is that of the team which governs it.
pub fn who_gets_it(
    conversation: Option<&Before>,
    line: &LineStart,
    rule: Reassignment,
    now: Timestamp,
) -> Arrival {
    let start = |bot: bool| if bot { Arrival::Bot } else { line_default(line) };
    let Some(before) = conversation else { return start(line.bot) };
    let bot = line.bot && !before.bot_paused;
    match before.status {
        status if status.is_open() => Arrival::Stays,
        Status::Cancelled => start(bot),
        _ if before.ending.is_some_and(|ending| ending.is_over(rule, now)) => start(bot),
        _ => match &before.owner {
            Some(owner) => Arrival::Owner(owner.clone()),
            None => line_default(line),
        },
    }
}

/// Who takes a conversation that the automatic menu lets go of, or must leave alone.
pub fn line_default(line: &LineStart) -> Arrival {
    Arrival::LineDefault { user: line.user.clone(), team: line.team.clone() }
}

/// The moment somebody is about to take a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taking {
    /// A user has it, else only a team or nobody.
    pub by_user: bool,
    /// Inside the line's hours.
    pub within_hours: bool,
    /// The user, or somebody of the team, is online or away; true where nobody is meant to take it.
    pub anyone_there: bool,
}

/// The state a conversation is in once taken (P6).
pub fn taken(taking: Taking) -> Status {
    if !taking.within_hours {
        Status::OutOfHours
    } else if !taking.anyone_there {
        Status::AgentsOffline
    } else if taking.by_user {
        Status::Assigned
    } else {
        Status::New
    }
}

/// The state after assigning by hand: to a user `assigned`, to a team or nobody `new`.
pub fn assigned(to_user: bool) -> Status {
    if to_user { Status::Assigned } else { Status::New }
}

#[cfg(test)]
mod tests;
