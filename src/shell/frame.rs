//! The panes side by side, and which of them shows where there is room for one.

use super::offline::OfflineBand;
use super::rail::Rail;
use super::words::words;
use crate::bulk::{ActionBar, Bulk, SlimJobs};
use crate::contact::ContactPane;
use crate::i18n::Lang;
use crate::inbox::ListPane;
use crate::route::Navigator;
use crate::thread::ThreadPane;
use bandeja_ui::{Empty, IconName};
use leptos::prelude::*;

/// Rail, list, thread and contact. The sheet folds them by the width of the element.
#[component]
pub fn Frame() -> impl IntoView {
    let (lang, bulk) = (Lang::here(), Bulk::here());
    let route = Navigator::here().route();
    let opened = Memo::new(move |_| route.with(|route| route.conversation.clone()));
    let thread = move || match opened.get() {
        Some(id) => view! { <ThreadPane id/> }.into_any(),
        None => view! { <NothingOpen/> }.into_any(),
    };
    let contact = move || opened.get().map(|id| view! { <ContactPane id/> });
    view! {
        <div class="app-frame">
            <OfflineBand/>
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
                <ActionBar/>
            </div>
            <SlimJobs/>
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
