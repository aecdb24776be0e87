//! Reading conversations back as the summaries that lists, events and actions answer with.

use super::filter_sql::Sql;
use super::{StoreError, key, moment};
use bandeja_model::timing::{Anchor, ClosingRule};
use bandeja_model::{
    Channel, Closing, ClosingSource, Contact, Conversation, ConversationId, Direction, LastMessage, Priority,
    Status, TagId, Timestamp, UserId,
};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::HashMap;

/// Conversation, contact and standing closing in one row; a `?` for the viewer comes first.
const COLUMNS: &str =
    "SELECT EXISTS (SELECT 1 FROM mention m WHERE m.conversation_id = c.id AND m.episode_id = c.episode_id
        AND c.is_open = 1 AND m.user_id = ";
const FROM: &str = ") AS mentioned,
    c.id, c.version, c.status, c.archived, c.channel, c.line_id, c.campaign_id, c.team_id, c.owner_id, c.contact_id,
    c.address, c.priority, c.unread, c.last_text, c.last_at, c.last_direction, c.created_at, c.last_activity_at,
    c.waiting_since, c.window_ends_at, c.snoozed_until, c.bot_paused,
    k.name, k.phone, k.email, k.company, k.city, k.language,
    z.id AS closing, z.at AS closing_at, z.source, z.by_user, z.description, z.category_id, z.subcategory_id,
    z.summary, z.next_owner, z.transferred, z.undone, z.rule_after_s, z.rule_anchor
    FROM conversation c JOIN contact k ON k.id = c.contact_id LEFT JOIN closing z ON z.id = c.closing_id
    WHERE c.id IN (";

/// One conversation, whoever may see it; `viewer` decides whether it says `mentioned`.
pub async fn load(
    connection: &mut SqliteConnection,
    id: &ConversationId,
    viewer: Option<&UserId>,
) -> Result<Option<Conversation>, StoreError> {
    let Some(key) = key(id.as_str()) else { return Ok(None) };
    Ok(load_many(connection, &[key], viewer).await?.pop())
}

/// The conversations with these keys, in their order; keys that nothing has are left out. Takes two
/// statements however many there are.
pub async fn load_many(
    connection: &mut SqliteConnection,
    keys: &[i64],
    viewer: Option<&UserId>,
) -> Result<Vec<Conversation>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut tags = tags_of(&mut *connection, keys).await?;
    let mut sql = Sql::new(COLUMNS);
    sql.push_bind(viewer.and_then(|viewer| key(viewer.as_str())).unwrap_or_default()).push(FROM);
    push_keys(&mut sql, keys);
    let mut found = HashMap::with_capacity(keys.len());
    for row in sql.build().fetch_all(connection).await? {
        let key: i64 = row.try_get("id")?;
        found.insert(key, read(&row, tags.remove(&key).unwrap_or_default())?);
    }
    Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
}

/// The keys and the closing parenthesis.
pub(super) fn push_keys(sql: &mut Sql, keys: &[i64]) {
    let mut list = sql.separated(", ");
    for key in keys {
        list.push_bind(*key);
    }
    sql.push(")");
}

/// The labels of conversations, sorted; those without any are left out.
pub(super) async fn tags_of(
    connection: &mut SqliteConnection,
    keys: &[i64],
) -> Result<HashMap<i64, Vec<TagId>>, StoreError> {
    let mut sql = Sql::new("SELECT conversation_id, tag_id FROM conversation_tag WHERE conversation_id IN (");
    push_keys(&mut sql, keys);
    sql.push(" ORDER BY tag_id");
    let mut tags: HashMap<i64, Vec<TagId>> = HashMap::new();
    for row in sql.build().fetch_all(connection).await? {
        tags.entry(row.try_get(0)?).or_default().push(id(row.try_get(1)?));
    }
    Ok(tags)
}

