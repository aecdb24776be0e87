//! Words about foreign values and answers, short enough for a person to read.

use crate::plan::language::html_text;
use serde_json::Value;

/// Characters of a foreign text that are shown.
const SHOWN: usize = 120;

/// What kind of value it is.
pub(super) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The value itself where it is short, else its kind.
pub(super) fn short(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) | Value::Null => kind(value).to_owned(),
        Value::String(text) => format!("“{}”", bandeja_model::text::preview(text, 40)),
        other => other.to_string(),
    }
}

/// The first characters of a body in one line, without its tags.
pub(super) fn glimpse(body: &str) -> String {
    let head: String = body.chars().take(4000).collect();
    let text = if head.contains('<') { html_text(&head) } else { head };
    bandeja_model::text::preview(&text, SHOWN)
}

/// A foreign message as it is shown: one line, and not a page of it.
pub(super) fn message(text: &str) -> String {
    let text = if text.contains("</") || text.contains("/>") { html_text(text) } else { text.to_owned() };
    bandeja_model::text::preview(&text, 300)
}
