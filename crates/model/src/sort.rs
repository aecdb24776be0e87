//! The orders a list can have (P33). Ties are broken by id, newest id first.

use crate::Conversation;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Sort {
    /// Newest activity first.
    #[default]
    Activity,
    /// Waiting longest for an answer first; those that do not wait come last, newest activity first.
    Waiting,
    /// Newest first.
    Created,
    /// Most urgent first, then newest activity.
    Priority,
}

impl Sort {
    /// All of them, in the order the menu lists them.
    pub const ALL: [Self; 4] = [Self::Activity, Self::Waiting, Self::Created, Self::Priority];

    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Waiting => "waiting",
            Self::Created => "created",
            Self::Priority => "priority",
        }
    }

    /// The order of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// Which of two conversations comes first.
    pub fn compare(self, a: &Conversation, b: &Conversation) -> Ordering {
        let activity = || b.last_activity_at.cmp(&a.last_activity_at);
        match self {
            Self::Activity => activity(),
            Self::Created => b.created_at.cmp(&a.created_at),
            Self::Priority => b.priority.cmp(&a.priority).then_with(activity),
            Self::Waiting => match (a.waiting_since, b.waiting_since) {
                (Some(a), Some(b)) => a.cmp(&b),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => activity(),
            },
        }
        .then_with(|| b.id.cmp(&a.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Priority;
    use crate::conversation::tests::conversation;
    use chrono::Duration;

    #[test]
    fn those_that_wait_longest_come_first_and_those_that_do_not_last() {
        let base = conversation();
        let at = base.created_at;
        let waiting = |id: &str, minutes: Option<i64>| Conversation {
            id: id.into(),
            waiting_since: minutes.map(|m| at - Duration::minutes(m)),
            ..base.clone()
        };
        let mut rows = [waiting("1", None), waiting("2", Some(5)), waiting("3", Some(50))];
        rows.sort_by(|a, b| Sort::Waiting.compare(a, b));
        assert_eq!(rows.map(|row| row.id.to_string()), ["3", "2", "1"]);
    }

    #[test]
    fn urgent_ones_come_first_and_equal_ones_by_id() {
        let base = conversation();
        let row = |id: &str, priority| Conversation { id: id.into(), priority, ..base.clone() };
        let mut rows = [
            row("9", Priority::None),
            row("10", Priority::None),
            row("2", Priority::Urgent),
            row("3", Priority::High),
        ];
        rows.sort_by(|a, b| Sort::Priority.compare(a, b));
        assert_eq!(rows.map(|row| row.id.to_string()), ["2", "3", "10", "9"]);
    }
}
