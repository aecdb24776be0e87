//! A length of time as somebody types it: a number, and whether it counts hours or days. Pure.

use crate::i18n::{Locale, span};
use bandeja_model::timing::{DAY_S, HOUR_S};

/// What the number counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    /// Hours.
    #[default]
    Hours,
    /// Days of 24 hours.
    Days,
}

impl Unit {
    /// The id of its choice.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// The unit of that id.
    pub(super) fn from_code(code: &str) -> Self {
        if code == Self::Days.code() { Self::Days } else { Self::Hours }
    }

    const fn seconds(self) -> u32 {
        match self {
            Self::Hours => HOUR_S,
            Self::Days => DAY_S,
        }
    }
}

/// A number with its unit, as it stands in the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Exact {
    /// What is typed.
    pub(super) text: String,
    /// What it counts.
    pub(super) unit: Unit,
}

impl Exact {
    /// How a length is written into the field: in hours up to two days, in days where it is whole days.
    pub(super) fn of(seconds: u32) -> Self {
        let unit = if is_in_days(seconds) { Unit::Days } else { Unit::Hours };
        let text = if seconds.is_multiple_of(unit.seconds()) {
            (seconds / unit.seconds()).to_string()
        } else {
            let hundredths = u64::from(seconds) * 100 / u64::from(unit.seconds());
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        Self { text, unit }
    }

    /// The seconds it stands for; nothing if it is no number.
    pub(super) fn seconds(&self) -> Option<u32> {
        let number: f64 = self.text.trim().replace(',', ".").parse().ok()?;
        let seconds = (number * f64::from(self.unit.seconds())).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is not between the two is no number here"
        )]
        (0.0..=f64::from(u32::MAX)).contains(&seconds).then_some(seconds as u32)
    }
}

fn is_in_days(seconds: u32) -> bool {
    seconds >= 2 * DAY_S && seconds.is_multiple_of(DAY_S)
}

/// A length in the words of the field: «24 horas», «3 días».
pub(super) fn said(seconds: u32, locale: Locale) -> String {
    if seconds < 2 * DAY_S && seconds.is_multiple_of(HOUR_S) && seconds > HOUR_S {
        let unit = if locale == Locale::Es { "horas" } else { "hours" };
        format!("{} {unit}", seconds / HOUR_S)
    } else {
        span(seconds, locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_hours_and_days_go_into_the_field_and_come_back_the_same() {
        for hours in 1..=30 * 24 {
            let seconds = hours * HOUR_S;
            assert_eq!(Exact::of(seconds).seconds(), Some(seconds), "{hours} h");
        }
        assert_eq!(Exact::of(DAY_S), Exact { text: "24".into(), unit: Unit::Hours });
        assert_eq!(Exact::of(3 * DAY_S), Exact { text: "3".into(), unit: Unit::Days });
        assert_eq!(Exact::of(5400).text, "1.5");
    }

    #[test]
    fn numbers_are_read_with_a_point_or_a_comma_and_anything_else_is_none() {
        let seconds = |text: &str, unit| Exact { text: text.into(), unit }.seconds();
        assert_eq!(seconds(" 1,5 ", Unit::Days), Some(36 * HOUR_S));
        assert_eq!(seconds("1.5", Unit::Hours), Some(5400));
        assert_eq!(seconds("0", Unit::Hours), Some(0));
        for text in ["", "uno", "-1", "1.2.3", "inf", "NaN", "1e99"] {
            assert_eq!(seconds(text, Unit::Hours), None, "{text}");
        }
    }

    #[test]
    fn a_length_is_said_in_the_unit_that_stands_in_the_field() {
        assert_eq!(said(DAY_S, Locale::Es), "24 horas");
        assert_eq!(said(HOUR_S, Locale::Es), "1 hora");
        assert_eq!(said(36 * HOUR_S, Locale::En), "36 hours");
        assert_eq!(said(7 * DAY_S, Locale::Es), "7 días");
        assert_eq!(said(60 * HOUR_S, Locale::Es), "2 días y 12 horas");
    }
}
