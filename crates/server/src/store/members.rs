//! Who can be given conversations, and whether anybody is there to take them.

use super::{StoreError, key, users};
use bandeja_model::{Actor, Availability, CampaignId, Role, TeamId, UserId};
use sqlx::SqliteConnection;

/// Whether the user is active and can be given conversations of the campaign (P12).
pub async fn can_take(
    connection: &mut SqliteConnection,
    user: &UserId,
    campaign: &CampaignId,
) -> Result<bool, StoreError> {
    Ok(takes(taker(connection, user).await?.as_ref(), campaign))
}

/// The user as somebody to be given conversations; `None` if there is no such user or they were
/// deactivated.
pub async fn taker(connection: &mut SqliteConnection, user: &UserId) -> Result<Option<Actor>, StoreError> {
    let Some(user) = key(user.as_str()) else { return Ok(None) };
    users::actor(connection, user).await
}

/// Whether they can be given conversations of the campaign (P12).
pub fn takes(taker: Option<&Actor>, campaign: &CampaignId) -> bool {
    taker.is_some_and(|taker| taker.is_in(campaign))
}

/// Whether they can have conversations of the team: agents if they are members of it.
pub fn belongs(taker: Option<&Actor>, team: &TeamId) -> bool {
    taker.is_some_and(|taker| taker.role != Role::Agent || taker.teams.contains(team))
}

/// Whether the user can have conversations of the team.
pub async fn fits_team(
    connection: &mut SqliteConnection,
    user: &UserId,
    team: &TeamId,
) -> Result<bool, StoreError> {
    Ok(belongs(taker(connection, user).await?.as_ref(), team))
}

/// Whether the team is one of the campaign's.
pub async fn team_is_of(
    connection: &mut SqliteConnection,
    team: &TeamId,
    campaign: &CampaignId,
) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM team WHERE id = $1 AND campaign_id = $2")
        .bind(key(team.as_str()))
        .bind(key(campaign.as_str()))
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// Whether the user, or without one anybody of the team, is online or away; true where nobody is
/// meant to take it.
pub async fn anyone_there(
    connection: &mut SqliteConnection,
    user: Option<&UserId>,
    team: Option<&TeamId>,
) -> Result<bool, StoreError> {
    let (sql, who) = match (user, team) {
        (Some(user), _) => (
            "SELECT id FROM app_user WHERE id = $1 AND active = 1 AND availability <> $2 LIMIT 1",
            key(user.as_str()),
        ),
        (None, Some(team)) => (
            "SELECT u.id FROM app_user u JOIN user_team m ON m.user_id = u.id
             WHERE m.team_id = $1 AND u.active = 1 AND u.availability <> $2 LIMIT 1",
            key(team.as_str()),
        ),
        (None, None) => return Ok(true),
    };
    let found: Option<i64> = sqlx::query_scalar(sql)
        .bind(who)
        .bind(Availability::Offline.code())
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}
