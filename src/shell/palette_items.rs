//! What the palette offers, as plain values: their words, and what choosing one does.

use super::prefs::{Density, Theme};
use super::shortcuts::KeyCommand;
use super::user_menu::AVAILABILITIES;
use super::views::{is_offered, view_icon, view_key, view_word};
use super::words::{ShellWords, words};
use crate::acting::names::availability_word;
use crate::acting::words::words as acting_words;
use crate::bulk::{BulkDeed, offers};
use crate::i18n::{Locale, fill};
use crate::inbox::sort_word;
use bandeja_client::Intent;
use bandeja_contract::NewMessageKind;
use bandeja_model::{Action, Availability, BulkAction, Conversation, Sort, View};
use bandeja_ui::{IconName, contains_folded};

/// The capability of searching the list.
const SEARCH: &str = "filter.q";

/// What choosing an item does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// What a key does.
    Key(KeyCommand),
    /// An action on the conversation the palette is about.
    Act(Intent),
    /// Asks for the closing form of cancelling.
    Cancel,
    /// Selecting, and what is done to many.
    Bulk(BulkDeed),
    /// Searches every conversation.
    SearchAll(String),
    /// Takes every condition away.
    ClearFilters,
    /// Another order.
    Sort(Sort),
    /// Another availability.
    Availability(Availability),
    /// Another look.
    Theme(Theme),
    /// More or less room.
    Density(Density),
    /// Another language.
    Locale(Locale),
    /// The preferences.
    Preferences,
    /// The admins' settings.
    Settings,
    /// Signs out.
    SignOut,
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The heading it stands under.
    pub group: &'static str,
    /// Its words.
    pub label: String,
    /// Its drawing.
    pub icon: IconName,
    /// Its keys, joined by `+`; empty for none.
    pub keys: String,
    /// What it does.
    pub deed: Deed,
}

/// Whether an action upon what is selected is possible; nothing while nobody selects.
pub type Selected<'a> = Option<&'a dyn Fn(BulkAction) -> bool>;

/// What is there for the reader, by its name among the capabilities.
pub type Can<'a> = &'a dyn Fn(&str) -> bool;

/// Everything that fits what is typed. `can` says what is there at all, `may` whether an action on `subject` is
/// possible now: what is not is left out, because a list one types into is no place for reasons.
pub fn items(
    typed: &str,
    can: Can<'_>,
    subject: Option<&Conversation>,
    may: impl Fn(Action) -> bool,
    selected: Selected<'_>,
    locale: Locale,
) -> Vec<Item> {
    let w = words(locale);
    let mut all = Vec::new();
    // While somebody selects, the letters are about the selection.
    if selected.is_some() {
        all.extend(of_selection(selected, locale));
    } else if let Some(conversation) = subject {
        all.extend(of_conversation(conversation, may, locale));
    }
    all.extend(of_going(can, locale));
    if selected.is_none() && can("bulk") {
        all.extend(of_selection(None, locale));
    }
    all.extend(of_list(can, w, locale));
    all.extend(of_app(can, w, locale));
    all.retain(|item| contains_folded(&item.label, typed));
    let typed = typed.trim();
    if !typed.is_empty() && can(SEARCH) {
        all.push(Item {
            group: w.group_search,
            label: fill(w.search_all, &[typed]),
            icon: IconName::Search,
            keys: String::new(),
            deed: Deed::SearchAll(typed.to_owned()),
        });
    }
    all
}

