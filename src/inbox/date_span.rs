//! Spans of days for filters: presets, and what they are called. Pure.

use super::words::words;
use crate::i18n::{Locale, fill};
use bandeja_model::Timestamp;
use bandeja_model::filter::{Bound, Span};
use chrono::{Datelike, Days, Duration, NaiveDate};

/// A span that is offered by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The present day.
    Today,
    /// The day before.
    Yesterday,
    /// The present day and the six before.
    Last7,
    /// The present day and the 29 before.
    Last30,
    /// Since the first of the month.
    ThisMonth,
}

impl Preset {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Today, Self::Yesterday, Self::Last7, Self::Last30, Self::ThisMonth];

    /// Its name.
    pub fn word(self, locale: Locale) -> &'static str {
        let w = words(locale);
        match self {
            Self::Today => w.today,
            Self::Yesterday => w.yesterday,
            Self::Last7 => w.last_7,
            Self::Last30 => w.last_30,
            Self::ThisMonth => w.this_month,
        }
    }

    /// Its days, where it is `today`. Written as days, so that a shared link means the same days.
    pub fn span(self, today: NaiveDate) -> Span {
        let back = |days| today.checked_sub_days(Days::new(days));
        let (from, to) = match self {
            Self::Today => (Some(today), None),
            Self::Yesterday => (back(1), Some(today)),
            Self::Last7 => (back(6), None),
            Self::Last30 => (back(29), None),
            Self::ThisMonth => (today.with_day(1), None),
        };
        Span { from: from.map(Bound::Day), to: to.map(Bound::Day) }
    }
}

/// The day of `now` in an installation `offset_s` ahead of UTC.
pub fn today(now: Timestamp, offset_s: i32) -> NaiveDate {
    (now + Duration::seconds(i64::from(offset_s))).date_naive()
}

/// A span of whole days, the last one included; nothing without any bound.
pub fn days(from: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Span> {
    let to = last.and_then(|last| last.checked_add_days(Days::new(1)));
    (from.is_some() || to.is_some()).then(|| Span { from: from.map(Bound::Day), to: to.map(Bound::Day) })
}

/// How a span is called: by a preset's name if it is one, else by its days.
pub fn name(
    span: Span,
    today: NaiveDate,
    offset_s: i32,
    locale: Locale,
    day: impl Fn(NaiveDate) -> String,
) -> String {
    if let Some(preset) = Preset::ALL.into_iter().find(|preset| preset.span(today) == span) {
        return preset.word(locale).to_owned();
    }
    let w = words(locale);
    let day_of = |bound: Bound| match bound {
        Bound::Day(day) => day,
        Bound::Moment(at) => self::today(at, offset_s),
    };
    let from = span.from.map(day_of);
    // The bound is the first day outside; people say the last one inside.
    let last = span.to.map(|bound| match bound {
        Bound::Day(day) => day.checked_sub_days(Days::new(1)).unwrap_or(day),
        Bound::Moment(at) => self::today(at, offset_s),
    });
    match (from, last) {
        (Some(from), Some(last)) if from == last => day(from),
        (Some(from), Some(last)) => format!("{} – {}", day(from), day(last)),
        (Some(from), None) => fill(w.from_day, &[&day(from)]),
        (None, Some(last)) => fill(w.until_day, &[&day(last)]),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn named(span: Span) -> String {
        name(span, day("2025-11-22"), -6 * 3600, Locale::Es, |day| day.to_string())
    }

    #[test]
    fn a_preset_is_called_by_its_name_as_long_as_it_is_that_day() {
        let today = day("2025-11-22");
        for preset in Preset::ALL {
            assert_eq!(named(preset.span(today)), preset.word(Locale::Es));
        }
        let last_week = Preset::Last7.span(day("2025-11-21"));
        assert_eq!(named(last_week), "desde el 2025-11-15");
    }

    #[test]
    fn seven_days_are_today_and_six_before() {
        let span = Preset::Last7.span(day("2025-11-22"));
        assert_eq!(span.from, Some(Bound::Day(day("2025-11-16"))));
        assert_eq!(span.to, None);
    }

    #[test]
    fn the_last_day_is_included() {
        let span = days(Some(day("2025-11-01")), Some(day("2025-11-03"))).unwrap();
        assert_eq!(span.to, Some(Bound::Day(day("2025-11-04"))));
        assert_eq!(named(span), "2025-11-01 – 2025-11-03");
        assert_eq!(named(days(Some(day("2025-11-03")), Some(day("2025-11-03"))).unwrap()), "2025-11-03");
    }

    #[test]
    fn no_bound_is_no_span() {
        assert_eq!(days(None, None), None);
    }

    #[test]
    fn today_begins_where_the_installation_is() {
        let now: Timestamp = "2025-11-22T05:30:00Z".parse().unwrap();
        assert_eq!(today(now, -6 * 3600), day("2025-11-21"));
    }
}
