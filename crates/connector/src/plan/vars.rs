//! The variables that expressions know, and their values.

use super::val::Val;
use crate::zone::Zone;
use std::rc::Rc;

/// A variable of expressions. Which are known where is said when a file is [read](super::read()).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Var {
    /// What whoever installs a connector gave, by name.
    Settings,
    /// Who is signed in: `{id, name, email}`.
    Me,
    /// What an act, or signing in, was asked to do.
    Args,
    /// The raw conversation.
    It,
    /// What earlier steps kept, by name.
    Steps,
    /// The value that this call or request is for.
    Each,
    /// `{number, offset, size, count, cursor}`.
    Page,
    /// `{field: {is: […], not: […]}}`.
    Filter,
    /// The code of the order.
    Sort,
    /// What filters put into a query.
    Clauses,
    /// Wanted values of a filter's field.
    Values,
    /// Unwanted values of a filter's field.
    Not,
    /// Headers of the answer, names in small letters.
    Headers,
    /// Ids of many.
    Ids,
    /// What the foreign API wants back to see that nothing changed.
    Token,
    /// Seconds since 1970.
    Since,
    /// The same as RFC 3339.
    SinceText,
    /// Seconds since 1970.
    Now,
    /// Names by kind, by id.
    Names,
    /// Secrets by name.
    Secret,
}

impl Var {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 20] = [
        Self::Settings,
        Self::Me,
        Self::Args,
        Self::It,
        Self::Steps,
        Self::Each,
        Self::Page,
        Self::Filter,
        Self::Sort,
        Self::Clauses,
        Self::Values,
        Self::Not,
        Self::Headers,
        Self::Ids,
        Self::Token,
        Self::Since,
        Self::SinceText,
        Self::Now,
        Self::Names,
        Self::Secret,
    ];

    /// As it is written, with `$`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "$settings",
            Self::Me => "$me",
            Self::Args => "$args",
            Self::It => "$it",
            Self::Steps => "$steps",
            Self::Each => "$each",
            Self::Page => "$page",
            Self::Filter => "$filter",
            Self::Sort => "$sort",
            Self::Clauses => "$clauses",
            Self::Values => "$values",
            Self::Not => "$not",
            Self::Headers => "$headers",
            Self::Ids => "$ids",
            Self::Token => "$token",
            Self::Since => "$since",
            Self::SinceText => "$since_text",
            Self::Now => "$now",
            Self::Names => "$names",
            Self::Secret => "$secret",
        }
    }

    /// The variable of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|var| var.name() == name)
    }
}

/// Values of variables; null where none was set. Cheap to clone: values share what they hold.
#[derive(Clone, Default)]
pub struct Vars {
    values: [Val; Var::ALL.len()],
    zone: Option<Rc<Zone>>,
}

impl Vars {
    /// The value of a variable.
    pub fn get(&self, var: Var) -> Val {
        self.values.get(var as usize).cloned().unwrap_or_default()
    }

    /// Gives a variable its value.
    pub fn set(&mut self, var: Var, value: Val) {
        if let Some(slot) = self.values.get_mut(var as usize) {
            *slot = value;
        }
    }

    /// Whose clocks moments are read from that name no offset.
    pub fn zone(&self) -> Option<&Rc<Zone>> {
        self.zone.as_ref()
    }

    /// The same with the clocks of a place.
    #[must_use]
    pub fn in_zone(mut self, zone: Option<Rc<Zone>>) -> Self {
        self.zone = zone;
        self
    }

    /// The same with another value.
    #[must_use]
    pub fn with(mut self, var: Var, value: Val) -> Self {
        self.set(var, value);
        self
    }
}
