//! Writing replies and notes.

use super::change::{Change, Decided};
use super::conversations::stored_key;
use super::thread::{self, Entry};
use super::{Refusal, Tx, conversations, episodes, members};
use bandeja_contract::{NewMessage, NewMessageKind, Posted};
use bandeja_model::limits::{MENTIONS, MESSAGE_CHARS};
use bandeja_model::permission::allowed;
use bandeja_model::timing::Clocks;
use bandeja_model::{
    Action, Actor, Author, ConversationId, Denial, Direction, MessageKind, Status, SystemEvent, Timestamp,
    UserId,
};

pub use super::thread::load as load_message;

/// Longest id a sender may give a message, in characters.
const CLIENT_ID_CHARS: usize = 128;

/// Writes a reply or a note; a repeat with the same `client_id` answers with the first (P8, P9, P37).
pub async fn post(
    tx: &mut Tx,
    actor: &Actor,
    conversation: &ConversationId,
    sent: &NewMessage,
    now: Timestamp,
) -> Result<Posted, Refusal> {
    check(sent)?;
    if let Some(posted) = repeated(tx, actor, conversation, sent).await? {
        return Ok(posted);
    }
    let reply = sent.kind == NewMessageKind::Reply;
    let action = if reply { Action::Reply } else { Action::Note };
    let mut change = Change::begin(tx, actor, conversation, action, Decided::Whenever, now).await?;
    if reply && !change.before.window_is_open(now) {
        return Err(Refusal::WindowOver);
    }
    let mentions = mentioned(&mut change, sent).await?;
    let me = stored_key(actor.id.as_str())?;
    let mut after = change.state.clone();
    if reply {
        if after.owner.is_none() {
            after.owner = Some(me);
            let event = SystemEvent::Assigned { user: Some(actor.id.clone()), team: None };
            change.tell(after.episode, &event).await?;
        }
        if after.owner == Some(me) {
            after.unread = 0;
        }
        after.status = Status::InProgress;
        after.waiting_since = None;
        episodes::answered(&mut *change.tx, after.episode, now).await?;
        change.starts(Clocks::agent_wrote);
    }
    let entry = Entry {
        kind: if reply { MessageKind::Message } else { MessageKind::Note },
        direction: Some(if reply { Direction::Out } else { Direction::Note }),
        author: Author::User { id: actor.id.clone() },
        body: &sent.body,
        client_id: sent.client_id.as_deref(),
        mentions: &mentions,
        event: None,
    };
    let message = change.add(after.episode, &entry).await?;
    lend_sight(&mut change, &mentions).await?;
    let direction = if reply { Direction::Out } else { Direction::Note };
    thread::show_last(&mut *change.tx, change.key, &sent.body, direction, now).await?;
    let rises = after.status != change.state.status || after.owner != change.state.owner;
    let conversation = change.finish(&after, &["message"], rises).await?;
    let message = thread::load(&mut *tx, &conversations::id(message)).await?;
    let message = message.ok_or(Denial::NotFound)?;
    Ok(Posted { message, conversation })
}

fn check(sent: &NewMessage) -> Result<(), Refusal> {
    let too_long = |text: &str, most: usize| text.chars().nth(most).is_some();
    let refuse = |field, code, words: String| Err(Refusal::invalid(field, code, words));
    if sent.body.trim().is_empty() {
        return refuse("body", "required", "Must not be empty.".to_owned());
    }
    if too_long(&sent.body, MESSAGE_CHARS) {
        return refuse("body", "too_long", format!("At most {MESSAGE_CHARS} characters."));
    }
    match sent.client_id.as_deref() {
        Some("") => return refuse("client_id", "required", "Must not be empty.".to_owned()),
        Some(id) if too_long(id, CLIENT_ID_CHARS) => {
            return refuse("client_id", "too_long", format!("At most {CLIENT_ID_CHARS} characters."));
        }
        _ => {}
    }
    if sent.mentions.len() > MENTIONS {
        return refuse("mentions", "too_many", format!("At most {MENTIONS} users."));
    }
    if sent.kind == NewMessageKind::Reply && !sent.mentions.is_empty() {
        return refuse("mentions", "not_asked_for", "Only notes mention users.".to_owned());
    }
    Ok(())
}

/// What the first call with this `client_id` was answered with, brought up to date.
async fn repeated(
    tx: &mut Tx,
    actor: &Actor,
    conversation: &ConversationId,
    sent: &NewMessage,
) -> Result<Option<Posted>, Refusal> {
    let Some(client_id) = &sent.client_id else { return Ok(None) };
    let Some(current) = conversations::load(&mut *tx, conversation, Some(&actor.id)).await? else {
        return Err(Denial::NotFound.into());
    };
    allowed(actor, Action::See, &current)?;
    let (key, me) = (stored_key(conversation.as_str())?, stored_key(actor.id.as_str())?);
    let first = thread::sent_as(&mut *tx, key, me, client_id).await?;
    Ok(first.map(|message| Posted { message, conversation: current }))
}

/// The users a note is for, each once; all must be able to take conversations of the campaign.
async fn mentioned(change: &mut Change<'_>, sent: &NewMessage) -> Result<Vec<UserId>, Refusal> {
    let mut mentions: Vec<UserId> = Vec::new();
    for user in &sent.mentions {
        if !members::can_take(&mut *change.tx, user, &change.before.campaign).await? {
            let words = format!("“{user}” is not an active member of the conversation's campaign.");
            return Err(Refusal::invalid("mentions", "unknown", words));
        }
        if !mentions.contains(user) {
            mentions.push(user.clone());
        }
    }
    Ok(mentions)
}

/// A mention lends sight until the episode ends; in an ended one there is nothing to lend (P4).
async fn lend_sight(change: &mut Change<'_>, mentions: &[UserId]) -> Result<(), Refusal> {
    if change.before.status.is_ended() {
        return Ok(());
    }
    for user in mentions {
        sqlx::query(
            "INSERT INTO mention (conversation_id, user_id, episode_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(change.key)
        .bind(stored_key(user.as_str())?)
        .bind(change.state.episode)
        .execute(&mut **change.tx)
        .await?;
    }
    Ok(())
}
