//! The sheet of shortcuts.

use super::context::Shell;
use super::prefs::Prefs;
use super::views::{view_key, view_word};
use super::words::words;
use crate::acting::words::words as acting_words;
use crate::bulk::bulk_words;
use crate::i18n::{Lang, Locale, fill};
use bandeja_model::View;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Checkbox, Dialog, DialogSize, Keys};
use leptos::prelude::*;

/// A group of the sheet: its heading, and each line with its keys.
type Group = (&'static str, Vec<(String, String)>);

/// The sheet; `?` opens it.
#[component]
pub fn Sheet() -> impl IntoView {
    let (lang, prefs, shell) = (Lang::here(), Prefs::here(), Shell::here());
    let close = move |()| shell.sheet.set(false);
    let footer = move || {
        view! {
            <span class="aside">
                <Checkbox
                    switch=true
                    label=move || words(lang.get()).one_key.to_owned()
                    checked=move || prefs.one_key()
                    on_change=move |on| prefs.set_one_key(on)
                />
            </span>
            <Button kind=ButtonKind::Primary submit=true>{move || words(lang.get()).done}</Button>
        }
    };
    view! {
        <Dialog
            open=shell.sheet
            on_close=close
            on_submit=close
            title=move || words(lang.get()).shortcuts.to_owned()
            close_label=move || words(lang.get()).back.to_owned()
            line=move || words(lang.get()).shortcuts_lead
            size=DialogSize::Large
            footer
        >
            <div class="shortcuts">
                {move || groups(lang.get()).into_iter().map(group).collect_view()}
            </div>
        </Dialog>
    }
}

fn group((heading, lines): Group) -> impl IntoView {
    let line = |(words, keys): (String, String)| {
        view! { <div class="shortcut"><span>{words}</span><Keys keys/></div> }
    };
    view! {
        <div>
            <h3>{heading}</h3>
            {lines.into_iter().map(line).collect_view()}
        </div>
    }
}

fn groups(locale: Locale) -> [Group; 4] {
    let (w, a, b) = (words(locale), acting_words(locale), bulk_words(locale));
    let line = |words: &str, keys: &str| (words.to_owned(), keys.to_owned());
    let mut moving = vec![
        line(w.next, "J"),
        line(w.previous, "K"),
        line(w.open, "↵"),
        line(w.back_to_list, "Esc"),
        line(w.search_list, "/"),
        line(w.palette, "Ctrl+K"),
    ];
    moving.extend(View::ALL.map(|view| {
        let key = view_key(view).to_ascii_uppercase();
        (fill(w.go_to, &[view_word(view, locale)]), format!("G+{key}"))
    }));
    let conversation = vec![
        line(a.close, "Shift+E"),
        line(a.assign, "A"),
        line(a.assign_to_me, "I"),
        line(a.snooze, "Z"),
        line(a.tags, "L"),
        line(a.unread, "U"),
        line(a.undo, "Ctrl+Z"),
        line(w.more_actions, "."),
    ];
    let selecting = vec![
        line(b.key_toggle, "X"),
        line(b.key_extend, "↑+↓"),
        line(b.palette_all, "Ctrl+A"),
        line(b.key_act, "E"),
        line(b.leave, "Esc"),
    ];
    let writing = vec![line(w.reply, "R"), line(w.note, "N"), line(w.send, "Ctrl+↵")];
    [
        (w.move_about, moving),
        (w.group_conversation, conversation),
        (b.select_menu, selecting),
        (w.writing, writing),
    ]
}
