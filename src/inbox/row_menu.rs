//! The tools over a row: snooze, close, and the menu of everything else.

use super::words::words;
use crate::acting::Acting;
use crate::acting::menu_items::ActionItems;
use crate::acting::words::words as acting_words;
use crate::i18n::Lang;
use crate::shell::Shell;
use bandeja_client::Intent;
use bandeja_model::{Action, Conversation};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Align, IconButton, IconName, Menu};
use leptos::prelude::*;
use std::sync::Arc;

/// The tools of one row. They are out of the order of Tab: the keyboard reaches them by letters.
#[component]
pub fn Tools(
    /// The row's conversation.
    conversation: Memo<Option<Arc<Conversation>>>,
) -> impl IntoView {
    let (lang, shell) = (Lang::here(), Shell::here());
    let acting = StoredValue::new(Acting::here());
    let is_open = RwSignal::new(false);
    // A key asked for this row's menu.
    watch(move || {
        let Some(wanted) = shell.row_menu.get() else { return };
        if conversation.with_untracked(|c| c.as_ref().is_some_and(|c| c.id == wanted)) {
            shell.row_menu.set(None);
            is_open.set(true);
        }
    });
    let is_ended = Memo::new(move |_| conversation.with(|c| c.as_ref().is_some_and(|c| c.status.is_ended())));
    let off = move |action: Action| {
        Signal::derive(move || {
            conversation.with(|c| acting.with_value(|acting| acting.reason(action, c.as_deref()?)))
        })
    };
    let run = move |deed: fn(&Acting, &Conversation)| {
        if let Some(now) = conversation.get_untracked() {
            acting.with_value(|acting| deed(acting, &now));
        }
    };
    let quick = move || {
        if is_ended.get() {
            view! {
                <IconButton
                    icon=IconName::Undo
                    small=true
                    tabindex=-1
                    label=move || acting_words(lang.get()).reopen.to_owned()
                    disabled=off(Action::Reopen)
                    on_click=move |()| run(|acting, now| acting.perform(&now.id, Intent::Reopen))
                />
            }
            .into_any()
        } else {
            view! {
                <IconButton
                    icon=IconName::Clock
                    small=true
                    tabindex=-1
                    keys="Z"
                    label=move || acting_words(lang.get()).snooze.to_owned()
                    disabled=off(Action::Snooze)
                    on_click=move |()| run(|acting, now| acting.snooze(&now.id))
                />
                <IconButton
                    icon=IconName::CheckCircle
                    small=true
                    tabindex=-1
                    keys="Shift+E"
                    label=move || acting_words(lang.get()).close.to_owned()
                    disabled=off(Action::Close)
                    on_click=move |()| run(|acting, now| acting.close(&now.id))
                />
            }
            .into_any()
        }
    };
    view! {
        <span class="tools">
            {quick}
            <Menu
                label=move || words(lang.get()).more_actions.to_owned()
                icon=IconName::More
                class="button quiet small"
                align=Align::End
                open=is_open
                tabindex=-1
            >
                <ActionItems conversation/>
            </Menu>
        </span>
    }
}
