//! The event stream: what happens to what the viewer may see.

mod raw;

use crate::bulk::BulkJob;
use bandeja_model::{Availability, Conversation, ConversationId, Message, TeamId, UserId};
use serde::{Deserialize, Serialize};

/// One event; `type` is also the SSE event's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", try_from = "raw::Event")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Event {
    /// A conversation is new to the viewer or changed.
    #[serde(rename = "conversation.changed")]
    ConversationChanged {
        /// As it is now.
        conversation: Box<Conversation>,
        /// What changed: `status`, `owner`, `team`, `tags`, `unread`, `message`, `archived`,
        /// `snoozed`, `priority`, `bot`, `created`.
        #[serde(default)]
        changed: Vec<String>,
        /// Who did it, if a user did.
        #[serde(default)]
        by: Option<UserId>,
    },
    /// A conversation left the viewer's sight.
    #[serde(rename = "conversation.removed")]
    ConversationRemoved {
        /// Which.
        id: ConversationId,
    },
    /// Many conversations changed at once, by a job: what is shown of them is to be asked for again.
    #[serde(rename = "conversations.changed")]
    ConversationsChanged {
        /// Which, of those the viewer may see or saw before.
        ids: Vec<ConversationId>,
        /// Who started the job.
        #[serde(default)]
        by: Option<UserId>,
    },
    /// A job of the viewer's went on; at most twice a second.
    #[serde(rename = "bulk.progress")]
    BulkProgress {
        /// As it stands.
        job: Box<BulkJob>,
    },
    /// A job of the viewer's ended.
    #[serde(rename = "bulk.finished")]
    BulkFinished {
        /// As it ended.
        job: Box<BulkJob>,
    },
    /// A new entry in a thread.
    #[serde(rename = "message.created")]
    MessageCreated {
        /// The entry.
        message: Box<Message>,
    },
    /// An entry changed: its delivery, or an undone closing.
    #[serde(rename = "message.changed")]
    MessageChanged {
        /// The entry.
        message: Box<Message>,
    },
    /// A colleague came or went.
    #[serde(rename = "availability")]
    AvailabilityChanged {
        /// Who.
        user: UserId,
        /// What they are now.
        availability: Availability,
    },
    /// A team's two settings were saved.
    #[serde(rename = "timing.changed")]
    TimingChanged {
        /// Which team's.
        team: TeamId,
    },
    /// The session is over: sign in again.
    #[serde(rename = "session.expired")]
    SessionExpired,
    /// Too much was missed: reload what is shown.
    #[serde(rename = "reset")]
    Reset,
    /// Something newer than this client.
    #[serde(rename = "unknown")]
    Unknown,
}

impl Event {
    /// The name the event carries on the stream.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ConversationChanged { .. } => "conversation.changed",
            Self::ConversationRemoved { .. } => "conversation.removed",
            Self::ConversationsChanged { .. } => "conversations.changed",
            Self::BulkProgress { .. } => "bulk.progress",
            Self::BulkFinished { .. } => "bulk.finished",
            Self::MessageCreated { .. } => "message.created",
            Self::MessageChanged { .. } => "message.changed",
            Self::AvailabilityChanged { .. } => "availability",
            Self::TimingChanged { .. } => "timing.changed",
            Self::SessionExpired => "session.expired",
            Self::Reset => "reset",
            Self::Unknown => "unknown",
        }
    }
}
