//! The values a filter's fields take, and how each is written.

use crate::{
    CampaignId, CategoryId, Channel, ContactId, Group, LineId, Priority, Status, TagId, TeamId, Timestamp,
    UserId,
};
use chrono::{Duration, NaiveDate, SecondsFormat};

/// A value as it stands behind the `=`.
pub(super) trait Value: Sized {
    /// Reads it; `None` is a value that does not exist.
    fn read(text: &str) -> Option<Self>;
    /// Writes it.
    fn write(&self) -> String;
}

/// Whose a conversation is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerIs {
    /// The viewer.
    Me,
    /// Nobody.
    None,
    /// Anybody.
    Any,
    /// A user.
    User(UserId),
}

/// Which team has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TeamIs {
    /// One of the viewer's.
    Mine,
    /// None.
    None,
    /// A team.
    Team(TeamId),
}

/// The state of the interaction window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WindowIs {
    /// Free text may be sent.
    Open,
    /// Only templates may.
    Closed,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YesNo {
    /// It is so.
    Yes,
    /// It is not.
    No,
}

/// One end of a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The beginning of a day in the installation's time zone.
    Day(NaiveDate),
    /// A moment.
    Moment(Timestamp),
}

/// A span of time, half-open: from the first bound up to, without, the second; a missing one is no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First moment inside.
    pub from: Option<Bound>,
    /// First moment after.
    pub to: Option<Bound>,
}

impl Bound {
    /// The moment meant, for an installation that is `utc_offset_s` ahead of UTC.
    pub fn at(self, utc_offset_s: i32) -> Timestamp {
        match self {
            Self::Moment(at) => at,
            Self::Day(day) => {
                let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
                // Only a day at an end of the calendar has its midnight outside.
                let end = if utc_offset_s > 0 { Timestamp::MIN_UTC } else { Timestamp::MAX_UTC };
                midnight.checked_sub_signed(Duration::seconds(i64::from(utc_offset_s))).unwrap_or(end)
            }
        }
    }
}

impl Span {
    /// Whether `at` lies inside.
    pub fn contains(&self, at: Timestamp, utc_offset_s: i32) -> bool {
        self.from.is_none_or(|from| from.at(utc_offset_s) <= at)
            && self.to.is_none_or(|to| at < to.at(utc_offset_s))
    }
}

impl YesNo {
    /// Whether it says what is so.
    pub fn is(self, so: bool) -> bool {
        (self == Self::Yes) == so
    }
}

macro_rules! by_code {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn read(text: &str) -> Option<Self> {
                Self::from_code(text)
            }
            fn write(&self) -> String {
                self.code().to_owned()
            }
        }
    )*};
}
by_code!(Channel, Status, Group, Priority);

macro_rules! by_id {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn read(text: &str) -> Option<Self> {
                is_id(text).then(|| Self::new(text))
            }
            fn write(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
by_id!(LineId, TagId, CampaignId, CategoryId, ContactId);

/// Ids are opaque, but never empty and never long.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 128
}

impl Value for OwnerIs {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "me" => Self::Me,
            "none" => Self::None,
            "any" => Self::Any,
            id => Self::User(is_id(id).then(|| UserId::new(id))?),
        })
    }
    fn write(&self) -> String {
        match self {
            Self::Me => "me".to_owned(),
            Self::None => "none".to_owned(),
            Self::Any => "any".to_owned(),
            Self::User(id) => id.to_string(),
        }
    }
}

impl Value for TeamIs {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "mine" => Self::Mine,
            "none" => Self::None,
            id => Self::Team(is_id(id).then(|| TeamId::new(id))?),
        })
    }
    fn write(&self) -> String {
        match self {
            Self::Mine => "mine".to_owned(),
            Self::None => "none".to_owned(),
            Self::Team(id) => id.to_string(),
        }
    }
}

impl Value for WindowIs {
    fn read(text: &str) -> Option<Self> {
        match text {
            "open" => Some(Self::Open),
            "closed" => Some(Self::Closed),
            _ => None,
        }
    }
    fn write(&self) -> String {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
        .to_owned()
    }
}

impl Value for YesNo {
    fn read(text: &str) -> Option<Self> {
        match text {
            "yes" => Some(Self::Yes),
            "no" => Some(Self::No),
            _ => None,
        }
    }
    fn write(&self) -> String {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
        .to_owned()
    }
}

impl Value for Span {
    fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        let bound = |text: &str| -> Option<Option<Bound>> {
            if text.is_empty() { Some(None) } else { Bound::read(text).map(Some) }
        };
        let span = Self { from: bound(from)?, to: bound(to)? };
        (span.from.is_some() || span.to.is_some()).then_some(span)
    }
    fn write(&self) -> String {
        let bound = |bound: Option<Bound>| bound.map_or_else(String::new, |bound| bound.write());
        bound(self.from) + ".." + &bound(self.to)
    }
}

impl Value for Bound {
    fn read(text: &str) -> Option<Self> {
        if let Ok(day) = text.parse::<NaiveDate>() {
            return Some(Self::Day(day));
        }
        text.parse::<Timestamp>().ok().map(Self::Moment)
    }
    fn write(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Moment(at) => at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }
}
