//! The server's one clock. Owns what "now" is; nothing else in the crate may ask the system.

use bandeja_model::Timestamp;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The system's time plus, on demo servers, an offset that only grows. Clones share the offset.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that is already `offset_ms` milliseconds ahead.
    pub fn ahead_by(offset_ms: i64) -> Self {
        Self { offset_ms: Arc::new(AtomicI64::new(offset_ms)) }
    }

    /// The moment product rules go by, to the millisecond.
    pub fn now(&self) -> Timestamp {
        let offset = TimeDelta::milliseconds(self.offset_ms());
        self.wall().checked_add_signed(offset).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The system's time to the millisecond, whatever the demo did: what sign-ins last by.
    pub fn wall(&self) -> Timestamp {
        Utc::now().trunc_subsecs(3)
    }

    /// How far ahead of the system it is, in milliseconds.
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst)
    }

    /// Puts it `offset_ms` milliseconds ahead of the system.
    pub fn set_offset_ms(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_move_together_and_the_systems_time_stays() {
        let clock = Clock::default();
        let other = clock.clone();
        clock.set_offset_ms(3_600_000);
        assert!(other.now() - other.wall() > TimeDelta::minutes(59));
        assert!(other.wall() - Clock::default().now() < TimeDelta::minutes(1));
    }
}
