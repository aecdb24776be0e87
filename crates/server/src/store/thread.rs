//! The entries of a thread: reading, paging, adding. Knows no rule about who may write.

use super::conversations::{at, coded, direction_code, direction_of, id, stored_key};
use super::filter_sql::Sql;
use super::{Refusal, StoreError, key, millis, search};
use bandeja_contract::{MessagePage, Page, Total};
use bandeja_model::text::preview;
use bandeja_model::{
    Author, ConversationId, Delivery, Direction, Message, MessageId, MessageKind, SystemEvent, Timestamp,
    UserId,
};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

const COLUMNS: &str =
    "SELECT id, conversation_id, kind, direction, author_kind, author_id, body, at, delivery,
    delivery_error, client_id, mentions, event FROM message WHERE ";

/// An entry to be added.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Message, note or event.
    pub kind: MessageKind,
    /// Which way it goes; none for events.
    pub direction: Option<Direction>,
    /// Who wrote or did it.
    pub author: Author,
    /// Its text.
    pub body: &'a str,
    /// The sender's own id.
    pub client_id: Option<&'a str>,
    /// Users told of it.
    pub mentions: &'a [UserId],
    /// What happened.
    pub event: Option<&'a SystemEvent>,
}

/// One entry, whoever may see it.
pub async fn load(connection: &mut SqliteConnection, id: &MessageId) -> Result<Option<Message>, StoreError> {
    let Some(key) = key(id.as_str()) else { return Ok(None) };
    let mut sql = Sql::new(COLUMNS);
    sql.push("id = ").push_bind(key);
    sql.build().fetch_optional(connection).await?.as_ref().map(read).transpose()
}

/// The entry that this user sent under this id of their own.
pub async fn sent_as(
    connection: &mut SqliteConnection,
    conversation: i64,
    author: i64,
    client_id: &str,
) -> Result<Option<Message>, StoreError> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("conversation_id = ").push_bind(conversation).push(" AND author_id = ").push_bind(author);
    sql.push(" AND client_id = ").push_bind(client_id.to_owned());
    sql.build().fetch_optional(connection).await?.as_ref().map(read).transpose()
}

/// Where a page of a thread begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// At the newest entry.
    Newest,
    /// With what is older than an entry.
    OlderThan(i64),
    /// With what is newer than an entry.
    NewerThan(i64),
}

impl From {
    /// Reads a cursor.
    pub fn read(cursor: Option<&str>) -> Result<Self, Refusal> {
        let Some(cursor) = cursor else { return Ok(Self::Newest) };
        let read = |prefix: &str| cursor.strip_prefix(prefix).and_then(|id| id.parse::<i64>().ok());
        read("p.")
            .map(Self::OlderThan)
            .or_else(|| read("n.").map(Self::NewerThan))
            .ok_or_else(|| Refusal::invalid("cursor", "unknown", "This cursor was never given out."))
    }
}

/// A page of the thread, oldest entry first.
pub async fn page(
    connection: &mut SqliteConnection,
    conversation: i64,
    from: From,
    limit: u32,
) -> Result<MessagePage, StoreError> {
    let total: i64 = sqlx::query_scalar("SELECT count(*) FROM message WHERE conversation_id = $1")
        .bind(conversation)
        .fetch_one(&mut *connection)
        .await?;
    let mut sql = Sql::new(COLUMNS);
    sql.push("conversation_id = ").push_bind(conversation);
    let order = match from {
        From::Newest => " ORDER BY id DESC LIMIT ",
        From::OlderThan(id) => {
            sql.push(" AND id < ").push_bind(id);
            " ORDER BY id DESC LIMIT "
        }
        From::NewerThan(id) => {
            sql.push(" AND id > ").push_bind(id);
            " ORDER BY id ASC LIMIT "
        }
    };
    sql.push(order).push_bind(i64::from(limit) + 1);
    let rows = sql.build().fetch_all(connection).await?;
    let mut items = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        items.pop();
    }
    let newer = matches!(from, From::NewerThan(_));
    if !newer {
        items.reverse();
    }
    let prev = if newer || more { items.first().map(|entry| format!("p.{}", entry.id)) } else { None };
    let has_next = if newer { more } else { from != From::Newest };
    let next = if has_next { items.last().map(|entry| format!("n.{}", entry.id)) } else { None };
    let total = Total { value: total.unsigned_abs(), exact: true };
    Ok(Page { items, total, next, prev, partial: None })
}

