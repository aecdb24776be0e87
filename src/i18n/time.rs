//! How old something is, in the steps a row shows. Pure: which form a moment takes, not its words.

use bandeja_model::Timestamp;
use chrono::{Datelike, Duration, NaiveDate};

/// Which form a row's time takes: 10:42 → Ayer → Mié → 24 oct → 03/2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowTime {
    /// Today: the time of day.
    Clock,
    /// Yesterday.
    Yesterday,
    /// In the last week: the day's name.
    Weekday,
    /// In the last year: day and month.
    DayMonth,
    /// Before: month and year.
    MonthYear,
}

impl RowTime {
    /// The form for `at` seen at `now`, in days of an installation `offset_s` ahead of UTC.
    pub fn of(at: Timestamp, now: Timestamp, offset_s: i32) -> Self {
        let (day, today) = (local_day(at, offset_s), local_day(now, offset_s));
        match (today - day).num_days() {
            // A clock that runs ahead must not show tomorrow's name for a minute.
            ..=0 => Self::Clock,
            1 => Self::Yesterday,
            2..=6 => Self::Weekday,
            7..=300 => Self::DayMonth,
            _ => Self::MonthYear,
        }
    }
}

/// How a day is called in separators and dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The present day.
    Today,
    /// The day before.
    Yesterday,
    /// The day after.
    Tomorrow,
    /// Any other of the present year.
    ThisYear,
    /// One of another year.
    OtherYear,
}

impl Day {
    /// What the day of `at` is, seen at `now`.
    pub fn of(at: Timestamp, now: Timestamp, offset_s: i32) -> Self {
        let (day, today) = (local_day(at, offset_s), local_day(now, offset_s));
        match (today - day).num_days() {
            0 => Self::Today,
            1 => Self::Yesterday,
            -1 => Self::Tomorrow,
            _ if day.year() == today.year() => Self::ThisYear,
            _ => Self::OtherYear,
        }
    }
}

/// The calendar day of `at` in the installation's time zone.
pub(super) fn local_day(at: Timestamp, offset_s: i32) -> NaiveDate {
    (at + Duration::seconds(i64::from(offset_s))).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_row_shows_time_then_yesterday_then_weekday_then_date_then_month() {
        let now = at("2025-11-22T15:00:00Z");
        let of = |text: &str| RowTime::of(at(text), now, 0);
        assert_eq!(of("2025-11-22T00:00:00Z"), RowTime::Clock);
        assert_eq!(of("2025-11-21T23:59:59Z"), RowTime::Yesterday);
        assert_eq!(of("2025-11-20T00:00:00Z"), RowTime::Weekday);
        assert_eq!(of("2025-11-16T00:00:00Z"), RowTime::Weekday);
        assert_eq!(of("2025-11-15T23:00:00Z"), RowTime::DayMonth);
        assert_eq!(of("2024-03-01T00:00:00Z"), RowTime::MonthYear);
    }

    #[test]
    fn days_begin_where_the_installation_is() {
        let (message, now) = (at("2025-11-22T05:30:00Z"), at("2025-11-22T15:00:00Z"));
        assert_eq!(RowTime::of(message, now, -6 * 3600), RowTime::Yesterday);
        assert_eq!(Day::of(message, now, -6 * 3600), Day::Yesterday);
        assert_eq!(Day::of(message, now, 0), Day::Today);
    }

    #[test]
    fn a_clock_that_runs_behind_does_not_show_another_day() {
        let (message, now) = (at("2025-11-23T00:00:02Z"), at("2025-11-22T23:59:58Z"));
        assert_eq!(RowTime::of(message, now, 0), RowTime::Clock);
    }

    #[test]
    fn other_years_say_so() {
        let now = at("2026-01-03T12:00:00Z");
        assert_eq!(Day::of(at("2025-12-24T12:00:00Z"), now, 0), Day::OtherYear);
        assert_eq!(Day::of(at("2026-02-24T12:00:00Z"), now, 0), Day::ThisYear);
        assert_eq!(Day::of(at("2026-01-04T12:00:00Z"), now, 0), Day::Tomorrow);
    }
}
