//! A point of the contract: what is asked, what rests on it, and the verdict.

use crate::probe::Probe;
use std::fmt;

/// The part of the contract a point belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// What holds for every call.
    Conventions,
    /// Who is signed in.
    Session,
    /// Names and choices.
    Lookups,
    /// The list: pages, orders, counts.
    Lists,
    /// Each field of the filter.
    Filters,
    /// One conversation and its thread.
    Conversation,
    /// What a stranger or a mistake sends.
    Hostile,
    /// Changing one conversation.
    Actions,
    /// Replies and notes.
    Messages,
    /// Many at a time.
    Bulk,
    /// A team's two settings.
    Timing,
    /// The event stream.
    Live,
}

impl Area {
    /// As it stands in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conventions => "conventions",
            Self::Session => "session",
            Self::Lookups => "lookups",
            Self::Lists => "lists",
            Self::Filters => "filters",
            Self::Conversation => "conversation",
            Self::Hostile => "hostile input",
            Self::Actions => "actions",
            Self::Messages => "messages",
            Self::Bulk => "bulk",
            Self::Timing => "timing",
            Self::Live => "live",
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As the contract says.
    Complete,
    /// There, but not as the contract says.
    Incomplete,
    /// Not there.
    Missing,
    /// The implementer says that it is not offered.
    Off,
    /// Could not be asked.
    NotTried,
}

impl Verdict {
    /// As it stands in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Incomplete => "incomplete",
            Self::Missing => "missing",
            Self::Off => "off",
            Self::NotTried => "not tried",
        }
    }

    /// Incomplete or missing.
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::Incomplete | Self::Missing)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a point is not complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) verdict: Verdict,
    pub(crate) expected: String,
    pub(crate) seen: String,
}

impl Fault {
    /// It is there and not as it should be.
    pub(crate) fn wrong(expected: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { verdict: Verdict::Incomplete, expected: expected.into(), seen: seen.into() }
    }

    /// It is not there.
    pub(crate) fn missing(expected: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { verdict: Verdict::Missing, ..Self::wrong(expected, seen) }
    }

    /// It cannot be asked here and now.
    pub(crate) fn untried(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::NotTried, ..Self::wrong("", why) }
    }

    /// The implementer does not offer it, and need not.
    pub(crate) fn off(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Off, ..Self::wrong("", why) }
    }
}

/// What was seen, in words; else why the point is not complete.
pub(crate) type Outcome = Result<String, Fault>;

/// What it takes to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Reading.
    Reading,
    /// Changing something, which has to be allowed.
    Writing,
}

/// A point.
#[derive(Clone, Copy)]
pub(crate) struct Point {
    pub(crate) id: &'static str,
    pub(crate) area: Area,
    /// What the contract asks for, in one sentence.
    pub(crate) asks: &'static str,
    /// What the app does where it is not so.
    pub(crate) app: &'static str,
    /// Points without which this one cannot be asked.
    pub(crate) rests_on: &'static [&'static str],
    pub(crate) takes: Takes,
    /// The capability that switches it off.
    pub(crate) ability: Option<&'static str>,
    pub(crate) check: fn(&mut Probe) -> Outcome,
}

/// A point that only reads and rests on nothing.
pub(crate) const fn point(
    area: Area,
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    Point { id, area, asks, app, rests_on: &[], takes: Takes::Reading, ability: None, check }
}

impl Point {
    /// It is asked only where these are complete.
    pub(crate) const fn on(mut self, rests_on: &'static [&'static str]) -> Self {
        self.rests_on = rests_on;
        self
    }

    /// It changes something.
    pub(crate) const fn writing(mut self) -> Self {
        self.takes = Takes::Writing;
        self
    }

    /// It is off where this capability is.
    pub(crate) const fn of(mut self, ability: &'static str) -> Self {
        self.ability = Some(ability);
        self
    }
}

/// A point with its verdict, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Told {
    /// Its stable name.
    pub id: &'static str,
    /// Its area's name.
    pub area: &'static str,
    /// What the contract asks for.
    pub asks: &'static str,
    /// The verdict.
    #[serde(serialize_with = "by_name")]
    pub verdict: Verdict,
    /// What was seen, or why it was not asked.
    pub seen: String,
    /// What should have been seen, where it was not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub expected: String,
    /// The last request, where something is wrong.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub request: String,
    /// What the app hides or degrades, where it is not complete.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub app: &'static str,
}

fn by_name<S: serde::Serializer>(verdict: &Verdict, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(verdict.name())
}
