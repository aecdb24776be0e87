//! The screen: two tabs, one search over both, and what there is to show.

use super::dialogs::{Asking, TimingDialogs};
use super::rows::{team_rows, user_rows};
use super::table::TeamTable;
use super::user_table::UserTable;
use super::words::words;
use crate::admin::place::{Place, Ways};
use crate::i18n::{Lang, fill};
use crate::shell::ErrorView;
use bandeja_browser::desk;
use bandeja_client::ClientError;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Announcer, Button, Empty, IconName, Tab, Tabs, next_id};
use bandeja_ui::{Icon, IconButton, platform};
use leptos::{ev, html, prelude::*};

/// Teams and users, one table at a time.
#[component]
pub fn TeamsAndUsers() -> impl IntoView {
    let (lang, ways) = (Lang::here(), Ways::here());
    let lookups = desk().lookups.clone();
    let typed = RwSignal::new(String::new());
    let teams = Memo::new({
        let lookups = lookups.clone();
        move |_| lookups.with(|lookups| typed.with(|typed| team_rows(lookups, typed)))
    });
    let users = Memo::new({
        let lookups = lookups.clone();
        move |_| lookups.with(|lookups| typed.with(|typed| user_rows(lookups, typed)))
    });
    let on_users = Memo::new(move |_| ways.place() == Place::Users);
    let elsewhere =
        Memo::new(move |_| if on_users.get() { teams.with(Vec::len) } else { users.with(Vec::len) });
    let asking = Asking::default();
    provide_context(asking);
    let panel_id = next_id("panel");
    let tabs = {
        let lookups = lookups.clone();
        move || {
            let w = words(lang.get());
            let counted = lookups.with(|lookups| lookups.loaded);
            let tab = |place: Place, word: &str, count: usize| {
                let tab = Tab::new(place.code(), word);
                if counted { tab.with_count(lang.number(number(count))) } else { tab }
            };
            vec![
                tab(Place::Teams, w.teams, teams.with(Vec::len)),
                tab(Place::Users, w.users, users.with(Vec::len)),
            ]
        }
    };
    let choose = move |code: String| {
        ways.go(if code == Place::Users.code() { Place::Users } else { Place::Teams });
    };
    let shown = Memo::new(move |_| if on_users.get() { users.with(Vec::len) } else { teams.with(Vec::len) });
    say_what_is_found(typed, shown, on_users);
    let panel = panel_of(typed, shown);
    let content = move || match panel.get() {
        Panel::Rows if on_users.get() => view! { <UserTable rows=users/> },
        Panel::Rows => view! { <TeamTable rows=teams/> },
        Panel::Coming => view! { <Bones on_users/> },
        Panel::Failed(error) => view! { <Failed error/> },
        Panel::NoneFound => view! { <NoneFound typed elsewhere on_users/> },
        Panel::None => view! { <Nobody on_users/> },
    };
    view! {
        <div class="content">
            <Tabs
                label=move || crate::admin::words::words(lang.get()).teams_and_users.to_owned()
                tabs=Signal::derive(tabs)
                chosen=move || ways.place().code().to_owned()
                on_choose=choose
                controls=panel_id.clone()
            >
                <SearchField typed/>
            </Tabs>
            <div
                id=panel_id
                role="tabpanel"
                aria-label=move || {
                    let w = words(lang.get());
                    if on_users.get() { w.users } else { w.teams }
                }
            >
                {content}
            </div>
            <TimingDialogs asking/>
        </div>
    }
}

