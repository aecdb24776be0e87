//! What the palette offers of doing many at a time.

use super::context::Bulk;
use super::verbs::{Verb, action_icon};
use super::words::words;
use crate::i18n::Locale;
use bandeja_model::BulkAction;
use bandeja_ui::IconName;
use leptos::prelude::Set;

/// What choosing an item does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkDeed {
    /// Begins to select.
    Start,
    /// Selects all that match.
    All,
    /// Asks what would happen to what is selected.
    Ask(BulkAction),
    /// Ends selecting.
    Leave,
    /// Shows the recent jobs.
    Recent,
}

impl BulkDeed {
    /// Does it.
    pub fn run(self, bulk: Bulk) {
        match self {
            Self::Start => bulk.start(),
            Self::All => bulk.start_all(),
            Self::Ask(action) => bulk.ask(action),
            Self::Leave => bulk.leave(),
            Self::Recent => bulk.recent.set(true),
        }
    }
}

/// An offer: heading, words, drawing, keys, deed.
pub type Offer = (&'static str, &'static str, IconName, &'static str, BulkDeed);

/// What is offered; upon a selection only `while` somebody selects and may.
pub fn offers(may: Option<&dyn Fn(BulkAction) -> bool>, locale: Locale) -> Vec<Offer> {
    let w = words(locale);
    let group = w.palette_group;
    let mut all = Vec::new();
    if let Some(may) = may {
        let keys = |action| match action {
            BulkAction::Close => "E",
            BulkAction::Assign => "A",
            BulkAction::AddTags => "L",
            BulkAction::Unread => "U",
            _ => "",
        };
        // Adding and removing tags is one dialog.
        let asked =
            BulkAction::ALL.into_iter().filter(|action| *action != BulkAction::RemoveTags && may(*action));
        all.extend(asked.map(|action| {
            let title = Verb::of(action, locale).title;
            (group, title, action_icon(action), keys(action), BulkDeed::Ask(action))
        }));
        all.push((group, w.leave, IconName::X, "Esc", BulkDeed::Leave));
    } else {
        all.push((group, w.palette_one, IconName::CheckCircle, "X", BulkDeed::Start));
    }
    all.push((group, w.palette_all, IconName::Layers, "Ctrl+A", BulkDeed::All));
    all.push((group, w.recent, IconName::Cycle, "", BulkDeed::Recent));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_offered_only_upon_a_selection() {
        let deeds = |may: Option<&dyn Fn(BulkAction) -> bool>| {
            offers(may, Locale::Es).into_iter().map(|(.., deed)| deed).collect::<Vec<_>>()
        };
        assert!(deeds(None).iter().all(|deed| !matches!(deed, BulkDeed::Ask(_))));
        let agent = |action| action != BulkAction::Cancel;
        let offered = deeds(Some(&agent));
        assert!(offered.contains(&BulkDeed::Ask(BulkAction::Close)));
        assert!(!offered.contains(&BulkDeed::Ask(BulkAction::Cancel)));
    }
}
