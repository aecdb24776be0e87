//! The panes side by side, and which of them shows where there is room for one.

use super::rail::Rail;
use super::words::words;
use crate::bulk::Bulk;
use crate::i18n::Lang;
use crate::inbox::ListPane;
use crate::parts::Parts;
use crate::route::Navigator;
use bandeja_ui::view;
use bandeja_ui::{Empty, IconName};
use leptos::prelude::*;

/// Rail, list, thread and contact. The sheet folds them by the width of the element.
#[component]
pub fn Frame() -> impl IntoView {
    let (lang, bulk) = (Lang::here(), Bulk::here());
    let route = Navigator::here().route();
    let opened = Memo::new(move |_| route.with(|route| route.conversation.clone()));
    let parts = Parts::here();
    let thread = move || match opened.get() {
        Some(id) => parts.thread(id),
        None => view! { <NothingOpen/> },
    };
    let contact = move || opened.get().map(|id| parts.rest(|rest| (rest.contact)(id)));
    view! {
        <div class="app-frame">
            {move || parts.rest(|rest| (rest.offline)())}
            <div
                class="frame"
                class:no-contact=move || opened.with(Option::is_none)
                class:selecting=move || bulk.is_on()
                data-pane=move || route.with(|route| route.pane().code())
            >
                <Rail/>
                <ListPane/>
                <main class="pane thread" aria-label=move || words(lang.get()).thread_region>{thread}</main>
                <aside class="pane contact" aria-label=move || words(lang.get()).contact_region>{contact}</aside>
                {move || parts.rest(|rest| (rest.bar)())}
            </div>
            {move || parts.rest(|rest| (rest.slim_jobs)())}
        </div>
    }
}

/// The thread's place while nothing is open.
#[component]
fn NothingOpen() -> impl IntoView {
    let lang = Lang::here();
    view! {
        <Empty
            icon=IconName::Inbox
            sentence=move || words(lang.get()).nothing_open.to_owned()
            detail=move || words(lang.get()).nothing_open_detail.to_owned()
        />
    }
}
