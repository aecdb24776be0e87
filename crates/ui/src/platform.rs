//! The one door of this crate to `window` and `document`: focus, frames, timers, observers, clipboard.
//!
//! Whatever is registered is taken back when its guard is dropped; [`keep`] ties a guard to the owner that
//! is current, so nothing survives an unmount. Knows no component.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::placement::{Rect, Size};
use crate::window_math::between;

/// Keeps a guard until the current reactive owner is cleaned up, then drops it.
pub fn keep<T: 'static>(guard: T) {
    let _kept = StoredValue::new_local(guard);
}

/// An event listener that is removed when this is dropped.
pub struct Listener {
    target: web_sys::EventTarget,
    name: &'static str,
    handler: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Listens on a target. `capture` also hears events that do not bubble, such as `scroll`.
    pub fn new(
        target: web_sys::EventTarget,
        name: &'static str,
        capture: bool,
        handler: impl FnMut(web_sys::Event) + 'static,
    ) -> Self {
        let handler = Closure::<dyn FnMut(web_sys::Event)>::new(handler);
        let callback = handler.as_ref().unchecked_ref();
        // Adding a listener fails only for targets that are none.
        let _ = target.add_event_listener_with_callback_and_bool(name, callback, capture);
        Self { target, name, handler }
    }

    /// Listens on the window.
    pub fn on_window(
        name: &'static str,
        capture: bool,
        handler: impl FnMut(web_sys::Event) + 'static,
    ) -> Self {
        Self::new(window().into(), name, capture, handler)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.handler.as_ref().unchecked_ref();
        for capture in [false, true] {
            let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, callback, capture);
        }
    }
}

/// Watches an element's size until dropped.
pub struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _handler: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `changed` with the element's inner size (CSS px, without borders) now and whenever it changes.
    pub fn new(element: &web_sys::Element, mut changed: impl FnMut(Size) + 'static) -> Option<Self> {
        let seen = element.clone();
        let handler = Closure::<dyn FnMut()>::new(move || {
            changed(Size { width: f64::from(seen.client_width()), height: f64::from(seen.client_height()) });
        });
        let observer = web_sys::ResizeObserver::new(handler.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _handler: handler })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// A repeating timer, stopped when dropped.
pub struct Ticker {
    id: i32,
    _handler: Closure<dyn FnMut()>,
}

impl Ticker {
    /// Calls `tick` every `period_ms` milliseconds.
    pub fn every(period_ms: i32, tick: impl FnMut() + 'static) -> Option<Self> {
        let handler = Closure::<dyn FnMut()>::new(tick);
        let id = window()
            .set_interval_with_callback_and_timeout_and_arguments_0(
                handler.as_ref().unchecked_ref(),
                period_ms,
            )
            .ok()?;
        Some(Self { id, _handler: handler })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.id);
    }
}

/// A single timer, cancelled when dropped before its time.
pub struct Timer {
    id: i32,
    _handler: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `ring` once after `delay_ms` milliseconds.
    pub fn after(delay_ms: i32, ring: impl FnOnce() + 'static) -> Option<Self> {
        let mut ring = Some(ring);
        let handler = Closure::<dyn FnMut()>::new(move || {
            if let Some(ring) = ring.take() {
                ring();
            }
        });
        let id = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(handler.as_ref().unchecked_ref(), delay_ms)
            .ok()?;
        Some(Self { id, _handler: handler })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.id);
    }
}

/// Runs `run` before the next paint. It may run after the owner is gone: use `try_*` on signals.
pub fn next_frame(run: impl FnOnce() + 'static) {
    request_animation_frame(run);
}

/// Milliseconds of a clock that only runs forward.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The window's inner size in CSS px.
pub fn window_size() -> Size {
    let length = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    Size { width: length(window().inner_width()), height: length(window().inner_height()) }
}

/// An element's rectangle in viewport coordinates.
pub fn rect_of(element: &web_sys::Element) -> Rect {
    let rect = element.get_bounding_client_rect();
    Rect { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

/// An element's own size, borders included.
pub fn size_of(element: &web_sys::HtmlElement) -> Size {
    Size { width: f64::from(element.offset_width()), height: f64::from(element.offset_height()) }
}

/// Whether a media query holds now.
pub fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the reader asked for less motion.
pub fn prefers_reduced_motion() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

/// The element that has the focus in the node's own tree: its shadow root, or the document.
pub fn focused_near(node: &web_sys::Node) -> Option<web_sys::HtmlElement> {
    let root = node.get_root_node();
    let focused = match root.dyn_ref::<web_sys::ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => document().active_element(),
    };
    focused?.dyn_into().ok()
}

/// The shadow root that the node stands in, if it does.
pub fn shadow_root_of(node: &web_sys::Node) -> Option<web_sys::EventTarget> {
    let root = node.get_root_node();
    root.is_instance_of::<web_sys::ShadowRoot>().then(|| root.into())
}

/// Gives an element the focus without scrolling the page to it.
pub fn focus(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// All descendants that match a selector, in document order.
pub fn all_matching(within: &web_sys::Element, selector: &str) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

/// The first descendant that matches a selector.
pub fn first_matching(within: &web_sys::Element, selector: &str) -> Option<web_sys::HtmlElement> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Moves the focus to the first field that is marked wrong inside `within`; says whether there was one.
pub fn focus_first_invalid(within: &web_sys::Element) -> bool {
    let Some(field) = first_matching(within, "[aria-invalid='true']") else { return false };
    let _ = field.focus();
    true
}

/// Scrolls an element into view inside its own scroller, as little as possible.
pub fn reveal(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts text on the clipboard and calls back with whether that worked: a page without permission, or one
/// that is not secure, cannot.
pub fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    let navigator = window().navigator();
    let reachable = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| clipboard.is_object());
    if !reachable {
        done(false);
        return;
    }
    let promise = navigator.clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}

/// A length in CSS px, as styles want it. The browser writes the number: doing so in Rust takes 15 kB.
pub fn px(length: f64) -> String {
    let mut text = decimal(length);
    text.push_str("px");
    text
}

/// A share of a whole as a style wants it, from 0 to 1.
pub fn share(part: f64) -> String {
    decimal((between(part, 0.0, 1.0) * 1000.0).round() / 1000.0)
}

/// A share in percent as a style wants it.
pub fn percent(part: f64) -> String {
    let mut text = decimal((part * 100.0).round() / 100.0);
    text.push('%');
    text
}

fn decimal(number: f64) -> String {
    // It fails only for a base outside 2 to 36.
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}
