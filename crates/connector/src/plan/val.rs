//! Values of expressions, and their way from and to JSON.

pub use jaq_json::Val;

use jaq_json::{Map, Num};
use serde_json::{Number, Value};

/// Reads JSON as the foreign API sent it. Deeper than 128 levels is an error, as is anything but JSON.
pub fn parse(body: &[u8]) -> Result<Val, serde_json::Error> {
    serde_json::from_slice(body)
}

/// A text.
pub fn text(text: impl Into<String>) -> Val {
    Val::from(text.into())
}

/// A whole number.
pub fn int(number: i64) -> Val {
    Val::Num(Num::from_integral(number))
}

/// A list.
pub fn list(items: impl IntoIterator<Item = Val>) -> Val {
    items.into_iter().collect()
}

/// An object.
pub fn object<K: Into<String>>(entries: impl IntoIterator<Item = (K, Val)>) -> Val {
    Val::obj(entries.into_iter().map(|(key, value)| (text(key), value)).collect::<Map>())
}

/// The same as a value of expressions.
pub fn from_json(value: &Value) -> Val {
    match value {
        Value::Null => Val::Null,
        Value::Bool(flag) => Val::Bool(*flag),
        Value::Number(number) => Val::Num(number_from(number)),
        Value::String(string) => text(string.as_str()),
        Value::Array(items) => list(items.iter().map(from_json)),
        Value::Object(entries) => object(entries.iter().map(|(key, value)| (key.as_str(), from_json(value)))),
    }
}

fn number_from(number: &Number) -> Num {
    if let Some(whole) = number.as_i64() {
        Num::from_integral(whole)
    } else if let Some(whole) = number.as_u64() {
        Num::from_integral(whole)
    } else {
        Num::Float(number.as_f64().unwrap_or(f64::NAN))
    }
}

/// The same as JSON. What JSON cannot say (infinite, not a number) is null; bytes that are no UTF-8 are replaced.
pub fn to_json(value: &Val) -> Value {
    match value {
        Val::Null => Value::Null,
        Val::Bool(flag) => Value::Bool(*flag),
        Val::Num(number) => number_to(number),
        Val::TStr(bytes) | Val::BStr(bytes) => Value::String(String::from_utf8_lossy(bytes).into_owned()),
        Val::Arr(items) => Value::Array(items.iter().map(to_json).collect()),
        Val::Obj(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (scalar_text(key), to_json(value))).collect())
        }
    }
}

fn number_to(number: &Num) -> Value {
    if let Num::Int(whole) = number {
        return Value::from(*whole);
    }
    let text = number.to_string();
    if let Ok(whole) = text.parse::<i64>() {
        Value::from(whole)
    } else if let Ok(whole) = text.parse::<u64>() {
        Value::from(whole)
    } else {
        text.parse::<f64>().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
    }
}

/// A text as it is, anything else as JSON.
pub fn scalar_text(value: &Val) -> String {
    match value {
        Val::TStr(bytes) | Val::BStr(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        other => other.to_string(),
    }
}

/// Neither null nor false.
pub const fn truthy(value: &Val) -> bool {
    !matches!(value, Val::Null | Val::Bool(false))
}

/// What kind of value it is, for people.
pub const fn kind(value: &Val) -> &'static str {
    match value {
        Val::Null => "null",
        Val::Bool(_) => "true or false",
        Val::Num(_) => "a number",
        Val::TStr(_) | Val::BStr(_) => "a text",
        Val::Arr(_) => "a list",
        Val::Obj(_) => "an object",
    }
}
