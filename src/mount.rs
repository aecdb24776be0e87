//! Mounting the app: the one way every start goes, be it a page of its own or an element in somebody else's.
//!
//! A start says what the app shows and acts on, where it is and what is around it; here they are put together, and
//! taken apart again. Knows no window.

use crate::route::Navigator;
use crate::shell::{App, Host};
use bandeja_browser::Desk;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use web_sys::HtmlElement;

/// What a start brings.
pub struct Start {
    /// What the app shows and acts on.
    pub desk: Desk,
    /// Where it is.
    pub navigator: Navigator,
    /// The page around it.
    pub host: Host,
}

/// An app that stands somewhere. Dropping it takes it away, with everything it began.
pub struct Mounted(UnmountHandle<AnyViewState>);

impl Mounted {
    /// Lets it stand as long as the page does.
    pub fn stay(self) {
        self.0.forget();
    }
}

/// Mounts an app in `place`. `start` runs under the owner of the mount: what it creates there ends with it.
pub fn mount(place: HtmlElement, start: impl FnOnce() -> Start + 'static) -> Mounted {
    Mounted(mount_to(place, move || app(start()).into_any()))
}

fn app(start: Start) -> Dom {
    let Start { desk, navigator, host } = start;
    on_cleanup({
        let desk = desk.clone();
        move || desk.stop()
    });
    view! { <App desk navigator host/> }
}
