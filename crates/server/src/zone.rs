//! Where the installation's days begin and end. Owns the difference between its clocks and UTC, also
//! around the days when they change; knows nothing of what days are counted for.

use bandeja_model::Timestamp;
use chrono::{Days, FixedOffset, MappedLocalTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// How the clocks on the wall go where the installation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// By the rules of a place: its offset from UTC changes in the course of years.
    Named(Tz),
    /// Always at the same offset from UTC.
    Fixed(FixedOffset),
}

impl Default for Zone {
    /// UTC.
    fn default() -> Self {
        Self::Fixed(Utc.fix())
    }
}

impl Zone {
    /// Always that many seconds ahead of UTC; `None` for a day or more.
    pub fn ahead_by(seconds: i32) -> Option<Self> {
        FixedOffset::east_opt(seconds).map(Self::Fixed)
    }

    /// How many seconds its clocks are ahead of UTC at that moment.
    pub fn utc_offset_s(self, at: Timestamp) -> i32 {
        match self {
            Self::Named(zone) => zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc(),
            Self::Fixed(offset) => offset.local_minus_utc(),
        }
    }

    /// When the day of `now` is over: the next midnight on its clocks, or where they leave midnight out,
    /// the first moment of the day that follows.
    pub fn tonight(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Named(zone) => tonight(&zone, now),
            Self::Fixed(offset) => tonight(&offset, now),
        }
        // Only at the end of the calendar is there no next day.
        .unwrap_or(Timestamp::MAX_UTC)
    }
}

