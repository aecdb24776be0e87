//! What a thread consists of: messages, private notes and system events (P36).

mod raw;

use crate::closing::Closing;
use crate::conversation::Direction;
use crate::{ConversationId, MessageId, TagId, TeamId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What an entry of the thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MessageKind {
    /// To or from the contact.
    Message,
    /// Private: never sent.
    Note,
    /// Something that happened to the conversation.
    Event,
}

/// Who wrote or did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "raw::Author")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Author {
    /// The customer.
    Contact,
    /// One of us.
    User {
        /// Who.
        id: UserId,
    },
    /// The automatic menu.
    Bot,
    /// A rule or the system itself.
    System,
}

/// How far an outgoing message got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Delivery {
    /// Handed to the line.
    Sent,
    /// On the contact's device.
    Delivered,
    /// Seen by the contact.
    Read,
    /// The line refused it.
    Failed,
}

/// Something that happened to the conversation, as the thread tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", try_from = "raw::SystemEvent")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SystemEvent {
    /// The contact wrote for the first time, or an ended one started over.
    Opened {
        /// The automatic menu took it.
        bot: bool,
    },
    /// Given to a user, a team, or both.
    Assigned {
        /// The new owner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<UserId>,
        /// The new team.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    /// Nobody answers for it any more.
    Unassigned,
    /// Labels changed.
    Tagged {
        /// Added.
        added: Vec<TagId>,
        /// Removed.
        removed: Vec<TagId>,
    },
    /// The episode ended.
    Closed {
        /// What was written then.
        closing: Closing,
    },
    /// An admin cancelled it.
    Cancelled {
        /// What was written then.
        closing: Closing,
    },
    /// It is open again.
    Reopened {
        /// Because the contact wrote; else by hand.
        by_contact: bool,
        /// Who has it now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<UserId>,
    },
    /// An action was taken back; the entry it made is marked (P16).
    Undone,
    /// Put away for the record.
    Archived,
    /// Taken out of the archive.
    Unarchived,
    /// Asleep until a moment.
    Snoozed {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Awake again.
    Woke,
    /// The automatic menu was paused or let on.
    Bot {
        /// Paused, else let on.
        paused: bool,
    },
    /// Urgency changed.
    Prioritised {
        /// To what.
        priority: crate::Priority,
    },
}

/// One entry of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id; ids of one conversation rise with time.
    pub id: MessageId,
    /// Where it stands.
    pub conversation_id: ConversationId,
    /// What it is.
    pub kind: MessageKind,
    /// Which way it went; absent for events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Who wrote or did it.
    pub author: Author,
    /// Plain, untrusted text; empty for events.
    #[serde(default)]
    pub body: String,
    /// When the server took it in.
    pub at: DateTime<Utc>,
    /// How far it got; only for outgoing messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// Why it failed, in the line's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_error: Option<String>,
    /// The sender's own id for it, by which an app recognises its pending copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Users told of a note.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<UserId>,
    /// What happened, for events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<SystemEvent>,
}
