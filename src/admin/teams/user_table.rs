//! The table of users.

use super::rows::{UserRow, has_several_campaigns};
use super::table::Cell;
use super::words::{TeamsWords, words};
use crate::acting::names::availability_word;
use crate::i18n::{Lang, Locale};
use crate::shell::user_menu::{presence_class, signed_in_user};
use bandeja_browser::desk;
use bandeja_model::{Role, UserId};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize, Badge};
use leptos::prelude::*;

/// The users, a row each; below a certain width each is a card, as with teams.
#[component]
pub fn UserTable(
    /// The rows.
    rows: Memo<Vec<UserRow>>,
) -> impl IntoView {
    let lang = Lang::here();
    let lookups = desk().lookups.clone();
    let several = Memo::new(move |_| lookups.with(|lookups| has_several_campaigns(lookups)));
    let heading = move |column: fn(&TeamsWords) -> &'static str| {
        view! { <th scope="col" role="columnheader">{move || column(words(lang.get()))}</th> }
    };
    view! {
        <div class="card">
            <table class="table fold" role="table" aria-label=move || words(lang.get()).users>
                <thead role="rowgroup">
                    <tr role="row">
                        {heading(|w| w.name)}
                        {heading(|w| w.role)}
                        {heading(|w| w.teams_of)}
                        {move || several.get().then(|| heading(|w| w.campaigns))}
                        {heading(|w| w.availability)}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For
                        each=move || rows.with(|rows| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>())
                        key=UserId::clone
                        let:id
                    >
                        <Row id rows several/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(id: UserId, rows: Memo<Vec<UserRow>>, several: Memo<bool>) -> impl IntoView {
    let lang = Lang::here();
    let viewer = signed_in_user(&desk());
    let is_viewer = Memo::new({
        let id = id.clone();
        move |_| viewer.with(|viewer| viewer.as_ref().is_some_and(|viewer| viewer.id == id))
    });
    let row = Memo::new(move |before: Option<&Option<UserRow>>| {
        let now = rows.with(|rows| rows.iter().find(|row| row.id == id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let of = move |show: fn(&UserRow, Locale) -> Dom| move || row.get().map(|row| show(&row, lang.get()));
    let is_off = move || row.with(|row| row.as_ref().is_some_and(|row| row.availability.is_none()));
    view! {
        <tr role="row" class:off=is_off>
            <th scope="row" role="rowheader">
                {move || row.get().map(|row| name(&row, is_viewer.get(), lang.get()))}
            </th>
            <Cell label=|w| w.role>{of(role)}</Cell>
            <Cell label=|w| w.teams_of>{of(teams)}</Cell>
            {move || several.get().then(|| view! { <Cell label=|w| w.campaigns>{of(campaigns)}</Cell> })}
            <Cell label=|w| w.availability>{of(availability)}</Cell>
        </tr>
    }
}

fn name(row: &UserRow, is_viewer: bool, locale: Locale) -> Dom {
    view! {
        <span class="cluster">
            <Avatar id=row.id.to_string() name=row.name.clone() size=AvatarSize::Medium/>
            <b><bdi>{row.name.clone()}</bdi></b>
            {is_viewer.then(|| view! { <Badge>{words(locale).you}</Badge> })}
        </span>
    }
}

fn role(row: &UserRow, locale: Locale) -> Dom {
    let w = words(locale);
    let word = match row.role {
        Role::Agent => w.agent,
        Role::Admin => w.admin,
        Role::SuperAdmin => w.super_admin,
    };
    view! { <span>{word}</span> }
}

fn teams(row: &UserRow, locale: Locale) -> Dom {
    listed(&row.teams, words(locale).no_teams_of)
}

fn campaigns(row: &UserRow, locale: Locale) -> Dom {
    let w = words(locale);
    match &row.campaigns {
        None => view! { <span>{w.all_campaigns}</span> },
        Some(names) => listed(names, w.no_campaigns),
    }
}

fn listed(names: &[String], none: &'static str) -> Dom {
    if names.is_empty() {
        return view! { <span class="faint">{none}</span> };
    }
    view! { <span class="names"><bdi>{names.join(", ")}</bdi></span> }
}

fn availability(row: &UserRow, locale: Locale) -> Dom {
    match row.availability {
        None => view! { <Badge>{words(locale).deactivated}</Badge> },
        Some(availability) => view! {
            <span class="cluster">
                <span class=presence_class(Some(availability))></span>
                <span>{availability_word(availability, locale)}</span>
            </span>
        },
    }
}