/// What the panel shows.
#[derive(Clone, Debug, PartialEq)]
enum Panel {
    /// The shape of a table.
    Coming,
    /// Why there is none.
    Failed(ClientError),
    /// The table.
    Rows,
    /// The search has no match.
    NoneFound,
    /// There is nothing, also without a search.
    None,
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A memo, so that a table that stays is not built anew with every letter and every event.
fn panel_of(typed: RwSignal<String>, shown: Memo<usize>) -> Memo<Panel> {
    let desk = desk();
    let (lookups, failed) = (desk.lookups.clone(), desk.lookups_failed.clone());
    Memo::new(move |_| {
        if !lookups.with(|lookups| lookups.loaded) {
            return failed.get().map_or(Panel::Coming, Panel::Failed);
        }
        match (shown.get(), typed.with(|typed| typed.trim().is_empty())) {
            (1.., _) => Panel::Rows,
            (0, false) => Panel::NoneFound,
            (0, true) => Panel::None,
        }
    })
}

/// Names and choices could not be loaded.
#[component]
fn Failed(error: ClientError) -> impl IntoView {
    let (lang, desk) = (Lang::here(), desk());
    view! {
        <ErrorView
            sentence=move || words(lang.get()).failed.to_owned()
            error=error
            on_retry=move |()| desk.reload_lookups()
        />
    }
}

/// The search has no match in this tab.
#[component]
fn NoneFound(typed: RwSignal<String>, elsewhere: Memo<usize>, on_users: Memo<bool>) -> impl IntoView {
    let lang = Lang::here();
    let sentence = move || {
        let typed = typed.with(|typed| typed.trim().to_owned());
        fill(words(lang.get()).none_found, &[&typed])
    };
    let detail = move || {
        let w = words(lang.get());
        match (number(elsewhere.get()), on_users.get()) {
            (0, _) => w.none_found_detail.to_owned(),
            (n, true) => fill(w.found_elsewhere, &[&lang.count(n, w.team_one, w.team_other)]),
            (n, false) => fill(w.found_elsewhere, &[&lang.count(n, w.user_one, w.user_other)]),
        }
    };
    view! {
        <Empty
            icon=IconName::Search
            sentence=Signal::derive(sentence)
            detail=Signal::derive(detail)
        >
            <Button on_click=move |()| typed.set(String::new())>{move || words(lang.get()).search_clear}</Button>
        </Empty>
    }
}

/// There is nobody, or no team.
#[component]
fn Nobody(on_users: Memo<bool>) -> impl IntoView {
    let lang = Lang::here();
    let told = move || {
        let w = words(lang.get());
        if on_users.get() { (w.no_users, "") } else { (w.no_teams, w.no_teams_detail) }
    };
    view! {
        <Empty
            icon=IconName::Users
            sentence=move || told().0.to_owned()
            detail=move || told().1.to_owned()
        />
    }
}

/// Says how many there are once somebody typed.
fn say_what_is_found(typed: RwSignal<String>, shown: Memo<usize>, on_users: Memo<bool>) {
    let (lang, announcer) = (Lang::here(), expect_context::<Announcer>());
    watch(move || {
        if typed.with(String::is_empty) {
            return;
        }
        let w = words(lang.get());
        let (one, other) =
            if on_users.get() { (w.user_one, w.user_other) } else { (w.team_one, w.team_other) };
        announcer.say(&lang.count(number(shown.get()), one, other));
    });
}

/// The search over both tables.
#[component]
fn SearchField(typed: RwSignal<String>) -> impl IntoView {
    let lang = Lang::here();
    let node = NodeRef::<html::Input>::new();
    let clear = move || {
        typed.set(String::new());
        if let Some(input) = node.get_untracked() {
            platform::focus(&input);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !typed.with_untracked(String::is_empty) {
            event.prevent_default();
            clear();
        }
    };
    view! {
        <label class="search">
            <Icon name=IconName::Search/>
            <input
                node_ref=node
                type="search"
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-label=move || words(lang.get()).search
                placeholder=move || words(lang.get()).search
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=key
            />
            {move || {
                (!typed.with(String::is_empty))
                    .then(|| {
                        view! {
                            <IconButton
                                icon=IconName::X
                                small=true
                                label=move || words(lang.get()).search_clear.to_owned()
                                on_click=move |()| clear()
                            />
                        }
                    })
            }}
        </label>
    }
}

/// The shape of a table that is still coming.
#[component]
fn Bones(on_users: Memo<bool>) -> impl IntoView {
    let lang = Lang::here();
    let line = |_| {
        view! {
            <div class="bone-row">
                <span class="bone round dot"></span>
                <span class="bone tall w40"></span>
                <span class="bone w30"></span>
            </div>
        }
    };
    let label = move || {
        let w = words(lang.get());
        if on_users.get() { w.loading_users } else { w.loading_teams }
    };
    view! {
        <div class="card table-bones late" role="status" aria-busy="true">
            <span class="only-sr">{label}</span>
            <div class="bone-head" aria-hidden="true"></div>
            <div aria-hidden="true">{(0..6).map(line).collect_view()}</div>
        </div>
    }
}
