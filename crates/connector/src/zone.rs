//! The clocks of a place: what a local time means in UTC, also where they change.
//!
//! The rules themselves are the host's: a browser knows them, a server has them as a table.

use crate::host::Zones;
use bandeja_model::Timestamp;
use chrono::{Duration, NaiveDateTime};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

const DAY_S: i64 = 24 * 3600;
/// Days remembered.
const DAYS: usize = 4_000;

/// A place, with what was asked about it.
pub struct Zone {
    name: String,
    zones: Rc<dyn Zones>,
    /// Offsets at the beginning of days, in seconds.
    days: RefCell<HashMap<i64, Option<i32>>>,
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.name).finish()
    }
}

impl Zone {
    /// The place of that name.
    pub fn new(name: String, zones: Rc<dyn Zones>) -> Self {
        Self { name, zones, days: RefCell::default() }
    }

    /// When its clocks show `local`: the first time, where they show it twice; where they leave it out, as if they had
    /// not been changed yet. The error says that the host does not know the place.
    pub fn utc(&self, local: NaiveDateTime) -> Result<Timestamp, String> {
        let unknown = || format!("the time zone “{}” is not known here", self.name);
        let shown = local.and_utc();
        let (day_before, day_after) = (shown - Duration::days(1), shown + Duration::days(1));
        let before = self.offset_s(day_before).ok_or_else(unknown)?;
        let after = self.offset_s(day_after).ok_or_else(unknown)?;
        let moment = |offset: i32| shown - Duration::seconds(i64::from(offset));
        let holds = |offset: i32| self.offset_s(moment(offset)) == Some(offset);
        let mut fitting: Vec<_> = [before, after].into_iter().filter(|o| holds(*o)).map(moment).collect();
        fitting.sort_unstable();
        Ok(fitting.first().copied().unwrap_or_else(|| moment(before)))
    }

    /// Seconds that its clocks are ahead of UTC at a moment.
    fn offset_s(&self, at: Timestamp) -> Option<i32> {
        let day = at.timestamp().div_euclid(DAY_S);
        let (begins, ends) = (self.at_day(day)?, self.at_day(day + 1)?);
        // Clocks change at most once a day.
        if begins == ends { Some(begins) } else { self.zones.offset_s(&self.name, at) }
    }

    fn at_day(&self, day: i64) -> Option<i32> {
        let known = self.days.borrow().get(&day).copied();
        known.unwrap_or_else(|| {
            let midnight = Timestamp::from_timestamp(day.checked_mul(DAY_S)?, 0)?;
            let offset = self.zones.offset_s(&self.name, midnight);
            let mut days = self.days.borrow_mut();
            if days.len() >= DAYS {
                days.clear();
            }
            days.insert(day, offset);
            offset
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Madrid in 2026.
    struct Madrid(Cell<u32>);

    impl Zones for Madrid {
        fn offset_s(&self, zone: &str, at: Timestamp) -> Option<i32> {
            self.0.set(self.0.get() + 1);
            let moment = |text: &str| text.parse::<Timestamp>().unwrap();
            let summer = moment("2026-03-29T01:00:00Z")..moment("2026-10-25T01:00:00Z");
            (zone == "Europe/Madrid").then(|| if summer.contains(&at) { 7_200 } else { 3_600 })
        }
    }

    fn utc(zone: &Zone, local: &str) -> String {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        zone.utc(local).map_or_else(|error| error, |at| at.format("%Y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn a_local_time_is_an_hour_earlier_in_summer() {
        let zone = Zone::new("Europe/Madrid".into(), Rc::new(Madrid(Cell::new(0))));
        for (local, expected) in [
            ("2026-01-15 12:00", "2026-01-15 11:00"),
            ("2026-07-15 12:00", "2026-07-15 10:00"),
            ("2026-03-29 01:59", "2026-03-29 00:59"),
            ("2026-03-29 03:00", "2026-03-29 01:00"),
            // Left out by the clocks.
            ("2026-03-29 02:30", "2026-03-29 01:30"),
            // Shown twice.
            ("2026-10-25 02:30", "2026-10-25 00:30"),
            ("2026-10-25 03:00", "2026-10-25 02:00"),
        ] {
            assert_eq!(utc(&zone, local), expected, "{local}");
        }
    }

    #[test]
    fn a_list_of_one_day_asks_a_few_times_only() {
        let madrid = Rc::new(Madrid(Cell::new(0)));
        let zone = Zone::new("Europe/Madrid".into(), madrid.clone());
        for minute in 0..600 {
            utc(&zone, &format!("2026-07-15 {:02}:{:02}", minute / 60, minute % 60));
        }
        assert!(madrid.0.get() <= 4, "{}", madrid.0.get());
    }

    #[test]
    fn a_place_that_nobody_knows_is_named() {
        let zone = Zone::new("Europe/Madird".into(), Rc::new(Madrid(Cell::new(0))));
        assert!(utc(&zone, "2026-07-15 12:00").contains("Europe/Madird"));
    }
}
