//! Users, their roles and whether they are there.

use crate::{CampaignId, Scopes, TeamId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a user may do in general; [`crate::permission`] says it for one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Works through conversations (P1).
    Agent,
    /// Does so for every conversation of the campaigns assigned to them (P2).
    Admin,
    /// Has no campaign limit (P3).
    SuperAdmin,
}

impl Role {
    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Admin => "admin",
            Self::SuperAdmin => "super_admin",
        }
    }

    /// Whether settings are theirs to change, of what [`may_set`](crate::permission::may_set) lets them near (P1–P3).
    pub const fn has_settings(self) -> bool {
        matches!(self, Self::Admin | Self::SuperAdmin)
    }

    /// The role of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Agent, Self::Admin, Self::SuperAdmin].into_iter().find(|role| role.code() == code)
    }
}

/// Whether a user is there to take conversations (P42).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Availability {
    /// Takes conversations.
    Online,
    /// There, but not taking new ones.
    Away,
    /// Not there.
    Offline,
}

impl Availability {
    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Away => "away",
            Self::Offline => "offline",
        }
    }

    /// The availability of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Online, Self::Away, Self::Offline].into_iter().find(|a| a.code() == code)
    }
}

/// The user on whose behalf something is looked at or done, with what decides their rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub id: UserId,
    /// In what role.
    pub role: Role,
    /// Campaigns assigned to an admin; for agents those of their teams. Empty means none, also for
    /// super admins, who need none.
    pub campaigns: BTreeSet<CampaignId>,
    /// Teams the user is a member of.
    pub teams: BTreeSet<TeamId>,
    /// What the session they act in is narrowed to.
    pub scopes: Scopes,
}

impl Actor {
    /// Whether conversations of `campaign` can be the actor's business at all; also who can be given
    /// a conversation of that campaign.
    pub fn is_in(&self, campaign: &CampaignId) -> bool {
        self.role == Role::SuperAdmin || self.campaigns.contains(campaign)
    }
}
