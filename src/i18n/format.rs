//! Numbers, dates and durations in words. Dates come from the browser's `Intl`, so that no calendar data is
//! downloaded; its formatters are slow to make and are kept.

use super::Locale;
use super::time::{Day, RowTime, local_day};
use bandeja_letters::capital;
use bandeja_model::Timestamp;
use chrono::{Datelike, NaiveDate, NaiveTime};
use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cell::OnceCell;
use wasm_bindgen::JsValue;

/// `text` with each `{}` replaced by the next value; one too few leaves its mark standing.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut values = values.iter();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{}") {
        filled.push_str(before);
        filled.push_str(values.next().unwrap_or(&"{}"));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The form for `n` things. The rule of Spanish and English: exactly one is one.
pub fn plural<'a>(n: u64, one: &'a str, other: &'a str) -> &'a str {
    if n == 1 { one } else { other }
}

/// The formatters of one language.
pub(super) struct Formats {
    locale: Locale,
    /// The language tag dates and numbers go by, such as `es-MX`.
    tag: String,
    number: OnceCell<Function>,
    clock: OnceCell<Function>,
    weekday: OnceCell<Function>,
    day_month: OnceCell<Function>,
    day_month_year: OnceCell<Function>,
    month_year: OnceCell<Function>,
    long_day: OnceCell<Function>,
    long_day_year: OnceCell<Function>,
    full: OnceCell<Function>,
}

impl Formats {
    pub(super) fn new(locale: Locale, tag: &str) -> Self {
        Self {
            locale,
            tag: tag.to_owned(),
            number: OnceCell::new(),
            clock: OnceCell::new(),
            weekday: OnceCell::new(),
            day_month: OnceCell::new(),
            day_month_year: OnceCell::new(),
            month_year: OnceCell::new(),
            long_day: OnceCell::new(),
            long_day_year: OnceCell::new(),
            full: OnceCell::new(),
        }
    }

    pub(super) fn number(&self, n: u64) -> String {
        // Spanish leaves four digits ungrouped unless told otherwise.
        let make = || {
            let options = options(&[("useGrouping", "always")]);
            Intl::NumberFormat::new(&tags(&self.tag), &options).format()
        };
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        apply(self.number.get_or_init(make), &JsValue::from_f64(n as f64)).unwrap_or_else(|| n.to_string())
    }

    pub(super) fn row_time(&self, at: Timestamp, now: Timestamp, offset_s: i32) -> String {
        match RowTime::of(at, now, offset_s) {
            RowTime::Clock => self.clock(at, offset_s),
            RowTime::Yesterday => self.say("Ayer", "Yesterday").to_owned(),
            RowTime::Weekday => capital(&self.date(&self.weekday, &[("weekday", "short")], at, offset_s)),
            RowTime::DayMonth => {
                self.date(&self.day_month, &[("day", "numeric"), ("month", "short")], at, offset_s)
            }
            RowTime::MonthYear => {
                self.date(&self.month_year, &[("month", "2-digit"), ("year", "numeric")], at, offset_s)
            }
        }
    }

    pub(super) fn clock(&self, at: Timestamp, offset_s: i32) -> String {
        let time = [("hour", "numeric"), ("minute", "2-digit")];
        match self.locale {
            Locale::Es => {
                let [hour, minute] = time;
                self.date(&self.clock, &[hour, minute, ("hourCycle", "h23")], at, offset_s)
            }
            Locale::En => self.date(&self.clock, &time, at, offset_s),
        }
    }

    pub(super) fn day(&self, at: Timestamp, now: Timestamp, offset_s: i32) -> String {
        let long = [("weekday", "long"), ("day", "numeric"), ("month", "long")];
        match Day::of(at, now, offset_s) {
            Day::Today => self.say("Hoy", "Today").to_owned(),
            Day::Yesterday => self.say("Ayer", "Yesterday").to_owned(),
            Day::Tomorrow => self.say("Mañana", "Tomorrow").to_owned(),
            Day::ThisYear => capital(&self.date(&self.long_day, &long, at, offset_s)),
            Day::OtherYear => {
                let [_, day, month] = long;
                self.date(&self.long_day_year, &[day, month, ("year", "numeric")], at, offset_s)
            }
        }
    }