fn of_conversation(conversation: &Conversation, may: impl Fn(Action) -> bool, locale: Locale) -> Vec<Item> {
    use KeyCommand::{Assign, AssignToMe, Close, Snooze, Tags, Write};
    let (w, a) = (words(locale), acting_words(locale));
    let read = if conversation.unread > 0 { (a.read, Intent::Read) } else { (a.unread, Intent::Unread) };
    let bot = Intent::Bot { paused: !conversation.bot_paused };
    let bot_word = if conversation.bot_paused { a.resume_bot } else { a.pause_bot };
    let is_asleep = conversation.snoozed_until.is_some();
    let has_owner = conversation.owner.is_some();
    let offers = [
        (Action::Close, true, a.close, IconName::CheckCircle, "Shift+E", Deed::Key(Close)),
        (Action::Reply, true, w.reply, IconName::Reply, "R", Deed::Key(Write(NewMessageKind::Reply))),
        (Action::Note, true, w.note, IconName::Lock, "N", Deed::Key(Write(NewMessageKind::Note))),
        (Action::Assign, true, a.assign, IconName::UserPlus, "A", Deed::Key(Assign)),
        (Action::Assign, true, a.assign_to_me, IconName::User, "I", Deed::Key(AssignToMe)),
        (Action::Assign, has_owner, a.unassign, IconName::UserNone, "", Deed::Act(Intent::Unassign)),
        (Action::Snooze, true, a.snooze, IconName::Clock, "Z", Deed::Key(Snooze)),
        (Action::Snooze, is_asleep, a.wake, IconName::Clock, "", Deed::Act(Intent::Snooze(None))),
        (Action::Tag, true, a.tags, IconName::Tag, "L", Deed::Key(Tags)),
        (Action::Unread, true, read.0, IconName::Unread, "U", Deed::Act(read.1)),
        (Action::Bot, true, bot_word, IconName::Bot, "", Deed::Act(bot)),
        (Action::Reopen, true, a.reopen, IconName::Undo, "", Deed::Act(Intent::Reopen)),
        (Action::Archive, true, a.archive, IconName::Archive, "", Deed::Act(Intent::Archive)),
        (Action::Unarchive, true, a.unarchive, IconName::Archive, "", Deed::Act(Intent::Unarchive)),
        (Action::Cancel, true, a.cancel, IconName::X, "", Deed::Cancel),
    ];
    offers
        .into_iter()
        .filter(|(action, fits, ..)| *fits && may(*action))
        .map(|(_, _, label, icon, keys, deed)| Item {
            group: w.group_conversation,
            label: label.to_owned(),
            icon,
            keys: keys.to_owned(),
            deed,
        })
        .collect()
}

fn of_selection(selected: Selected<'_>, locale: Locale) -> Vec<Item> {
    let item = |(group, label, icon, keys, deed): (&'static str, &str, IconName, &str, BulkDeed)| Item {
        group,
        label: label.to_owned(),
        icon,
        keys: keys.to_owned(),
        deed: Deed::Bulk(deed),
    };
    offers(selected, locale).into_iter().map(item).collect()
}

fn of_going(can: Can<'_>, locale: Locale) -> Vec<Item> {
    let w = words(locale);
    let settings = can("settings").then(|| Item {
        group: w.group_go,
        label: w.settings.to_owned(),
        icon: IconName::Sliders,
        keys: String::new(),
        deed: Deed::Settings,
    });
    let item = |view: View| Item {
        group: w.group_go,
        label: fill(w.go_view, &[view_word(view, locale)]),
        icon: view_icon(view),
        keys: format!("G+{}", view_key(view).to_ascii_uppercase()),
        deed: Deed::Key(KeyCommand::Go(view)),
    };
    let views = View::ALL.into_iter().filter(|view| is_offered(*view, can));
    views.map(item).chain(settings).collect()
}

fn of_list(can: Can<'_>, w: &'static ShellWords, locale: Locale) -> Vec<Item> {
    let item = |label: String, icon, keys: &str, deed| Item {
        group: w.group_list,
        label,
        icon,
        keys: keys.to_owned(),
        deed,
    };
    let search = || item(w.search_list.to_owned(), IconName::Search, "/", Deed::Key(KeyCommand::Search));
    let clear = item(w.clear_filters.to_owned(), IconName::Filter, "", Deed::ClearFilters);
    let sorts = Sort::ALL.into_iter().filter(|sort| can(&format!("sort.{}", sort.code())));
    let sorts = sorts
        .map(|sort| item(fill(w.sort_by, &[sort_word(sort, locale)]), IconName::Sort, "", Deed::Sort(sort)));
    can(SEARCH).then(search).into_iter().chain([clear]).chain(sorts).collect()
}

