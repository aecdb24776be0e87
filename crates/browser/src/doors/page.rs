//! What the page and the window tell: looked at or not, online or not, about to be left.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, VisibilityState};

/// A listener that is taken off when dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        // A listener that is not there any more needs no removing.
        let _ = self.target.remove_event_listener_with_callback(self.name, callback);
    }
}

/// Calls `heard` at every event of that name.
pub(crate) fn listen(
    target: &EventTarget,
    name: &'static str,
    heard: impl FnMut(Event) + 'static,
) -> Listener {
    let closure = Closure::<dyn FnMut(Event)>::new(heard);
    // The only failure is a missing callback, and here is one.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    Listener { target: target.clone(), name, closure }
}

/// Whether the page is looked at.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() != VisibilityState::Hidden
}