fn tonight(zone: &impl TimeZone, now: Timestamp) -> Option<Timestamp> {
    let tomorrow = now.with_timezone(zone).date_naive().checked_add_days(Days::new(1))?;
    let midnight = tomorrow.and_time(NaiveTime::MIN);
    // Clocks leave out an hour as a rule, and a whole day where a country moved across the date line.
    (0..=24 * 60).find_map(|minutes| {
        let local = midnight.checked_add_signed(TimeDelta::minutes(minutes))?;
        let moments = match zone.from_local_datetime(&local) {
            MappedLocalTime::Single(moment) => [Some(moment), None],
            // Clocks that go back show it twice, and the first time may have been before `now`.
            MappedLocalTime::Ambiguous(first, second) => [Some(first), Some(second)],
            MappedLocalTime::None => [None, None],
        };
        moments.into_iter().flatten().map(|moment| moment.to_utc()).find(|moment| *moment > now)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::timing::DAY_S;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn named(name: &str) -> Zone {
        Zone::Named(name.parse().unwrap())
    }

    #[test]
    fn the_offset_is_that_of_the_moment() {
        let madrid = named("Europe/Madrid");
        assert_eq!(madrid.utc_offset_s(at("2026-03-29T00:59:59Z")), 3_600);
        assert_eq!(madrid.utc_offset_s(at("2026-03-29T01:00:00Z")), 7_200);
        assert_eq!(madrid.utc_offset_s(at("2026-10-25T00:59:59Z")), 7_200);
        assert_eq!(madrid.utc_offset_s(at("2026-10-25T01:00:00Z")), 3_600);
        assert_eq!(Zone::default().utc_offset_s(at("2026-07-01T00:00:00Z")), 0);
        assert_eq!(Zone::ahead_by(19_800).unwrap().utc_offset_s(at("2026-07-01T00:00:00Z")), 19_800);
    }

    #[test]
    fn mexico_has_kept_its_clocks_since_2022() {
        let mexico = named("America/Mexico_City");
        for (now, tonight) in [
            ("2026-01-15T18:00:00Z", "2026-01-16T06:00:00Z"),
            ("2026-07-15T18:00:00Z", "2026-07-16T06:00:00Z"),
            ("2022-07-15T18:00:00Z", "2022-07-16T05:00:00Z"),
        ] {
            assert_eq!(mexico.tonight(at(now)), at(tonight), "{now}");
        }
    }

    #[test]
    fn a_day_ends_just_after_its_last_moment_and_never_at_now() {
        for zone in [named("America/Mexico_City"), Zone::ahead_by(-21_600).unwrap()] {
            assert_eq!(zone.tonight(at("2026-05-02T05:59:59.999Z")), at("2026-05-02T06:00:00Z"));
            assert_eq!(zone.tonight(at("2026-05-02T06:00:00Z")), at("2026-05-03T06:00:00Z"));
        }
    }

    #[test]
    fn the_days_when_clocks_change_are_an_hour_shorter_or_longer() {
        let madrid = named("Europe/Madrid");
        let length_h = |begins: &str| (madrid.tonight(at(begins)) - at(begins)).num_hours();
        assert_eq!(length_h("2026-03-28T23:00:00Z"), 23);
        assert_eq!(length_h("2026-10-24T22:00:00Z"), 25);
        assert_eq!(length_h("2026-10-25T23:00:00Z"), 24);
    }

    #[test]
    fn where_clocks_leave_midnight_out_the_day_ends_when_they_jump() {
        // On 2026-09-06 Santiago goes from 23:59:59 at -04:00 to 01:00:00 at -03:00.
        let santiago = named("America/Santiago");
        for now in ["2026-09-05T16:00:00Z", "2026-09-06T03:59:59Z"] {
            assert_eq!(santiago.tonight(at(now)), at("2026-09-06T04:00:00Z"), "{now}");
        }
        assert_eq!(santiago.tonight(at("2026-09-06T04:00:00Z")), at("2026-09-07T03:00:00Z"));
    }

    #[test]
    fn where_clocks_show_the_last_hour_twice_the_day_ends_after_the_second() {
        // On 2026-04-05 Santiago goes from 23:59:59 at -03:00 back to 23:00:00 at -04:00, still the 4th.
        let santiago = named("America/Santiago");
        for now in ["2026-04-05T02:30:00Z", "2026-04-05T03:30:00Z"] {
            assert_eq!(santiago.tonight(at(now)), at("2026-04-05T04:00:00Z"), "{now}");
        }
    }

    #[test]
    fn where_midnight_itself_comes_twice_the_day_ends_at_the_first_that_lies_ahead() {
        // On 2026-11-01 Havana goes from 00:59:59 at -04:00 back to 00:00:00 at -05:00.
        let havana = named("America/Havana");
        assert_eq!(havana.tonight(at("2026-11-01T03:59:00Z")), at("2026-11-01T04:00:00Z"));
        assert_eq!(havana.tonight(at("2026-11-01T04:30:00Z")), at("2026-11-02T05:00:00Z"));
        // On 2006-10-29 St John's went from 00:00:59 back to 23:01:00 of the day before.
        let johns = named("America/St_Johns");
        assert_eq!(johns.tonight(at("2006-10-29T02:00:00Z")), at("2006-10-29T02:30:00Z"));
        assert_eq!(johns.tonight(at("2006-10-29T03:00:00Z")), at("2006-10-29T03:30:00Z"));
    }

    #[test]
    fn a_day_that_a_country_left_out_is_skipped() {
        // Samoa went from the 29th to the 31st of December 2011.
        let apia = named("Pacific/Apia");
        assert_eq!(apia.tonight(at("2011-12-30T09:00:00Z")), at("2011-12-30T10:00:00Z"));
    }

    #[test]
    fn seven_days_are_seven_times_24_hours_whatever_the_clocks_do() {
        let (santiago, saturday) = (named("America/Santiago"), at("2026-09-05T12:00:00Z"));
        let later = saturday + TimeDelta::seconds(7 * i64::from(DAY_S));
        assert_eq!((later - saturday).num_hours(), 168);
        // On the wall it is an hour later than a week ago.
        assert_eq!(santiago.utc_offset_s(later) - santiago.utc_offset_s(saturday), 3_600);
    }
}
