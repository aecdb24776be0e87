//! The address bar: where the page is, and moving it without loading anything.
//!
//! Only a page of its own uses it; inside somebody else's page the address is theirs.

use super::page::{Listener, listen};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// Where the page is: its path and its query, without the question mark.
pub fn address() -> (String, String) {
    let location = window().location();
    let query = location.search().unwrap_or_default();
    let query = query.strip_prefix('?').unwrap_or(&query).to_owned();
    (location.pathname().unwrap_or_default(), query)
}

/// Moves the page to a path with its query; `replace` leaves no way back to where it is.
pub fn move_to(path: &str, replace: bool) {
    let Ok(history) = window().history() else { return };
    // A browser refuses when it is done too often in a second; then the address lags behind, and nothing else.
    let _ = if replace {
        history.replace_state_with_url(&JsValue::NULL, "", Some(path))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(path))
    };
}

/// Calls `moved` whenever somebody goes back or forth; until what it gives is dropped.
pub fn follow_address(mut moved: impl FnMut() + 'static) -> Listener {
    listen(&window(), "popstate", move |_| moved())
}
