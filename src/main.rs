//! The stand-alone start: the inbox in a page of its own, with its place in the address bar.
//!
//! With the admins' entry, `bin/admin.rs`, the only one that moves the page's address.

use bandeja_app::mount::{Start, mount};
use bandeja_app::route::{Navigator, Route, Step};
use bandeja_app::shell::Host;
use bandeja_browser::doors::{
    Doors, LocalStorage, address, follow_address, languages, leave_for, mounting_place, move_to, reload,
    set_title,
};
use bandeja_browser::{Desk, DeskConfig};
use leptos::prelude::*;
use std::rc::Rc;

/// The element the page keeps for the app.
const MOUNT: &str = "bandeja";

fn main() {
    if let Some(place) = mounting_place(MOUNT) {
        mount(place, start).stay();
    }
}

/// The app bound to the address bar.
fn start() -> Start {
    let route = RwSignal::new(here());
    let follower = StoredValue::new_local(follow_address(move || route.set(here())));
    on_cleanup(move || follower.dispose());
    let navigator = Navigator::new(Memo::new(move |_| route.get()), move |next, step| {
        move_to(&next.to_path(), step == Step::Replace);
        route.set(next);
    });
    Start { desk: Desk::start_with(DeskConfig::default(), Doors::own_page()), navigator, host: host() }
}

/// The place that the address names.
fn here() -> Route {
    let (path, query) = address();
    Route::parse(&path, &query)
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
