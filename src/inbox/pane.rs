//! The list's column: bar, search, chips, strip, and below them the rows or why there are none.

use super::bar::Bar;
use super::filter_picker::Filtering;
use super::grid::ConversationGrid;
use super::search::Search;
use super::words::words;
use crate::bulk::Bulk;
use crate::i18n::{Lang, fill, plural};
use crate::parts::Parts;
use crate::route::{Navigator, Route};
use crate::shell::{ErrorView, Place, Shell};
use bandeja_browser::{Desk, Phase, desk};
use bandeja_client::ClientError;
use bandeja_contract::Total;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Announcer, Icon, IconName, Skeleton};
use leptos::prelude::*;

/// What stands below the strip.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Waiting,
    Rows,
    Empty,
    NoMatch,
    Failed(ClientError),
}

/// The column of the list.
#[component]
pub fn ListPane() -> impl IntoView {
    let (lang, navigator, parts) = (Lang::here(), Navigator::here(), Parts::here());
    let bulk = Bulk::here();
    let desk = desk();
    provide_context(Filtering::new());
    expect_context::<Filtering>().count();
    let searches = Memo::new({
        let desk = desk.clone();
        move |_| desk.can("filter.q")
    });
    let scroll_to = RwSignal::new(None);
    let at_top = RwSignal::new(true);
    ask_for_rows(&desk, navigator, scroll_to);
    tell_top(&desk, at_top);
    let total = desk.list.total.clone();
    let rows = Memo::new({
        let total = total.clone();
        move |_| usize::try_from(total.get().value).unwrap_or(usize::MAX)
    });
    let shown = shown(&desk, navigator, rows);
    announce(shown, rows, lang);
    let has_come = Memo::new(move |_| shown.with(|shown| matches!(shown, Shown::Rows)));
    let count = {
        let total = total.clone();
        let partial = desk.list.partial.clone();
        let more = move || partial.with(|partial| partial.as_ref().is_some_and(|partial| partial.more));
        move || if has_come.get() { total_words(total.get(), more(), lang) } else { String::new() }
    };
    let count_title = move || {
        let w = words(lang.get());
        lang.count(total.get().value, w.conversation_one, w.conversation_other)
    };
    let tools = move || {
        view! {
            {move || parts.rest(|rest| (rest.select_menu)())}
            <span class="grow"></span>
            {move || parts.rest(|rest| (rest.only_unread)())}
            {move || parts.rest(|rest| (rest.sort_menu)())}
        }
    };
    view! {
        <section class="pane list" part="list" aria-label=move || words(lang.get()).region>
            <Bar count=Signal::derive(count) count_title=Signal::derive(count_title)/>
            <div class="searching">{move || searches.get().then(|| view! { <Search/> })}{move || parts.rest(|rest| (rest.filter_menu)())}</div>
            {move || parts.rest(|rest| (rest.chips)())}
            <div class="strip" class:sel=move || bulk.is_on()>
                {move || if bulk.is_on() { parts.rest(|rest| (rest.selecting)()) } else { tools() }}
            </div>
            {move || parts.rest(|rest| (rest.all_note)())}
            {move || parts.rest(|rest| (rest.partial_note)())}
            <div class="list-body">
                <Pill scroll_to/>
                // It stays also while there is nothing to show: rows then appear without another measure, and
                // whoever works by keyboard keeps the focus.
                <div class="list-rows">
                    <ConversationGrid total=rows at_top scroll_to/>
                </div>
                {move || (!has_come.get()).then(|| view! { <div class="instead">{instead(shown.get())}</div> })}
            </div>
        </section>
    }
}

/// The list follows the route; another list begins at its top.
fn ask_for_rows(desk: &Desk, navigator: Navigator, scroll_to: RwSignal<Option<usize>>) {
    let shell = Shell::here();
    let list = desk.list.clone();
    let asked = Memo::new(move |_| navigator.route().with(|route| (route.list_filter(), route.sort)));
    Effect::new(move |before: Option<()>| {
        let (filter, sort) = asked.get();
        list.show(filter, sort);
        if before.is_some() {
            shell.cursor.set(None);
            scroll_to.set(Some(0));
        }
    });
}

