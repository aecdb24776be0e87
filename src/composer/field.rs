//! The text area. It grows with its words by the sheet; keys send, and mentions are followed.

use super::keys::pressed;
use super::mentions::{bytes_of, typed_at, units_of};
use super::sending::Writing;
use crate::acting::told::name_of;
use crate::i18n::fill;
use bandeja_ui::platform;
use bandeja_ui::view;
use leptos::prelude::*;

/// The text area of the present tab.
pub(super) fn field(writing: Writing) -> impl IntoView {
    let name =
        move || writing.conversation.get().map(|now| name_of(&now, writing.lang.get())).unwrap_or_default();
    let label = move || {
        let w = writing.w();
        fill(if writing.is_note() { w.note_field } else { w.reply_field }, &[&name()])
    };
    let ask = move || {
        if writing.is_note() {
            writing.w().note_ask.to_owned()
        } else {
            fill(writing.w().reply_ask, &[&name()])
        }
    };
    let locked = move || !writing.is_note() && writing.blocked().is_some();
    let input = move |event| {
        let text = event_target_value(&event);
        writing.draft().set(text);
        follow_mention(writing);
    };
    view! {
        <div class="words-in" data-text=move || writing.draft().get()>
            <textarea
                node_ref=writing.field
                class="words"
                rows="1"
                dir="auto"
                spellcheck="true"
                aria-label=label
                placeholder=ask
                prop:readOnly=locked
                aria-readonly=move || locked().to_string()
                aria-autocomplete=move || writing.is_note().then_some("list")
                aria-controls=move || writing.typing.with(Option::is_some).then(|| list_id(writing))
                aria-activedescendant=move || {
                    writing.typing.with(Option::is_some).then(|| option_id(writing, writing.offered_at.get()))
                }
                prop:value=move || writing.draft().get()
                on:input=input
                on:keydown=move |event| pressed(writing, &event)
                on:keyup=move |_| follow_mention(writing)
                on:pointerup=move |_| follow_mention(writing)
                on:blur=move |_| writing.typing.set(None)
            ></textarea>
        </div>
    }
}

/// The id of the list of people on offer; one composer stands in a mount at a time.
pub(super) fn list_id(writing: Writing) -> String {
    writing.id.with_value(|id| format!("mention-{id}"))
}

/// The id of one of them.
pub(super) fn option_id(writing: Writing, place: usize) -> String {
    format!("{}-{place}", list_id(writing))
}

/// Looks whether a name is being typed at the caret.
pub(super) fn follow_mention(writing: Writing) {
    let typing = writing.field.get_untracked().filter(|_| untrack(|| writing.is_note())).and_then(|field| {
        let text = field.value();
        let caret = field.selection_end().ok().flatten()? as usize;
        typed_at(&text, bytes_of(&text, caret))
    });
    if writing.typing.with_untracked(|before| *before != typing) {
        writing.offered_at.set(0);
        writing.typing.set(typing);
    }
}

/// Puts `text` at the caret, in place of what is selected.
pub(super) fn insert(writing: Writing, text: &str) {
    let Some(field) = writing.field.get_untracked() else { return };
    let before = field.value();
    let end = before.encode_utf16().count();
    let at = |units: Option<u32>| bytes_of(&before, units.map_or(end, |units| units as usize));
    let from = at(field.selection_start().ok().flatten());
    let to = at(field.selection_end().ok().flatten()).max(from);
    let (Some(head), Some(tail)) = (before.get(..from), before.get(to..)) else { return };
    replace(writing, format!("{head}{text}{tail}"), from + text.len());
}

/// Puts a whole text in, with the caret at byte `caret`.
pub(super) fn replace(writing: Writing, text: String, caret: usize) {
    let units = u32::try_from(units_of(&text, caret)).unwrap_or(u32::MAX);
    untrack(|| writing.draft()).set(text);
    platform::next_frame(move || {
        if let Some(field) = writing.field.try_get_untracked().flatten() {
            platform::focus(&field);
            // It fails only where there is no selection at all.
            let _ = field.set_selection_range(units, units);
            follow_mention(writing);
        }
    });
}
