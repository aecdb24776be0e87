//! Changing one conversation: what is sent and what comes back.

use bandeja_model::closing::ClosingDraft;
use bandeja_model::{CategoryId, Conversation, Message, Priority, TagId, TeamId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `POST /conversations/{id}/close`, and `/cancel` (without the transfer).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Close {
    /// Why, in words.
    #[serde(default)]
    pub description: String,
    /// First level of the classification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<CategoryId>,
    /// Second level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcategory_id: Option<CategoryId>,
    /// A longer account.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Who attends if the contact writes again; absent: the present owner stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer_to: Option<UserId>,
    /// Archive it in the same step (P10).
    #[serde(default)]
    pub archive: bool,
}

impl Close {
    /// The part the closing form is about.
    pub fn draft(&self) -> ClosingDraft {
        ClosingDraft {
            description: self.description.clone(),
            category_id: self.category_id.clone(),
            subcategory_id: self.subcategory_id.clone(),
            summary: self.summary.clone(),
        }
    }
}

/// `POST /conversations/{id}/assign`: to a user, a team, or a user within a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assign {
    /// The new owner; absent with a team: nobody yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The new team; absent: it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
}

/// `PUT /conversations/{id}/tags`: the labels it shall have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetTags {
    /// All of them.
    pub tags: Vec<TagId>,
}

/// `PUT /conversations/{id}/priority`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetPriority {
    /// What it shall be.
    pub priority: Priority,
}

/// `POST /conversations/{id}/snooze`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snooze {
    /// Until when; absent wakes it.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

/// `POST /conversations/{id}/bot`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetBot {
    /// The automatic menu leaves the conversation alone.
    pub paused: bool,
}

/// `POST /conversations/{id}/messages`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMessage {
    /// To the contact, or private.
    pub kind: NewMessageKind,
    /// Plain text.
    pub body: String,
    /// Users told of a note.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<UserId>,
    /// The sender's own id; a second message with the same one is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// What a new message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NewMessageKind {
    /// To the contact.
    Reply,
    /// Private.
    Note,
}

/// The answer to a new message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Posted {
    /// The message as stored.
    pub message: Message,
    /// The conversation after it.
    pub conversation: Conversation,
}

/// The answer to an action on one conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changed {
    /// The conversation after it.
    pub conversation: Conversation,
    /// How to take it back, where that can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Undo>,
}

/// The right to take an action back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Undo {
    /// To be posted to `/undo/{token}`.
    pub token: String,
    /// Until when the server accepts it.
    pub expires_at: DateTime<Utc>,
}

/// `POST /lines/{id}/inbound`: a contact's message, from the provider's gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inbound {
    /// The provider's id; a repeat is answered as the first time.
    pub provider_message_id: String,
    /// Who wrote.
    pub contact: InboundContact,
    /// What.
    pub text: String,
    /// When the contact sent it; the server's own time of receipt is what rules go by.
    pub sent_at: DateTime<Utc>,
}

/// The contact of an incoming message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboundContact {
    /// Phone number, handle or mail address on the line.
    pub address: String,
    /// As the provider knows it.
    #[serde(default)]
    pub name: String,
}

/// The answer to an incoming message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboundTaken {
    /// The conversation it went to.
    pub conversation_id: bandeja_model::ConversationId,
    /// The message it became.
    pub message_id: bandeja_model::MessageId,
}

/// `POST /demo/clock`, on demo servers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdvanceClock {
    /// Seconds to go forward, from 0 to ten years.
    pub advance_s: u64,
}

/// The answer to moving the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clock {
    /// The server's time now.
    pub now: DateTime<Utc>,
}
