//! Who is signed in, and what they can do here.

use bandeja_model::closing::ClosingForms;
use bandeja_model::{Availability, CampaignId, Role, Scopes, TeamId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /session`: signs in with a name and a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// Mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("email", &self.email).field("password", &"***").finish()
    }
}

/// `GET /session`, and the answer to signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The signed-in user.
    pub user: SessionUser,
    /// What can be done here, by name; a name that is missing is on.
    #[serde(default)]
    pub capabilities: BTreeMap<String, Capability>,
    /// The closing forms, by campaign where one overrides; key `""` is the installation's.
    pub closing_forms: BTreeMap<String, ClosingForms>,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
    /// The installation's offset from UTC in seconds: when its days begin.
    #[serde(default)]
    pub utc_offset_s: i32,
    /// To be sent back in `X-Bandeja-CSRF` by cookie sessions; absent for bearer tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf: Option<String>,
    /// Demo data is shown; the page may say so.
    #[serde(default)]
    pub demo: bool,
    /// What is shown may be seen, and who may change it is for the back end alone to say: the rules of roles, teams and
    /// campaigns are not asked. So it is behind a connector, where the foreign system has rules of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unruled: bool,
    /// What the session is narrowed to; absent: to nothing.
    #[serde(default, skip_serializing_if = "Scopes::is_everything")]
    pub scopes: Scopes,
}

impl Session {
    /// The closing forms that govern conversations of `campaign` (P13).
    pub fn forms_of(&self, campaign: &CampaignId) -> ClosingForms {
        let forms = self.closing_forms.get(campaign.as_str()).or_else(|| self.closing_forms.get(""));
        forms.copied().unwrap_or_default()
    }
}

/// How one signs in, where it is not with a mail address and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SignInWay {
    /// With a name of any form, sent as the mail address, and a password.
    Name,
    /// With a token, sent as the password; the mail address may be empty.
    Token,
    /// Not here: the surroundings bring what is needed.
    Elsewhere,
}

/// The signed-in user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionUser {
    /// Id.
    pub id: UserId,
    /// As colleagues see it.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Campaigns assigned to an admin, or those of an agent's teams; every one for super admins.
    pub campaigns: Vec<CampaignId>,
    /// Teams.
    pub teams: Vec<TeamId>,
    /// Whether they take conversations now.
    pub availability: Availability,
}

/// Whether a feature is on, and if not, why (P5).
///
/// Names are those of permissions (`close`, `tag`, `read`, …) and of areas: `bulk`, `timing`, `lines`, `settings`,
/// `reports`, `automations`, `attachments`, `availability`, `episodes`, `thread`, `events`, `counts`, `facets`. Narrower
/// ones that a connector may lack: `unassign`, `priority`, `filter.<field>` for a field of the filter, `sort.<order>`,
/// and parts of an act: `close.transfer_to`, `close.archive`, `note.mentions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Capability {
    /// It can be used.
    pub on: bool,
    /// Why not, in words for the user; without them the app says in its reader's language that it is not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `PUT /me/availability`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetAvailability {
    /// What to be from now on.
    pub availability: Availability,
}