    pub(super) fn short_day(&self, day: NaiveDate, now: Timestamp, offset_s: i32) -> String {
        // A calendar day has no zone: it is formatted as the UTC day it is written as.
        let at = day.and_time(NaiveTime::MIN).and_utc();
        let parts = [("day", "numeric"), ("month", "short"), ("year", "numeric")];
        if day.year() == local_day(now, offset_s).year() {
            let [day, month, _] = parts;
            self.date(&self.day_month, &[day, month], at, 0)
        } else {
            self.date(&self.day_month_year, &parts, at, 0)
        }
    }

    pub(super) fn full(&self, at: Timestamp, offset_s: i32) -> String {
        let mut parts = vec![
            ("weekday", "long"),
            ("day", "numeric"),
            ("month", "long"),
            ("year", "numeric"),
            ("hour", "numeric"),
            ("minute", "2-digit"),
        ];
        if self.locale == Locale::Es {
            parts.push(("hourCycle", "h23"));
        }
        self.date(&self.full, &parts, at, offset_s)
    }

    pub(super) fn duration(&self, seconds: i64) -> String {
        duration(seconds, self.locale, |n| self.number(n))
    }

    /// Formats in the installation's zone: the moment is moved by its offset and read as UTC, because not
    /// every browser takes an offset as the name of a time zone.
    fn date(
        &self,
        kept: &OnceCell<Function>,
        parts: &[(&str, &str)],
        at: Timestamp,
        offset_s: i32,
    ) -> String {
        let make = || {
            let options = options(parts);
            set(&options, "timeZone", "UTC");
            Intl::DateTimeFormat::new(&tags(&self.tag), &options).format()
        };
        let shifted = at.timestamp_millis() + i64::from(offset_s) * 1000;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of any date stay below 2^53")]
        let moment = JsValue::from_f64(shifted as f64);
        apply(kept.get_or_init(make), &moment).unwrap_or_default()
    }

    fn say(&self, es: &'static str, en: &'static str) -> &'static str {
        match self.locale {
            Locale::Es => es,
            Locale::En => en,
        }
    }
}

/// A span of time in one unit: «18 min», «3 h», «2 días».
fn duration(seconds: i64, locale: Locale, number: impl Fn(u64) -> String) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = u64::try_from(seconds).unwrap_or(0);
    if seconds < 2 * HOUR {
        // Less than a minute left is still a minute: nobody plans in seconds here.
        format!("{} min", (seconds / MINUTE).max(1))
    } else if seconds < 2 * DAY {
        format!("{} h", seconds / HOUR)
    } else {
        let days = seconds / DAY;
        let unit = match locale {
            Locale::Es => plural(days, "día", "días"),
            Locale::En => plural(days, "day", "days"),
        };
        format!("{} {unit}", number(days))
    }
}

fn tags(tag: &str) -> Array {
    Array::of1(&JsValue::from_str(tag))
}

fn options(parts: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in parts {
        set(&options, key, value);
    }
    options
}

fn set(object: &Object, key: &str, value: &str) {
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(object, &JsValue::from_str(key), &JsValue::from_str(value));
}

fn apply(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_filled_in_order() {
        assert_eq!(fill("«{}» hay {}.", &["Sin VIP", "6"]), "«Sin VIP» hay 6.");
        assert_eq!(fill("{} de {}", &["1"]), "1 de {}");
        assert_eq!(fill("nada", &["1"]), "nada");
    }

    #[test]
    fn exactly_one_is_one() {
        let word = |n| plural(n, "conversación", "conversaciones");
        assert_eq!([word(0), word(1), word(2)], ["conversaciones", "conversación", "conversaciones"]);
    }

    #[test]
    fn durations_are_told_in_one_unit() {
        let es = |s| duration(s, Locale::Es, |n| n.to_string());
        assert_eq!(es(-5), "1 min");
        assert_eq!(es(18 * 60 + 59), "18 min");
        assert_eq!(es(80 * 60), "80 min");
        assert_eq!(es(3 * 3600), "3 h");
        assert_eq!(es(47 * 3600), "47 h");
        assert_eq!(es(48 * 3600), "2 días");
        assert_eq!(duration(3 * 86_400, Locale::En, |n| n.to_string()), "3 days");
    }
}
