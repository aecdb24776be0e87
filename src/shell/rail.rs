//! The navigation rail: brand, search, views with their counts, who is signed in.

use super::context::Shell;
use super::host::Outside;
use super::views::{is_offered, view_icon, view_word};
use super::words::words;
use crate::i18n::Lang;
use crate::parts::Parts;
use crate::route::Navigator;
use bandeja_browser::{SessionState, desk};
use bandeja_model::View;
use bandeja_ui::view;
use bandeja_ui::{Icon, IconName, Key};
use leptos::{ev, prelude::*};

/// The rail. Below 1024 px of app width the list's bar has a menu of views in its place.
#[component]
pub fn Rail() -> impl IntoView {
    let lang = Lang::here();
    let shell = Shell::here();
    let parts = Parts::here();
    let session = desk().session.clone();
    let is_demo = Memo::new(move |_| session.with(|s| matches!(s, SessionState::SignedIn(s) if s.demo)));
    view! {
        <nav class="rail" part="rail" aria-label=move || words(lang.get()).views>
            <div class="brand">
                <span class="mark"><Icon name=IconName::Logo/></span>
                <span class="clip">{move || words(lang.get()).brand}</span>
            </div>
            <button type="button" class="find" aria-haspopup="dialog" on:click=move |_| shell.palette.set(true)>
                <Icon name=IconName::Search/>
                <span>{move || words(lang.get()).find}</span>
                <Key name="Ctrl K"/>
            </button>
            <div class="scroll">
                <div class="nav">{View::ALL.map(|view| view! { <ViewLink view/> }).collect_view()}</div>
                {move || parts.rest(|rest| (rest.settings)())}
            </div>
            {move || is_demo.get().then(|| view! { <p class="list-foot">{words(lang.get()).demo}</p> })}
            {move || parts.rest(|rest| (rest.rail_jobs)())}
            <div class="me-slot">{move || parts.rest(|rest| (rest.user_menu)())}</div>
        </nav>
    }
}

/// One view, with how many conversations it holds.
#[component]
fn ViewLink(view: View) -> impl IntoView {
    let lang = Lang::here();
    let navigator = Navigator::here();
    let outside = expect_context::<Outside>();
    let desk = desk();
    let counts = desk.counts.clone();
    let is_here = Memo::new(move |_| navigator.route().with(|route| route.view == view));
    let count = Memo::new(move |_| counts.with(|counts| counts.views.get(view.code()).copied()));
    let click = move |event: ev::MouseEvent| {
        // With a modifier the browser opens the address elsewhere, as for any link.
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        navigator.set_view(view);
    };
    view! {
        <a
            href=outside.href(&Navigator::href(view))
            hidden=move || !is_offered(view, |name| desk.can(name))
            class:here=move || is_here.get()
            aria-current=move || is_here.get().then_some("page")
            on:click=click
        >
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
