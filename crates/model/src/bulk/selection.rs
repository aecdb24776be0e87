//! What is selected: single conversations, or all that match a filter with exceptions (P19). A
//! statement of intent: it holds ids and a filter, never rows.

use super::NAMED;
use crate::{ConversationId, Filter};
use std::collections::BTreeSet;

/// A selection in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// These, one by one.
    Picked(BTreeSet<ConversationId>),
    /// All that match, but these.
    All {
        /// What they match.
        filter: Box<Filter>,
        /// Those that were taken out.
        except: BTreeSet<ConversationId>,
    },
}

impl Default for Selection {
    fn default() -> Self {
        Self::Picked(BTreeSet::new())
    }
}

impl Selection {
    /// All that match `filter`.
    pub fn all(filter: Filter) -> Self {
        Self::All { filter: Box::new(filter), except: BTreeSet::new() }
    }

    /// Whether a conversation that the list shows is selected.
    pub fn holds(&self, id: &ConversationId) -> bool {
        match self {
            Self::Picked(picked) => picked.contains(id),
            Self::All { except, .. } => !except.contains(id),
        }
    }

    /// Selects or takes out a conversation. False when the limit of named ones keeps it from that.
    pub fn set(&mut self, id: &ConversationId, selected: bool) -> bool {
        let (named, name) = match self {
            Self::Picked(picked) => (picked, selected),
            Self::All { except, .. } => (except, !selected),
        };
        if !name {
            named.remove(id);
        } else if named.len() < NAMED || named.contains(id) {
            named.insert(id.clone());
        } else {
            return false;
        }
        true
    }

    /// How many there are, where `total` match the filter of "all".
    pub fn count(&self, total: u64) -> u64 {
        match self {
            Self::Picked(picked) => picked.len() as u64,
            Self::All { except, .. } => total.saturating_sub(except.len() as u64),
        }
    }

    /// How many were named: picked, or taken out of "all".
    pub fn named(&self) -> usize {
        match self {
            Self::Picked(picked) => picked.len(),
            Self::All { except, .. } => except.len(),
        }
    }

    /// It is "all that match".
    pub const fn is_all(&self) -> bool {
        matches!(self, Self::All { .. })
    }

    /// A conversation is gone from the viewer's sight: nobody can act on it.
    pub fn forget(&mut self, id: &ConversationId) {
        if let Self::Picked(picked) = self {
            picked.remove(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> ConversationId {
        ConversationId::new(n.to_string())
    }

    #[test]
    fn all_but_three_counts_what_matches_less_the_exceptions() {
        let mut selection = Selection::all(Filter::default());
        for n in 1..=3 {
            assert!(selection.set(&id(n), false));
        }
        assert_eq!(selection.count(4_812), 4_809);
        assert!(!selection.holds(&id(2)) && selection.holds(&id(4)));
        assert!(selection.set(&id(2), true));
        assert_eq!(selection.count(4_812), 4_810);
    }

    #[test]
    fn more_than_ten_thousand_cannot_be_named() {
        let mut selection = Selection::default();
        for n in 0..NAMED {
            assert!(selection.set(&ConversationId::new(n.to_string()), true));
        }
        assert!(!selection.set(&id(200).clone().as_str().repeat(9).into(), true));
        assert!(selection.set(&ConversationId::new("7"), true), "one that is in already stays");
        assert_eq!(selection.count(0), NAMED as u64);
    }

    proptest! {
        #[test]
        fn what_was_set_last_is_what_holds(all: bool, steps in proptest::collection::vec((0_u8..20, any::<bool>()), 0..60)) {
            let mut selection = if all { Selection::all(Filter::default()) } else { Selection::default() };
            let mut expected = [all; 20];
            for (n, on) in steps {
                prop_assert!(selection.set(&id(n), on));
                expected[usize::from(n)] = on;
            }
            for n in 0..20_u8 {
                prop_assert_eq!(selection.holds(&id(n)), expected[usize::from(n)]);
            }
            prop_assert_eq!(selection.count(20), expected.iter().filter(|on| **on).count() as u64);
        }
    }
}
