//! The fixed views of the rail (P31). A view is one more condition, so it travels inside the filter.

use super::{Field, Filter};
use crate::Group;

/// A fixed view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// The viewer's own.
    Mine,
    /// Nobody's.
    Unassigned,
    /// Those of the viewer's teams.
    MyTeams,
    /// Every one in sight.
    All,
    /// Those that mention the viewer.
    Mentions,
    /// Asleep ones.
    Snoozed,
    /// Ended ones that may need a follow-up.
    Closed,
    /// Ended ones put away for the record.
    Archived,
}

impl View {
    /// All of them, in the order of the rail.
    pub const ALL: [Self; 8] = [
        Self::Mine,
        Self::Unassigned,
        Self::MyTeams,
        Self::All,
        Self::Mentions,
        Self::Snoozed,
        Self::Closed,
        Self::Archived,
    ];

    /// The word in paths and filters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::MyTeams => "my_teams",
            Self::All => "all",
            Self::Mentions => "mentions",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// The view of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Whether the view shows open conversations until the viewer asks for others.
    pub const fn is_of_open_ones(self) -> bool {
        matches!(self, Self::Mine | Self::Unassigned | Self::MyTeams | Self::All)
    }

    /// The filter a view starts with: `group=open` on those of open ones, as a chip that can be
    /// taken away.
    pub fn filter(self) -> Filter {
        let group = if self.is_of_open_ones() { Field::any_of([Group::Open]) } else { Field::default() };
        Filter { view: Some(self), group, ..Filter::default() }
    }
}
