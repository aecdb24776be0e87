//! API keys of back ends: what is kept of them, the origins their tokens may be used on, and revoking them
//! with all that hangs on them. Knows the hash of a secret, never the secret.

use super::events::{self, StoredEvent};
use super::filter_sql::Sql;
use super::{StoreError, Tx, key, millis, moment};
use bandeja_model::{Scopes, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeSet;

/// A key to make.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What people call it.
    pub name: &'a str,
    /// The beginning of its secret, to tell it apart by.
    pub prefix: &'a str,
    /// Hash of its secret.
    pub secret_hash: &'a str,
    /// Where its tokens may be used.
    pub origins: &'a [String],
    /// The bounds of its tokens.
    pub scopes: &'a Scopes,
    /// Its tokens may be used by programs, which send no origin.
    pub native: bool,
}

/// A key as it is kept.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Its key in the store.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// The beginning of its secret.
    pub prefix: String,
    /// Where its tokens may be used.
    pub origins: Vec<String>,
    /// The bounds of its tokens.
    pub scopes: Scopes,
    /// Its tokens may be used by programs, which send no origin.
    pub native: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a token was last asked for.
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

const COLUMNS: &str = "SELECT id, name, prefix, scopes, native, created_at, used_at, revoked_at FROM api_key";

/// Makes a key; answers with its id.
pub async fn create(tx: &mut Tx, new: New<'_>, now: Timestamp) -> Result<i64, StoreError> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO api_key (name, prefix, secret_hash, scopes, native, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    )
    .bind(new.name)
    .bind(new.prefix)
    .bind(new.secret_hash)
    .bind(serde_json::to_string(new.scopes)?)
    .bind(new.native)
    .bind(millis(now))
    .fetch_one(&mut **tx)
    .await?;
    let origins: BTreeSet<&String> = new.origins.iter().collect();
    for origin in origins {
        sqlx::query("INSERT INTO api_key_origin (origin, key_id) VALUES ($1, $2)")
            .bind(origin)
            .bind(id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(id)
}

/// All keys, revoked ones included, in the order they were made.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<ApiKey>, StoreError> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" ORDER BY id");
    let rows = sql.build().fetch_all(&mut *connection).await?;
    let mut keys = Vec::with_capacity(rows.len());
    for row in &rows {
        keys.push(read(&mut *connection, row).await?);
    }
    Ok(keys)
}

/// The key with that secret, unless it was revoked.
pub async fn live(
    connection: &mut SqliteConnection,
    secret_hash: &str,
) -> Result<Option<ApiKey>, StoreError> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE revoked_at IS NULL AND secret_hash = ").push_bind(secret_hash.to_owned());
    match sql.build().fetch_optional(&mut *connection).await? {
        Some(row) => Ok(Some(read(connection, &row).await?)),
        None => Ok(None),
    }
}

/// Remembers when a token was last asked for; false if the key was revoked meanwhile.
pub async fn touch(connection: &mut SqliteConnection, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE api_key SET used_at = $1 WHERE id = $2 AND revoked_at IS NULL")
        .bind(millis(now))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Revokes a key: its tokens are over, and open event streams hear of it. False if there is no such key, or
/// it was revoked already. `now` is the product's time, `wall` the system's.
pub async fn revoke(tx: &mut Tx, id: &str, now: Timestamp, wall: Timestamp) -> Result<bool, StoreError> {
    let Some(id) = key(id) else { return Ok(false) };
    let done = sqlx::query("UPDATE api_key SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
        .bind(millis(wall))
        .bind(id)
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM session WHERE api_key_id = $1").bind(id).execute(&mut **tx).await?;
    events::append(&mut *tx, now, &StoredEvent::SessionsEnded).await?;
    Ok(true)
}

/// Whether pages of `origin` may use the tokens of a key.
pub async fn has_origin(
    connection: &mut SqliteConnection,
    id: i64,
    origin: &str,
) -> Result<bool, StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT key_id FROM api_key_origin WHERE origin = $1 AND key_id = $2")
            .bind(origin)
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

/// Whether `origin` is that of a key that was not revoked.
pub async fn is_origin(connection: &mut SqliteConnection, origin: &str) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT k.id FROM api_key_origin o JOIN api_key k ON k.id = o.key_id
         WHERE o.origin = $1 AND k.revoked_at IS NULL LIMIT 1",
    )
    .bind(origin)
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// The origins of all keys that were not revoked, each once.
pub async fn origins(connection: &mut SqliteConnection) -> Result<BTreeSet<String>, StoreError> {
    let all: Vec<String> = sqlx::query_scalar(
        "SELECT o.origin FROM api_key_origin o JOIN api_key k ON k.id = o.key_id WHERE k.revoked_at IS NULL",
    )
    .fetch_all(connection)
    .await?;
    Ok(all.into_iter().collect())
}

async fn read(connection: &mut SqliteConnection, row: &SqliteRow) -> Result<ApiKey, StoreError> {
    let id: i64 = row.try_get("id")?;
    let at = |column: &str| row.try_get::<Option<i64>, _>(column).map(|at| at.map(moment));
    let origins =
        sqlx::query_scalar("SELECT origin FROM api_key_origin WHERE key_id = $1 ORDER BY origin").bind(id);
    Ok(ApiKey {
        id,
        name: row.try_get("name")?,
        prefix: row.try_get("prefix")?,
        origins: origins.fetch_all(connection).await?,
        scopes: serde_json::from_str(row.try_get("scopes")?)?,
        native: row.try_get("native")?,
        created_at: moment(row.try_get("created_at")?),
        used_at: at("used_at")?,
        revoked_at: at("revoked_at")?,
    })
}
