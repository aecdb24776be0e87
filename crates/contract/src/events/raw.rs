//! An event as it stands on the wire: one struct, whose fields depend on the type. See
//! `bandeja_model::message` for why.

use crate::bulk::BulkJob;
use bandeja_model::{Availability, Conversation, ConversationId, Message, TeamId, UserId};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    conversation: Option<Box<Conversation>>,
    #[serde(default)]
    changed: Option<Vec<String>>,
    #[serde(default)]
    by: Option<UserId>,
    #[serde(default)]
    id: Option<ConversationId>,
    #[serde(default)]
    ids: Option<Vec<ConversationId>>,
    #[serde(default)]
    job: Option<Box<BulkJob>>,
    #[serde(default)]
    message: Option<Box<Message>>,
    #[serde(default)]
    user: Option<UserId>,
    #[serde(default)]
    availability: Option<Availability>,
    #[serde(default)]
    team: Option<TeamId>,
}

impl TryFrom<Event> for super::Event {
    type Error = &'static str;

    fn try_from(raw: Event) -> Result<Self, Self::Error> {
        const MISSING: &str = "an event without what it tells of";
        Ok(match raw.kind.as_str() {
            "conversation.changed" => Self::ConversationChanged {
                conversation: raw.conversation.ok_or(MISSING)?,
                changed: raw.changed.unwrap_or_default(),
                by: raw.by,
            },
            "conversation.removed" => Self::ConversationRemoved { id: raw.id.ok_or(MISSING)? },
            "conversations.changed" => {
                Self::ConversationsChanged { ids: raw.ids.ok_or(MISSING)?, by: raw.by }
            }
            "bulk.progress" => Self::BulkProgress { job: raw.job.ok_or(MISSING)? },
            "bulk.finished" => Self::BulkFinished { job: raw.job.ok_or(MISSING)? },
            "message.created" => Self::MessageCreated { message: raw.message.ok_or(MISSING)? },
            "message.changed" => Self::MessageChanged { message: raw.message.ok_or(MISSING)? },
            "availability" => Self::AvailabilityChanged {
                user: raw.user.ok_or(MISSING)?,
                availability: raw.availability.ok_or(MISSING)?,
            },
            "timing.changed" => Self::TimingChanged { team: raw.team.ok_or(MISSING)? },
            "session.expired" => Self::SessionExpired,
            "reset" => Self::Reset,
            _ => Self::Unknown,
        })
    }
}