fn of_app(can: Can<'_>, w: &'static ShellWords, locale: Locale) -> Vec<Item> {
    let item =
        |label: String, icon, deed| Item { group: w.group_app, label, icon, keys: String::new(), deed };
    let presence = AVAILABILITIES.into_iter().filter(|_| can("availability"));
    let mut all: Vec<_> = presence
        .map(|availability| {
            let word = availability_word(availability, locale);
            item(fill(w.set_availability, &[word]), IconName::User, Deed::Availability(availability))
        })
        .collect();
    let named = |heading: &str, word: &str| format!("{heading}: {word}");
    all.extend([
        item(named(w.theme, w.theme_light), IconName::Eye, Deed::Theme(Theme::Light)),
        item(named(w.theme, w.theme_dark), IconName::Moon, Deed::Theme(Theme::Dark)),
        item(named(w.theme, w.theme_auto), IconName::Cycle, Deed::Theme(Theme::Auto)),
        item(named(w.density, w.comfortable), IconName::Panel, Deed::Density(Density::Comfortable)),
        item(named(w.density, w.compact), IconName::Panel, Deed::Density(Density::Compact)),
    ]);
    all.extend(
        Locale::ALL
            .map(|other| item(named(w.language, other.own_name()), IconName::Globe, Deed::Locale(other))),
    );
    all.extend([
        item(w.preferences_ask.to_owned(), IconName::Sliders, Deed::Preferences),
        Item {
            keys: "?".to_owned(),
            ..item(w.shortcuts.to_owned(), IconName::Keyboard, Deed::Key(KeyCommand::Sheet))
        },
        item(w.sign_out.to_owned(), IconName::Open, Deed::SignOut),
    ]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(typed: &str) -> Vec<String> {
        items(typed, &|_| true, None, |_| true, None, Locale::Es).into_iter().map(|item| item.label).collect()
    }

    #[test]
    fn accents_and_order_of_words_do_not_matter() {
        assert_eq!(labels("cerradas vista").first().map(String::as_str), Some("Vista Cerradas"));
        assert_eq!(labels("sesion").first().map(String::as_str), Some("Cerrar sesión"));
    }

    #[test]
    fn without_a_conversation_nothing_is_offered_on_one() {
        let groups: Vec<_> =
            items("", &|_| true, None, |_| true, None, Locale::Es).iter().map(|item| item.group).collect();
        assert!(!groups.contains(&words(Locale::Es).group_conversation));
    }

    #[test]
    fn what_is_typed_can_always_be_searched_for() {
        let found = items(" lámpara rota ", &|_| true, None, |_| true, None, Locale::Es);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].deed, Deed::SearchAll("lámpara rota".to_owned()));
    }

    #[test]
    fn what_is_not_there_is_not_offered() {
        let offered = |off: &str| {
            let found = items("a", &|name| name != off, None, |_| true, None, Locale::Es);
            found.into_iter().map(|item| item.deed).collect::<Vec<_>>()
        };
        let all = offered("");
        for (off, deed) in [
            ("settings", Deed::Settings),
            ("availability", Deed::Availability(Availability::Away)),
            ("filter.q", Deed::SearchAll("a".to_owned())),
            ("filter.mentioned", Deed::Key(KeyCommand::Go(View::Mentions))),
            ("sort.waiting", Deed::Sort(Sort::Waiting)),
            ("bulk", Deed::Bulk(BulkDeed::All)),
        ] {
            assert!(all.contains(&deed) && !offered(off).contains(&deed), "{off}");
        }
    }
}