fn tell_top(desk: &Desk, at_top: RwSignal<bool>) {
    let list = desk.list.clone();
    watch(move || list.set_at_top(at_top.get()));
}

fn shown(desk: &Desk, navigator: Navigator, rows: Memo<usize>) -> Memo<Shown> {
    let phase = desk.list.phase.clone();
    Memo::new(move |_| match phase.get() {
        Phase::Loading => Shown::Waiting,
        Phase::Failed(error) => Shown::Failed(error),
        Phase::Ready if rows.get() > 0 => Shown::Rows,
        Phase::Ready if navigator.route().with(Route::is_plain) => Shown::Empty,
        Phase::Ready => Shown::NoMatch,
    })
}

/// Says how a search or filter ended to those who do not see it.
fn announce(shown: Memo<Shown>, rows: Memo<usize>, lang: Lang) {
    let announcer = expect_context::<Announcer>();
    Effect::new(move |before: Option<Shown>| {
        let now = shown.get();
        if before == Some(Shown::Waiting) {
            let w = words(lang.get_untracked());
            match now {
                Shown::Rows => {
                    let n = u64::try_from(rows.get_untracked()).unwrap_or_default();
                    announcer.say(&untrack(|| lang.count(n, w.conversation_one, w.conversation_other)));
                }
                Shown::Empty | Shown::NoMatch => announcer.say(w.found_none),
                Shown::Waiting | Shown::Failed(_) => {}
            }
        }
        now
    });
}

fn total_words(total: Total, more: bool, lang: Lang) -> String {
    // The last row of more to come is not there yet: it only makes room to go on.
    let unseen = u64::from(more && !total.exact);
    let number = lang.number(total.value.saturating_sub(unseen));
    let w = words(lang.get());
    match (total.exact, more) {
        (true, _) => number,
        (false, true) => fill(w.more_than, &[&number]),
        (false, false) => fill(w.about, &[&number]),
    }
}

/// What stands where rows would.
fn instead(shown: Shown) -> AnyView {
    let (lang, parts) = (Lang::here(), Parts::here());
    match shown {
        Shown::Rows => ().into_any(),
        Shown::Waiting => {
            view! { <Skeleton rows=10 label=move || words(lang.get()).loading.to_owned()/> }.into_any()
        }
        Shown::Empty => (move || parts.rest(|rest| (rest.empty_view)())).into_any(),
        Shown::NoMatch => (move || parts.rest(|rest| (rest.no_match)())).into_any(),
        Shown::Failed(error) => {
            let list = desk().list.clone();
            view! {
                <ErrorView
                    sentence=move || words(lang.get()).failed.to_owned()
                    error
                    on_retry=move |()| list.reload()
                />
            }
            .into_any()
        }
    }
}

/// Rows that wait because the reader is not at the top (P35).
#[component]
fn Pill(scroll_to: RwSignal<Option<usize>>) -> impl IntoView {
    let (lang, shell) = (Lang::here(), Shell::here());
    let list = desk().list.clone();
    let waiting = list.waiting.clone();
    let list = StoredValue::new(list);
    let label = move |n: usize| {
        let w = words(lang.get());
        let n = u64::try_from(n).unwrap_or_default();
        fill(plural(n, w.new_one, w.new_other), &[&lang.number(n)])
    };
    let take = move |_| {
        list.with_value(|list| {
            list.take_waiting();
            // The cursor goes along, or the focus would pull the list back to where it was.
            shell.cursor.set(list.id_at(0));
        });
        scroll_to.set(Some(0));
        shell.wants_focus.set(Some(Place::Grid));
    };
    move || {
        let n = waiting.get();
        (n > 0).then(|| {
            view! {
                <button type="button" class="pill" title=move || words(lang.get()).take_new on:click=take>
                    <Icon name=IconName::Up/>
                    {move || label(n)}
                </button>
            }
        })
    }
}
