//! Who gets a conversation, and in which state, when the contact writes or somebody hands it on (P6).

use crate::{Status, TeamId, UserId};

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
}

/// Who takes an arriving conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is open already and stays as it is.
    Stays,
    /// It comes back to its owner.
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

/// Who takes a conversation when its contact writes; `None` is a first contact (P6, P11, P12, P28).
pub fn arrival(before: Option<&Before>, line: &LineStart) -> Arrival {
    let start = || {
        if line.bot { Arrival::Bot } else { line_default(line) }
    };
    match before {
        None => start(),
        Some(before) if before.status.is_open() => Arrival::Stays,
        Some(before) if before.status == Status::Cancelled => start(),
        Some(before) => match &before.owner {
            Some(owner) => Arrival::Owner(owner.clone()),
            None => line_default(line),
        },
    }
}

fn line_default(line: &LineStart) -> Arrival {
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
mod tests {
    use super::*;

    fn line(bot: bool) -> LineStart {
        LineStart { bot, team: Some("t".into()), user: None }
    }

    fn before(status: Status, owner: Option<&str>) -> Before {
        Before { status, owner: owner.map(Into::into) }
    }

    #[test]
    fn a_first_contact_meets_the_bot_where_it_is_on_else_the_lines_default() {
        assert_eq!(arrival(None, &line(true)), Arrival::Bot);
        assert_eq!(arrival(None, &line(false)), Arrival::LineDefault { user: None, team: Some("t".into()) });
    }

    #[test]
    fn nobody_is_reassigned_while_it_is_open() {
        for status in Status::ALL.into_iter().filter(|status| status.is_open()) {
            assert_eq!(arrival(Some(&before(status, None)), &line(true)), Arrival::Stays, "{status:?}");
        }
    }

    #[test]
    fn a_closed_one_comes_back_to_its_owner() {
        let closed = before(Status::Closed, Some("ana"));
        assert_eq!(arrival(Some(&closed), &line(true)), Arrival::Owner("ana".into()));
    }

    #[test]
    fn a_closed_one_whose_owner_is_gone_goes_to_the_lines_default_and_not_to_the_bot() {
        let closed = before(Status::Closed, None);
        let expected = Arrival::LineDefault { user: None, team: Some("t".into()) };
        assert_eq!(arrival(Some(&closed), &line(true)), expected);
    }

    #[test]
    fn a_cancelled_one_starts_from_the_beginning_whoever_owned_it() {
        let cancelled = before(Status::Cancelled, Some("ana"));
        assert_eq!(arrival(Some(&cancelled), &line(true)), Arrival::Bot);
        assert!(matches!(arrival(Some(&cancelled), &line(false)), Arrival::LineDefault { .. }));
    }

    #[test]
    fn hours_come_before_presence_and_presence_before_the_taker() {
        let taking = |by_user, within_hours, anyone_there| Taking { by_user, within_hours, anyone_there };
        assert_eq!(taken(taking(true, false, false)), Status::OutOfHours);
        assert_eq!(taken(taking(true, true, false)), Status::AgentsOffline);
        assert_eq!(taken(taking(true, true, true)), Status::Assigned);
        assert_eq!(taken(taking(false, true, true)), Status::New);
    }
}
