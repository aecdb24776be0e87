//! The sections of the settings: their names, and the way to each of them.

use super::place::{Place, Ways};
use super::words::{AdminWords, words};
use crate::i18n::Lang;
use bandeja_ui::view;
use leptos::{ev, prelude::*};

/// The name of a section.
pub type Name = fn(&AdminWords) -> &'static str;

/// The sections: where each begins, and its name. Places beside the first are its tabs.
pub const SECTIONS: [(Place, Name); 2] = [(Place::Teams, |w| w.teams_and_users), (Place::Lines, |w| w.lines)];

/// Where the section of a place begins.
pub const fn section_of(place: Place) -> Place {
    match place {
        Place::Teams | Place::Users => Place::Teams,
        Place::Lines => Place::Lines,
    }
}

/// The name of the section of a place.
pub fn name_of(place: Place, w: &AdminWords) -> &'static str {
    match section_of(place) {
        Place::Lines => w.lines,
        Place::Teams | Place::Users => w.teams_and_users,
    }
}

/// The sections side by side or one under the other, as there is room.
#[component]
pub fn Sections() -> impl IntoView {
    let lang = Lang::here();
    view! {
        <nav class="nav sub" aria-label=move || words(lang.get()).sections>
            {SECTIONS.map(|(place, name)| view! { <Section place name/> }).collect_view()}
        </nav>
    }
}

#[component]
fn Section(place: Place, name: Name) -> impl IntoView {
    let (lang, ways) = (Lang::here(), Ways::here());
    let is_here = Memo::new(move |_| section_of(ways.place()) == place);
    let click = move |event: ev::MouseEvent| {
        // With a modifier the browser opens the address elsewhere, as for any link.
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        ways.go(place);
    };
    view! {
        <a
            href=place.to_path()
            class:here=move || is_here.get()
            aria-current=move || is_here.get().then_some("page")
            on:click=click
        >
            {move || name(words(lang.get()))}
        </a>
    }
}
