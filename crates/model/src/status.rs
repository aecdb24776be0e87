//! The states of a conversation and the groups the filter offers (P6).

use serde::{Deserialize, Serialize};

/// Where a conversation stands. `archived` is not a state: an ended one can carry it besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Status {
    /// Nobody has taken it yet.
    New,
    /// The automatic menu has it.
    Bot,
    /// A user has it and has not answered in this episode.
    Assigned,
    /// A user has answered.
    InProgress,
    /// It came in outside the line's hours.
    OutOfHours,
    /// It came in while nobody who could take it was online.
    AgentsOffline,
    /// Ended with a closing record.
    Closed,
    /// Ended by an admin; comes back only by the contact writing, from the beginning (P11).
    Cancelled,
}

impl Status {
    /// All of them, open ones first.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Bot,
        Self::Assigned,
        Self::InProgress,
        Self::OutOfHours,
        Self::AgentsOffline,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The word on the wire and in filters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Bot => "bot",
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::OutOfHours => "out_of_hours",
            Self::AgentsOffline => "agents_offline",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Closed or cancelled.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }

    /// Not ended.
    pub const fn is_open(self) -> bool {
        !self.is_ended()
    }

    /// Whether cancelling, and the combined cancel-or-reassign dialog, is offered (P7).
    pub const fn may_be_cancelled(self) -> bool {
        matches!(self, Self::Assigned | Self::InProgress | Self::OutOfHours | Self::AgentsOffline | Self::Bot)
    }
}

/// The groups of states the filter offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Group {
    /// Every state that is not ended.
    Open,
    /// `new` and `bot`.
    New,
    /// The other open ones.
    InProgress,
    /// `closed` and `cancelled`.
    Ended,
}

impl Group {
    /// All of them, in the order the filter lists them.
    pub const ALL: [Self; 4] = [Self::Open, Self::New, Self::InProgress, Self::Ended];

    /// The word in filters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::Ended => "ended",
        }
    }

    /// The group of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// Whether `status` belongs to the group.
    pub const fn contains(self, status: Status) -> bool {
        match self {
            Self::Open => status.is_open(),
            Self::Ended => status.is_ended(),
            Self::New => matches!(status, Status::New | Status::Bot),
            Self::InProgress => status.is_open() && !matches!(status, Status::New | Status::Bot),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_in_exactly_one_of_new_in_progress_and_ended() {
        for status in Status::ALL {
            let groups = [Group::New, Group::InProgress, Group::Ended];
            assert_eq!(groups.iter().filter(|group| group.contains(status)).count(), 1, "{status:?}");
            assert_ne!(Group::Open.contains(status), Group::Ended.contains(status), "{status:?}");
        }
    }

    #[test]
    fn cancelling_is_offered_in_the_five_states_of_the_rule_only() {
        let offered: Vec<_> = Status::ALL.into_iter().filter(|status| status.may_be_cancelled()).collect();
        assert_eq!(
            offered,
            [Status::Bot, Status::Assigned, Status::InProgress, Status::OutOfHours, Status::AgentsOffline]
        );
    }

    #[test]
    fn codes_lead_back_to_their_state() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
    }
}
