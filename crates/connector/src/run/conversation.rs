//! A raw conversation to a row of the contract: whole, or bad with what is wrong.

use super::fields::{Found, Wrong};
use crate::backend::{BadRow, Row};
use crate::plan::val::Val;
use crate::plan::{Plan, Vars};
use bandeja_model::limits::{ADDRESS_CHARS, NAME_CHARS, PREVIEW_CHARS};
use bandeja_model::text::preview;
use bandeja_model::{
    Channel, Closing, ClosingSource, Contact, Conversation, Direction, LastMessage, Priority, Status,
    Timestamp,
};

/// The line, and the campaign, of a foreign API that knows none.
pub(super) const MAIN: &str = "main";
/// The channel of a foreign API that does not say: help desks answer mails.
pub(super) const CHANNEL: Channel = Channel::Email;

/// Maps one raw conversation.
pub(super) fn row(plan: &Plan, raw: &Val, vars: &Vars) -> Result<Row, BadRow> {
    let found = Found::read(&plan.conversation, raw, vars)
        .map_err(|fault| BadRow { id: id_of(plan, raw, vars), fault })?;
    let id = found.id("id").ok().flatten();
    let token = plan.token.as_ref().map_or(Ok(None), |expr| expr.text(raw, vars));
    conversation(&found)
        .and_then(|conversation| {
            let token = token.map_err(|error| error.to_string())?;
            Ok(Row { conversation, label: found.text("label")?, token })
        })
        .map_err(|fault| BadRow { id: id.map(Into::into), fault })
}

/// The id alone, where that much can be read.
pub(super) fn id_of(plan: &Plan, raw: &Val, vars: &Vars) -> Option<bandeja_model::ConversationId> {
    let (_, field) = plan.conversation.0.iter().find(|(name, _)| name == "id")?;
    field.value.text(raw, vars).ok().flatten().map(Into::into)
}

fn conversation(found: &Found<'_>) -> Result<Conversation, Wrong> {
    let id = found.needed("id", found.id("id")?)?;
    let status = found.needed("status", found.code("status", Status::from_code)?)?;
    let created = found.moment("created_at")?;
    let activity = found.moment("last_activity_at")?;
    let says_when = found.declares("created_at") || found.declares("last_activity_at");
    let created_at =
        if says_when { found.needed("created_at", created.or(activity))? } else { Timestamp::UNIX_EPOCH };
    let last_activity_at = activity.unwrap_or(created_at);
    let mut tags: Vec<_> = found.ids("tags")?.into_iter().map(Into::into).collect();
    tags.sort();
    tags.dedup();
    let channel = found.code("channel", Channel::from_code)?.unwrap_or(CHANNEL);
    let last_message = last_message(found, last_activity_at)?;
    Ok(Conversation {
        version: 0,
        // The facade puts it here, from the row.
        label: None,
        status,
        archived: found.flag("archived")?.unwrap_or(false) && status.is_ended(),
        channel,
        line: found.id("line")?.unwrap_or_else(|| MAIN.to_owned()).into(),
        campaign: found.id("campaign")?.unwrap_or_else(|| MAIN.to_owned()).into(),
        team: found.id("team")?.map(Into::into),
        owner: found.id("owner")?.map(Into::into),
        contact: contact(found, &id)?,
        tags,
        priority: found.code("priority", Priority::from_code)?.unwrap_or_default(),
        unread: found.count("unread")?.unwrap_or(0),
        window_ends_at: window_ends_at(found, channel, last_message.as_ref())?,
        last_message,
        created_at,
        last_activity_at,
        waiting_since: found.moment("waiting_since")?,
        snoozed_until: found.moment("snoozed_until")?,
        bot_paused: found.flag("bot_paused")?.unwrap_or(false),
        mentioned: found.flag("mentioned")?.unwrap_or(false),
        closing: closing(found, last_activity_at)?,
        id: id.into(),
    })
}

/// Where the file does not say when the window ends, what the contact wrote last says it.
fn window_ends_at(
    found: &Found<'_>,
    channel: Channel,
    last: Option<&LastMessage>,
) -> Result<Option<Timestamp>, Wrong> {
    if found.declares("window_ends_at") {
        return found.moment("window_ends_at");
    }
    Ok(channel.window_end(last.filter(|last| last.direction == Direction::In).map(|last| last.at)))
}

fn contact(found: &Found<'_>, conversation: &str) -> Result<Contact, Wrong> {
    let text = |name| Ok::<_, Wrong>(found.text(name)?.filter(|text| !text.trim().is_empty()));
    let (phone, email) = (text("contact.phone")?, text("contact.email")?);
    let name = text("contact.name")?.map(|name| cut(&name, NAME_CHARS)).unwrap_or_default();
    let address = text("contact.address")?.or_else(|| email.clone()).or_else(|| phone.clone());
    let address = address.map(|address| cut(&address, ADDRESS_CHARS)).unwrap_or_default();
    let id = found.id("contact.id")?;
    let own = || if address.is_empty() { format!("of-{conversation}") } else { address.clone() };
    Ok(Contact {
        id: id.unwrap_or_else(own).into(),
        name,
        address,
        phone,
        email,
        company: text("contact.company")?,
        city: text("contact.city")?,
        language: text("contact.language")?,
    })
}

fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}

fn last_message(found: &Found<'_>, activity: Timestamp) -> Result<Option<LastMessage>, Wrong> {
    let Some(text) = found.text("last_message.text")? else { return Ok(None) };
    Ok(Some(LastMessage {
        text: preview(&text, PREVIEW_CHARS),
        at: found.moment("last_message.at")?.unwrap_or(activity),
        direction: found.code("last_message.direction", direction)?.unwrap_or(Direction::In),
    }))
}

/// The direction of that word.
pub(super) fn direction(code: &str) -> Option<Direction> {
    match code {
        "in" => Some(Direction::In),
        "out" => Some(Direction::Out),
        "note" => Some(Direction::Note),
        _ => None,
    }
}

/// A record only where something was written down, or is known of who closed it when.
fn closing(found: &Found<'_>, activity: Timestamp) -> Result<Option<Closing>, Wrong> {
    let text = |name| Ok::<_, Wrong>(found.text(name)?.unwrap_or_default());
    let at = found.moment("closing.at")?;
    let record = Closing {
        by: found.id("closing.by")?.map(Into::into),
        source: found.code("closing.source", ClosingSource::from_code)?.unwrap_or(ClosingSource::User),
        at: at.unwrap_or(activity),
        description: text("closing.description")?,
        category_id: found.id("closing.category_id")?.map(Into::into),
        subcategory_id: found.id("closing.subcategory_id")?.map(Into::into),
        summary: text("closing.summary")?,
        next_owner: found.id("closing.next_owner")?.map(Into::into),
        transferred: found.flag("closing.transferred")?.unwrap_or(false),
        undone: false,
        rule: None,
    };
    let known = at.is_some() || record.by.is_some() || record.has_reason();
    Ok(known.then_some(record))
}
