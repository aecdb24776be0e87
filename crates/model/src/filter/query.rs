//! Writes a filter in its canonical form: keys sorted, values percent-encoded, so that equal filters
//! are equal texts.

use super::value::Value;
use super::{Field, Filter};
use std::fmt::Write;

/// One condition as a chip shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The field's name on the wire, without a minus.
    pub field: &'static str,
    /// Its value on the wire.
    pub value: String,
    /// It must not hold.
    pub negated: bool,
}

impl Filter {
    /// Every condition but the view, in canonical order.
    pub fn conditions(&self) -> Vec<Condition> {
        let mut all = Vec::new();
        push(&mut all, "activity", &self.activity);
        push(&mut all, "archived", &self.archived);
        push(&mut all, "campaign", &self.campaign);
        push(&mut all, "category", &self.category);
        push(&mut all, "channel", &self.channel);
        push(&mut all, "closed", &self.closed);
        push(&mut all, "contact", &self.contact);
        push(&mut all, "created", &self.created);
        push(&mut all, "group", &self.group);
        push(&mut all, "line", &self.line);
        push(&mut all, "mentioned", &self.mentioned);
        push(&mut all, "owner", &self.owner);
        push(&mut all, "priority", &self.priority);
        all.extend(self.q.iter().map(|q| Condition { field: "q", value: q.clone(), negated: false }));
        push(&mut all, "snoozed", &self.snoozed);
        push(&mut all, "status", &self.status);
        push(&mut all, "tag", &self.tag);
        push(&mut all, "team", &self.team);
        push(&mut all, "unread", &self.unread);
        push(&mut all, "window", &self.window);
        all
    }

    /// The filter as a query string, without a question mark.
    pub fn to_query(&self) -> String {
        let mut text = String::new();
        for Condition { field, value, negated } in self.conditions() {
            append(&mut text, field, &value, negated);
        }
        if let Some(view) = self.view {
            append(&mut text, "view", view.code(), false);
        }
        text
    }
}

fn push<T: Value>(all: &mut Vec<Condition>, field: &'static str, values: &Field<T>) {
    let condition = |negated| move |value: &T| Condition { field, value: value.write(), negated };
    all.extend(values.any.iter().map(condition(false)));
    all.extend(values.none.iter().map(condition(true)));
}

fn append(text: &mut String, field: &str, value: &str, negated: bool) {
    if !text.is_empty() {
        text.push('&');
    }
    if negated {
        text.push('-');
    }
    text.push_str(field);
    text.push('=');
    encode(text, value);
}

/// Percent-encodes everything but unreserved characters and a few that stand well in a query.
fn encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:,@/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}
