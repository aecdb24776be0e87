//! What happened, in order: the table behind the event stream. An event is appended in the
//! transaction that made it true, under the one writer's lock, so ids become visible in their order
//! and without gaps. Knows nothing of receivers.

use super::bulk::job::Job;
use super::conversations::{id as wire_id, push_keys};
use super::filter_sql::Sql;
use super::glance::Glance;
use super::{StoreError, key, millis, moment};
use bandeja_model::{
    Availability, CampaignId, Conversation, ConversationId, JobState, MessageId, TeamId, Timestamp, UserId,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};
use std::collections::{BTreeSet, HashMap};

/// How long events are kept and can be resumed from.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// Something that happened. What receivers are told is decided when it is sent, by their rights then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StoredEvent {
    /// A conversation began or changed.
    Conversation {
        /// Which.
        id: ConversationId,
        /// What decided who saw it before; absent for a new one.
        before: Option<Sight>,
        /// What changed, see [`bandeja_contract::Event::ConversationChanged`].
        changed: Vec<String>,
        /// The user who did it.
        by: Option<UserId>,
    },
    /// A thread got an entry, or one changed.
    Message {
        /// Whose thread.
        conversation_id: ConversationId,
        /// Which entry.
        message_id: MessageId,
        /// It is new, else it changed.
        new: bool,
    },
    /// A job, or a team's rule, changed many conversations.
    Conversations {
        /// Which, each with what decided who saw it before.
        touched: Vec<Touched>,
        /// The user who started the job.
        by: Option<UserId>,
    },
    /// A job went on or ended.
    Bulk {
        /// Which.
        job: i64,
        /// Who started it: nobody else is told.
        user: i64,
        /// It ended.
        over: bool,
    },
    /// A user came or went.
    Availability {
        /// Who.
        user: UserId,
        /// What they are now.
        availability: Availability,
    },
    /// A team's two settings were saved.
    Timing {
        /// Which team's.
        team: TeamId,
        /// Its campaign.
        campaign: CampaignId,
    },
    /// Sessions were ended elsewhere than by their own sign-out: streams look whether theirs is among them.
    SessionsEnded,
}

/// One of many conversations that changed, in four numbers: its key, and those of the campaign, team and
/// owner it had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched(pub i64, pub i64, pub Option<i64>, pub Option<i64>);

impl From<&Glance> for Touched {
    fn from(glance: &Glance) -> Self {
        let campaign = key(glance.conversation.campaign.as_str()).unwrap_or_default();
        Self(glance.key, campaign, glance.state.team, glance.state.owner)
    }
}

impl Touched {
    /// What decided who saw it before.
    pub fn sight(self) -> Sight {
        Sight { campaign: wire_id(self.1), team: self.2.map(wire_id), owner: self.3.map(wire_id) }
    }
}

/// What decides who may see a conversation (P1, P2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// Its campaign.
    pub campaign: CampaignId,
    /// Its team in effect.
    pub team: Option<TeamId>,
    /// Its owner.
    pub owner: Option<UserId>,
}

impl From<&Conversation> for Sight {
    fn from(conversation: &Conversation) -> Self {
        Self {
            campaign: conversation.campaign.clone(),
            team: conversation.team.clone(),
            owner: conversation.owner.clone(),
        }
    }
}

impl StoredEvent {
    /// A conversation that changed; `before` is absent for a new one.
    pub fn conversation(
        id: &ConversationId,
        before: Option<Sight>,
        changed: &[&str],
        by: Option<&UserId>,
    ) -> Self {
        let changed = changed.iter().map(|&what| what.to_owned()).collect();
        Self::Conversation { id: id.clone(), before, changed, by: by.cloned() }
    }

    /// A new entry of a thread.
    pub fn message_created(conversation_id: &ConversationId, message_id: &MessageId) -> Self {
        Self::Message { conversation_id: conversation_id.clone(), message_id: message_id.clone(), new: true }
    }

    /// An entry of a thread that changed.
    pub fn message_changed(conversation_id: &ConversationId, message_id: &MessageId) -> Self {
        Self::Message { conversation_id: conversation_id.clone(), message_id: message_id.clone(), new: false }
    }

