//! The part of a conversation that actions change, read and written as a whole: what an action
//! leaves is this with a few fields changed, and taking it back writes the former one.

use super::conversations::coded;
use super::filter_sql::Sql;
use super::{StoreError, key, millis};
use bandeja_model::timing::Clocks;
use bandeja_model::{CategoryId, Closing, Status, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeSet;

/// What actions change. Keys and epoch milliseconds, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Where it stands.
    pub status: Status,
    /// Put away for the record.
    pub archived: bool,
    /// Who answers for it.
    pub owner: Option<i64>,
    /// The team in effect.
    pub team: Option<i64>,
    /// The team was assigned, else it is the line's.
    pub team_assigned: bool,
    /// Urgency, as a number.
    pub priority: i64,
    /// Messages nobody opened yet.
    pub unread: i64,
    /// The oldest message without an answer.
    pub waiting_since: Option<i64>,
    /// Asleep until then.
    pub snoozed_until: Option<i64>,
    /// The automatic menu leaves it alone.
    pub bot_paused: bool,
    /// The running episode, else the last.
    pub episode: i64,
    /// The last closing that stands.
    pub closing: Option<Standing>,
    /// Labels.
    pub tags: BTreeSet<i64>,
}

/// What a conversation repeats of the closing that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The closing record.
    pub id: i64,
    /// When.
    pub at: i64,
    /// First level.
    pub category: Option<i64>,
    /// Second level.
    pub subcategory: Option<i64>,
}

impl Standing {
    /// Of a closing record with that key.
    pub fn of(id: i64, closing: &Closing) -> Self {
        let stored = |id: &Option<CategoryId>| id.as_ref().and_then(|id| key(id.as_str()));
        let (category, subcategory) = (stored(&closing.category_id), stored(&closing.subcategory_id));
        Self { id, at: millis(closing.at), category, subcategory }
    }
}

/// The columns of a state, of a conversation called `c`.
pub(super) const COLUMNS: &str =
    "c.status, c.archived, c.owner_id, c.team_id, c.team_assigned, c.priority, c.unread, c.waiting_since,
    c.snoozed_until, c.bot_paused, c.episode_id, c.closing_id, c.closed_at, c.closed_category_id,
    c.closed_subcategory_id";

impl State {
    /// Reads it; the conversation must exist.
    pub async fn load(connection: &mut SqliteConnection, conversation: i64) -> Result<Self, StoreError> {
        let mut sql = Sql::new("SELECT ");
        sql.push(COLUMNS).push(" FROM conversation c WHERE c.id = ").push_bind(conversation);
        let row = sql.build().fetch_one(&mut *connection).await?;
        let tags: Vec<i64> =
            sqlx::query_scalar("SELECT tag_id FROM conversation_tag WHERE conversation_id = $1")
                .bind(conversation)
                .fetch_all(connection)
                .await?;
        Self::read(&row, tags.into_iter().collect())
    }

    /// From a row with [`COLUMNS`].
    pub(super) fn read(row: &SqliteRow, tags: BTreeSet<i64>) -> Result<Self, StoreError> {
        let closing = match row.try_get::<Option<i64>, _>("closing_id")? {
            Some(id) => Some(Standing {
                id,
                at: row.try_get("closed_at")?,
                category: row.try_get("closed_category_id")?,
                subcategory: row.try_get("closed_subcategory_id")?,
            }),
            None => None,
        };
        Ok(Self {
            status: coded(row, "status", Status::from_code)?,
            archived: row.try_get("archived")?,
            owner: row.try_get("owner_id")?,
            team: row.try_get("team_id")?,
            team_assigned: row.try_get("team_assigned")?,
            priority: row.try_get("priority")?,
            unread: row.try_get("unread")?,
            waiting_since: row.try_get("waiting_since")?,
            snoozed_until: row.try_get("snoozed_until")?,
            bot_paused: row.try_get("bot_paused")?,
            episode: row.try_get("episode_id")?,
            closing,
            tags,
        })
    }

    /// Writes it in the place of `before`, with how its clocks stand. `rises` says whether the version does.
    pub async fn save(
        &self,
        connection: &mut SqliteConnection,
        conversation: i64,
        before: &Self,
        (rises, clocks): (bool, Clocks),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let closing = self.closing.as_ref();
        sqlx::query(
            "UPDATE conversation SET version = version + $1, touched_at = $2, status = $3, archived = $4,
             owner_id = $5, team_assigned = $7,
             team_id = CASE WHEN $7 THEN $6 ELSE (SELECT l.team_id FROM line l WHERE l.id = line_id) END, priority = $8, unread = $9, waiting_since = $10,
             snoozed_until = $11, bot_paused = $12, episode_id = $13, closing_id = $14, closed_at = $15,
             closed_category_id = $16, closed_subcategory_id = $17, clock_any = $18, clock_contact = $19,
             clock_agent = $20 WHERE id = $21",
        )
        .bind(i64::from(rises))
        .bind(millis(now))
        .bind(self.status.code())
        .bind(self.archived)
        .bind(self.owner)
        .bind(self.team)
        .bind(self.team_assigned)
        .bind(self.priority)
        .bind(self.unread)
        .bind(self.waiting_since)
        .bind(self.snoozed_until)
        .bind(self.bot_paused)
        .bind(self.episode)
        .bind(closing.map(|it| it.id))
        .bind(closing.map(|it| it.at))
        .bind(closing.and_then(|it| it.category))
        .bind(closing.and_then(|it| it.subcategory))
        .bind(millis(clocks.any))
        .bind(millis(clocks.contact))
        .bind(clocks.agent.map(millis))
        .bind(conversation)
        .execute(&mut *connection)
        .await?;
        for tag in before.tags.difference(&self.tags) {
            sqlx::query("DELETE FROM conversation_tag WHERE conversation_id = $1 AND tag_id = $2")
                .bind(conversation)
                .bind(tag)
                .execute(&mut *connection)
                .await?;
        }
        for tag in self.tags.difference(&before.tags) {
            sqlx::query("INSERT INTO conversation_tag (conversation_id, tag_id) VALUES ($1, $2)")
                .bind(conversation)
                .bind(tag)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    /// What differs from `before`, by the names events give it.
    pub fn differences(&self, before: &Self) -> Vec<&'static str> {
        [
            ("status", self.status != before.status),
            ("owner", self.owner != before.owner),
            ("team", self.team != before.team),
            ("tags", self.tags != before.tags),
            ("unread", self.unread != before.unread),
            ("archived", self.archived != before.archived),
            ("snoozed", self.snoozed_until != before.snoozed_until),
            ("priority", self.priority != before.priority),
            ("bot", self.bot_paused != before.bot_paused),
        ]
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
    }
}
