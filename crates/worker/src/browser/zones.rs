//! The browser's own table of time zones, so that the worker carries none.

use bandeja_connector::host::Zones;
use bandeja_model::Timestamp;
use js_sys::{Array, Date, Function, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// What `Intl.DateTimeFormat` knows.
#[derive(Debug, Default)]
pub(super) struct BrowserZones(RefCell<Option<(String, Option<Function>)>>);

impl Zones for BrowserZones {
    fn offset_s(&self, zone: &str, at: Timestamp) -> Option<i32> {
        let known =
            self.0.borrow().as_ref().filter(|(name, _)| name == zone).map(|(_, format)| format.clone());
        let format = known.unwrap_or_else(|| {
            let format = formatter(zone);
            *self.0.borrow_mut() = Some((zone.to_owned(), format.clone()));
            format
        })?;
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of a calendar fit for ages")]
        let date: JsValue = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64)).into();
        let text: JsValue = format.call1(&JsValue::UNDEFINED, &date).ok()?;
        offset(&text.as_string()?)
    }
}

/// The function that writes a date with its offset; none where the browser knows no such zone.
fn formatter(zone: &str) -> Option<Function> {
    let options = Object::new();
    for (key, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let format = Reflect::construct(&constructor, &Array::of2(&"en-US".into(), &options)).ok()?;
    Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()
}

/// Seconds in `3/1/2026, GMT-06:00`; `GMT` alone is UTC.
fn offset(text: &str) -> Option<i32> {
    let (_, offset) = text.rsplit_once("GMT")?;
    if offset.is_empty() {
        return Some(0);
    }
    let (sign, digits) = match offset.strip_prefix('+') {
        Some(digits) => (1, digits),
        // Some write a minus sign in the place of a hyphen.
        None => (-1, offset.strip_prefix(['-', '\u{2212}'])?),
    };
    let mut seconds = 0;
    let mut unit = 3_600;
    for part in digits.split(':') {
        seconds += part.parse::<i32>().ok()? * unit;
        unit /= 60;
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_browser_says_how_the_clocks_of_a_place_stand() {
        let zones = BrowserZones::default();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (zone, text, expected) in [
            ("Europe/Madrid", "2026-07-01T00:00:00Z", Some(7_200)),
            ("Europe/Madrid", "2026-01-01T00:00:00Z", Some(3_600)),
            ("America/Mexico_City", "2026-07-01T00:00:00Z", Some(-21_600)),
            ("Asia/Kolkata", "2026-07-01T00:00:00Z", Some(19_800)),
            ("UTC", "2026-07-01T00:00:00Z", Some(0)),
            ("Europe/Madird", "2026-07-01T00:00:00Z", None),
        ] {
            assert_eq!(zones.offset_s(zone, at(text)), expected, "{zone} {text}");
        }
    }
}
