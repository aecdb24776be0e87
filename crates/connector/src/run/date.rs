//! Moments as foreign APIs write them, and their many ways to say "never".

use crate::plan::Date;
use crate::zone::Zone;
use bandeja_model::Timestamp;
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::Value;

/// Numbers from here on are milliseconds: as seconds they would lie beyond the year 5000.
const MILLIS_FROM: f64 = 1e11;

/// The moment in `value`; nothing if it says "never" (null, empty, 0, negative, or 1970). `zone` is where the clocks stand
/// that a moment without an offset was read from; without it that is UTC.
pub(super) fn read(value: &Value, date: &Date, zone: Option<&Zone>) -> Result<Option<Timestamp>, String> {
    let text = match value {
        Value::Null | Value::Bool(false) => return Ok(None),
        Value::Number(_) | Value::String(_) => match value.as_str().map(str::trim) {
            Some("") => return Ok(None),
            text => text,
        },
        other => return Err(format!("expected a moment, found {}", super::say::kind(other))),
    };
    let number = value.as_f64().or_else(|| text.and_then(|text| text.parse::<f64>().ok()));
    let odd = || format!("expected a moment, found {}", super::say::short(value));
    let found = match (date, number, text) {
        (Date::Seconds, Some(seconds), _) => by_number(seconds * 1000.0),
        (Date::Millis, Some(millis), _) => by_number(millis),
        (Date::Format(format, offset), _, Some(text)) => {
            by_format(text, format).map(|read| read.utc(*offset, zone)).transpose()?
        }
        (Date::Guess, Some(number), _) => {
            by_number(if number < MILLIS_FROM { number * 1000.0 } else { number })
        }
        (Date::Guess, None, Some(text)) => by_look(text).map(|read| read.utc(None, zone)).transpose()?,
        _ => None,
    };
    let moment = found.ok_or_else(odd)?;
    // Some write the beginning of 1970, in whatever zone, for "never".
    Ok((moment.timestamp() > 24 * 3600).then_some(moment))
}

fn by_number(millis: f64) -> Option<Timestamp> {
    if !millis.is_finite() || millis.abs() > 8e15 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to fit, and a part of a millisecond is dropped"
    )]
    Timestamp::from_timestamp_millis(millis as i64)
}

/// What a text says.
enum Written {
    /// A moment: it names its offset.
    Moment(Timestamp),
    /// What clocks showed somewhere.
    Local(NaiveDateTime),
}

impl Written {
    fn utc(self, offset: Option<i32>, zone: Option<&Zone>) -> Result<Timestamp, String> {
        match (self, offset, zone) {
            (Self::Moment(moment), _, _) => Ok(moment),
            (Self::Local(local), Some(offset), _) => Ok(local.and_utc() - Duration::seconds(offset.into())),
            (Self::Local(local), None, Some(zone)) => zone.utc(local),
            (Self::Local(local), None, None) => Ok(local.and_utc()),
        }
    }
}

fn by_format(text: &str, format: &str) -> Option<Written> {
    if let Ok(moment) = DateTime::parse_from_str(text, format) {
        return Some(Written::Moment(moment.to_utc()));
    }
    let local = NaiveDateTime::parse_from_str(text, format)
        .ok()
        .or_else(|| Some(NaiveDate::parse_from_str(text, format).ok()?.and_time(NaiveTime::MIN)))?;
    // At the ends of the calendar there is no room for an offset.
    (1..9_999).contains(&local.year()).then_some(Written::Local(local))
}

/// Ways to write a moment with its offset from UTC, and without.
const ZONED: [&str; 4] =
    ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z", "%Y-%m-%dT%H:%M%#z"];
const LOCAL: [&str; 4] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
const UTC: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f UTC", "%Y-%m-%dT%H:%M:%S%.fZ"];

/// RFC 3339 and what passes for it, or the date of a mail.
fn by_look(text: &str) -> Option<Written> {
    if let Some(moment) = moment_by_look(text) {
        return Some(Written::Moment(moment));
    }
    let local = LOCAL.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let local = local.or_else(|| Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN)))?;
    // At the ends of the calendar there is no room for an offset.
    (1..9_999).contains(&local.year()).then_some(Written::Local(local))
}

fn moment_by_look(text: &str) -> Option<Timestamp> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    ZONED
        .iter()
        .find_map(|format| DateTime::parse_from_str(text, format).ok().map(|moment| moment.to_utc()))
        .or_else(|| {
            UTC.iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok().map(|at| at.and_utc()))
        })
        .or_else(|| DateTime::parse_from_rfc2822(text).ok().map(|moment| moment.to_utc()))
}

/// Seconds until a `Retry-After` that is a date, or that are written there.
pub(super) fn retry_after_s(header: &str, now: Timestamp) -> Option<u32> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<f64>() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts of floats saturate"
        )]
        return Some(seconds.ceil() as u32);
    }
    let at = DateTime::parse_from_rfc2822(header).ok()?;
    u32::try_from((at.to_utc() - now).num_seconds().max(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(value: Value, date: &Date) -> Option<String> {
        read(&value, date, None).unwrap().map(|moment| moment.to_rfc3339())
    }

    #[test]
    fn moments_are_read_however_they_are_written() {
        let noon = Some("2026-03-01T12:00:00+00:00".to_owned());
        for value in [
            json!("2026-03-01T12:00:00Z"),
            json!("2026-03-01T06:00:00-06:00"),
            json!("2026-03-01T06:00:00.000-0600"),
            json!("2026-03-01 12:00:00"),
            json!("2026-03-01T12:00:00"),
            json!("2026-03-01 12:00:00 UTC"),
            json!("2026-03-01T12:00"),
            json!("Sun, 01 Mar 2026 12:00:00 +0000"),
            json!(1_772_366_400),
            json!(1_772_366_400_000_i64),
            json!("1772366400"),
            json!(1_772_366_400.0),
        ] {
            assert_eq!(at(value.clone(), &Date::Guess), noon, "{value}");
        }
        assert_eq!(
            at(json!("01/03/2026 06:00"), &Date::Format("%d/%m/%Y %H:%M".into(), Some(-21_600))),
            noon
        );
        assert_eq!(at(json!(1_772_366_400_000_i64), &Date::Millis), noon);
    }

    #[test]
    fn never_is_written_in_many_ways() {
        for value in [
            json!(null),
            json!(""),
            json!(0),
            json!(-1),
            json!("0"),
            json!(false),
            json!("1970-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(&value, &Date::Guess, None), Ok(None), "{value}");
        }
        assert_eq!(read(&json!(0), &Date::Seconds, None), Ok(None));
    }

    #[test]
    fn what_is_no_moment_is_said() {
        for value in [json!("soon"), json!([]), json!(true), json!(1e300)] {
            assert!(read(&value, &Date::Guess, None).is_err(), "{value}");
        }
        assert!(read(&json!("2026-03-01"), &Date::Seconds, None).is_err());
    }

    #[test]
    fn how_long_to_wait_is_a_number_or_a_date() {
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        assert_eq!(retry_after_s("7", now), Some(7));
        assert_eq!(retry_after_s("Sun, 01 Mar 2026 12:00:30 GMT", now), Some(30));
        assert_eq!(retry_after_s("Sun, 01 Mar 2026 11:00:00 GMT", now), Some(0));
        assert_eq!(retry_after_s("later", now), None);
    }
}
