//! Reads a filter; every mistake says which part of the text it is about.

use super::value::Value;
use super::{Field, Filter, View};
use crate::limits::{FILTER_BYTES, FILTER_VALUES, QUERY_CHARS};
use std::fmt;
use std::ops::Range;

/// What is wrong with a part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterFault {
    /// No such field.
    UnknownField,
    /// The field has no such value.
    UnknownValue,
    /// There is no `=`.
    NoValue,
    /// Not UTF-8 after percent-decoding, or a broken percent sign.
    Encoding,
    /// This field can be neither repeated nor negated.
    Once,
    /// Too many values, or a text that is too long.
    TooLong,
}

impl FilterFault {
    /// A stable code for problem errors.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::UnknownValue => "unknown_value",
            Self::NoValue => "no_value",
            Self::Encoding => "encoding",
            Self::Once => "once",
            Self::TooLong => "too_long",
        }
    }
}

/// A part of a filter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// What is wrong.
    pub fault: FilterFault,
    /// The field's name as written, decoded where possible.
    pub field: String,
    /// The value as written.
    pub value: String,
    /// Where the part stands in the text, in bytes.
    pub at: Range<usize>,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, field, value, at } = self;
        match fault {
            FilterFault::UnknownField => write!(f, "there is no field “{field}”")?,
            FilterFault::UnknownValue => write!(f, "“{field}” cannot be “{value}”")?,
            FilterFault::NoValue => write!(f, "“{field}” has no value: write {field}=…")?,
            FilterFault::Encoding => write!(f, "“{field}={value}” is not percent-encoded UTF-8")?,
            FilterFault::Once => write!(f, "“{field}” can stand once only and cannot be negated")?,
            FilterFault::TooLong => write!(f, "“{field}” is too long")?,
        }
        write!(f, " (characters {} to {})", at.start + 1, at.end)
    }
}

impl std::error::Error for FilterError {}

impl Filter {
    /// Reads `text`, a query string without its question mark. Fields may come in any order.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        if text.len() > FILTER_BYTES {
            let error = |field: &str| FilterError {
                fault: FilterFault::TooLong,
                field: field.to_owned(),
                value: String::new(),
                at: 0..text.len(),
            };
            return Err(error("filter"));
        }
        let mut start = 0;
        for part in text.split('&') {
            let at = start..start + part.len();
            start = at.end + 1;
            if part.is_empty() {
                continue;
            }
            let (raw_field, raw_value) = part.split_once('=').map_or((part, None), |(f, v)| (f, Some(v)));
            let error = |fault| FilterError {
                fault,
                field: decode(raw_field).unwrap_or_else(|| raw_field.to_owned()),
                value: raw_value.map(|v| decode(v).unwrap_or_else(|| v.to_owned())).unwrap_or_default(),
                at: at.clone(),
            };
            let raw_value = raw_value.ok_or_else(|| error(FilterFault::NoValue))?;
            let (Some(field), Some(value)) = (decode(raw_field), decode(raw_value)) else {
                return Err(error(FilterFault::Encoding));
            };
            filter.add(&field, &value).map_err(error)?;
        }
        Ok(filter)
    }

    /// Adds one condition, named and valued as on the wire; a leading `-` in `field` negates it.
    pub fn add(&mut self, field: &str, value: &str) -> Result<(), FilterFault> {
        let (negated, name) = field.strip_prefix('-').map_or((false, field), |name| (true, name));
        match name {
            "view" => {
                let view = View::from_code(value).ok_or(FilterFault::UnknownValue)?;
                if negated || self.view.replace(view).is_some() {
                    return Err(FilterFault::Once);
                }
                return Ok(());
            }
            "q" => {
                if negated || self.q.is_some() {
                    return Err(FilterFault::Once);
                }
                if value.chars().nth(QUERY_CHARS).is_some() {
                    return Err(FilterFault::TooLong);
                }
                self.set_q(value);
                return Ok(());
            }
            _ => {}
        }
        let field = self.slot(name).ok_or(FilterFault::UnknownField)?;
        field.add_text(value, negated)
    }

    /// Takes one condition away, named and valued as on the wire; unknown ones are not there anyway.
    pub fn remove(&mut self, field: &str, value: &str) {
        match field.strip_prefix('-').unwrap_or(field) {
            "q" => self.q = None,
            "view" => self.view = None,
            name => {
                if let Some(slot) = self.slot(name) {
                    slot.remove_text(value);
                }
            }
        }
    }

    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot> {
        Some(match name {
            "activity" => &mut self.activity,
            "archived" => &mut self.archived,
            "campaign" => &mut self.campaign,
            "category" => &mut self.category,
            "channel" => &mut self.channel,
            "closed" => &mut self.closed,
            "contact" => &mut self.contact,
            "created" => &mut self.created,
            "group" => &mut self.group,
            "line" => &mut self.line,
            "mentioned" => &mut self.mentioned,
            "owner" => &mut self.owner,
            "priority" => &mut self.priority,
            "snoozed" => &mut self.snoozed,
            "status" => &mut self.status,
            "tag" => &mut self.tag,
            "team" => &mut self.team,
            "unread" => &mut self.unread,
            "window" => &mut self.window,
            _ => return None,
        })
    }
}

/// A field whatever its values are.
trait Slot {
    fn add_text(&mut self, value: &str, negated: bool) -> Result<(), FilterFault>;
    fn remove_text(&mut self, value: &str);
}

impl<T: Value + Ord> Slot for Field<T> {
    fn add_text(&mut self, value: &str, negated: bool) -> Result<(), FilterFault> {
        let value = T::read(value).ok_or(FilterFault::UnknownValue)?;
        if self.any.len() + self.none.len() >= FILTER_VALUES {
            return Err(FilterFault::TooLong);
        }
        self.add(value, negated);
        Ok(())
    }

    fn remove_text(&mut self, value: &str) {
        if let Some(value) = T::read(value) {
            self.remove(&value);
        }
    }
}

/// Percent-decoding; a plus sign is a space, as browsers write it.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
