//! Taking an action back (P16). Owns what is remembered of an action and how it is restored; whether
//! it may be is the rule in `bandeja_model::undo`.

use super::change::Change;
use super::conversations::{self, id};
use super::events::{self, StoredEvent};
use super::state::State;
use super::{Refusal, StoreError, Tx, episodes, key, millis, moment, thread};
use crate::secret::{self, Token};
use bandeja_contract::{Changed, Undo};
use bandeja_model::permission::can_see;
use bandeja_model::undo::{ACCEPTED_S, Asked, Refusal as Rule, may_undo};
use bandeja_model::{Actor, Conversation, Denial, SystemEvent, Timestamp};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};

/// What an action made besides changing the conversation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Made {
    /// It ended the episode with this closing record.
    pub closing: Option<i64>,
    /// It began this episode.
    pub episode: Option<i64>,
}

/// What is remembered of an action to take it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Before {
    /// The state it began with.
    pub state: State,
    /// What it made besides.
    pub made: Made,
}

struct Kept {
    user: i64,
    conversation: i64,
    acted_at: Timestamp,
    before: Before,
    version_after: u64,
    last_message: i64,
    used: bool,
}

/// Remembers what an action changed and hands out the right to take it back; only a hash of the token
/// is kept.
pub async fn offer(
    connection: &mut SqliteConnection,
    actor: &Actor,
    conversation: i64,
    state: State,
    made: Made,
    version_after: u64,
    now: Timestamp,
) -> Result<Undo, StoreError> {
    let token = Token::random().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let last_message = thread::newest(&mut *connection, conversation).await?;
    sqlx::query(
        "INSERT INTO undo (token_hash, user_id, conversation_id, acted_at, before, version_after, last_message_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(token.hash())
    .bind(key(actor.id.as_str()))
    .bind(conversation)
    .bind(millis(now))
    .bind(serde_json::to_string(&Before { state, made })?)
    .bind(i64::try_from(version_after).unwrap_or(i64::MAX))
    .bind(last_message)
    .execute(connection)
    .await?;
    let expires_at = now + Duration::seconds(i64::from(ACCEPTED_S));
    Ok(Undo { token: token.reveal().to_owned(), expires_at })
}

/// Takes the action back that `token` was given out for.
pub async fn take_back(tx: &mut Tx, actor: &Actor, token: &str, now: Timestamp) -> Result<Changed, Refusal> {
    let hash = secret::hash(token);
    let kept = find(&mut *tx, &hash).await?.ok_or(Denial::NotFound)?;
    let current = conversations::load(&mut *tx, &id(kept.conversation), Some(&actor.id)).await?;
    let current = current.ok_or(Denial::NotFound)?;
    let newest = thread::newest(&mut *tx, kept.conversation).await?;
    let asked = Asked {
        actor: id(kept.user),
        acted_at: kept.acted_at,
        used: kept.used,
        changed_since: current.version != kept.version_after || newest != kept.last_message,
    };
    match may_undo(&asked, &actor.id, now) {
        Ok(()) => {}
        Err(Rule::Used | Rule::TooLate) => return Err(Refusal::UndoOver),
        Err(Rule::Changed) if can_see(actor, &current) => {
            return Err(Refusal::UndoChanged(Box::new(current)));
        }
        Err(Rule::NotYours | Rule::Changed) => return Err(Denial::NotFound.into()),
    }
    sqlx::query("UPDATE undo SET used = 1 WHERE token_hash = $1").bind(hash).execute(&mut **tx).await?;
    let conversation = restore(tx, actor, current, kept.before, now).await?;
    // Rights may have gone meanwhile; then nothing of this is committed.
    if !can_see(actor, &conversation) {
        return Err(Denial::NotFound.into());
    }
    Ok(Changed { conversation, undo: None })
}

async fn restore(
    tx: &mut Tx,
    actor: &Actor,
    current: Conversation,
    before: Before,
    now: Timestamp,
) -> Result<Conversation, Refusal> {
    let conversation = current.id.clone();
    let mut change = Change::by_user(tx, current, actor, now).await?;
    let entry = put_back(&mut change, &before).await?;
    let restored = change.finish(&before.state, &[], true).await?;
    if let Some(entry) = entry {
        let event = StoredEvent::message_changed(&conversation, &id(entry));
        events::append(&mut *tx, now, &event).await?;
    }
    Ok(restored)
}

/// Takes back what an action made besides changing the state, and tells so in the thread; writing the
/// state of before is left to the caller. Answers with the entry that told of a closing: it is marked.
pub async fn put_back(change: &mut Change<'_>, before: &Before) -> Result<Option<i64>, StoreError> {
    if let Some(episode) = before.made.episode {
        episodes::forget(&mut *change.tx, episode, before.state.episode).await?;
    }
    let mut entry = None;
    if let Some(closing) = before.made.closing {
        entry = episodes::resume(&mut *change.tx, closing).await?;
    }
    if let Some(entry) = entry {
        thread::mark_undone(&mut *change.tx, entry).await?;
    }
    change.tell(before.state.episode, &SystemEvent::Undone).await?;
    Ok(entry)
}

async fn find(connection: &mut SqliteConnection, hash: &str) -> Result<Option<Kept>, StoreError> {
    let row = sqlx::query(
        "SELECT user_id, conversation_id, acted_at, before, version_after, last_message_id, used
         FROM undo WHERE token_hash = $1",
    )
    .bind(hash)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Kept {
        user: row.try_get(0)?,
        conversation: row.try_get(1)?,
        acted_at: moment(row.try_get(2)?),
        before: serde_json::from_str(row.try_get(3)?)?,
        version_after: row.try_get::<i64, _>(4)?.unsigned_abs(),
        last_message: row.try_get(5)?,
        used: row.try_get(6)?,
    }))
}

/// Drops what cannot be taken back any more. Kept for an hour, so that who comes late is told so.
pub async fn forget_old(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM undo WHERE acted_at < $1")
        .bind(millis(now - Duration::hours(1)))
        .execute(connection)
        .await?;
    Ok(())
}
