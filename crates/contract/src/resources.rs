//! What the app looks names and choices up in.

use crate::timing::TimingGlance;
use bandeja_model::closing::Category;
use bandeja_model::{Availability, CampaignId, Channel, Closing, LineId, Role, TagId, TeamId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Teams, of those the viewer may know.
    pub teams: Vec<TeamId>,
    /// Campaigns they can be given conversations of, of those the viewer may know.
    pub campaigns: Vec<CampaignId>,
    /// Whether they are there.
    pub availability: Availability,
    /// Can sign in and take conversations; a deactivated one stays readable as an author.
    pub active: bool,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    /// Id.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// Its campaign.
    pub campaign: CampaignId,
    /// Its two settings; absent for who may not change them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<TimingGlance>,
}

/// A line, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// Id.
    pub id: LineId,
    /// Name.
    pub name: String,
    /// Kind.
    pub channel: Channel,
    /// Its campaign.
    pub campaign: CampaignId,
    /// The team that takes its conversations.
    pub team: Option<TeamId>,
    /// The user who takes them, if it names one.
    pub user: Option<UserId>,
    /// The automatic menu is on.
    pub bot: bool,
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Campaign {
    /// Id.
    pub id: CampaignId,
    /// Name.
    pub name: String,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    /// Id.
    pub id: TagId,
    /// Name.
    pub name: String,
    /// One of `grey`, `red`, `orange`, `yellow`, `green`, `teal`, `blue`, `purple`, `pink`.
    pub color: String,
}

/// A span from open to ended, with its closing record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Episode {
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// How it ended.
    pub closing: Closing,
}

/// A list that is never paged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct All<T> {
    /// Every one the viewer may know.
    pub items: Vec<T>,
}

/// The categories, both levels.
pub type Categories = All<Category>;
