//! Episodes and their closing records.

use super::conversations::{at, closing};
use super::{StoreError, key, millis};
use bandeja_contract::Episode;
use bandeja_model::{CategoryId, Closing, ConversationId, Timestamp, UserId};
use sqlx::SqliteConnection;

/// The ended episodes of a conversation, newest first; closings that were undone are among them and
/// marked.
pub async fn ended(
    connection: &mut SqliteConnection,
    conversation: &ConversationId,
) -> Result<Vec<Episode>, StoreError> {
    let rows = sqlx::query(
        "SELECT e.opened_at, z.at AS closing_at, z.source, z.by_user, z.description, z.category_id,
         z.subcategory_id, z.summary, z.next_owner, z.transferred, z.undone, z.rule_after_s, z.rule_anchor
         FROM closing z JOIN episode e ON e.id = z.episode_id WHERE z.conversation_id = $1 ORDER BY z.id DESC",
    )
    .bind(key(conversation.as_str()))
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(Episode { opened_at: at(row, "opened_at")?, closing: closing(row)? })).collect()
}

/// Begins an episode.
pub async fn open(
    connection: &mut SqliteConnection,
    conversation: i64,
    now: Timestamp,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("INSERT INTO episode (conversation_id, opened_at) VALUES ($1, $2) RETURNING id")
        .bind(conversation)
        .bind(millis(now))
        .fetch_one(connection)
        .await?)
}

/// Ends an episode with a closing record; `entry` of the thread tells of it. Answers with the record's key.
pub async fn end(
    connection: &mut SqliteConnection,
    conversation: i64,
    episode: i64,
    record: &Closing,
    cancelled: bool,
    entry: i64,
) -> Result<i64, StoreError> {
    let key_of = |id: Option<&str>| id.and_then(key);
    let category = key_of(record.category_id.as_ref().map(CategoryId::as_str));
    let subcategory = key_of(record.subcategory_id.as_ref().map(CategoryId::as_str));
    let at = millis(record.at);
    sqlx::query("UPDATE episode SET ended_at = $1 WHERE id = $2")
        .bind(at)
        .bind(episode)
        .execute(&mut *connection)
        .await?;
    Ok(sqlx::query_scalar(
        "INSERT INTO closing (conversation_id, episode_id, at, source, by_user, description, category_id,
         subcategory_id, summary, next_owner, transferred, cancelled, message_id, rule_after_s, rule_anchor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
    )
    .bind(conversation)
    .bind(episode)
    .bind(at)
    .bind(record.source.code())
    .bind(key_of(record.by.as_ref().map(UserId::as_str)))
    .bind(&record.description)
    .bind(category)
    .bind(subcategory)
    .bind(&record.summary)
    .bind(key_of(record.next_owner.as_ref().map(UserId::as_str)))
    .bind(record.transferred)
    .bind(cancelled)
    .bind(entry)
    .bind(record.rule.map(|rule| rule.after_s))
    .bind(record.rule.map(|rule| rule.anchor.code()))
    .fetch_one(connection)
    .await?)
}

/// Takes an ending back: the record stays and is marked, the episode runs on. Answers with the entry
/// of the thread that tells of it.
pub async fn resume(connection: &mut SqliteConnection, closing: i64) -> Result<Option<i64>, StoreError> {
    sqlx::query(
        "UPDATE episode SET ended_at = NULL WHERE id = (SELECT episode_id FROM closing WHERE id = $1)",
    )
    .bind(closing)
    .execute(&mut *connection)
    .await?;
    Ok(sqlx::query_scalar("UPDATE closing SET undone = 1 WHERE id = $1 RETURNING message_id")
        .bind(closing)
        .fetch_one(connection)
        .await?)
}

/// Takes an opening back: the episode disappears, and what it held goes to the one before.
pub async fn forget(connection: &mut SqliteConnection, episode: i64, instead: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE message SET episode_id = $1 WHERE episode_id = $2")
        .bind(instead)
        .bind(episode)
        .execute(&mut *connection)
        .await?;
    for sql in ["DELETE FROM mention WHERE episode_id = $1", "DELETE FROM episode WHERE id = $1"] {
        sqlx::query(sql).bind(episode).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The first answer of a person in an episode.
pub async fn answered(
    connection: &mut SqliteConnection,
    episode: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE episode SET first_response_at = $1 WHERE id = $2 AND first_response_at IS NULL")
        .bind(millis(now))
        .bind(episode)
        .execute(connection)
        .await?;
    Ok(())
}
