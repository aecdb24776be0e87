//! The machine's clock and its table of time zones, as engines are lent them.

use bandeja_connector::host::{Clock, Local, Zones};
use bandeja_model::Timestamp;
use chrono::{Offset, TimeZone};
use chrono_tz::Tz;
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

/// The IANA database that is built in.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemZones;

impl Zones for SystemZones {
    fn offset_s(&self, zone: &str, at: Timestamp) -> Option<i32> {
        let zone: Tz = zone.parse().ok()?;
        Some(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_the_offset_of_the_moment() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let offset = |zone, text| SystemZones.offset_s(zone, at(text));
        assert_eq!(offset("Europe/Madrid", "2026-07-01T00:00:00Z"), Some(7_200));
        assert_eq!(offset("Europe/Madrid", "2026-01-01T00:00:00Z"), Some(3_600));
        assert_eq!(offset("America/Mexico_City", "2026-07-01T00:00:00Z"), Some(-21_600));
        assert_eq!(offset("America/Mexico_City", "2021-07-01T00:00:00Z"), Some(-18_000));
        assert_eq!(offset("Europe/Madird", "2026-01-01T00:00:00Z"), None);
    }
}
