//! Keys of the text area: Enter sends, Shift+Enter breaks the line, arrows choose a mention.

use super::mention_list::{offered, pick};
use super::sending::{Then, Writing};
use bandeja_contract::NewMessageKind;
use bandeja_ui::platform;
use leptos::ev;
use leptos::prelude::*;

/// A key went down in the text area.
pub(super) fn pressed(writing: Writing, event: &ev::KeyboardEvent) {
    // While an input method composes, Enter and arrows are its own.
    if event.is_composing() || event.key_code() == 229 || choosing(writing, event) {
        return;
    }
    if event.key() != "Enter" || event.alt_key() {
        return;
    }
    let control = event.ctrl_key() || event.meta_key();
    let then = match (control, event.shift_key()) {
        (true, true) if writing.kind.get_untracked() == NewMessageKind::Reply => Then::Close,
        (false, true) => return,
        // On a phone the key breaks the line; the button sends.
        (false, false) if platform::matches_media("(pointer: coarse)") => return,
        (true, _) | (false, false) => Then::Stay,
    };
    event.prevent_default();
    event.stop_propagation();
    if !event.repeat() {
        writing.send(then);
    }
}

/// Keys that belong to the list of people; whether it took this one.
fn choosing(writing: Writing, event: &ev::KeyboardEvent) -> bool {
    if writing.typing.with_untracked(Option::is_none) {
        return false;
    }
    let count = untrack(|| offered(writing)).len();
    let here = writing.offered_at.get_untracked().min(count.saturating_sub(1));
    match event.key().as_str() {
        "ArrowDown" if count > 0 => writing.offered_at.set(if here + 1 < count { here + 1 } else { 0 }),
        "ArrowUp" if count > 0 => writing.offered_at.set(here.checked_sub(1).unwrap_or(count - 1)),
        "Enter" | "Tab" if count > 0 && !event.shift_key() && !event.ctrl_key() && !event.meta_key() => {
            pick(writing, here);
        }
        "Escape" => writing.typing.set(None),
        _ => return false,
    }
    event.prevent_default();
    event.stop_propagation();
    true
}
