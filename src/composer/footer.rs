//! Under the text: tools, the length near its limit, and what sends.

use super::field::insert;
use super::sending::{Then, Writing};
use crate::i18n::fill;
use bandeja_model::limits;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, IconButton, IconName, MenuItem, SplitButton};
use leptos::prelude::*;

/// The last row of the composer, with further tools.
pub(super) fn footer(writing: Writing, tools: impl IntoView + 'static) -> impl IntoView {
    let off = Signal::derive(move || writing.off());
    let verb = move || {
        if writing.is_note() { save(writing, off).into_any() } else { send(writing, off).into_any() }
    };
    view! {
        <footer>
            {tools}
            {move || writing.is_note().then(|| mention(writing))}
            <span class="grow"></span>
            {move || counter(writing)}
            {verb}
        </footer>
    }
}

fn mention(writing: Writing) -> impl IntoView {
    let begin = move |()| {
        let text = untrack(|| writing.draft()).get_untracked();
        // In the middle of a word it would be an address, not a mention.
        let gap = if text.is_empty() || text.ends_with(char::is_whitespace) { "" } else { " " };
        insert(writing, &format!("{gap}@"));
    };
    view! {
        <IconButton
            icon=IconName::At
            label=Signal::derive(move || writing.w().mention.to_owned())
            small=true
            on_click=begin
        />
    }
}

fn send_close_keys(writing: Writing) -> String {
    format!("Ctrl+{}+↵", crate::acting::words::words(writing.lang.get_untracked()).key_shift)
}

/// Shown from four fifths of the limit on.
fn counter(writing: Writing) -> Option<AnyView> {
    let used = writing.draft().with(|draft| draft.chars().count());
    if used * 5 < limits::MESSAGE_CHARS * 4 {
        return None;
    }
    let number = |n: usize| writing.lang.number(n as u64);
    let values = [number(used), number(limits::MESSAGE_CHARS)];
    let values: Vec<_> = values.iter().map(String::as_str).collect();
    let over = used > limits::MESSAGE_CHARS;
    Some(
        view! {
            <span class="left" class:over=over title=fill(writing.w().chars_label, &values)>
                {fill(writing.w().chars, &values)}
            </span>
        }
        .into_any(),
    )
}

fn save(writing: Writing, off: Signal<Option<String>>) -> impl IntoView {
    view! {
        <Button
            kind=ButtonKind::Primary
            small=true
            icon=IconName::Lock
            disabled=off
            title=Signal::derive(move || Some(writing.w().send_title.to_owned()))
            on_click=Callback::new(move |()| writing.send(Then::Stay))
        >
            <span>{move || writing.w().save_note}</span>
        </Button>
    }
}

fn send(writing: Writing, off: Signal<Option<String>>) -> impl IntoView {
    view! {
        <span class="label-mid">
            <Button
                kind=ButtonKind::Quiet
                small=true
                disabled=off
                on_click=Callback::new(move |()| writing.send(Then::Close))
            >
                <span>{move || writing.w().send_close}</span>
            </Button>
        </span>
        <SplitButton
            kind=ButtonKind::Primary
            small=true
            icon=IconName::Send
            label=Signal::derive(move || writing.w().send.to_owned())
            more_label=Signal::derive(move || writing.w().send_more.to_owned())
            title=Signal::derive(move || Some(writing.w().send_title.to_owned()))
            disabled=off
            on_click=move |()| writing.send(Then::Stay)
        >
            <MenuItem
                label=Signal::derive(move || writing.w().send_close.to_owned())
                hint=Signal::derive(move || writing.w().send_close_hint.to_owned())
                icon=IconName::CheckCircle
                keys=send_close_keys(writing)
                on_choose=move |()| writing.send(Then::Close)
            />
            <MenuItem
                label=Signal::derive(move || writing.w().send_snooze.to_owned())
                icon=IconName::Clock
                on_choose=move |()| writing.send(Then::Snooze)
            />
        </SplitButton>
    }
}
