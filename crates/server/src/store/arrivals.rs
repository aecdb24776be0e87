//! What contacts write, taken in: one conversation per line and address, opened, reopened or
//! continued by the rules of `bandeja_model::arrival` (P6, P11, P12).

use super::change::Change;
use super::conversations::{self, id, stored_key};
use super::lines::Line;
use super::state::State;
use super::thread::{self, Entry};
use super::{StoreError, Tx, comebacks, episodes, lines, members, menu, millis, search, timing};
use bandeja_contract::{Inbound, InboundTaken};
use bandeja_model::arrival::{Arrival, Before, Ending, Taking, taken, who_gets_it};
use bandeja_model::limits::NAME_CHARS;
use bandeja_model::timing::Clocks;
use bandeja_model::{Author, Channel, Direction, MessageKind, Status, SystemEvent, Timestamp};
use sqlx::{Row, SqliteConnection};

/// Takes a contact's message in; a repeat with the same provider id changes nothing and is answered
/// as the first time. The caller has checked the limits of what was sent.
pub async fn take_inbound(
    tx: &mut Tx,
    line: i64,
    inbound: &Inbound,
    now: Timestamp,
) -> Result<InboundTaken, StoreError> {
    if let Some(seen) = seen(&mut *tx, line, &inbound.provider_message_id).await? {
        return Ok(seen);
    }
    let line = lines::load(&mut *tx, line).await?;
    let address = inbound.contact.address.trim();
    let name: String = inbound.contact.name.trim().chars().take(NAME_CHARS).collect();
    let known = sqlx::query("SELECT id, contact_id FROM conversation WHERE line_id = $1 AND address = $2")
        .bind(line.key)
        .bind(address)
        .fetch_optional(&mut **tx)
        .await?;
    let taken = if let Some(row) = known {
        name_contact(&mut *tx, row.try_get(1)?, &name).await?;
        write(tx, &line, row.try_get(0)?, false, inbound, now).await?
    } else {
        let contact = contact_of(&mut *tx, &line, address, &name).await?;
        let conversation = create(&mut *tx, &line, contact, address, now).await?;
        write(tx, &line, conversation, true, inbound, now).await?
    };
    sqlx::query(
        "INSERT INTO inbound_seen (line_id, provider_message_id, conversation_id, message_id) VALUES ($1, $2, $3, $4)",
    )
    .bind(line.key)
    .bind(&inbound.provider_message_id)
    .bind(stored_key(taken.conversation_id.as_str())?)
    .bind(stored_key(taken.message_id.as_str())?)
    .execute(&mut **tx)
    .await?;
    Ok(taken)
}

async fn seen(
    connection: &mut SqliteConnection,
    line: i64,
    provider_id: &str,
) -> Result<Option<InboundTaken>, StoreError> {
    let row = sqlx::query(
        "SELECT conversation_id, message_id FROM inbound_seen WHERE line_id = $1 AND provider_message_id = $2",
    )
    .bind(line)
    .bind(provider_id)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(InboundTaken { conversation_id: id(row.try_get(0)?), message_id: id(row.try_get(1)?) }))
}

/// The contact that writes from this address on lines of the same kind, else a new one.
async fn contact_of(
    connection: &mut SqliteConnection,
    line: &Line,
    address: &str,
    name: &str,
) -> Result<i64, StoreError> {
    let known: Option<i64> =
        sqlx::query_scalar("SELECT contact_id FROM conversation WHERE address = $1 AND channel = $2 LIMIT 1")
            .bind(address)
            .bind(line.channel.code())
            .fetch_optional(&mut *connection)
            .await?;
    if let Some(contact) = known {
        name_contact(connection, contact, name).await?;
        return Ok(contact);
    }
    let phone = matches!(line.channel, Channel::Whatsapp | Channel::Sms).then_some(address);
    let email = (line.channel == Channel::Email).then_some(address);
    Ok(sqlx::query_scalar(
        "INSERT INTO contact (name, phone, email, search) VALUES ($1, $2, $3, $4) RETURNING id",
    )
    .bind(name)
    .bind(phone)
    .bind(email)
    .bind(search::contact_text([name, address]))
    .fetch_one(connection)
    .await?)
}

/// Takes over the name the provider knows, if there was none.
async fn name_contact(connection: &mut SqliteConnection, contact: i64, name: &str) -> Result<(), StoreError> {
    if name.is_empty() {
        return Ok(());
    }
    sqlx::query("UPDATE contact SET name = $1, search = $2 || ' ' || search WHERE id = $3 AND name = ''")
        .bind(name)
        .bind(search::contact_text([name]))
        .bind(contact)
        .execute(connection)
        .await?;
    Ok(())
}

/// A conversation that nothing has happened in yet.
async fn create(
    connection: &mut SqliteConnection,
    line: &Line,
    contact: i64,
    address: &str,
    now: Timestamp,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO conversation (status, channel, line_id, campaign_id, team_id, contact_id, address, created_at,
         last_activity_at, touched_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8) RETURNING id",
    )
    .bind(Status::New.code())
    .bind(line.channel.code())
    .bind(line.key)
    .bind(stored_key(line.campaign.as_str())?)
    .bind(line.start.team.as_ref().map(|team| stored_key(team.as_str())).transpose()?)
    .bind(contact)
    .bind(address)
    .bind(millis(now))
    .fetch_one(connection)
    .await?)
}

