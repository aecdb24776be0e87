//! The names and drawings of the fixed views (P31).

use super::words::words;
use crate::i18n::Locale;
use bandeja_model::View;
use bandeja_ui::IconName;

/// The name of a view.
pub fn view_word(view: View, locale: Locale) -> &'static str {
    let w = words(locale);
    match view {
        View::Mine => w.mine,
        View::Unassigned => w.unassigned,
        View::MyTeams => w.my_teams,
        View::All => w.all,
        View::Mentions => w.mentions,
        View::Snoozed => w.snoozed,
        View::Closed => w.closed,
        View::Archived => w.archived,
    }
}

/// Whether a view can hold anything, where `can` says what is there by its name among the capabilities: without
/// reminders nothing is ever put off.
pub fn is_offered(view: View, can: impl Fn(&str) -> bool) -> bool {
    match view {
        View::Mentions => can("filter.mentioned"),
        View::Snoozed => can("snooze") || can("filter.snoozed"),
        View::Archived => can("archive") || can("filter.archived"),
        _ => true,
    }
}

/// The drawing of a view.
pub const fn view_icon(view: View) -> IconName {
    match view {
        View::Mine => IconName::Inbox,
        View::Unassigned => IconName::UserNone,
        View::MyTeams => IconName::Users,
        View::All => IconName::Layers,
        View::Mentions => IconName::At,
        View::Snoozed => IconName::Clock,
        View::Closed => IconName::CheckCircle,
        View::Archived => IconName::Archive,
    }
}

/// The letter that leads there after G.
pub const fn view_key(view: View) -> char {
    match view {
        View::Mine => 'm',
        View::Unassigned => 's',
        View::MyTeams => 'e',
        View::All => 't',
        View::Mentions => 'n',
        View::Snoozed => 'p',
        View::Closed => 'c',
        View::Archived => 'a',
    }
}

/// The view behind a letter after G.
pub fn view_of_key(key: &str) -> Option<View> {
    let mut letters = key.chars().map(|letter| letter.to_ascii_lowercase());
    let letter = letters.next()?;
    View::ALL.into_iter().find(|view| letters.next().is_none() && view_key(*view) == letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_offered_where_something_can_come_into_it() {
        let offered = |off: &[&str]| {
            let left = View::ALL.into_iter().filter(|view| is_offered(*view, |name| !off.contains(&name)));
            left.collect::<Vec<_>>()
        };
        assert_eq!(offered(&[]), View::ALL);
        // A host page that allows no putting off still shows what others put off.
        assert_eq!(offered(&["snooze", "archive"]), View::ALL);
        let nothing =
            offered(&["snooze", "filter.snoozed", "archive", "filter.archived", "filter.mentioned"]);
        assert_eq!(nothing, [View::Mine, View::Unassigned, View::MyTeams, View::All, View::Closed]);
    }

    #[test]
    fn each_view_has_a_letter_of_its_own() {
        for view in View::ALL {
            assert_eq!(view_of_key(&view_key(view).to_string()), Some(view));
        }
        assert_eq!(view_of_key("M"), Some(View::Mine));
        assert_eq!(view_of_key("Shift"), None);
        assert_eq!(view_of_key("x"), None);
    }
}
