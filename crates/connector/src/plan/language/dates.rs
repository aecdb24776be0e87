//! Moments as texts and as seconds since 1970.

use crate::plan::val::{self, Val};
use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use jaq_core::Error;
use std::fmt::Write as _;

/// Seconds of a text in RFC 3339; whole where it names no fraction.
pub(super) fn from_iso(text: &str) -> Result<Val, Error<Val>> {
    let moment = DateTime::parse_from_rfc3339(text.trim())
        .map_err(|_| Error::str(format_args!("{text:?} is no date and time in ISO 8601 (RFC 3339)")))?;
    Ok(seconds(moment.timestamp(), moment.timestamp_subsec_millis()))
}

/// RFC 3339 in UTC of seconds.
pub(super) fn to_iso(value: &Val) -> Result<Val, Error<Val>> {
    let moment = moment(value)?;
    let format =
        if moment.timestamp_subsec_millis() == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.3fZ" };
    written(moment, format)
}

/// Seconds in a format of our own choice, in UTC.
pub(super) fn write(value: &Val, format: &str) -> Result<Val, Error<Val>> {
    written(moment(value)?, format)
}

fn written(moment: DateTime<Utc>, format: &str) -> Result<Val, Error<Val>> {
    if StrftimeItems::new(format).any(|item| item == Item::Error) {
        return Err(Error::str(format_args!("{format:?} is no format of dates")));
    }
    let mut text = String::new();
    write!(text, "{}", moment.format(format))
        .map_err(|_| Error::str(format_args!("{format:?} cannot write this date")))?;
    Ok(Val::from(text))
}

/// Seconds of a text in that format; without an offset it is UTC, without a time midnight.
pub(super) fn read(text: &str, format: &str) -> Result<Val, Error<Val>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_str(text, format) {
        return Ok(seconds(moment.timestamp(), moment.timestamp_subsec_millis()));
    }
    let naive = NaiveDateTime::parse_from_str(text, format)
        .ok()
        .or_else(|| NaiveDate::parse_from_str(text, format).ok().and_then(|day| day.and_hms_opt(0, 0, 0)));
    let moment = naive
        .ok_or_else(|| Error::str(format_args!("{text:?} is no date in the format {format:?}")))?
        .and_utc();
    Ok(seconds(moment.timestamp(), moment.timestamp_subsec_millis()))
}

fn seconds(whole: i64, millis: u32) -> Val {
    if millis == 0 {
        return val::int(whole);
    }
    // A moment of our time has eleven digits of seconds at most: its milliseconds fit a double exactly.
    #[allow(clippy::cast_precision_loss, reason = "whole seconds of chrono's range stay below 2^53")]
    let exact = whole as f64 + f64::from(millis) / 1000.0;
    Val::from(exact)
}

fn moment(value: &Val) -> Result<DateTime<Utc>, Error<Val>> {
    let number = match value {
        Val::Num(number) => number.to_string().parse::<f64>().ok(),
        _ => None,
    };
    // Above this, chrono has no dates.
    let number = number.filter(|number| number.abs() < 8e12);
    let number = number.ok_or_else(|| Error::typ(value.clone(), "number of seconds since 1970"))?;
    #[allow(clippy::cast_possible_truncation, reason = "bounded above")]
    let millis = (number * 1000.0).round() as i64;
    DateTime::from_timestamp_millis(millis)
        .ok_or_else(|| Error::typ(value.clone(), "number of seconds since 1970"))
}
