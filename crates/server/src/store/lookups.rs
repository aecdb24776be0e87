//! What the app looks names and choices up in, cut to what the viewer may know: their campaigns.

pub mod settings;

use super::{StoreError, timing, users};
use bandeja_contract::{Campaign, Line, Tag, Team, User};
use bandeja_model::closing::Category;
use bandeja_model::permission::may_set;
use bandeja_model::{Actor, CampaignId, CategoryId, Channel, LineId, Role, TagId, TeamId, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};

/// The viewer's campaigns; every one for super admins.
pub async fn campaigns(
    connection: &mut SqliteConnection,
    viewer: &Actor,
) -> Result<Vec<Campaign>, StoreError> {
    let rows = sqlx::query("SELECT id, name FROM campaign ORDER BY id").fetch_all(connection).await?;
    let all: Result<Vec<_>, StoreError> =
        rows.iter().map(|row| Ok(Campaign { id: id(row, 0)?, name: row.try_get(1)? })).collect();
    Ok(all?.into_iter().filter(|campaign| viewer.is_in(&campaign.id)).collect())
}

/// The teams of the viewer's campaigns, with their settings for who may change them.
pub async fn teams(connection: &mut SqliteConnection, viewer: &Actor) -> Result<Vec<Team>, StoreError> {
    let glances = timing::glances(&mut *connection).await?;
    let rows =
        sqlx::query("SELECT id, name, campaign_id FROM team ORDER BY id").fetch_all(connection).await?;
    let all: Result<Vec<_>, StoreError> = rows
        .iter()
        .map(|row| {
            let (key, campaign): (i64, CampaignId) = (row.try_get(0)?, id(row, 2)?);
            let timing =
                may_set(viewer, &campaign).ok().map(|()| glances.get(&key).copied().unwrap_or_default());
            Ok(Team { id: id(row, 0)?, name: row.try_get(1)?, campaign, timing })
        })
        .collect();
    Ok(all?.into_iter().filter(|team| viewer.is_in(&team.campaign)).collect())
}

/// The lines of the viewer's campaigns, without their secrets.
pub async fn lines(connection: &mut SqliteConnection, viewer: &Actor) -> Result<Vec<Line>, StoreError> {
    let rows =
        sqlx::query("SELECT id, name, channel, campaign_id, team_id, user_id, bot FROM line ORDER BY id")
            .fetch_all(connection)
            .await?;
    let all: Result<Vec<_>, StoreError> = rows
        .iter()
        .map(|row| {
            Ok(Line {
                id: id(row, 0)?,
                name: row.try_get(1)?,
                channel: channel(row, 2)?,
                campaign: id(row, 3)?,
                team: maybe_id(row, 4)?,
                user: maybe_id(row, 5)?,
                bot: row.try_get::<i64, _>(6)? != 0,
            })
        })
        .collect();
    Ok(all?.into_iter().filter(|line| is_known(viewer, line)).collect())
}

/// A session narrowed to lines knows no others.
fn is_known(viewer: &Actor, line: &Line) -> bool {
    viewer.is_in(&line.campaign) && viewer.scopes.lines.as_ref().is_none_or(|lines| lines.contains(&line.id))
}

/// All labels.
pub async fn tags(connection: &mut SqliteConnection) -> Result<Vec<Tag>, StoreError> {
    let rows = sqlx::query("SELECT id, name, color FROM tag ORDER BY id").fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok(Tag { id: id::<TagId>(row, 0)?, name: row.try_get(1)?, color: row.try_get(2)? }))
        .collect()
}

/// Both levels of the closing categories.
pub async fn categories(connection: &mut SqliteConnection) -> Result<Vec<Category>, StoreError> {
    let rows =
        sqlx::query("SELECT id, name, parent_id FROM category ORDER BY id").fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let parent: Option<CategoryId> = maybe_id(row, 2)?;
            Ok(Category { id: id(row, 0)?, name: row.try_get(1)?, parent })
        })
        .collect()
}

