//! The rail of the settings: the inbox's views as ways back to it, and the settings as the place one is at.

use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::doors::SETTINGS;
use crate::shell::user_menu::{AvailabilityItems, PreferencesItem, SignOutItem, UserMenu};
use crate::shell::views::{is_offered, view_icon, view_word};
use crate::shell::words::words;
use bandeja_browser::{SessionState, desk};
use bandeja_model::View;
use bandeja_ui::view;
use bandeja_ui::{Icon, IconName, MenuRule};
use leptos::prelude::*;

/// The rail. Below 1024 px of app width a menu in the page's head has its place.
#[component]
pub fn AdminRail() -> impl IntoView {
    let lang = Lang::here();
    let session = desk().session.clone();
    let is_demo = Memo::new(move |_| session.with(|s| matches!(s, SessionState::SignedIn(s) if s.demo)));
    view! {
        <nav class="rail" aria-label=move || words(lang.get()).views>
            <div class="brand">
                <span class="mark"><Icon name=IconName::Logo/></span>
                <span class="clip">{move || words(lang.get()).brand}</span>
            </div>
            <div class="scroll">
                <div class="nav">{View::ALL.map(|view| view! { <ViewDoor view/> }).collect_view()}</div>
                <div class="nav">
                    <h2>{move || words(lang.get()).administration}</h2>
                    <a href=SETTINGS class="here" aria-current="true">
                        <Icon name=IconName::Sliders/>
                        <span class="clip">{move || words(lang.get()).settings}</span>
                    </a>
                </div>
            </div>
            {move || is_demo.get().then(|| view! { <p class="list-foot">{words(lang.get()).demo}</p> })}
            <div class="me-slot">
                <UserMenu items=|| view! { <ReaderItems/> }/>
            </div>
        </nav>
    }
}

/// What the reader's menu offers here.
#[component]
pub fn ReaderItems() -> impl IntoView {
    view! {
        <AvailabilityItems/>
        <PreferencesItem/>
        <MenuRule/>
        <SignOutItem/>
    }
}

/// A view of the inbox, with how many conversations it holds. The inbox is another page: the link is followed.
#[component]
fn ViewDoor(view: View) -> impl IntoView {
    let lang = Lang::here();
    let desk = desk();
    let counts = desk.counts.clone();
    let count = Memo::new(move |_| counts.with(|counts| counts.views.get(view.code()).copied()));
    view! {
        <a href=Navigator::href(view) hidden=move || !is_offered(view, |name| desk.can(name))>
            <Icon name=view_icon(view)/>
            <span class="clip">{move || view_word(view, lang.get())}</span>
            {move || {
                count
                    .get()
                    .filter(|count| *count > 0)
                    .map(|count| view! { <span class="n">{lang.number(count)}</span> })
            }}
        </a>
    }
}
