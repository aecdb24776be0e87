//! The fields of a line: its bot, and who takes its conversations.

use super::dialog::LineEditing;
use super::menu_fields::menu_fields;
use super::words::{LinesWords, words};
use crate::acting::owner_items::candidates;
use bandeja_ui::view;
use bandeja_ui::{Checkbox, Choice, Select};
use leptos::prelude::*;

pub(super) fn w(editing: LineEditing) -> &'static LinesWords {
    words(editing.lang.get())
}

/// All of them, with the message as the contact reads it.
pub(super) fn fields(editing: LineEditing) -> AnyView {
    let is_on = move || editing.draft.with(|draft| draft.bot);
    let hint = move || if is_on() { w(editing).bot_hint_on } else { w(editing).bot_hint_off };
    view! {
        <Checkbox
            label=Signal::derive(move || w(editing).bot_is_on.to_owned())
            checked=Signal::derive(is_on)
            on_change=move |on: bool| editing.draft.update(|draft| draft.bot = on)
            hint=Signal::derive(move || hint().to_owned())
            switch=true
        />
        {menu_fields(editing)}
        <fieldset class="taken">
            <legend class="label">{move || w(editing).taken_by}</legend>
            <p class="hint">{move || w(editing).taken_hint}</p>
            <div class="two">{team(editing)} {user(editing)}</div>
        </fieldset>
    }
    .into_any()
}

/// The teams of the line's campaign, behind a choice of none.
pub(super) fn team_choices(editing: LineEditing, none: &'static str) -> Vec<Choice> {
    let lookups = editing.desk.with_value(|desk| desk.lookups.get());
    let campaign = editing.line.with_value(|line| line.campaign.clone());
    let teams = lookups.teams.iter().filter(|team| team.campaign == campaign);
    std::iter::once(Choice::new("", none))
        .chain(teams.map(|team| Choice::new(team.id.as_str(), team.name.clone())))
        .collect()
}

fn team(editing: LineEditing) -> impl IntoView {
    let value =
        move || editing.draft.with(|draft| draft.team.as_ref().map(ToString::to_string).unwrap_or_default());
    let choose = move |id: String| {
        editing.draft.update(|draft| draft.team = (!id.is_empty()).then(|| id.into()));
    };
    view! {
        <Select
            label=Signal::derive(move || w(editing).team.to_owned())
            choices=Signal::derive(move || team_choices(editing, w(editing).no_team))
            value=Signal::derive(value)
            on_change=choose
            error=Signal::derive(move || editing.fault("team"))
        />
    }
}

fn user(editing: LineEditing) -> impl IntoView {
    let choices = move || {
        let lookups = editing.desk.with_value(|desk| desk.lookups.get());
        let campaign = editing.line.with_value(|line| line.campaign.clone());
        let users = candidates(&lookups, Some(&campaign));
        std::iter::once(Choice::new("", w(editing).nobody))
            .chain(users.into_iter().map(|user| Choice::new(user.id.as_str(), user.name.clone())))
            .collect::<Vec<_>>()
    };
    let value =
        move || editing.draft.with(|draft| draft.user.as_ref().map(ToString::to_string).unwrap_or_default());
    let choose = move |id: String| {
        editing.draft.update(|draft| draft.user = (!id.is_empty()).then(|| id.into()));
    };
    view! {
        <Select
            label=Signal::derive(move || w(editing).user.to_owned())
            choices=Signal::derive(choices)
            value=Signal::derive(value)
            on_change=choose
            error=Signal::derive(move || editing.fault("user"))
        />
    }
}