/// The viewer and all who share a campaign with them, deactivated ones included: they stay readable
/// as authors. Super admins share every campaign.
pub async fn users(connection: &mut SqliteConnection, viewer: &Actor) -> Result<Vec<User>, StoreError> {
    let known: BTreeSet<CampaignId> =
        campaigns(&mut *connection, viewer).await?.into_iter().map(|campaign| campaign.id).collect();
    let teams_of = memberships(&mut *connection).await?;
    let assigned = assignments(&mut *connection).await?;
    let rows = sqlx::query("SELECT id, name, role, availability, active FROM app_user ORDER BY id")
        .fetch_all(connection)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let id: UserId = id(row, 0)?;
        let role = users::role(row, 2)?;
        let memberships = teams_of.get(&id).map(Vec::as_slice).unwrap_or_default();
        let campaigns: BTreeSet<CampaignId> = match role {
            Role::SuperAdmin => known.clone(),
            Role::Admin => assigned.get(&id).into_iter().flatten().cloned().collect(),
            Role::Agent => memberships.iter().map(|(_, campaign)| campaign.clone()).collect(),
        };
        let campaigns: Vec<CampaignId> = campaigns.intersection(&known).cloned().collect();
        let teams: Vec<TeamId> = memberships
            .iter()
            .filter(|(_, campaign)| known.contains(campaign))
            .map(|(team, _)| team.clone())
            .collect();
        let is_known =
            viewer.role == Role::SuperAdmin || viewer.id == id || !campaigns.is_empty() || !teams.is_empty();
        if is_known {
            let availability = users::availability(row, 3)?;
            let active = row.try_get::<i64, _>(4)? != 0;
            all.push(User { id, name: row.try_get(1)?, role, teams, campaigns, availability, active });
        }
    }
    Ok(all)
}

/// A line as those see it who run the server: with its secret.
pub struct SecretLine {
    /// Id.
    pub id: LineId,
    /// Kind.
    pub channel: Channel,
    /// Name.
    pub name: String,
    /// What gateways sign with.
    pub secret: String,
}

/// All lines with their secrets: for the command line only.
pub async fn secret_lines(connection: &mut SqliteConnection) -> Result<Vec<SecretLine>, StoreError> {
    let rows =
        sqlx::query("SELECT id, channel, name, secret FROM line ORDER BY id").fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let (name, secret) = (row.try_get(2)?, row.try_get(3)?);
            Ok(SecretLine { id: id(row, 0)?, channel: channel(row, 1)?, name, secret })
        })
        .collect()
}

/// The ids of all lines.
pub async fn line_ids(connection: &mut SqliteConnection) -> Result<BTreeSet<LineId>, StoreError> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM line").fetch_all(connection).await?;
    Ok(ids.into_iter().map(|id| LineId::from(id.to_string())).collect())
}

/// The secret of a line.
pub async fn line_secret(connection: &mut SqliteConnection, line: i64) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT secret FROM line WHERE id = $1")
        .bind(line)
        .fetch_optional(connection)
        .await?)
}

async fn memberships(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<UserId, Vec<(TeamId, CampaignId)>>, StoreError> {
    let sql = "SELECT m.user_id, t.id, t.campaign_id FROM user_team m JOIN team t ON t.id = m.team_id ORDER BY t.id";
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in sqlx::query(sql).fetch_all(connection).await? {
        all.entry(id(&row, 0)?).or_default().push((id(&row, 1)?, id(&row, 2)?));
    }
    Ok(all)
}

async fn assignments(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<UserId, Vec<CampaignId>>, StoreError> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in sqlx::query("SELECT user_id, campaign_id FROM user_campaign").fetch_all(connection).await? {
        all.entry(id(&row, 0)?).or_default().push(id(&row, 1)?);
    }
    Ok(all)
}

fn id<T: From<String>>(row: &SqliteRow, column: usize) -> Result<T, StoreError> {
    Ok(T::from(row.try_get::<i64, _>(column)?.to_string()))
}

fn maybe_id<T: From<String>>(row: &SqliteRow, column: usize) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(|id| T::from(id.to_string())))
}

fn channel(row: &SqliteRow, column: usize) -> Result<Channel, StoreError> {
    let code: String = row.try_get(column)?;
    Channel::from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("channel {code}")))
}
