//! Reads the fields of a raw thing: each by its expression, each of its kind, or it is said what is wrong.
//!
//! Knows no thing in particular; what a conversation or an entry needs is said by those who ask.

use super::{date, say};
use crate::plan::language::html_text;
use crate::plan::val::{self, Val};
use crate::plan::{Date, Field, Fields, Vars};
use crate::zone::Zone;
use bandeja_model::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What the fields of one raw thing yielded.
pub(super) struct Found<'a> {
    values: BTreeMap<&'a str, (Value, &'a Field)>,
    /// Values of fields that were given as one object, by their dotted names.
    inner: BTreeMap<String, Value>,
    zone: Option<Rc<Zone>>,
}

/// A field that is not as it must be, in words.
pub(super) type Wrong = String;

impl<'a> Found<'a> {
    /// Reads all fields of `raw`.
    pub(super) fn read(fields: &'a Fields, raw: &Val, vars: &Vars) -> Result<Self, Wrong> {
        let zone = vars.zone().cloned();
        let mut found = Self { values: BTreeMap::new(), inner: BTreeMap::new(), zone };
        for (name, field) in &fields.0 {
            let value = field.value.one(raw, vars).map_err(|error| format!("{name}: {error}"))?;
            let value = value.map_or(Value::Null, |value| val::to_json(&value));
            if let Value::Object(entries) = &value {
                for (key, value) in entries {
                    found.inner.insert(format!("{name}.{key}"), value.clone());
                }
            }
            found.values.insert(name.as_str(), (value, field));
        }
        Ok(found)
    }

    /// The value of a field; null is none. One of its own comes before one inside an object.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        let own = self.values.get(name).map(|(value, _)| value).filter(|value| !value.is_null());
        own.or_else(|| self.inner.get(name)).filter(|value| !value.is_null())
    }

    /// Whether the file describes the field.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.inner.contains_key(name)
    }

    fn wrong(&self, name: &str, expected: &str, found: &Value) -> Wrong {
        let place = self.values.get(name).map(|(_, field)| format!(" ({})", field.value.place));
        format!("{name}{}: expected {expected}, found {}", place.unwrap_or_default(), say::short(found))
    }

    /// A text; numbers are written out. HTML becomes text where the file says that it is.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Wrong> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => return Err(self.wrong(name, "a text", other)),
        };
        let is_html = self.values.get(name).is_some_and(|(_, field)| field.html);
        Ok(Some(if is_html { html_text(&text) } else { text }))
    }

    /// An id: a text that is not empty, or a whole number. An empty text is none.
    pub(super) fn id(&self, name: &str) -> Result<Option<String>, Wrong> {
        let Some(value) = self.value(name) else { return Ok(None) };
        id(value).map_err(|expected| self.wrong(name, expected, value))
    }

    /// Several ids.
    pub(super) fn ids(&self, name: &str) -> Result<Vec<String>, Wrong> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        let wrong = || self.wrong(name, "a list of ids", value);
        let items = value.as_array().ok_or_else(wrong)?;
        let read = items.iter().map(|item| id(item).ok().flatten().ok_or_else(wrong));
        read.collect()
    }

    /// Yes or no.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Wrong> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(other) => Err(self.wrong(name, "true or false", other)),
        }
    }

    /// A number of things; yes is one.
    pub(super) fn count(&self, name: &str) -> Result<Option<u32>, Wrong> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(u32::from(*flag))),
            Some(value) => {
                let whole =
                    value.as_u64().or_else(|| whole(value).and_then(|number| u64::try_from(number).ok()));
                let counted = whole.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
                counted.map(Some).ok_or_else(|| self.wrong(name, "a number of things", value))
            }
        }
    }

    /// A moment, as the file says that it is written.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, Wrong> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let date = self.values.get(name).map_or(&Date::Guess, |(_, field)| &field.date);
        date::read(value, date, self.zone.as_deref()).map_err(|said| {
            let place = self.values.get(name).map(|(_, field)| format!(" ({})", field.value.place));
            format!("{name}{}: {said}", place.unwrap_or_default())
        })
    }

    /// A word of the contract.
    pub(super) fn code<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Wrong> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(value) => value
                .as_str()
                .and_then(read)
                .map(Some)
                .ok_or_else(|| self.wrong(name, "a word of the contract", value)),
        }
    }

    /// What must not be missing.
    pub(super) fn needed<T>(&self, name: &str, value: Option<T>) -> Result<T, Wrong> {
        value.ok_or_else(|| match self.values.get(name) {
            Some((_, field)) => format!("{name} ({}): nothing there, but it is needed", field.value.place),
            None => format!("{name}: the file does not say where it is, but it is needed"),
        })
    }
}

fn id(value: &Value) -> Result<Option<String>, &'static str> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        number => whole(number).map(|number| Some(number.to_string())).ok_or("an id"),
    }
}

/// A whole number, also one written as `7.0`.
fn whole(value: &Value) -> Option<i64> {
    if let Some(whole) = value.as_i64() {
        return Some(whole);
    }
    let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15)?;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and to fit")]
    Some(number as i64)
}
