//! The moments the snooze dialog offers, and what is typed as an exact one.
//!
//! Pure: works in the installation's date and time; the caller knows its zone.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

/// A moment on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeTime {
    /// Three hours from now.
    InThreeHours,
    /// Today at six in the evening.
    ThisEvening,
    /// Tomorrow at nine.
    TomorrowMorning,
    /// Next Monday at nine.
    MondayMorning,
    /// Seven days from now at nine.
    InAWeek,
}

/// What is on offer at `now` local time, soonest first; nothing that is past or the same moment twice.
pub fn wake_times(now: NaiveDateTime) -> Vec<(WakeTime, NaiveDateTime)> {
    let at = |date: NaiveDate, hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).map(|time| date.and_time(time));
    let today = now.date();
    let days_to_monday = 7 - i64::from(today.weekday().num_days_from_monday());
    let in_three_hours = (now + Duration::hours(3)).with_second(0).and_then(|time| time.with_nanosecond(0));
    let monday_is_tomorrow = today.weekday() == Weekday::Sun;
    let offered = [
        (WakeTime::InThreeHours, in_three_hours),
        (WakeTime::ThisEvening, at(today, 18).filter(|evening| *evening - now >= Duration::hours(1))),
        (WakeTime::TomorrowMorning, at(today + Duration::days(1), 9)),
        (
            WakeTime::MondayMorning,
            at(today + Duration::days(days_to_monday), 9).filter(|_| !monday_is_tomorrow),
        ),
        (WakeTime::InAWeek, at(today + Duration::days(7), 9).filter(|_| today.weekday() != Weekday::Mon)),
    ];
    let mut times: Vec<_> = offered.into_iter().filter_map(|(name, time)| Some((name, time?))).collect();
    times.sort_by_key(|(_, time)| *time);
    times
}

/// What was typed as an exact moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// A moment that can be used.
    At(NaiveDateTime),
    /// Nothing, or half of it.
    Nothing,
    /// Not in the future.
    Past,
    /// Further away than the limit.
    TooFar,
}

/// Reads what a `datetime-local` field holds, seen at `now`, at most `most_days` ahead.
pub fn exact(typed: &str, now: NaiveDateTime, most_days: i64) -> Exact {
    let read = |format| NaiveDateTime::parse_from_str(typed, format).ok();
    match read("%Y-%m-%dT%H:%M").or_else(|| read("%Y-%m-%dT%H:%M:%S")) {
        None => Exact::Nothing,
        Some(at) if at <= now => Exact::Past,
        Some(at) if at - now > Duration::days(most_days) => Exact::TooFar,
        Some(at) => Exact::At(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(day: u32, hour: u32, minute: u32) -> Vec<(WakeTime, String)> {
        let now = NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 41).unwrap();
        wake_times(now).into_iter().map(|(name, at)| (name, at.format("%d %H:%M").to_string())).collect()
    }

    #[test]
    fn a_wednesday_morning_offers_all_five_soonest_first() {
        use WakeTime::{InAWeek, InThreeHours, MondayMorning, ThisEvening, TomorrowMorning};
        let expected = [
            (InThreeHours, "18 13:20"),
            (ThisEvening, "18 18:00"),
            (TomorrowMorning, "19 09:00"),
            (MondayMorning, "23 09:00"),
            (InAWeek, "25 09:00"),
        ];
        assert_eq!(offered(18, 10, 20), expected.map(|(name, at)| (name, at.to_owned())));
    }

    #[test]
    fn an_evening_that_is_nearly_here_is_left_out() {
        assert!(!offered(18, 17, 30).iter().any(|(name, _)| *name == WakeTime::ThisEvening));
    }

    #[test]
    fn on_a_sunday_monday_is_said_once_and_on_a_monday_too() {
        let names = |day| offered(day, 10, 0).into_iter().map(|(_, at)| at).collect::<Vec<_>>();
        for day in [16, 22] {
            let mut unique = names(day);
            unique.dedup();
            assert_eq!(unique, names(day));
        }
        assert!(!offered(22, 10, 0).iter().any(|(name, _)| *name == WakeTime::MondayMorning));
    }

    #[test]
    fn an_exact_moment_lies_ahead_and_within_the_limit() {
        let now = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(10, 0, 0).unwrap();
        assert_eq!(exact("2026-11-22T10:30", now, 366), Exact::At(now + Duration::minutes(30)));
        assert_eq!(exact("2026-11-22T10:00", now, 366), Exact::Past);
        assert_eq!(exact("2028-01-01T09:00", now, 366), Exact::TooFar);
        assert_eq!(exact("", now, 366), Exact::Nothing);
        assert_eq!(exact("2026-11-22", now, 366), Exact::Nothing);
    }
}
