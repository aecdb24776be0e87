//! The filter: one grammar in URL, body, saved view and automation, parsed once into a plan (P32).
//!
//! `field=a&field=b` is OR inside a field, different fields are AND, `-field=a` is NOT. The same plan
//! is evaluated here for live events and by the server in SQL; a property test holds the two equal.

mod matches;
mod parse;
mod query;
mod value;
mod view;

pub use parse::{FilterError, FilterFault};
pub use query::Condition;
pub use value::{Bound, OwnerIs, Span, TeamIs, WindowIs, YesNo};
pub use view::View;

use crate::{
    CampaignId, CategoryId, Channel, ContactId, Group, LineId, Priority, Status, TagId, TeamId, Timestamp,
    UserId,
};
use std::collections::BTreeSet;

/// The conditions on one field: any of these, and none of those. Both sorted and without repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// One of them must hold; empty: no condition.
    pub any: Vec<T>,
    /// None of them may hold.
    pub none: Vec<T>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { any: Vec::new(), none: Vec::new() }
    }
}

impl<T: Ord> Field<T> {
    /// Any of `values`.
    pub fn any_of(values: impl IntoIterator<Item = T>) -> Self {
        let mut field = Self::default();
        for value in values {
            field.add(value, false);
        }
        field
    }

    /// No condition at all.
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.none.is_empty()
    }

    /// Adds a value to one of the two sides; a value is never on both, the last word counts.
    pub fn add(&mut self, value: T, negated: bool) {
        self.remove(&value);
        let side = if negated { &mut self.none } else { &mut self.any };
        if let Err(place) = side.binary_search(&value) {
            side.insert(place, value);
        }
    }

    /// Takes a value out of both sides.
    pub fn remove(&mut self, value: &T) {
        self.any.retain(|other| other != value);
        self.none.retain(|other| other != value);
    }

    /// Whether the conditions hold for something of which `holds` is true.
    fn admits(&self, holds: impl Fn(&T) -> bool) -> bool {
        (self.any.is_empty() || self.any.iter().any(&holds)) && !self.none.iter().any(&holds)
    }
}

/// A parsed filter. The default matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The view it narrows.
    pub view: Option<View>,
    /// Kind of line.
    pub channel: Field<Channel>,
    /// Line.
    pub line: Field<LineId>,
    /// Exact state.
    pub status: Field<Status>,
    /// Group of states.
    pub group: Field<Group>,
    /// Owner.
    pub owner: Field<OwnerIs>,
    /// Team, by assignment or line.
    pub team: Field<TeamIs>,
    /// Label: any of them, none of those.
    pub tag: Field<TagId>,
    /// Campaign.
    pub campaign: Field<CampaignId>,
    /// Category or sub-category of the last closing.
    pub category: Field<CategoryId>,
    /// Contact.
    pub contact: Field<ContactId>,
    /// Urgency.
    pub priority: Field<Priority>,
    /// Has unread messages.
    pub unread: Field<YesNo>,
    /// Interaction window open or over; channels without one match neither.
    pub window: Field<WindowIs>,
    /// Archived.
    pub archived: Field<YesNo>,
    /// Asleep.
    pub snoozed: Field<YesNo>,
    /// Mentions the viewer.
    pub mentioned: Field<YesNo>,
    /// When the last message or note came.
    pub activity: Field<Span>,
    /// When the contact first wrote.
    pub created: Field<Span>,
    /// When the last episode ended.
    pub closed: Field<Span>,
    /// Text search, as typed; only the server can evaluate it.
    pub q: Option<String>,
}

/// Whose eyes a filter is evaluated with: what `me`, `mine`, `open window` and days mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who `me` is.
    pub id: UserId,
    /// What `team=mine` means.
    pub teams: BTreeSet<TeamId>,
    /// The moment.
    pub now: Timestamp,
    /// The installation's offset from UTC in seconds, for dates given as days.
    pub utc_offset_s: i32,
}

impl Filter {
    /// Text search as one filter, trimmed; nothing left means no search.
    pub fn set_q(&mut self, text: &str) {
        let text = text.trim();
        self.q = (!text.is_empty()).then(|| text.to_owned());
    }

    /// Whether events alone cannot tell what enters the result.
    pub fn needs_server(&self) -> bool {
        self.q.is_some()
    }
}

#[cfg(test)]
mod tests;
