//! The conversations of a line that got another team: those that were not given to a team by somebody are
//! with their line's, open and ended ones alike, so they follow. A hundred thousand in one transaction would
//! keep all other writers waiting for seconds, so they follow in short ones, in the order of their addresses;
//! how far that went is written down with each, so that a server that was stopped goes on there.

use crate::store::conversations::push_keys;
use crate::store::events::{self, StoredEvent, Touched};
use crate::store::filter_sql::Sql;
use crate::store::{Store, StoreError, Tx, key, millis};
use bandeja_model::{Timestamp, UserId};
use sqlx::{Row, SqliteConnection};

/// Conversations looked at in one transaction.
const SLICE: i64 = 150;

/// Lets the line's conversations follow it from the first one on.
pub(super) async fn begin(
    connection: &mut SqliteConnection,
    line: i64,
    by: &UserId,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE line SET follow_after = '', follow_by = $1 WHERE id = $2")
        .bind(key(by.as_str()))
        .bind(line)
        .execute(connection)
        .await?;
    Ok(())
}

/// Lets the next conversations of some line follow it, in a transaction of their own. False if every
/// conversation is where it belongs.
pub async fn turn(store: &Store, now: Timestamp) -> Result<bool, StoreError> {
    let waiting = "SELECT id FROM line WHERE follow_after IS NOT NULL ORDER BY id LIMIT 1";
    let line: Option<i64> = sqlx::query_scalar(waiting).fetch_optional(&mut *store.read().await?).await?;
    let Some(line) = line else { return Ok(false) };
    let mut tx = store.begin().await?;
    step(&mut tx, line, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Lets the next conversations of a line follow it.
pub(super) async fn step(tx: &mut Tx, line: i64, now: Timestamp) -> Result<(), StoreError> {
    let sql = "SELECT team_id, follow_after, follow_by FROM line WHERE id = $1 AND follow_after IS NOT NULL";
    let Some(row) = sqlx::query(sql).bind(line).fetch_optional(&mut **tx).await? else { return Ok(()) };
    let (team, after): (Option<i64>, String) = (row.try_get(0)?, row.try_get(1)?);
    let by: Option<i64> = row.try_get(2)?;
    let rows = sqlx::query(
        "SELECT id, campaign_id, team_id, owner_id, address, team_assigned FROM conversation
         WHERE line_id = $1 AND address > $2 ORDER BY address LIMIT $3",
    )
    .bind(line)
    .bind(after)
    .bind(SLICE)
    .fetch_all(&mut **tx)
    .await?;
    let mut touched = Vec::new();
    for row in &rows {
        let before = Touched(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        if before.2 != team && !row.try_get::<bool, _>("team_assigned")? {
            touched.push(before);
        }
    }
    if let (false, Some(by)) = (touched.is_empty(), by) {
        give(&mut *tx, team, &touched, now).await?;
        let event = StoredEvent::Conversations { touched, by: Some(UserId::from(by.to_string())) };
        events::append(&mut *tx, now, &event).await?;
    }
    let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < SLICE);
    let reached = rows.last().map(|row| row.try_get::<String, _>("address")).transpose()?;
    sqlx::query("UPDATE line SET follow_after = $1 WHERE id = $2")
        .bind(reached.filter(|_| !is_last))
        .bind(line)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// It is a transfer like any other, except that no thread tells of it.
async fn give(
    connection: &mut SqliteConnection,
    team: Option<i64>,
    touched: &[Touched],
    now: Timestamp,
) -> Result<(), StoreError> {
    let keys: Vec<i64> = touched.iter().map(|touched| touched.0).collect();
    let mut sql = Sql::new("UPDATE conversation SET version = version + 1, team_id = ");
    sql.push_bind(team).push(", touched_at = ").push_bind(millis(now));
    // As `Clocks::touched` has it: whoever lands under a rule that closes has its full time.
    sql.push(", clock_any = ").push_bind(millis(now)).push(" WHERE id IN (");
    push_keys(&mut sql, &keys);
    sql.build().execute(connection).await?;
    Ok(())
}
