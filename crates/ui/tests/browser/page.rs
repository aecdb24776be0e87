//! A page of its own for one test, and the few things tests do with it.

use leptos::{prelude::*, tachys::view::any_view::AnyViewState};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A mounted view, gone when dropped.
pub(crate) struct Page {
    root: web_sys::HtmlElement,
    _mounted: leptos::mount::UnmountHandle<AnyViewState>,
}

impl Page {
    /// Mounts a view into an element of its own and waits until it has settled.
    pub(crate) async fn show<F>(view: F) -> Self
    where
        F: FnOnce() -> AnyView + 'static,
    {
        let root: web_sys::HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let mounted = leptos::mount::mount_to(root.clone(), view);
        settle().await;
        Self { root, _mounted: mounted }
    }

    /// The first element that matches.
    pub(crate) fn find(&self, selector: &str) -> web_sys::HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
    }

    /// How many elements match.
    pub(crate) fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// Presses a key on whatever has the focus.
    pub(crate) async fn press(&self, key: &str) {
        let init = js_sys::Object::new();
        for (name, value) in
            [("key", JsValue::from_str(key)), ("bubbles", true.into()), ("cancelable", true.into())]
        {
            js_sys::Reflect::set(&init, &name.into(), &value).unwrap();
        }
        let class = js_sys::Reflect::get(&js_sys::global(), &"KeyboardEvent".into()).unwrap();
        let arguments = js_sys::Array::of2(&"keydown".into(), &init);
        let class: js_sys::Function = class.unchecked_into();
        let event = js_sys::Reflect::construct(&class, &arguments).unwrap();
        let event: web_sys::Event = event.unchecked_into();
        document().active_element().unwrap().dispatch_event(&event).unwrap();
        settle().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// The words of what has the focus.
pub(crate) fn focused_text() -> String {
    document()
        .active_element()
        .and_then(|element| element.text_content())
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Waits until effects have run and three frames have been painted.
pub(crate) async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
        let painted = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(painted).await.unwrap();
    }
}
