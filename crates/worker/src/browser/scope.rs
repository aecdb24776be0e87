//! The worker's global scope.

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The scope that this program runs in.
pub(super) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Calls `heard` with every text that the page sends, as long as the worker lives.
pub(super) fn listen(heard: impl Fn(String) + 'static) {
    let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            heard(text);
        }
    });
    scope().set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}

/// Sends a text to the page.
pub(super) fn post(text: &str) {
    // A text can always be cloned.
    let _ = scope().post_message(&JsValue::from_str(text));
}

/// Waits.
pub(super) async fn sleep(ms: u32) {
    let mut wait = |resolve: Function, _: Function| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        if scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).is_err() {
            // Not waiting is better than waiting for ever.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    };
    // A timer does not fail.
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
}
