//! Users as the server itself needs them: rights, passwords, availability.

use super::{StoreError, key};
use bandeja_contract::SessionUser;
use bandeja_model::{Actor, Availability, CampaignId, Role, Scopes, TeamId, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// What signing in asks for.
#[derive(Clone)]
pub struct Account {
    /// The user's key.
    pub key: i64,
    /// Argon2 hash in its standard text form.
    pub password_hash: String,
    /// False: may not sign in.
    pub active: bool,
}

/// The rights of a user as they are now; `None` if there is no such user or they are deactivated. Nothing is
/// narrowed: that is the session's.
pub async fn actor(connection: &mut SqliteConnection, user: i64) -> Result<Option<Actor>, StoreError> {
    let row = sqlx::query("SELECT role FROM app_user WHERE id = $1 AND active = 1")
        .bind(user)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let role = role(&row, 0)?;
    let memberships = sqlx::query(
        "SELECT t.id, t.campaign_id FROM user_team m JOIN team t ON t.id = m.team_id WHERE m.user_id = $1",
    )
    .bind(user)
    .fetch_all(&mut *connection)
    .await?;
    let mut actor = Actor {
        id: UserId::from(user.to_string()),
        role,
        campaigns: std::collections::BTreeSet::new(),
        teams: std::collections::BTreeSet::new(),
        scopes: Scopes::default(),
    };
    for row in memberships {
        actor.teams.insert(TeamId::from(row.try_get::<i64, _>(0)?.to_string()));
        if role == Role::Agent {
            actor.campaigns.insert(CampaignId::from(row.try_get::<i64, _>(1)?.to_string()));
        }
    }
    if role == Role::Admin {
        let assigned: Vec<i64> =
            sqlx::query_scalar("SELECT campaign_id FROM user_campaign WHERE user_id = $1")
                .bind(user)
                .fetch_all(connection)
                .await?;
        actor.campaigns.extend(assigned.into_iter().map(|id| CampaignId::from(id.to_string())));
    }
    Ok(Some(actor))
}

/// The account with that mail address, in any case.
pub async fn account(connection: &mut SqliteConnection, email: &str) -> Result<Option<Account>, StoreError> {
    let row = sqlx::query("SELECT id, password_hash, active FROM app_user WHERE email = $1")
        .bind(normal_email(email))
        .fetch_optional(connection)
        .await?;
    let read = |row: SqliteRow| {
        Ok(Account {
            key: row.try_get(0)?,
            password_hash: row.try_get(1)?,
            active: row.try_get::<i64, _>(2)? != 0,
        })
    };
    row.map(read).transpose()
}

/// The user as they see themselves; super admins have every campaign.
pub async fn profile(connection: &mut SqliteConnection, actor: &Actor) -> Result<SessionUser, StoreError> {
    let row = sqlx::query("SELECT name, email, availability FROM app_user WHERE id = $1")
        .bind(key(actor.id.as_str()))
        .fetch_optional(&mut *connection)
        .await?
        .ok_or_else(|| StoreError::Corrupt(format!("user {}", actor.id)))?;
    let (name, email, availability) = (row.try_get(0)?, row.try_get(1)?, availability(&row, 2)?);
    let campaigns = if actor.role == Role::SuperAdmin {
        let all: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM campaign ORDER BY id").fetch_all(connection).await?;
        all.into_iter().map(|id| CampaignId::from(id.to_string())).collect()
    } else {
        actor.campaigns.iter().cloned().collect()
    };
    let teams = actor.teams.iter().cloned().collect();
    Ok(SessionUser { id: actor.id.clone(), name, email, role: actor.role, campaigns, teams, availability })
}

/// Sets whether a user is there; false if they were so already.
pub async fn set_availability(
    connection: &mut SqliteConnection,
    user: i64,
    availability: Availability,
) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE app_user SET availability = $1 WHERE id = $2 AND availability <> $1")
        .bind(availability.code())
        .bind(user)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a user sign in and act, or no more.
pub async fn set_active(
    connection: &mut SqliteConnection,
    user: i64,
    active: bool,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE app_user SET active = $1 WHERE id = $2")
        .bind(active)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether an active super admin exists.
pub async fn has_super_admin(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM app_user WHERE role = $1 LIMIT 1")
        .bind(Role::SuperAdmin.code())
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// Adds a super admin; the mail address must be new.
pub async fn add_super_admin(
    connection: &mut SqliteConnection,
    email: &str,
    name: &str,
    password_hash: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO app_user (email, name, role, password_hash) VALUES ($1, $2, $3, $4)")
        .bind(normal_email(email))
        .bind(name)
        .bind(Role::SuperAdmin.code())
        .bind(password_hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether there is any user at all.
pub async fn is_empty(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT id FROM app_user LIMIT 1").fetch_optional(connection).await?;
    Ok(found.is_none())
}

/// A mail address as it is stored: people write theirs in any case.
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The role in a column.
pub(super) fn role(row: &SqliteRow, column: usize) -> Result<Role, StoreError> {
    let code: String = row.try_get(column)?;
    Role::from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("role {code}")))
}

/// The availability in a column.
pub(super) fn availability(row: &SqliteRow, column: usize) -> Result<Availability, StoreError> {
    let code: String = row.try_get(column)?;
    Availability::from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("availability {code}")))
}
