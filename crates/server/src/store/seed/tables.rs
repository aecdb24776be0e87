//! The tables that a generated conversation spreads over, each with its columns in the order in which
//! `rows` fills them.

use super::bulk::Bulk;
use crate::store::StoreError;
use sqlx::SqliteConnection;

/// Rows that wait to be written.
pub(super) struct Tables {
    pub(super) contacts: Bulk,
    pub(super) conversations: Bulk,
    pub(super) tags: Bulk,
    pub(super) episodes: Bulk,
    pub(super) closings: Bulk,
    pub(super) messages: Bulk,
    pub(super) mentions: Bulk,
    /// Messages to be made findable: id, folded words, conversation.
    pub(super) words: Vec<(i64, String, i64)>,
}

impl Tables {
    pub(super) fn new() -> Self {
        Self {
            contacts: Bulk::new("contact", "id, name, phone, email, company, city, language, search"),
            conversations: Bulk::new(
                "conversation",
                "id, status, archived, channel, line_id, campaign_id, team_id, team_assigned, owner_id, contact_id, \
                 address, priority, unread, last_text, last_at, last_direction, created_at, last_activity_at, \
                 touched_at, waiting_since, last_inbound_at, window_ends_at, snoozed_until, episode_id, closing_id, \
                 closed_at, closed_category_id, closed_subcategory_id, clock_any, clock_contact, clock_agent",
            ),
            tags: Bulk::new("conversation_tag", "conversation_id, tag_id"),
            episodes: Bulk::new("episode", "id, conversation_id, opened_at, first_response_at, ended_at"),
            closings: Bulk::new(
                "closing",
                "id, conversation_id, episode_id, at, source, by_user, description, category_id, subcategory_id, \
                 summary, next_owner, transferred, cancelled, message_id, rule_after_s, rule_anchor",
            ),
            messages: Bulk::new(
                "message",
                "id, conversation_id, episode_id, kind, direction, author_kind, author_id, body, at, delivery, \
                 mentions, event",
            ),
            mentions: Bulk::new("mention", "conversation_id, user_id, episode_id"),
            words: Vec::new(),
        }
    }

    /// Writes all rows, in the order in which they refer to each other.
    pub(super) async fn flush(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        for bulk in [
            &mut self.contacts,
            &mut self.conversations,
            &mut self.tags,
            &mut self.episodes,
            &mut self.closings,
            &mut self.messages,
            &mut self.mentions,
        ] {
            bulk.flush(&mut *connection).await?;
        }
        self.index(connection).await
    }

    /// Fills the text index of `store::search`, which is SQLite's own. In one statement, because the
    /// index writes itself out after each.
    async fn index(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let words = serde_json::to_string(&self.words)?;
        self.words.clear();
        sqlx::query(
            "INSERT INTO message_search (rowid, words, conversation_id)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each($1)",
        )
        .bind(words)
        .execute(connection)
        .await?;
        Ok(())
    }
}
