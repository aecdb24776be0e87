//! Conversations as rules ask of them, many at a time and at a fraction of what a summary costs: what
//! only people read of them is not loaded. Never what a caller is answered with.

use super::conversations::{coded, id, priority, push_keys, stored_key, tags_of};
use super::filter_sql::Sql;
use super::state::{self, State};
use super::{StoreError, clocks, key, moment};
use bandeja_model::timing::Clocks;
use bandeja_model::{Channel, Contact, Conversation, TagId, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::{BTreeSet, HashMap};

/// A conversation at a glance.
#[derive(Clone, Debug)]
pub struct Glance {
    /// Its key.
    pub key: i64,
    /// All that rules about rights and states ask for; what the contact is called, messages, the moments
    /// of lists and the closing are empty.
    pub conversation: Conversation,
    /// The part that actions change.
    pub state: State,
    /// When its clocks started.
    pub clocks: Clocks,
}

/// The conversations with these keys; keys that nothing has are missing. `viewer` decides whether they
/// say `mentioned`. Takes two statements however many there are.
pub async fn load_many(
    connection: &mut SqliteConnection,
    keys: &[i64],
    viewer: Option<&UserId>,
) -> Result<HashMap<i64, Glance>, StoreError> {
    let mut found = HashMap::with_capacity(keys.len());
    if keys.is_empty() {
        return Ok(found);
    }
    let mut tags = tags_of(&mut *connection, keys).await?;
    let mut sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM mention m WHERE m.conversation_id = c.id AND m.episode_id = c.episode_id
         AND c.is_open = 1 AND m.user_id = ",
    );
    sql.push_bind(viewer.and_then(|viewer| key(viewer.as_str())).unwrap_or_default());
    sql.push(
        ") AS mentioned, c.id, c.version, c.channel, c.line_id, c.campaign_id, c.contact_id, c.address, ",
    )
    .push(state::COLUMNS)
    .push(", ")
    .push(clocks::COLUMNS);
    sql.push(" FROM conversation c WHERE c.id IN (");
    push_keys(&mut sql, keys);
    for row in sql.build().fetch_all(connection).await? {
        let key: i64 = row.try_get("id")?;
        let tags = tags.remove(&key).unwrap_or_default();
        let stored: Result<BTreeSet<i64>, _> = tags.iter().map(|tag| stored_key(tag.as_str())).collect();
        let state = State::read(&row, stored?)?;
        let conversation = conversation(&row, &state, tags)?;
        found.insert(key, Glance { key, conversation, state, clocks: clocks::read(&row)? });
    }
    Ok(found)
}

/// The conversation as it would be in another state.
pub fn in_state(conversation: &Conversation, state: &State) -> Conversation {
    Conversation {
        status: state.status,
        archived: state.archived,
        team: state.team.map(id),
        owner: state.owner.map(id),
        tags: state.tags.iter().map(|tag| id(*tag)).collect(),
        priority: priority(state.priority),
        unread: u32::try_from(state.unread).unwrap_or_default(),
        waiting_since: state.waiting_since.map(moment),
        snoozed_until: state.snoozed_until.map(moment),
        bot_paused: state.bot_paused,
        ..conversation.clone()
    }
}

fn conversation(row: &SqliteRow, state: &State, tags: Vec<TagId>) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: id(row.try_get("id")?),
        version: row.try_get::<i64, _>("version")?.unsigned_abs(),
        status: state.status,
        archived: state.archived,
        channel: coded(row, "channel", Channel::from_code)?,
        line: id(row.try_get("line_id")?),
        campaign: id(row.try_get("campaign_id")?),
        team: state.team.map(id),
        owner: state.owner.map(id),
        contact: Contact {
            id: id(row.try_get("contact_id")?),
            name: String::new(),
            address: row.try_get("address")?,
            phone: None,
            email: None,
            company: None,
            city: None,
            language: None,
        },
        tags,
        priority: priority(state.priority),
        unread: u32::try_from(state.unread).unwrap_or_default(),
        last_message: None,
        created_at: moment(0),
        last_activity_at: moment(0),
        waiting_since: state.waiting_since.map(moment),
        window_ends_at: None,
        snoozed_until: state.snoozed_until.map(moment),
        bot_paused: state.bot_paused,
        mentioned: row.try_get("mentioned")?,
        label: None,
        closing: None,
    })
}
