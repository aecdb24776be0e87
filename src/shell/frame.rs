//! The panes side by side, and which of them shows where there is room for one.

use super::context::Layout;
use super::host::Outside;
use super::rail::Rail;
use super::words::words;
use crate::bulk::Bulk;
use crate::i18n::Lang;
use crate::inbox::ListPane;
use crate::parts::Parts;
use crate::route::{Navigator, Pane, Route};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Empty, IconName};
use leptos::prelude::*;

/// Rail, list, thread and contact, as many of them as the layout has. The sheet folds them by the width of the element.
///
/// Another layout is another frame: panes that came and went inside one would be outlived by what follows their signals.
#[component]
pub fn Frame(
    /// Which panes there are.
    layout: Layout,
) -> impl IntoView {
    let (lang, bulk) = (Lang::here(), Bulk::here());
    let route = Navigator::here().route();
    let opened = Memo::new(move |_| route.with(|route| route.conversation.clone()));
    let parts = Parts::here();
    let thread = move || match opened.get() {
        Some(id) => parts.thread(id),
        None => view! { <NothingOpen/> },
    };
    let contact = move || opened.get().map(|id| parts.rest(|rest| (rest.contact)(id)));
    let aside = || {
        view! {
            <aside class="pane contact" part="contact" aria-label=move || words(lang.get()).contact_region>
                {contact}
            </aside>
        }
    };
    let has_thread = layout != Layout::List;
    view! {
        <div class="app-frame">
            {move || parts.rest(|rest| (rest.offline)())}
            <div
                class="frame"
                class:no-contact=move || opened.with(Option::is_none)
                class:selecting=move || bulk.is_on()
                data-layout=layout.code()
                data-pane=move || shown(layout, route.with(Route::pane)).code()
            >
                {(layout == Layout::Full).then(|| view! { <Rail/> })}
                {(layout != Layout::Thread).then(|| view! { <ListPane/> })}
                {has_thread.then(|| thread_pane(thread))}
                {has_thread.then(aside)}
                {move || parts.rest(|rest| (rest.bar)())}
            </div>
            {move || parts.rest(|rest| (rest.slim_jobs)())}
        </div>
    }
}

/// The conversation: the main thing of our own page, and a part of somebody else's.
fn thread_pane(thread: impl Fn() -> Dom + 'static) -> Dom {
    let lang = Lang::here();
    let embedded = expect_context::<Outside>().is_embedded();
    let label = move || words(lang.get()).thread_region;
    if embedded {
        view! { <section class="pane thread" part="thread" aria-label=label>{thread}</section> }
    } else {
        view! { <main class="pane thread" part="thread" aria-label=label>{thread}</main> }
    }
}

/// The pane shown where there is room for one, among those there are.
fn shown(layout: Layout, wanted: Pane) -> Pane {
    match (layout, wanted) {
        (Layout::List, _) => Pane::List,
        (Layout::Thread, Pane::List) => Pane::Thread,
        (_, wanted) => wanted,
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
