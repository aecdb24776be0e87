//! Whether a conversation that was not known belonged to a list before it changed.
//!
//! The event tells what changed; whatever did not change held before as it holds now.

use bandeja_model::filter::Field;
use bandeja_model::{Conversation, Filter, View, Viewer, text};
use std::sync::Arc;

/// News about a conversation, with what helps to tell how it was before.
#[derive(Clone, Copy, Debug, Default)]
pub struct News<'a> {
    /// As it was, where that is known.
    pub old: Option<&'a Arc<Conversation>>,
    /// What changed, in the words of the event; empty: unknown.
    pub changed: &'a [String],
    /// The viewer did it: it needs no announcement.
    pub own: bool,
}

/// Whether `new` matched `filter` before; `None`: cannot be told.
pub(super) fn matched(filter: &Filter, new: &Conversation, news: News<'_>, viewer: &Viewer) -> Option<bool> {
    if let Some(old) = news.old {
        return Some(filter.matches(old, viewer));
    }
    if news.changed.is_empty() {
        return None;
    }
    let (mut lax, mut before, mut sure) = (filter.clone(), new.clone(), true);
    for word in news.changed {
        match word.as_str() {
            "created" => return Some(false),
            "message" => {
                sure &= lax.unread.is_empty() && lax.window.is_empty() && lax.activity.is_empty();
                (lax.unread, lax.window, lax.activity) = Default::default();
            }
            "unread" => {
                sure &= lax.unread.is_empty();
                lax.unread = Field::default();
            }
            "tags" => {
                sure &= lax.tag.is_empty();
                lax.tag = Field::default();
            }
            "priority" => {
                sure &= lax.priority.is_empty();
                lax.priority = Field::default();
            }
            "bot" => {}
            "status" => {
                sure &= lax.status.is_empty() && lax.group.is_empty() && lax.category.is_empty();
                sure &= lax.closed.is_empty() && lax.view != Some(View::Closed);
                (lax.status, lax.group) = Default::default();
                (lax.category, lax.closed) = Default::default();
                lax.view = lax.view.filter(|view| *view != View::Closed);
            }
            "archived" | "snoozed" => {
                sure = false;
                (lax.archived, lax.snoozed) = Default::default();
                before.archived = lax.view == Some(View::Archived);
                before.snoozed_until = (lax.view == Some(View::Snoozed)).then_some(viewer.now);
            }
            // Owner and team decide about sight itself, and a newer server may say other words.
            "owner" => {
                sure = false;
                lax.owner = Field::default();
                lax.view = lax.view.filter(|view| !matches!(view, View::Mine | View::Unassigned));
            }
            "team" => {
                sure = false;
                lax.team = Field::default();
                lax.view = lax.view.filter(|view| *view != View::MyTeams);
            }
            _ => return None,
        }
    }
    match (lax.matches(&before, viewer), sure) {
        (false, _) => Some(false),
        (true, true) => Some(true),
        (true, false) => None,
    }
}

/// Whether the text search of `filter` may be about what `c` shows: enough to announce it, not to place it.
pub(super) fn may_be_found(filter: &Filter, c: &Conversation) -> bool {
    let Some(q) = &filter.q else { return true };
    let contact = &c.contact;
    let optional = [&contact.phone, &contact.email].into_iter().flatten();
    let mut seen: String = optional.map(|text| text::fold(text) + "\n").collect();
    seen += &text::fold(&contact.name);
    seen += &text::fold(&contact.address);
    seen += &c.last_message.as_ref().map(|message| text::fold(&message.text)).unwrap_or_default();
    text::words(q).all(|word| seen.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{conversation, viewer};
    use bandeja_model::Status;

    fn matched_before(filter: &str, new: &Conversation, changed: &[&str]) -> Option<bool> {
        let changed: Vec<String> = changed.iter().map(|word| (*word).to_owned()).collect();
        let news = News { old: None, changed: &changed, own: false };
        matched(&Filter::parse(filter).unwrap(), new, news, &viewer())
    }

    #[test]
    fn a_message_tells_nothing_about_whose_it_is() {
        let theirs = Conversation { owner: Some("other".into()), ..conversation(1) };
        assert_eq!(matched_before("view=mine&group=open", &theirs, &["message", "unread"]), Some(false));
        let mine = Conversation { owner: Some("me".into()), ..conversation(1) };
        assert_eq!(matched_before("view=mine&group=open", &mine, &["message", "unread"]), Some(true));
        assert_eq!(matched_before("view=mine&unread=yes", &mine, &["message", "unread"]), None);
    }

    #[test]
    fn somebody_elses_closing_leaves_my_list_alone() {
        let theirs = Conversation { owner: Some("other".into()), status: Status::Closed, ..conversation(1) };
        assert_eq!(matched_before("view=mine&group=open", &theirs, &["status"]), Some(false));
        assert_eq!(matched_before("view=mine&group=open", &theirs, &["owner", "status"]), None);
        assert_eq!(matched_before("view=all&group=open", &theirs, &["status"]), None);
    }

    #[test]
    fn a_new_one_was_nowhere_and_an_unknown_word_tells_nothing() {
        assert_eq!(matched_before("view=all", &conversation(1), &["created", "message"]), Some(false));
        assert_eq!(matched_before("view=all", &conversation(1), &["something_newer"]), None);
        assert_eq!(matched_before("view=all", &conversation(1), &[]), None);
    }

    #[test]
    fn a_search_is_only_announced_for_what_shows_its_words() {
        let filter = Filter::parse("q=restrepo mariana").unwrap();
        assert!(may_be_found(&filter, &conversation(1)));
        assert!(!may_be_found(&Filter::parse("q=núñez").unwrap(), &conversation(1)));
    }
}
