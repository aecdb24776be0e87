//! What many changes add, held back until it can be written with a few statements: asking the database
//! for each entry and closing record by itself takes longer than writing them. Keys are given out
//! beforehand, which only the one writer can do, within its transaction.

use super::conversations::stored_key;
use super::filter_sql::Sql;
use super::{StoreError, Tx, key, millis};
use bandeja_model::{CategoryId, Closing, MessageKind, SystemEvent, Timestamp, UserId};

/// Rows in a statement.
const ROWS: usize = 100;

/// What is held back.
#[derive(Debug)]
pub struct Ledger {
    by: Option<i64>,
    now: i64,
    next_entry: i64,
    next_closing: i64,
    next_episode: i64,
    entries: Vec<Entry>,
    closings: Vec<Record>,
    opened: Vec<(i64, i64)>,
    ended: Vec<i64>,
}

#[derive(Debug)]
struct Entry {
    id: i64,
    conversation: i64,
    episode: i64,
    event: String,
}

#[derive(Debug)]
struct Record {
    id: i64,
    conversation: i64,
    episode: i64,
    closing: Closing,
    cancelled: bool,
    entry: i64,
}

impl Ledger {
    /// An empty one, for what `by`, or nobody in particular, does at `now`. Nothing else may be added by the transaction until it
    /// is written.
    pub async fn open(tx: &mut Tx, by: Option<&UserId>, now: Timestamp) -> Result<Self, StoreError> {
        let (entry, closing, episode): (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT COALESCE(MAX(id), 0) FROM message), (SELECT COALESCE(MAX(id), 0) FROM closing),
             (SELECT COALESCE(MAX(id), 0) FROM episode)",
        )
        .fetch_one(&mut **tx)
        .await?;
        Ok(Self {
            by: by.map(|by| stored_key(by.as_str())).transpose()?,
            now: millis(now),
            next_entry: entry + 1,
            next_closing: closing + 1,
            next_episode: episode + 1,
            entries: Vec::new(),
            closings: Vec::new(),
            opened: Vec::new(),
            ended: Vec::new(),
        })
    }

    /// Adds an event to a thread and answers with its key.
    pub fn tell(&mut self, conversation: i64, episode: i64, event: &SystemEvent) -> Result<i64, StoreError> {
        let event = serde_json::to_string(event)?;
        let id = take(&mut self.next_entry);
        self.entries.push(Entry { id, conversation, episode, event });
        Ok(id)
    }

    /// Begins an episode and answers with its key.
    pub fn open_episode(&mut self, conversation: i64) -> i64 {
        let id = take(&mut self.next_episode);
        self.opened.push((id, conversation));
        id
    }

    /// Ends an episode with a closing record, of which `entry` tells; answers with the record's key.
    pub fn end_episode(
        &mut self,
        conversation: i64,
        episode: i64,
        closing: &Closing,
        cancelled: bool,
        entry: i64,
    ) -> i64 {
        let id = take(&mut self.next_closing);
        self.ended.push(episode);
        let closing = closing.clone();
        self.closings.push(Record { id, conversation, episode, closing, cancelled, entry });
        id
    }

    /// Writes all of it.
    pub async fn write(self, tx: &mut Tx) -> Result<(), StoreError> {
        for rows in self.opened.chunks(ROWS) {
            let mut sql = Sql::new("INSERT INTO episode (id, conversation_id, opened_at) ");
            sql.push_values(rows, |mut row, (id, conversation)| {
                row.push_bind(*id).push_bind(*conversation).push_bind(self.now);
            });
            sql.build().execute(&mut **tx).await?;
        }
        for episodes in self.ended.chunks(ROWS) {
            let mut sql = Sql::new("UPDATE episode SET ended_at = ");
            sql.push_bind(self.now).push(" WHERE id IN (");
            super::conversations::push_keys(&mut sql, episodes);
            sql.build().execute(&mut **tx).await?;
        }
        self.write_entries(tx).await?;
        self.write_closings(tx).await
    }

    async fn write_entries(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let author = if self.by.is_some() { "user" } else { "system" };
        for rows in self.entries.chunks(ROWS) {
            let mut sql = Sql::new(
                "INSERT INTO message (id, conversation_id, episode_id, kind, author_kind, author_id, at, event) ",
            );
            sql.push_values(rows, |mut row, entry| {
                row.push_bind(entry.id).push_bind(entry.conversation).push_bind(entry.episode);
                row.push_bind(super::thread::kind_code(MessageKind::Event)).push_bind(author);
                row.push_bind(self.by).push_bind(self.now).push_bind(entry.event.as_str());
            });
            sql.build().execute(&mut **tx).await?;
        }
        Ok(())
    }

    async fn write_closings(&self, tx: &mut Tx) -> Result<(), StoreError> {
        for rows in self.closings.chunks(ROWS) {
            let mut sql = Sql::new(
                "INSERT INTO closing (id, conversation_id, episode_id, at, source, by_user, description, category_id,
                 subcategory_id, summary, next_owner, transferred, cancelled, message_id, rule_after_s, rule_anchor) ",
            );
            sql.push_values(rows, |mut row, record| {
                let closing = &record.closing;
                let category = closing.category_id.as_ref().map(CategoryId::as_str);
                let subcategory = closing.subcategory_id.as_ref().map(CategoryId::as_str);
                row.push_bind(record.id).push_bind(record.conversation).push_bind(record.episode);
                row.push_bind(millis(closing.at)).push_bind(closing.source.code()).push_bind(self.by);
                row.push_bind(closing.description.as_str()).push_bind(category.and_then(key));
                row.push_bind(subcategory.and_then(key)).push_bind(closing.summary.as_str());
                row.push_bind(closing.next_owner.as_ref().and_then(|next| key(next.as_str())));
                row.push_bind(closing.transferred).push_bind(record.cancelled).push_bind(record.entry);
                row.push_bind(closing.rule.map(|rule| rule.after_s));
                row.push_bind(closing.rule.map(|rule| rule.anchor.code()));
            });
            sql.build().execute(&mut **tx).await?;
        }
        Ok(())
    }
}

fn take(next: &mut i64) -> i64 {
    let key = *next;
    *next += 1;
    key
}