/// Adds an entry and makes its text findable.
pub async fn add(
    connection: &mut SqliteConnection,
    conversation: i64,
    episode: i64,
    entry: &Entry<'_>,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let (author_kind, author) = match &entry.author {
        Author::Contact => ("contact", None),
        Author::User { id } => ("user", Some(stored_key(id.as_str())?)),
        Author::Bot => ("bot", None),
        Author::System => ("system", None),
    };
    let delivery = (entry.direction == Some(Direction::Out)).then_some(delivery_code(Delivery::Sent));
    let mentions = (!entry.mentions.is_empty()).then(|| serde_json::to_string(entry.mentions)).transpose()?;
    let event = entry.event.map(serde_json::to_string).transpose()?;
    let id = sqlx::query_scalar(
        "INSERT INTO message (conversation_id, episode_id, kind, direction, author_kind, author_id, body, at,
         delivery, client_id, mentions, event)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
    )
    .bind(conversation)
    .bind(episode)
    .bind(kind_code(entry.kind))
    .bind(entry.direction.map(direction_code))
    .bind(author_kind)
    .bind(author)
    .bind(entry.body)
    .bind(millis(now))
    .bind(delivery)
    .bind(entry.client_id)
    .bind(mentions)
    .bind(event)
    .fetch_one(&mut *connection)
    .await?;
    if entry.kind != MessageKind::Event {
        search::index_message(connection, id, conversation, entry.body).await?;
    }
    Ok(id)
}

/// Lets the row of the list show a message or note, and moves the conversation's activity.
pub async fn show_last(
    connection: &mut SqliteConnection,
    conversation: i64,
    body: &str,
    direction: Direction,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE conversation SET last_text = $1, last_at = $2, last_direction = $3, last_activity_at = $2,
         touched_at = $2 WHERE id = $4",
    )
    .bind(preview(body, bandeja_model::limits::PREVIEW_CHARS))
    .bind(millis(now))
    .bind(direction_code(direction))
    .bind(conversation)
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest entry's key; 0 in an empty thread.
pub async fn newest(connection: &mut SqliteConnection, conversation: i64) -> Result<i64, StoreError> {
    let newest: Option<i64> = sqlx::query_scalar("SELECT MAX(id) FROM message WHERE conversation_id = $1")
        .bind(conversation)
        .fetch_one(connection)
        .await?;
    Ok(newest.unwrap_or(0))
}

/// Marks the closing that an entry tells of as undone.
pub async fn mark_undone(connection: &mut SqliteConnection, entry: i64) -> Result<(), StoreError> {
    let Some(Message { event: Some(mut event), .. }) = load(&mut *connection, &id(entry)).await? else {
        return Ok(());
    };
    if let SystemEvent::Closed { closing } | SystemEvent::Cancelled { closing } = &mut event {
        closing.undone = true;
    }
    sqlx::query("UPDATE message SET event = $1 WHERE id = $2")
        .bind(serde_json::to_string(&event)?)
        .bind(entry)
        .execute(connection)
        .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<Message, StoreError> {
    let author = match row.try_get::<&str, _>("author_kind")? {
        "contact" => Author::Contact,
        "user" => Author::User { id: id(row.try_get("author_id")?) },
        "bot" => Author::Bot,
        "system" => Author::System,
        other => return Err(StoreError::Corrupt(format!("author_kind {other}"))),
    };
    let json = |column: &str| row.try_get::<Option<&str>, _>(column);
    Ok(Message {
        id: id(row.try_get("id")?),
        conversation_id: id::<ConversationId>(row.try_get("conversation_id")?),
        kind: coded(row, "kind", kind_of)?,
        direction: json("direction")?.and_then(direction_of),
        author,
        body: row.try_get("body")?,
        at: at(row, "at")?,
        delivery: json("delivery")?.and_then(delivery_of),
        delivery_error: row.try_get("delivery_error")?,
        client_id: row.try_get("client_id")?,
        mentions: json("mentions")?.map(serde_json::from_str).transpose()?.unwrap_or_default(),
        event: json("event")?.map(serde_json::from_str).transpose()?,
    })
}

/// How the kind of an entry is stored.
pub const fn kind_code(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Message => "message",
        MessageKind::Note => "note",
        MessageKind::Event => "event",
    }
}

fn kind_of(code: &str) -> Option<MessageKind> {
    [MessageKind::Message, MessageKind::Note, MessageKind::Event]
        .into_iter()
        .find(|it| kind_code(*it) == code)
}

/// How a delivery is stored.
pub const fn delivery_code(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Sent => "sent",
        Delivery::Delivered => "delivered",
        Delivery::Read => "read",
        Delivery::Failed => "failed",
    }
}

fn delivery_of(code: &str) -> Option<Delivery> {
    [Delivery::Sent, Delivery::Delivered, Delivery::Read, Delivery::Failed]
        .into_iter()
        .find(|it| delivery_code(*it) == code)
}
