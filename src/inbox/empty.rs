//! What stands in the list's place when it has no rows: why, and the next step.

use super::filter_picker::clear;
use super::widening::obstacle;
use super::words::{InboxWords, words};
use crate::i18n::{Lang, Locale, fill, plural};
use crate::route::Navigator;
use crate::shell::views::{view_icon, view_word};
use bandeja_browser::{SessionState, desk};
use bandeja_model::View;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Empty, IconName};
use leptos::prelude::*;

/// A view that holds nothing, with the place to go on.
#[component]
pub fn EmptyView() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let desk = desk();
    let (counts, session) = (desk.counts.clone(), desk.session.clone());
    let view = Memo::new(move |_| navigator.route().with(|route| route.view));
    let unassigned = Memo::new(move |_| {
        counts.with(|counts| counts.views.get(View::Unassigned.code()).copied().unwrap_or(0))
    });
    let has_teams = Memo::new(move |_| {
        session.with(|state| matches!(state, SessionState::SignedIn(s) if !s.user.teams.is_empty()))
    });
    let sentence = move || sentence(view.get(), has_teams.get(), words(lang.get())).to_owned();
    let detail = move || {
        let w = words(lang.get());
        match (view.get(), unassigned.get()) {
            (View::Mine, n @ 1..) => fill(w.empty_mine_some, &[&lang.number(n)]),
            (view, _) => detail(view, has_teams.get(), w).to_owned(),
        }
    };
    let icon = move || match view.get() {
        View::Mine | View::MyTeams | View::Unassigned => IconName::CheckCircle,
        view => view_icon(view),
    };
    let next = move || {
        let next = next_view(view.get(), unassigned.get())?;
        let label = move || see_words(next, lang.get());
        Some(view! {
            <Button kind=ButtonKind::Primary on_click=move |()| navigator.set_view(next)>{label}</Button>
        })
    };
    view! {
        <Empty icon=Signal::derive(icon) sentence=Signal::derive(sentence) detail=Signal::derive(detail)>
            {next}
        </Empty>
    }
}

fn see_words(view: View, locale: Locale) -> String {
    fill(words(locale).see_view, &[&bandeja_letters::lowercase(view_word(view, locale))])
}

fn sentence(view: View, has_teams: bool, w: &InboxWords) -> &'static str {
    match view {
        View::Mine => w.empty_mine,
        View::Unassigned => w.empty_unassigned,
        View::MyTeams if !has_teams => w.empty_no_teams,
        View::MyTeams => w.empty_teams,
        View::All => w.empty_all,
        View::Mentions => w.empty_mentions,
        View::Snoozed => w.empty_snoozed,
        View::Closed => w.empty_closed,
        View::Archived => w.empty_archived,
    }
}

fn detail(view: View, has_teams: bool, w: &InboxWords) -> &'static str {
    match view {
        View::Mine => w.empty_mine_none,
        View::Unassigned => w.empty_unassigned_detail,
        View::MyTeams if !has_teams => w.empty_no_teams_detail,
        View::MyTeams => w.empty_teams_detail,
        View::All => w.empty_all_detail,
        View::Mentions => w.empty_mentions_detail,
        View::Snoozed => w.empty_snoozed_detail,
        View::Closed => w.empty_closed_detail,
        View::Archived => w.empty_archived_detail,
    }
}

/// Where to go on from an empty view, if somewhere.
fn next_view(view: View, unassigned: u64) -> Option<View> {
    match view {
        View::Mine if unassigned > 0 => Some(View::Unassigned),
        View::Unassigned | View::Mentions | View::Snoozed => Some(View::Mine),
        View::Mine | View::MyTeams => Some(View::All),
        View::All | View::Archived => Some(View::Closed),
        View::Closed => None,
    }
}

/// Nothing matches what was asked: which condition to take away.
#[component]
pub fn NoMatch() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let obstacle = obstacle(Signal::stored(true));
    let q = Memo::new(move |_| navigator.route().with(|route| route.filter.q.clone()));
    let sentence = move || {
        let w = words(lang.get());
        q.with(|q| q.as_ref().map_or_else(|| w.no_match.to_owned(), |q| fill(w.no_match_search, &[q])))
    };
    let detail = move || {
        let w = words(lang.get());
        obstacle.with(|obstacle| match obstacle {
            Some(o) => {
                fill(plural(o.count, w.without_one, w.without_other), &[&o.words, &lang.number(o.count)])
            }
            None => w.no_match_detail.to_owned(),
        })
    };
    let that = move || {
        obstacle.get().map(|obstacle| {
            let without = obstacle.without;
            let is_search = without.q.is_none() && q.with_untracked(Option::is_some);
            let label = move || {
                let w = words(lang.get());
                if is_search { w.remove_search } else { w.remove_that }
            };
            view! {
                <Button on_click=move |()| navigator.set_filter(without.clone())>
                    {label}
                </Button>
            }
        })
    };
    view! {
        <Empty icon=IconName::Search sentence=Signal::derive(sentence) detail=Signal::derive(detail)>
            {that}
            <Button kind=ButtonKind::Quiet on_click=move |()| clear(navigator)>
                {move || words(lang.get()).remove_all}
            </Button>
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_inbox_leads_to_work_that_is_left() {
        assert_eq!(next_view(View::Mine, 37), Some(View::Unassigned));
        assert_eq!(next_view(View::Mine, 0), Some(View::All));
    }

    #[test]
    fn each_view_says_why_it_is_empty_in_its_own_words() {
        for locale in Locale::ALL {
            let w = words(locale);
            let mut told: Vec<_> = View::ALL.map(|view| sentence(view, true, w)).to_vec();
            told.sort_unstable();
            told.dedup();
            assert_eq!(told.len(), View::ALL.len());
        }
    }
}