    /// A job that went on or ended.
    pub fn bulk(job: &Job) -> Self {
        let over = job.state().is_some_and(JobState::is_over);
        Self::Bulk { job: job.id, user: job.user, over }
    }

    fn conversation_key(&self) -> Option<i64> {
        match self {
            Self::Conversation { id, .. } => key(id.as_str()),
            Self::Message { conversation_id, .. } => key(conversation_id.as_str()),
            Self::Conversations { .. }
            | Self::Bulk { .. }
            | Self::Availability { .. }
            | Self::Timing { .. }
            | Self::SessionsEnded => None,
        }
    }
}

/// An event with its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Rises by one with each event.
    pub id: i64,
    /// What happened.
    pub event: StoredEvent,
}

/// Appends an event within a write transaction. After its commit, ring the hub.
pub async fn append(
    connection: &mut SqliteConnection,
    now: Timestamp,
    event: &StoredEvent,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO event (at, conversation_id, data) VALUES ($1, $2, $3)")
        .bind(millis(now))
        .bind(event.conversation_key())
        .bind(serde_json::to_string(event)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// The newest event's id; 0 before the first.
pub async fn last_id(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let id: Option<i64> = sqlx::query_scalar("SELECT MAX(id) FROM event").fetch_one(connection).await?;
    Ok(id.unwrap_or(0))
}

/// At most `limit` events after `id`, in order.
pub async fn after(
    connection: &mut SqliteConnection,
    id: i64,
    limit: i64,
) -> Result<Vec<Numbered>, StoreError> {
    let rows = sqlx::query("SELECT id, data FROM event WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(id)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    let read = |row: sqlx::sqlite::SqliteRow| {
        let data: String = row.try_get(1)?;
        Ok(Numbered { id: row.try_get(0)?, event: serde_json::from_str(&data)? })
    };
    rows.into_iter().map(read).collect()
}

/// Whether everything after `id` is still here and younger than [`KEPT`].
pub async fn can_resume(
    connection: &mut SqliteConnection,
    id: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let last = last_id(&mut *connection).await?;
    if id == last {
        return Ok(true);
    }
    let at: Option<i64> = sqlx::query_scalar("SELECT at FROM event WHERE id = $1")
        .bind(id.saturating_add(1))
        .fetch_optional(connection)
        .await?;
    Ok(at.is_some_and(|at| moment(at) >= now - KEPT))
}

/// The users mentioned in the running episode of a conversation, or in its last if none runs.
pub async fn mentioned(
    connection: &mut SqliteConnection,
    conversation: &ConversationId,
) -> Result<BTreeSet<UserId>, StoreError> {
    let users: Vec<i64> = sqlx::query_scalar(
        "SELECT m.user_id FROM mention m JOIN conversation c ON c.id = m.conversation_id AND c.episode_id = m.episode_id
         WHERE m.conversation_id = $1",
    )
    .bind(key(conversation.as_str()))
    .fetch_all(connection)
    .await?;
    Ok(users.into_iter().map(|user| UserId::from(user.to_string())).collect())
}

/// The same for many conversations at once; those where nobody is mentioned are missing.
pub async fn mentioned_in(
    connection: &mut SqliteConnection,
    conversations: &[i64],
) -> Result<HashMap<i64, BTreeSet<UserId>>, StoreError> {
    let mut sql = Sql::new(
        "SELECT m.conversation_id, m.user_id FROM mention m
         JOIN conversation c ON c.id = m.conversation_id AND c.episode_id = m.episode_id
         WHERE m.conversation_id IN (",
    );
    push_keys(&mut sql, conversations);
    let mut mentioned: HashMap<i64, BTreeSet<UserId>> = HashMap::new();
    for row in sql.build().fetch_all(connection).await? {
        mentioned.entry(row.try_get(0)?).or_default().insert(wire_id(row.try_get(1)?));
    }
    Ok(mentioned)
}

/// Drops events older than [`KEPT`], but never the newest: it says which id was the last.
pub async fn forget_old(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM event WHERE at < $1 AND id < (SELECT MAX(id) FROM event)")
        .bind(millis(now - KEPT))
        .execute(connection)
        .await?;
    Ok(())
}