fn read(row: &SqliteRow, tags: Vec<TagId>) -> Result<Conversation, StoreError> {
    let created_at = at(row, "created_at")?;
    Ok(Conversation {
        id: id(row.try_get("id")?),
        version: row.try_get::<i64, _>("version")?.unsigned_abs(),
        status: coded(row, "status", Status::from_code)?,
        archived: row.try_get("archived")?,
        channel: coded(row, "channel", Channel::from_code)?,
        line: id(row.try_get("line_id")?),
        campaign: id(row.try_get("campaign_id")?),
        team: row.try_get::<Option<i64>, _>("team_id")?.map(id),
        owner: row.try_get::<Option<i64>, _>("owner_id")?.map(id),
        contact: contact(row)?,
        tags,
        priority: priority(row.try_get("priority")?),
        unread: row.try_get("unread")?,
        last_message: last_message(row)?,
        created_at,
        last_activity_at: at(row, "last_activity_at")?,
        waiting_since: maybe_at(row, "waiting_since")?,
        window_ends_at: maybe_at(row, "window_ends_at")?,
        snoozed_until: maybe_at(row, "snoozed_until")?,
        bot_paused: row.try_get("bot_paused")?,
        mentioned: row.try_get("mentioned")?,
        label: None,
        closing: if row.try_get::<Option<i64>, _>("closing")?.is_some() { Some(closing(row)?) } else { None },
    })
}

fn contact(row: &SqliteRow) -> Result<Contact, StoreError> {
    Ok(Contact {
        id: id(row.try_get("contact_id")?),
        name: row.try_get("name")?,
        address: row.try_get("address")?,
        phone: row.try_get("phone")?,
        email: row.try_get("email")?,
        company: row.try_get("company")?,
        city: row.try_get("city")?,
        language: row.try_get("language")?,
    })
}

fn last_message(row: &SqliteRow) -> Result<Option<LastMessage>, StoreError> {
    let Some(text) = row.try_get::<Option<String>, _>("last_text")? else { return Ok(None) };
    let direction = coded(row, "last_direction", direction_of)?;
    Ok(Some(LastMessage { text, at: at(row, "last_at")?, direction }))
}

/// A closing record from a row that calls its moment `closing_at` and its other columns as stored.
pub(super) fn closing(row: &SqliteRow) -> Result<Closing, StoreError> {
    Ok(Closing {
        by: row.try_get::<Option<i64>, _>("by_user")?.map(id),
        source: coded(row, "source", ClosingSource::from_code)?,
        at: at(row, "closing_at")?,
        description: row.try_get("description")?,
        category_id: row.try_get::<Option<i64>, _>("category_id")?.map(id),
        subcategory_id: row.try_get::<Option<i64>, _>("subcategory_id")?.map(id),
        summary: row.try_get("summary")?,
        next_owner: row.try_get::<Option<i64>, _>("next_owner")?.map(id),
        transferred: row.try_get("transferred")?,
        undone: row.try_get("undone")?,
        rule: rule(row)?,
    })
}

fn rule(row: &SqliteRow) -> Result<Option<ClosingRule>, StoreError> {
    let Some(after_s) = row.try_get("rule_after_s")? else { return Ok(None) };
    Ok(Some(ClosingRule { after_s, anchor: coded(row, "rule_anchor", Anchor::from_code)? }))
}

/// An id of the wire from a stored key.
pub(super) fn id<T: From<String>>(key: i64) -> T {
    T::from(key.to_string())
}

/// The stored key of an id that came out of the store.
pub(super) fn stored_key(id: &str) -> Result<i64, StoreError> {
    key(id).ok_or_else(|| StoreError::Corrupt(format!("id {id}")))
}

/// The direction of that code.
pub(super) fn direction_of(code: &str) -> Option<Direction> {
    [Direction::In, Direction::Out, Direction::Note].into_iter().find(|it| direction_code(*it) == code)
}

/// How a direction is stored.
pub const fn direction_code(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
        Direction::Note => "note",
    }
}

pub(super) fn priority(stored: i64) -> Priority {
    Priority::ALL.into_iter().find(|it| *it as i64 == stored).unwrap_or_default()
}

/// A column that holds the code of something.
pub(super) fn coded<T>(row: &SqliteRow, column: &str, read: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let code: &str = row.try_get(column)?;
    read(code).ok_or_else(|| StoreError::Corrupt(format!("{column} {code}")))
}

/// A column that holds a moment.
pub(super) fn at(row: &SqliteRow, column: &str) -> Result<Timestamp, StoreError> {
    Ok(moment(row.try_get(column)?))
}

fn maybe_at(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>, StoreError> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(moment))
}
