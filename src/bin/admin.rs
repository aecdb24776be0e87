//! The admins' start: the settings in a page of their own, with their place in the address bar.
//!
//! A program beside the inbox's, so that whoever works through conversations fetches none of it.

use bandeja_app::admin::{AdminApp, Place, Ways};
use bandeja_app::shell::Host;
use bandeja_browser::doors::{
    Doors, LocalStorage, address, follow_address, languages, leave_for, mounting_place, move_to, reload,
    set_title,
};
use bandeja_browser::{Desk, DeskConfig, Work};
use bandeja_ui::view;
use leptos::prelude::*;
use std::rc::Rc;

/// The element the page keeps for the app.
const MOUNT: &str = "bandeja";

fn main() {
    if let Some(place) = mounting_place(MOUNT) {
        mount_to(place, Start).forget();
    }
}

/// The settings bound to the address bar.
#[component]
fn Start() -> impl IntoView {
    let place = RwSignal::new(here());
    let follower = StoredValue::new_local(follow_address(move || place.set(here())));
    let ways = Ways::new(Memo::new(move |_| place.get()), move |next: Place| {
        move_to(next.to_path(), false);
        place.set(next);
    });
    let desk =
        Desk::start_with(DeskConfig { work: Work::Settings, ..DeskConfig::default() }, Doors::own_page());
    on_cleanup({
        let desk = desk.clone();
        move || {
            follower.dispose();
            desk.stop();
        }
    });
    view! { <AdminApp desk ways host=host()/> }
}

/// The place that the address names.
fn here() -> Place {
    Place::parse(&address().0)
}

/// What the page lends.
fn host() -> Host {
    Host {
        languages: languages(),
        storage: Rc::new(LocalStorage),
        set_title: Rc::new(set_title),
        owns_page: true,
        reload: Rc::new(reload),
        leave: Rc::new(leave_for),
        site: String::new(),
        around: None,
    }
}
