//! First answers of calls that carried an `Idempotency-Key`, by user and key, for 24 hours.

use super::{StoreError, millis};
use bandeja_model::Timestamp;
use chrono::TimeDelta;
use sqlx::{Row, SqliteConnection};

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// A kept answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Hash of the call it answered.
    pub request_hash: String,
    /// Its status.
    pub status: u16,
    /// Its headers and body, as the caller of this module packed them.
    pub body: String,
}

/// The answer kept under a key, if it is young enough.
pub async fn find(
    connection: &mut SqliteConnection,
    user: i64,
    key: &str,
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let row = sqlx::query(
        "SELECT request_hash, status, body FROM idempotency
         WHERE user_id = $1 AND key = $2 AND at > $3 AND status IS NOT NULL",
    )
    .bind(user)
    .bind(key)
    .bind(millis(now - KEPT))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let status: i64 = row.try_get(1)?;
    let status = u16::try_from(status).map_err(|_| StoreError::Corrupt(format!("status {status}")))?;
    let body: Option<String> = row.try_get(2)?;
    Ok(Some(Kept { request_hash: row.try_get(0)?, status, body: body.unwrap_or_default() }))
}

/// Keeps an answer, over one that is too old.
pub async fn keep(
    connection: &mut SqliteConnection,
    user: i64,
    key: &str,
    kept: &Kept,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO idempotency (user_id, key, request_hash, status, body, at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash,
             status = excluded.status, body = excluded.body, at = excluded.at",
    )
    .bind(user)
    .bind(key)
    .bind(&kept.request_hash)
    .bind(i64::from(kept.status))
    .bind(&kept.body)
    .bind(millis(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Drops answers that are too old.
pub async fn forget_old(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM idempotency WHERE at <= $1")
        .bind(millis(now - KEPT))
        .execute(connection)
        .await?;
    Ok(())
}