/// Adds the message to its conversation, opening or reopening it.
async fn write(
    tx: &mut Tx,
    line: &Line,
    conversation: i64,
    is_new: bool,
    inbound: &Inbound,
    now: Timestamp,
) -> Result<InboundTaken, StoreError> {
    let before = conversations::load(&mut *tx, &id(conversation), None).await?;
    let before = before.ok_or_else(|| StoreError::Corrupt(format!("conversation {conversation}")))?;
    let mut change = Change::by_system(tx, before, now).await?;
    if is_new {
        change = change.of_a_new_one();
    }
    let mut after = arrive(&mut change, line, is_new).await?;
    after.unread += 1;
    after.waiting_since = after.waiting_since.or(Some(millis(now)));
    let entry = Entry {
        kind: MessageKind::Message,
        direction: Some(Direction::In),
        author: Author::Contact,
        body: &inbound.text,
        client_id: None,
        mentions: &[],
        event: None,
    };
    let message = change.add(after.episode, &entry).await?;
    thread::show_last(&mut *change.tx, change.key, &inbound.text, Direction::In, now).await?;
    sqlx::query("UPDATE conversation SET last_inbound_at = $1, window_ends_at = $2 WHERE id = $3")
        .bind(millis(now))
        .bind(line.channel.window_end(Some(now)).map(millis))
        .bind(change.key)
        .execute(&mut **change.tx)
        .await?;
    menu::hear(&mut change, line, &mut after, &inbound.text).await?;
    let stays =
        State { unread: change.state.unread, waiting_since: change.state.waiting_since, ..after.clone() }
            == change.state;
    let rises = !is_new && !stays;
    let extra: &[&str] = if is_new { &["created", "message"] } else { &["message"] };
    let conversation = change.finish(&after, extra, rises).await?;
    Ok(InboundTaken { conversation_id: conversation.id, message_id: id(message) })
}

/// What the arrival makes of the conversation, told in its thread.
async fn arrive(change: &mut Change<'_>, line: &Line, is_new: bool) -> Result<State, StoreError> {
    let owner = match &change.before.owner {
        Some(owner) if members::can_take(&mut *change.tx, owner, &line.campaign).await? => {
            Some(owner.clone())
        }
        _ => None,
    };
    let known = (!is_new).then(|| Before {
        status: change.before.status,
        owner,
        bot_paused: change.before.bot_paused,
        ending: change.before.closing.as_ref().map(Ending::of),
    });
    let governing = change.before.team.clone().or_else(|| line.start.team.clone());
    let rule = timing::reassignment(&mut *change.tx, governing.as_ref()).await?;
    let arrival = who_gets_it(known.as_ref(), &line.start, rule, change.now);
    let mut after = change.state.clone();
    if arrival == Arrival::Stays {
        change.starts(Clocks::contact_wrote);
        // What the contact writes is not slept through.
        if after.snoozed_until.take().is_some() {
            change.starts(Clocks::woke);
            change.tell(after.episode, &SystemEvent::Woke).await?;
        }
        return Ok(after);
    }
    if let Some(before) = &known {
        comebacks::keep(change, line.key, governing.as_ref(), before).await?;
    }
    change.starts(|_, now| Clocks::opened(now));
    let starts_over = is_new || change.before.status == Status::Cancelled || arrival == Arrival::Bot;
    let mut team = change.before.team.clone();
    let taker = match &arrival {
        Arrival::Owner(owner) => Some(owner.clone()),
        Arrival::LineDefault { user, .. } => user.clone(),
        Arrival::Bot | Arrival::Stays => None,
    };
    if !matches!(arrival, Arrival::Owner(_)) {
        team.clone_from(&line.start.team);
        after.team_assigned = false;
    }
    after.status = if arrival == Arrival::Bot {
        Status::Bot
    } else {
        let anyone_there = members::anyone_there(&mut *change.tx, taker.as_ref(), team.as_ref()).await?;
        taken(Taking { by_user: taker.is_some(), within_hours: true, anyone_there })
    };
    after.owner = taker.as_ref().map(|user| stored_key(user.as_str())).transpose()?;
    after.team = team.as_ref().map(|team| stored_key(team.as_str())).transpose()?;
    after.archived = false;
    after.snoozed_until = None;
    after.episode = episodes::open(&mut *change.tx, change.key, change.now).await?;
    let event = if starts_over {
        SystemEvent::Opened { bot: arrival == Arrival::Bot }
    } else {
        SystemEvent::Reopened { by_contact: true, owner: taker.clone() }
    };
    change.tell(after.episode, &event).await?;
    if let (true, Some(user)) = (starts_over, taker) {
        change.tell(after.episode, &SystemEvent::Assigned { user: Some(user), team: None }).await?;
    }
    Ok(after)
}
