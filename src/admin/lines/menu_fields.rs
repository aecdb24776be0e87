//! The menu: its greeting, its numbered options, and the message as the contact reads it.

use super::dialog::LineEditing;
use super::draft::LineDraft;
use super::fields::{team_choices, w};
use crate::i18n::fill;
use bandeja_model::limits::{GREETING_CHARS, MENU_OPTIONS};
use bandeja_ui::view;
use bandeja_ui::{Button, IconButton, IconName, Select, TextArea, TextField, platform};
use leptos::html;
use leptos::prelude::*;

/// All of it.
pub(super) fn menu_fields(editing: LineEditing) -> AnyView {
    let list = NodeRef::<html::Ol>::new();
    let greet = move |text: String| editing.draft.update(|draft| draft.greeting = text);
    let full = move || {
        let has_room = editing.draft.with(LineDraft::has_room);
        (!has_room).then(|| fill(w(editing).add_full, &[&MENU_OPTIONS.to_string()]))
    };
    let add = move |()| {
        if editing.draft.try_update(LineDraft::add).flatten().is_some() {
            focus_option(list, None);
        }
    };
    let wrong = move || {
        editing.fault("menu.options").map(|said| view! { <div class="hint bad" role="alert">{said}</div> })
    };
    view! {
        <TextArea
            label=Signal::derive(move || w(editing).greeting.to_owned())
            value=Signal::derive(move || editing.draft.with(|draft| draft.greeting.clone()))
            on_input=greet
            max=GREETING_CHARS
            rows=2
            placeholder=Signal::derive(move || w(editing).greeting_ask.to_owned())
            error=Signal::derive(move || editing.fault("menu.greeting"))
        />
        <div class="field" role="group" aria-label=move || w(editing).options>
            <span class="label" aria-hidden="true">{move || w(editing).options}</span>
            <ol class="menu-options" node_ref=list>
                <For each=move || editing.draft.with(LineDraft::keys) key=|key| *key let:key>
                    {option(editing, list, key)}
                </For>
            </ol>
            {wrong}
            <div>
                <Button
                    small=true
                    icon=IconName::Plus
                    disabled=Signal::derive(full)
                    on_click=Callback::new(add)
                >
                    {move || w(editing).add}
                </Button>
            </div>
        </div>
        {preview(editing)}
    }
    .into_any()
}

/// Leads into the text of the option at a place, or of the last.
fn focus_option(list: NodeRef<html::Ol>, place: Option<usize>) {
    platform::next_frame(move || {
        let Some(list) = list.try_get_untracked().flatten() else { return };
        let inputs = platform::all_matching(&list, "input");
        if let Some(input) = place.map_or_else(|| inputs.last(), |place| inputs.get(place)) {
            let _ = input.focus();
        }
    });
}

fn option(editing: LineEditing, list: NodeRef<html::Ol>, key: u32) -> AnyView {
    let place = Memo::new(move |_| editing.draft.with(|draft| draft.place(key)).unwrap_or_default());
    let number = move || (place.get() + 1).to_string();
    let named = move |text: &'static str| fill(text, &[&number()]);
    let label = move || {
        editing.draft.with(|draft| draft.option(key).map(|option| option.label.clone())).unwrap_or_default()
    };
    let team = move || {
        let team = editing.draft.with(|draft| draft.option(key).and_then(|option| option.team.clone()));
        team.map(|team| team.to_string()).unwrap_or_default()
    };
    let typed =
        move |text: String| editing.draft.update(|draft| draft.change(key, |option| option.label = text));
    let choose = move |id: String| {
        editing.draft.update(|draft| {
            draft.change(key, |option| option.team = (!id.is_empty()).then(|| id.into()));
        });
    };
    let fault = move |part: &str| editing.fault(&format!("menu.options.{}.{part}", place.get()));
    let remove = move |()| {
        let near = editing.draft.try_update(|draft| {
            let near = draft.remove(key)?;
            draft.place(near)
        });
        if let Some(near) = near.flatten() {
            focus_option(list, Some(near));
        }
    };
    let shift = move |down: bool, icon: IconName| {
        let stuck = move || {
            let can = editing.draft.with(|draft| draft.can_shift(key, down));
            let why = if down { w(editing).is_last } else { w(editing).is_first };
            (!can).then(|| why.to_owned())
        };
        let text = move || if down { w(editing).move_down } else { w(editing).move_up };
        view! {
            <IconButton
                icon=icon
                label=Signal::derive(move || named(text()))
                small=true
                disabled=Signal::derive(stuck)
                on_click=move |()| editing.draft.update(|draft| draft.shift(key, down))
            />
        }
    };
    view! {
        <li>
            <span class="number" aria-hidden="true">{number}</span>
            <TextField
                label=Signal::derive(move || named(w(editing).option_label))
                value=Signal::derive(label)
                on_input=typed
                error=Signal::derive(move || fault("label"))
                hide_label=true
            />
            <Select
                label=Signal::derive(move || named(w(editing).option_team))
                choices=Signal::derive(move || team_choices(editing, w(editing).choose_team))
                value=Signal::derive(team)
                on_change=choose
                error=Signal::derive(move || fault("team"))
                hide_label=true
            />
            <span class="acts">
                {shift(false, IconName::Up)}
                {shift(true, IconName::Down)}
                <IconButton
                    icon=IconName::X
                    label=Signal::derive(move || named(w(editing).remove))
                    small=true
                    on_click=Callback::new(remove)
                />
            </span>
        </li>
    }
    .into_any()
}

/// The message, word for word.
fn preview(editing: LineEditing) -> impl IntoView {
    let text = move || editing.draft.with(|draft| draft.menu().text());
    let shown = move || {
        let text = text();
        if text.trim().is_empty() {
            view! { <p class="faint">{w(editing).preview_none}</p> }.into_any()
        } else {
            view! { <div class="menu-text" dir="auto">{text}</div> }.into_any()
        }
    };
    view! {
        <figure class="menu-preview">
            <figcaption class="faint">{move || w(editing).preview}</figcaption>
            {shown}
        </figure>
    }
}
