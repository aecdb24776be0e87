//! The composer: tabs, notices, the text area, what sends it.

use super::emoji::emoji_menu;
use super::field::field;
use super::footer::footer;
use super::mention_list::mention_list;
use super::notices::notices;
use super::sending::Writing;
use super::window::left;
use crate::acting::names::channel_word;
use crate::i18n::fill;
use crate::shell::{Place, Shell};
use bandeja_browser::{Thread, desk};
use bandeja_contract::NewMessageKind;
use bandeja_model::ConversationId;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{IconName, Tab, Tabs, WindowRing};
use leptos::prelude::*;

/// Writes on one conversation. What was written is there again whenever it is opened.
#[component]
pub fn Composer(
    /// Which.
    id: ConversationId,
    /// Its thread.
    thread: Thread,
    /// Rises when the thread's end shall be shown.
    to_end: RwSignal<u32>,
) -> impl IntoView {
    let writing = Writing::new(desk(), id, thread, to_end);
    serve_focus(writing);
    // A blocked reply shows why; its text, if there is any, stays readable.
    let has_field = Memo::new(move |_| {
        writing.is_note() || writing.blocked().is_none() || writing.draft().with(|draft| !draft.is_empty())
    });
    view! {
        <section
            class="composer"
            part="composer"
            class:noting=move || writing.is_note()
            aria-label=move || writing.w().label
        >
            {mention_list(writing)}
            <Tabs
                label=Signal::derive(move || writing.w().tabs.to_owned())
                tabs=Signal::derive(move || tabs(writing))
                chosen=Signal::derive(move || code(writing.kind.get()).to_owned())
                on_choose=move |chosen: String| {
                    writing.typing.set(None);
                    writing.kind.set(kind_of(&chosen));
                    writing.focus();
                }
            >
                <span class="tabs-end">{move || tabs_end(writing)}</span>
            </Tabs>
            {notices(writing)}
            <Show when=move || has_field.get()>
                {field(writing)} {footer(writing, emoji_menu(writing))}
            </Show>
        </section>
    }
}

fn tabs(writing: Writing) -> Vec<Tab> {
    let w = writing.w();
    vec![
        Tab::new(code(NewMessageKind::Reply), w.reply).with_icon(IconName::Reply),
        Tab::new(code(NewMessageKind::Note), w.note).with_icon(IconName::Lock),
    ]
}

const fn code(kind: NewMessageKind) -> &'static str {
    match kind {
        NewMessageKind::Reply => "reply",
        NewMessageKind::Note => "note",
    }
}

fn kind_of(code: &str) -> NewMessageKind {
    if code == "note" { NewMessageKind::Note } else { NewMessageKind::Reply }
}

/// At the end of the tabs: who sees a note, or how long one may still reply.
fn tabs_end(writing: Writing) -> Option<AnyView> {
    let w = writing.w();
    if writing.is_note() {
        return Some(view! { <span class="faint">{w.note_only_team}</span> }.into_any());
    }
    let now = writing.conversation.get()?;
    let left = left(&now, writing.now()).filter(|_| now.status.is_open())?;
    let text = fill(w.window_left, &[&writing.lang.duration(left.time)]);
    let title = fill(w.window_title, &[channel_word(now.channel, writing.lang.get())]);
    Some(
        view! {
            <WindowRing
                left=Signal::stored(left.share)
                text=text
                level=Signal::stored(left.level)
                title=title
            />
        }
        .into_any(),
    )
}

/// A shortcut or the palette asks for the text area.
fn serve_focus(writing: Writing) {
    let Some(shell) = use_context::<Shell>() else { return };
    watch(move || {
        if let Some(Place::Composer(kind)) = shell.wants_focus.get() {
            shell.wants_focus.set(None);
            writing.kind.set(kind);
            writing.focus();
        }
    });
}
