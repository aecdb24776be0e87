//! The stand-alone start: the inbox in a page of its own, with its place in the address bar.
//!
//! With `crates/browser` and `ui`'s platform the only file that touches the page, and the only one that moves its
//! address.

use bandeja_app::route::{Navigator, Route, Step};
use bandeja_app::shell::{App, Host};
use bandeja_browser::doors::{address, follow_address, move_to};
use bandeja_browser::{Desk, DeskConfig};
use bandeja_ui::view;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// The element the page keeps for the app.
const MOUNT: &str = "bandeja";

fn main() {
    let Some(element) = document().get_element_by_id(MOUNT) else { return };
    // What stands inside until now is the shape of the frame, painted while this was loading.
    element.set_inner_html("");
    element.set_class_name("mount");
    let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() else { return };
    mount_to(element, Start).forget();
}

/// The app bound to the address bar.
#[component]
fn Start() -> impl IntoView {
    let route = RwSignal::new(here());
    let follower = StoredValue::new_local(follow_address(move || route.set(here())));
    let navigator = Navigator::new(Memo::new(move |_| route.get()), move |next, step| {
        move_to(&next.to_path(), step == Step::Replace);
        route.set(next);
    });
    let desk = Desk::start(DeskConfig::default());
    on_cleanup({
        let desk = desk.clone();
        move || {
            follower.dispose();
            desk.stop();
        }
    });
    view! { <App desk navigator host=host()/> }
}

/// The place that the address names.
fn here() -> Route {
    let (path, query) = address();
    Route::parse(&path, &query)
}

/// What the page lends.
fn host() -> Host {
    let languages = window().navigator().languages();
    Host {
        languages: languages.iter().filter_map(|tag| tag.as_string()).collect(),
        storage: Rc::new(bandeja_browser::doors::LocalStorage),
        set_title: Rc::new(|title| document().set_title(title)),
        owns_page: true,
        reload: Rc::new(|| {
            // It fails only where the page is being left already.
            let _ = window().location().reload();
        }),
    }
}
