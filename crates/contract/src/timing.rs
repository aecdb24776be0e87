//! The settings of teams and lines: saving them, and what a team's would do (P26–P29, P45).

use bandeja_model::bot::BotMenu;
use bandeja_model::timing::{Inactivity, Reassignment, SavedTiming, Timing};
use bandeja_model::{LineId, TeamId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `PUT /teams/{id}/timing`. What was read may be sent back with changes: `version` is taken for `If-Match`
/// where the header is missing, `clock_since` is ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveTiming {
    /// When idle conversations close by themselves.
    pub inactivity: Inactivity,
    /// For how long a contact who comes back meets the same agent.
    pub reassignment: Reassignment,
    /// The version that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// Ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_since: Option<DateTime<Utc>>,
}

impl SaveTiming {
    /// The settings alone.
    pub fn timing(&self) -> Timing {
        Timing { inactivity: self.inactivity.clone(), reassignment: self.reassignment }
    }
}

impl From<Timing> for SaveTiming {
    fn from(timing: Timing) -> Self {
        let Timing { inactivity, reassignment } = timing;
        Self { inactivity, reassignment, version: None, clock_since: None }
    }
}

/// What the problem of a stale `PUT` carries besides: the settings as they are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaleTiming {
    /// As somebody else saved them.
    pub current_timing: SavedTiming,
}

/// `POST /teams/{id}/timing/simulate`: what these settings would do, counted over live data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Simulation {
    /// Conversations that would close.
    pub inactivity: SimulatedClosing,
    /// Contacts who came back.
    pub reassignment: SimulatedReturns,
    /// The moment the numbers are of.
    pub at: DateTime<Utc>,
    /// When the installation's day ends.
    pub tonight: DateTime<Utc>,
}

/// What the rule for closing would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SimulatedClosing {
    /// Would close now.
    pub now: u64,
    /// Would close before the day ends, those of `now` among them.
    pub by_tonight: u64,
    /// All numbers are exact, else they are about.
    pub exact: bool,
    /// Open conversations of the team in all.
    pub open: u64,
    /// Would close before the day ends if they were not asleep.
    pub snoozed: u64,
    /// Would be sent the farewell message now.
    pub warned: u64,
    /// The first two numbers if time passed were counted.
    pub with_time_passed: Due,
    /// The first two numbers if the clock started at saving.
    pub from_saving: Due,
}

/// How many are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    /// Now.
    pub now: u64,
    /// Before the day ends, those of `now` among them.
    pub by_tonight: u64,
}

/// Whom the contacts that came back since then would have met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SimulatedReturns {
    /// The agent they had, or whom it was transferred to.
    pub same_agent: u64,
    /// The automatic menu.
    pub bot: u64,
    /// The line's team or user.
    pub line_default: u64,
    /// Since when they are counted.
    pub since: DateTime<Utc>,
    /// All numbers are exact, else they are about.
    pub exact: bool,
}

/// A team's two settings at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimingGlance {
    /// Seconds without activity after which conversations close; absent: never.
    #[serde(default)]
    pub after_s: Option<u32>,
    /// Seconds of the reassignment window; absent: off.
    #[serde(default)]
    pub window_s: Option<u32>,
}

/// `GET /lines/{id}`: what admins set of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineSettings {
    /// The line.
    pub id: LineId,
    /// The team that takes its conversations.
    pub team: Option<TeamId>,
    /// The user who takes them, if it names one.
    pub user: Option<UserId>,
    /// The automatic menu is on.
    pub bot: bool,
    /// What the menu says.
    pub menu: BotMenu,
    /// Rises with every saving.
    pub version: u64,
}

/// `PUT /lines/{id}`, with `If-Match`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveLine {
    /// The team that takes its conversations; of the line's campaign.
    pub team: Option<TeamId>,
    /// The user who takes them; somebody of the line's campaign.
    pub user: Option<UserId>,
    /// The automatic menu is on.
    pub bot: bool,
    /// What the menu says; complete where it is on.
    pub menu: BotMenu,
}

/// What the problem of a stale `PUT` carries besides: the settings as they are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaleLine {
    /// As somebody else saved them.
    pub current_line: LineSettings,
}
