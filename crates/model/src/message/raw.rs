//! Enums with a tag as they stand on the wire: one struct each, whose fields depend on the tag.
//!
//! Serde's own reading of such enums keeps what it meets in a second tree and compiles everything inside once more
//! for it; these say the same in a fraction of the bytes.

use crate::closing::Closing;
use crate::{Priority, TagId, TeamId, UserId};
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Author {
    kind: String,
    #[serde(default)]
    id: Option<UserId>,
}

impl TryFrom<Author> for super::Author {
    type Error = &'static str;

    fn try_from(raw: Author) -> Result<Self, Self::Error> {
        Ok(match raw.kind.as_str() {
            "contact" => Self::Contact,
            "user" => Self::User { id: raw.id.ok_or("an author without an id")? },
            "bot" => Self::Bot,
            "system" => Self::System,
            _ => return Err("an author of another kind"),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct SystemEvent {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    bot: Option<bool>,
    #[serde(default)]
    user: Option<UserId>,
    #[serde(default)]
    team: Option<TeamId>,
    #[serde(default)]
    added: Option<Vec<TagId>>,
    #[serde(default)]
    removed: Option<Vec<TagId>>,
    #[serde(default)]
    closing: Option<Closing>,
    #[serde(default)]
    by_contact: Option<bool>,
    #[serde(default)]
    owner: Option<UserId>,
    #[serde(default)]
    until: Option<DateTime<Utc>>,
    #[serde(default)]
    paused: Option<bool>,
    #[serde(default)]
    priority: Option<Priority>,
}

impl TryFrom<SystemEvent> for super::SystemEvent {
    type Error = &'static str;

    fn try_from(raw: SystemEvent) -> Result<Self, Self::Error> {
        const MISSING: &str = "an event without what it tells of";
        Ok(match raw.kind.as_str() {
            "opened" => Self::Opened { bot: raw.bot.ok_or(MISSING)? },
            "assigned" => Self::Assigned { user: raw.user, team: raw.team },
            "unassigned" => Self::Unassigned,
            "tagged" => {
                Self::Tagged { added: raw.added.ok_or(MISSING)?, removed: raw.removed.ok_or(MISSING)? }
            }
            "closed" => Self::Closed { closing: raw.closing.ok_or(MISSING)? },
            "cancelled" => Self::Cancelled { closing: raw.closing.ok_or(MISSING)? },
            "reopened" => Self::Reopened { by_contact: raw.by_contact.ok_or(MISSING)?, owner: raw.owner },
            "undone" => Self::Undone,
            "archived" => Self::Archived,
            "unarchived" => Self::Unarchived,
            "snoozed" => Self::Snoozed { until: raw.until.ok_or(MISSING)? },
            "woke" => Self::Woke,
            "bot" => Self::Bot { paused: raw.paused.ok_or(MISSING)? },
            "prioritised" => Self::Prioritised { priority: raw.priority.ok_or(MISSING)? },
            _ => return Err("an event of another type"),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::message::{Author, SystemEvent};
    use crate::{Closing, ClosingSource, Priority};

    #[test]
    fn what_is_written_is_read_back_whatever_the_tag() {
        let closing = || Closing {
            by: Some("7".into()),
            source: ClosingSource::User,
            at: chrono::DateTime::from_timestamp(1_760_000_000, 0).unwrap(),
            description: "Listo".into(),
            category_id: None,
            subcategory_id: None,
            summary: String::new(),
            next_owner: None,
            transferred: false,
            undone: false,
            rule: None,
        };
        let events = [
            SystemEvent::Opened { bot: true },
            SystemEvent::Assigned { user: Some("1".into()), team: None },
            SystemEvent::Unassigned,
            SystemEvent::Tagged { added: vec!["1".into()], removed: Vec::new() },
            SystemEvent::Closed { closing: closing() },
            SystemEvent::Cancelled { closing: closing() },
            SystemEvent::Reopened { by_contact: true, owner: Some("2".into()) },
            SystemEvent::Undone,
            SystemEvent::Archived,
            SystemEvent::Unarchived,
            SystemEvent::Snoozed { until: closing().at },
            SystemEvent::Woke,
            SystemEvent::Bot { paused: true },
            SystemEvent::Prioritised { priority: Priority::Urgent },
        ];
        for event in events {
            let text = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<SystemEvent>(&text).unwrap(), event, "{text}");
        }
        for author in [Author::Contact, Author::User { id: "1".into() }, Author::Bot, Author::System] {
            let text = serde_json::to_string(&author).unwrap();
            assert_eq!(serde_json::from_str::<Author>(&text).unwrap(), author, "{text}");
        }
    }

    #[test]
    fn a_tag_without_what_belongs_to_it_is_refused() {
        for text in [r#"{"type":"closed"}"#, r#"{"type":"bot"}"#, r#"{"type":"melted"}"#, "{}"] {
            assert!(serde_json::from_str::<SystemEvent>(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<Author>(r#"{"kind":"user"}"#).is_err());
    }
}
