//! The two settings of a team: when idle conversations close by themselves, and for how long a contact who
//! comes back meets the same agent (P26–P29).
//!
//! [`idle`] says when a conversation is closed; who gets one that comes back is said by
//! [`who_gets_it`](crate::arrival::who_gets_it).

mod check;
pub mod idle;

pub use check::{TimingFault, TimingField};
pub use idle::{Clocks, Idling, Step, is_idle};

use crate::Timestamp;
use crate::closing::ClosingDraft;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Seconds in an hour.
pub const HOUR_S: u32 = 3_600;
/// Seconds in a day: always 24 hours, also where clocks are changed on it (P26).
pub const DAY_S: u32 = 24 * HOUR_S;
/// The stops that the slider for closing offers, in seconds; *Never* stands behind them.
pub const CLOSING_STOPS_S: [u32; 5] = [DAY_S, 3 * DAY_S, 7 * DAY_S, 14 * DAY_S, 30 * DAY_S];
/// The shortest and the longest time without activity after which conversations close, in seconds.
pub const CLOSING_RANGE_S: (u32, u32) = (DAY_S, 30 * DAY_S);
/// The shortest and the longest reassignment window, in seconds.
pub const WINDOW_RANGE_S: (u32, u32) = (HOUR_S, 30 * DAY_S);
/// The shortest and the longest notice a farewell message gives, in seconds; it is also shorter than the
/// time after which the conversation closes.
pub const NOTICE_RANGE_S: (u32, u32) = (HOUR_S, 7 * DAY_S);
/// How far back the simulator looks for contacts who came back, in days.
pub const RETURNS_DAYS: i64 = 30;

/// Both settings of a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timing {
    /// When idle conversations close by themselves.
    pub inactivity: Inactivity,
    /// For how long a contact who comes back meets the same agent.
    pub reassignment: Reassignment,
}

/// *Contact closing*: open conversations close when nothing happened for this long (P26).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inactivity {
    /// Seconds without activity, from a day to 30 days; absent: never.
    #[serde(default)]
    pub after_s: Option<u32>,
    /// What starts the clock.
    #[serde(default)]
    pub anchor: Anchor,
    /// Time that passed before this was saved counts too; else the clock starts at saving.
    #[serde(default)]
    pub count_time_passed: bool,
    /// What the closing record will say: the closing form's values.
    #[serde(default)]
    pub form: ClosingDraft,
    /// A message sent to the contact before closing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub farewell: Option<Farewell>,
}

impl Inactivity {
    /// Whether saving `next` in the place of this makes the clock start anew where time passed is not counted.
    pub fn restarts_clock(&self, next: &Self) -> bool {
        (self.after_s, self.anchor, self.count_time_passed)
            != (next.after_s, next.anchor, next.count_time_passed)
    }
}

/// What starts the clock of a conversation. Opening, reopening and waking it always do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Anchor {
    /// Anything that happens to it: message either way, note, transfer, label… Looking at it is nothing.
    #[default]
    Any,
    /// The contact's last message.
    Contact,
    /// The last message that a human agent sent to the contact; none in this episode: it waits.
    Agent,
}

impl Anchor {
    /// All of them, in the order the dialog lists them.
    pub const ALL: [Self; 3] = [Self::Any, Self::Contact, Self::Agent];

    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Contact => "contact",
            Self::Agent => "agent",
        }
    }

    /// The anchor of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|anchor| anchor.code() == code)
    }
}

/// A message that tells the contact that the conversation is about to close.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Farewell {
    /// What it says.
    pub text: String,
    /// How long before closing it is sent, in seconds; a conversation is never closed sooner after it.
    pub notice_s: u32,
}

/// *Contact assignment*: how long after a closing the contact comes back to the same agent (P27).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reassignment {
    /// Seconds from closing to the server's receipt of the message, an hour to 30 days; absent (off):
    /// always the same agent.
    #[serde(default)]
    pub window_s: Option<u32>,
    /// The window applies to automatic closings too, not only to a user's.
    #[serde(default)]
    pub count_automatic: bool,
}

/// A team's rule as it is in force: [`Inactivity`] that closes, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Seconds without activity.
    pub after_s: u32,
    /// What starts the clock.
    pub anchor: Anchor,
    /// No clock is taken to have started before this.
    pub since: Option<Timestamp>,
    /// Seconds of notice, if a farewell message is sent.
    pub notice_s: Option<u32>,
}

impl Rule {
    /// The rule that `inactivity` makes when it was saved at `saved_at`; nothing for *never*.
    pub fn of(inactivity: &Inactivity, saved_at: Timestamp) -> Option<Self> {
        Some(Self {
            after_s: inactivity.after_s?,
            anchor: inactivity.anchor,
            since: (!inactivity.count_time_passed).then_some(saved_at),
            notice_s: inactivity.farewell.as_ref().map(|farewell| farewell.notice_s),
        })
    }

    /// How the closing record names it.
    pub const fn named(&self) -> ClosingRule {
        ClosingRule { after_s: self.after_s, anchor: self.anchor }
    }
}

/// Which rule closed a conversation, and with which value, as the closing record says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingRule {
    /// Seconds without activity.
    pub after_s: u32,
    /// What had started the clock.
    pub anchor: Anchor,
}

/// A team's settings with what tells two of their versions apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedTiming {
    /// When idle conversations close by themselves.
    pub inactivity: Inactivity,
    /// For how long a contact who comes back meets the same agent.
    pub reassignment: Reassignment,
    /// Rises with every saving.
    pub version: u64,
    /// Since when the clock of [`Inactivity`] runs where time passed is not counted.
    pub clock_since: DateTime<Utc>,
}

impl SavedTiming {
    /// The settings alone.
    pub fn timing(&self) -> Timing {
        Timing { inactivity: self.inactivity.clone(), reassignment: self.reassignment }
    }
}
