//! A raw entry of a thread to one of the contract's.

use super::conversation::direction;
use super::fields::{Found, Wrong};
use crate::plan::val::Val;
use crate::plan::{Fields, Vars};
use bandeja_model::{
    Author, ConversationId, Delivery, Direction, Message, MessageKind, SystemEvent, Timestamp,
};

/// Maps one raw entry; nothing if the file says to drop it. `default_at` and
/// `default_id` are its own if it names none.
pub(super) fn entry(
    fields: &Fields,
    conversation: &ConversationId,
    raw: &Val,
    vars: &Vars,
    default_at: Option<Timestamp>,
    default_id: Option<&str>,
) -> Result<Option<Message>, Wrong> {
    let found = Found::read(fields, raw, vars)?;
    let Some(kind) = found.code("kind", kind)?.unwrap_or(Some(MessageKind::Message)) else { return Ok(None) };
    let declared = found.code("direction", direction)?;
    let author = author(&found, declared)?;
    let direction = match (kind, declared) {
        (MessageKind::Event, _) => None,
        (MessageKind::Note, _) => Some(Direction::Note),
        (MessageKind::Message, Some(Direction::In | Direction::Out)) => declared,
        (MessageKind::Message, _) => {
            Some(if author == Author::Contact { Direction::In } else { Direction::Out })
        }
    };
    let at = found.needed("at", found.moment("at")?.or(default_at))?;
    let outgoing = direction == Some(Direction::Out);
    Ok(Some(Message {
        id: found.needed("id", found.id("id")?.or_else(|| default_id.map(str::to_owned)))?.into(),
        conversation_id: conversation.clone(),
        kind,
        direction,
        author,
        body: found.text("body")?.unwrap_or_default(),
        at,
        delivery: found.code("delivery", delivery)?.filter(|_| outgoing),
        delivery_error: found.text("delivery_error")?.filter(|_| outgoing),
        client_id: found.text("client_id")?,
        mentions: found.ids("mentions")?.into_iter().map(Into::into).collect(),
        event: if kind == MessageKind::Event { event(&found)? } else { None },
    }))
}

/// `Some(None)` is to be dropped.
#[expect(clippy::option_option, reason = "one level for a word that is known, one for what it says")]
fn kind(code: &str) -> Option<Option<MessageKind>> {
    match code {
        "message" => Some(Some(MessageKind::Message)),
        "note" => Some(Some(MessageKind::Note)),
        "event" => Some(Some(MessageKind::Event)),
        "drop" => Some(None),
        _ => None,
    }
}

fn delivery(code: &str) -> Option<Delivery> {
    match code {
        "sent" => Some(Delivery::Sent),
        "delivered" => Some(Delivery::Delivered),
        "read" => Some(Delivery::Read),
        "failed" => Some(Delivery::Failed),
        _ => None,
    }
}

/// Nobody named is the contact for what came in, and the system else.
fn author(found: &Found<'_>, direction: Option<Direction>) -> Result<Author, Wrong> {
    Ok(match found.id("author")?.as_deref() {
        Some("contact") => Author::Contact,
        Some("bot") => Author::Bot,
        Some("system") => Author::System,
        Some(user) => Author::User { id: user.into() },
        None if direction == Some(Direction::In) => Author::Contact,
        None => Author::System,
    })
}

/// An event in the contract's words; one without them is shown as something that happened.
fn event(found: &Found<'_>) -> Result<Option<SystemEvent>, Wrong> {
    let Some(value) = found.value("event") else { return Ok(None) };
    serde_json::from_value(value.clone()).map(Some).map_err(|error| format!("event: {error}"))
}
