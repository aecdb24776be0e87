//! The stand-alone start: the inbox in a page of its own, with its place in the address bar.
//!
//! The only file that knows the router, and with `crates/browser` and `ui`'s platform the only one that
//! touches the page.

use bandeja_app::route::{Navigator, Route, Step};
use bandeja_app::shell::{App, Host};
use bandeja_browser::{Desk, DeskConfig};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route as RouteOf, Router};
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::{NavigateOptions, WildcardSegment};
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
    view! {
        <Router>
            // The router completes a navigation only through its routes; ours are read by the app itself.
            <FlatRoutes fallback=|| ()>
                <RouteOf path=WildcardSegment("place") view=|| ()/>
            </FlatRoutes>
            <Inbox/>
        </Router>
    }
}

#[component]
fn Inbox() -> impl IntoView {
    let location = use_location();
    let navigate = use_navigate();
    let route = Memo::new(move |_| {
        location.pathname.with(|path| location.search.with(|query| Route::parse(path, query)))
    });
    let navigator = Navigator::new(route, move |next, step| {
        let options =
            NavigateOptions { replace: step == Step::Replace, scroll: false, ..NavigateOptions::default() };
        navigate(&next.to_path(), options);
    });
    let desk = Desk::start(DeskConfig { api_base: String::new() });
    on_cleanup({
        let desk = desk.clone();
        move || desk.stop()
    });
    view! { <App desk navigator host=host()/> }
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
