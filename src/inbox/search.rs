//! Text search: what is typed becomes part of the address a moment later.

use super::words::words;
use crate::bulk::Bulk;
use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::{Place, Shell};
use bandeja_model::limits::QUERY_CHARS;
use bandeja_ui::platform::{Timer, focus};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Icon, IconButton, IconName, Key};
use leptos::{ev, html, prelude::*};

/// The reader is still typing.
const PAUSE_MS: i32 = 250;

/// The search field of the list.
#[component]
pub fn Search() -> impl IntoView {
    let (lang, navigator, shell) = (Lang::here(), Navigator::here(), Shell::here());
    let node = NodeRef::<html::Input>::new();
    let text = RwSignal::new(String::new());
    let timer = StoredValue::new_local(None::<Timer>);
    let sent = Memo::new(move |_| navigator.route().with(|route| route.filter.q.clone().unwrap_or_default()));
    // The address may change by itself: the way back, a link, a chip taken away.
    watch(move || {
        let sent = sent.get();
        if text.with_untracked(|text| text.trim() != sent) {
            timer.set_value(None);
            text.set(sent);
        }
    });
    // A search that was called off while something was selected leaves no trace in the field.
    let asking = Bulk::here().is_leaving();
    Effect::new(move |before: Option<bool>| {
        let asks = asking.get();
        let sent = sent.get_untracked();
        if before == Some(true) && !asks && text.with_untracked(|text| text.trim() != sent) {
            text.set(sent);
        }
        asks
    });
    watch(move || {
        if shell.wants_focus.get() == Some(Place::Search) {
            shell.wants_focus.set(None);
            if let Some(input) = node.get_untracked() {
                focus(&input);
                input.select();
            }
        }
    });
    let search_now = move || {
        timer.set_value(None);
        navigator.search(&text.get_untracked());
    };
    let input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        timer.set_value(Timer::after(PAUSE_MS, move || {
            if let Some(text) = text.try_get_untracked() {
                navigator.search(&text);
            }
        }));
    };
    let clear = move || {
        text.set(String::new());
        search_now();
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            if text.with_untracked(String::is_empty) {
                shell.wants_focus.set(Some(Place::Grid));
            } else {
                clear();
            }
        }
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            search_now();
        }
        "ArrowDown" => {
            event.prevent_default();
            shell.wants_focus.set(Some(Place::Grid));
        }
        _ => {}
    };
    let end = move || {
        if text.with(String::is_empty) {
            view! { <Key name="/"/> }.into_any()
        } else {
            view! {
                <IconButton
                    icon=IconName::X
                    small=true
                    label=move || words(lang.get()).search_clear.to_owned()
                    on_click=move |()| {
                        clear();
                        if let Some(input) = node.get_untracked() {
                            focus(&input);
                        }
                    }
                />
            }
            .into_any()
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
                maxlength=QUERY_CHARS.to_string()
                aria-label=move || words(lang.get()).search
                placeholder=move || words(lang.get()).search_hint
                prop:value=move || text.get()
                on:input=input
                on:keydown=key
                on:blur=move |_| if timer.with_value(Option::is_some) { search_now() }
            />
            {end}
        </label>
    }
}
