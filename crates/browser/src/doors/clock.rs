//! Time and chance in a browser.

use bandeja_client::traits::{Clock, Local};
use bandeja_model::Timestamp;
use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// The browser's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Timestamp {
        // Milliseconds since 1970 fit an i64 for longer than the type of a date can say.
        #[allow(clippy::cast_possible_truncation)]
        let ms = js_sys::Date::now() as i64;
        Timestamp::from_timestamp_millis(ms).unwrap_or_default()
    }

    fn sleep(&self, ms: u32) -> Local<'static, ()> {
        Box::pin(sleep(ms))
    }

    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        let by_crypto =
            window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
        if by_crypto.is_err() {
            for byte in &mut bytes {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the product lies between 0 and 255"
                )]
                let random = (js_sys::Math::random() * 256.0) as u8;
                *byte = random;
            }
        }
        u64::from_le_bytes(bytes)
    }
}

/// Waits for `ms` milliseconds.
pub(crate) async fn sleep(ms: u32) {
    let wait = |resolve: Function, _: Function| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    };
    let mut wait = wait;
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
}
