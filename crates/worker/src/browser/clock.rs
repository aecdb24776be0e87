//! Time and chance in a worker.

use super::scope::sleep;
use bandeja_connector::host::{Clock, Local};
use bandeja_model::Timestamp;

/// The browser's clock.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WorkerClock;

impl Clock for WorkerClock {
    fn now(&self) -> Timestamp {
        #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for ages")]
        let ms = js_sys::Date::now() as i64;
        Timestamp::from_timestamp_millis(ms).unwrap_or_default()
    }

    fn sleep(&self, ms: u32) -> Local<'static, ()> {
        Box::pin(sleep(ms))
    }

    fn random(&self) -> u64 {
        // It spreads retries and names jobs; nothing of it has to be hard to guess.
        let half = || {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the product lies between 0 and 2^32"
            )]
            let half = (js_sys::Math::random() * 4_294_967_296.0) as u64;
            half
        };
        (half() << 32) | half()
    }
}
