//! The machine's clock, as engines are lent it.

use bandeja_connector::host::{Clock, Local};
use bandeja_model::Timestamp;
use std::time::Duration;

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        chrono::Utc::now()
    }

    fn sleep(&self, ms: u32) -> Local<'static, ()> {
        Box::pin(tokio::time::sleep(Duration::from_millis(ms.into())))
    }

    fn random(&self) -> u64 {
        getrandom::u64().unwrap_or_else(|_| {
            // It spreads retries and names jobs: where there is no chance the moment is good enough.
            chrono::Utc::now().timestamp_micros().unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    }
}
