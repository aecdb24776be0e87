//! Sessions and bearer tokens. Only hashes of tokens are stored; times are the system's, so that
//! moving a demo clock signs nobody out.

use super::{StoreError, millis, moment};
use bandeja_model::{Scopes, Timestamp};
use sqlx::{Row, SqliteConnection};

/// What kind of token a session hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A browser's cookie; changing calls need the CSRF header.
    Cookie,
    /// A bearer token.
    Bearer,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Bearer => "bearer",
        }
    }
}

/// A session that is not over.
#[derive(Clone, Debug)]
pub struct Found {
    /// The user's key.
    pub user: i64,
    /// What it hangs on.
    pub kind: Kind,
    /// What changing calls must prove.
    pub csrf: Option<String>,
    /// When it is over.
    pub expires_at: Timestamp,
    /// The API key it hangs on, for a token for embedding.
    pub api_key: Option<Key>,
    /// What it is narrowed to.
    pub scopes: Scopes,
}

/// The API key of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its key in the store.
    pub id: i64,
    /// Programs, which send no origin, may use its tokens.
    pub native: bool,
}

/// A session to begin.
#[derive(Clone)]
pub struct New<'a> {
    /// Hash of its token.
    pub token_hash: &'a str,
    /// Whose it is.
    pub user: i64,
    /// What it hangs on.
    pub kind: Kind,
    /// What changing calls must prove.
    pub csrf: Option<&'a str>,
    /// When it is over.
    pub expires_at: Timestamp,
    /// The API key it hangs on, for a token for embedding.
    pub api_key: Option<i64>,
    /// What it is narrowed to.
    pub scopes: &'a Scopes,
}

/// The session of that token, if it is not over, its user is active and its API key not revoked.
pub async fn find(
    connection: &mut SqliteConnection,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Found>, StoreError> {
    let row = sqlx::query(
        "SELECT s.user_id, s.kind, s.csrf, s.expires_at, s.scopes, k.id, k.native FROM session s
         JOIN app_user u ON u.id = s.user_id LEFT JOIN api_key k ON k.id = s.api_key_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.active = 1 AND k.revoked_at IS NULL",
    )
    .bind(token_hash)
    .bind(millis(now))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let kind = if row.try_get::<String, _>(1)? == Kind::Cookie.code() { Kind::Cookie } else { Kind::Bearer };
    let (user, csrf, expires_at) = (row.try_get(0)?, row.try_get(2)?, moment(row.try_get(3)?));
    let scopes =
        row.try_get::<Option<&str>, _>(4)?.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let api_key = match row.try_get(5)? {
        Some(id) => Some(Key { id, native: row.try_get(6)? }),
        None => None,
    };
    Ok(Some(Found { user, kind, csrf, expires_at, api_key, scopes }))
}

/// Begins a session.
pub async fn begin(
    connection: &mut SqliteConnection,
    new: New<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO session (token_hash, user_id, kind, csrf, created_at, expires_at, rotated_at, api_key_id, scopes)
         VALUES ($1, $2, $3, $4, $5, $6, $5, $7, $8)",
    )
    .bind(new.token_hash)
    .bind(new.user)
    .bind(new.kind.code())
    .bind(new.csrf)
    .bind(millis(now))
    .bind(millis(new.expires_at))
    .bind(new.api_key)
    .bind((!new.scopes.is_everything()).then(|| serde_json::to_string(new.scopes)).transpose()?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a session; nothing happens if it is over already.
pub async fn end(connection: &mut SqliteConnection, token_hash: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE token_hash = $1").bind(token_hash).execute(connection).await?;
    Ok(())
}

/// Ends every session of a user.
pub async fn end_all(connection: &mut SqliteConnection, user: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE user_id = $1").bind(user).execute(connection).await?;
    Ok(())
}

/// Drops sessions that are over.
pub async fn forget_old(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE expires_at <= $1").bind(millis(now)).execute(connection).await?;
    Ok(())
}
