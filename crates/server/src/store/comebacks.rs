//! Contacts who wrote on an ended conversation, with what decided who got it apart from the settings: so
//! that it can be said whom they would have met under others (P29).

use super::change::Change;
use super::conversations::stored_key;
use super::{StoreError, millis};
use bandeja_model::arrival::Before;
use bandeja_model::timing::RETURNS_DAYS;
use bandeja_model::{Status, TeamId, Timestamp};
use chrono::Duration;
use sqlx::SqliteConnection;

/// Rows dropped at a time.
const SLICE: i64 = 2_000;

/// Keeps that the contact of a conversation wrote on it, which had ended like `before`; `team` governed it.
pub async fn keep(
    change: &mut Change<'_>,
    line: i64,
    team: Option<&TeamId>,
    before: &Before,
) -> Result<(), StoreError> {
    let ending = before.ending;
    sqlx::query(
        "INSERT INTO comeback (conversation_id, team_id, line_id, owner_id, cancelled, source, has_reason, closed_at,
         at, bot_paused) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(change.key)
    .bind(team.map(|team| stored_key(team.as_str())).transpose()?)
    .bind(line)
    .bind(before.owner.as_ref().map(|owner| stored_key(owner.as_str())).transpose()?)
    .bind(before.status == Status::Cancelled)
    .bind(ending.map(|ending| ending.source.code()))
    .bind(ending.is_some_and(|ending| ending.has_reason))
    .bind(ending.map(|ending| millis(ending.at)))
    .bind(millis(change.now))
    .bind(before.bot_paused)
    .execute(&mut **change.tx)
    .await?;
    Ok(())
}

/// Drops some of what lies too far back to be looked at; false if that was all.
pub async fn forget_old(connection: &mut SqliteConnection, now: Timestamp) -> Result<bool, StoreError> {
    let dropped = sqlx::query(
        "DELETE FROM comeback WHERE id IN (SELECT id FROM comeback WHERE at < $1 ORDER BY at LIMIT $2)",
    )
    .bind(millis(now - Duration::days(RETURNS_DAYS)))
    .bind(SLICE)
    .execute(connection)
    .await?;
    Ok(dropped.rows_affected() > 0)
}
