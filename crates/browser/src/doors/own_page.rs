//! A page of one's own: where the app mounts in it, its title, leaving it.
//!
//! Only stand-alone entries use it; inside somebody else's page all of this is theirs.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};

/// The element that the page keeps for the app, emptied: what stands inside until now is the shape of the frame,
/// painted while the program was loading.
pub fn mounting_place(id: &str) -> Option<web_sys::HtmlElement> {
    let element = document().get_element_by_id(id)?.dyn_into::<web_sys::HtmlElement>().ok()?;
    element.set_inner_html("");
    element.set_class_name("mount");
    Some(element)
}

/// What the page's start has put in the place of `fetch`, if anything: see `public/connect.js`.
pub(super) fn fetch_instead() -> Option<Function> {
    Reflect::get(&window(), &JsValue::from_str("bandejaFetch")).ok()?.dyn_into().ok()
}

/// The reader's languages, best first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Names the page.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Loads the page again.
pub fn reload() {
    // It fails only where the page is being left already.
    let _ = window().location().reload();
}

/// Leaves for another page of the site.
pub fn leave_for(address: &str) {
    // The same.
    let _ = window().location().assign(address);
}
