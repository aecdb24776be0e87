//! A conversation as lists show it: the summary every list, event and action answers with.

use crate::closing::Closing;
use crate::{
    CampaignId, Channel, ContactId, ConversationId, LineId, Status, TagId, TeamId, Timestamp, UserId,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How urgent agents and rules say it is; the order is that of the sort, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Priority {
    /// Nobody said.
    #[default]
    None,
    /// Can wait.
    Low,
    /// Should not wait.
    High,
    /// Before all others.
    Urgent,
}

impl Priority {
    /// All of them, least first.
    pub const ALL: [Self; 4] = [Self::None, Self::Low, Self::High, Self::Urgent];

    /// The word on the wire and in filters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Direction {
    /// From the contact.
    In,
    /// To the contact.
    Out,
    /// A private note: to neither.
    Note,
}

/// The customer of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// As the contact or an agent wrote it: untrusted text, may be empty.
    pub name: String,
    /// Phone number, handle or mail address on the conversation's line.
    pub address: String,
    /// Phone number, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Mail address, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Company, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// City, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Language tag, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Contact {
    /// What people call the contact: the name, else the address. Nothing where neither is known.
    pub fn called(&self) -> Option<&str> {
        [self.name.trim(), self.address.trim()].into_iter().find(|known| !known.is_empty())
    }
}

/// The newest message or note, cut to what a row shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastMessage {
    /// Its first characters, at most [`crate::limits::PREVIEW_CHARS`], in one line.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Which way.
    pub direction: Direction,
}

/// The summary of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Rises with state, owner, team, tags, snooze, archive and priority; not with messages or reads.
    pub version: u64,
    /// Where it stands.
    pub status: Status,
    /// What a foreign system calls its state, where that says more (P6). Untrusted text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Needs no follow-up, kept for the record; only on ended ones (P10).
    #[serde(default)]
    pub archived: bool,
    /// Kind of its line.
    pub channel: Channel,
    /// The line it came in on.
    pub line: LineId,
    /// The line's campaign.
    pub campaign: CampaignId,
    /// The team it is assigned to, else its line's.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// Who answers for it now, or will if the contact writes again.
    #[serde(default)]
    pub owner: Option<UserId>,
    /// The customer.
    pub contact: Contact,
    /// Labels, sorted by id.
    #[serde(default)]
    pub tags: Vec<TagId>,
    /// Urgency.
    #[serde(default)]
    pub priority: Priority,
    /// Messages of the contact that nobody has opened yet.
    #[serde(default)]
    pub unread: u32,
    /// The newest message or note.
    #[serde(default)]
    pub last_message: Option<LastMessage>,
    /// When the contact first wrote on this line.
    pub created_at: DateTime<Utc>,
    /// The newest message either way or note; system events do not move it, or lists would jump at
    /// every tag.
    pub last_activity_at: DateTime<Utc>,
    /// The contact's oldest message that has no answer yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<DateTime<Utc>>,
    /// End of the interaction window, on channels that have one (P9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_ends_at: Option<DateTime<Utc>>,
    /// Asleep until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<DateTime<Utc>>,
    /// The automatic menu leaves this conversation alone.
    #[serde(default)]
    pub bot_paused: bool,
    /// The viewer was mentioned in the running episode (P4).
    #[serde(default)]
    pub mentioned: bool,
    /// How the last episode ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
}

impl Conversation {
    /// Whether free text may be sent to the contact at `now`, as far as the channel is concerned (P37).
    pub fn window_is_open(&self, now: Timestamp) -> bool {
        self.channel.window().is_none() || self.window_ends_at.is_some_and(|end| now < end)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An ordinary open conversation: campaign `c1`, team `t1`, line `l1`, nobody's.
    pub(crate) fn conversation() -> Conversation {
        let at = Timestamp::from_timestamp_millis(1_760_000_000_000).unwrap();
        Conversation {
            id: "1".into(),
            version: 1,
            status: Status::New,
            label: None,
            archived: false,
            channel: Channel::Whatsapp,
            line: "l1".into(),
            campaign: "c1".into(),
            team: Some("t1".into()),
            owner: None,
            contact: Contact {
                id: "k1".into(),
                name: "Mariana Restrepo".into(),
                address: "+52 33 5550 0142".into(),
                phone: None,
                email: None,
                company: None,
                city: None,
                language: None,
            },
            tags: Vec::new(),
            priority: Priority::None,
            unread: 0,
            last_message: None,
            created_at: at,
            last_activity_at: at,
            waiting_since: None,
            window_ends_at: None,
            snoozed_until: None,
            bot_paused: false,
            mentioned: false,
            closing: None,
        }
    }

    #[test]
    fn a_contact_is_called_by_name_or_else_by_address() {
        let contact = |name: &str, address: &str| Contact {
            name: name.to_owned(),
            address: address.to_owned(),
            ..conversation().contact
        };
        assert_eq!(contact(" Ana ", "+52 33").called(), Some("Ana"));
        assert_eq!(contact("  ", "+52 33").called(), Some("+52 33"));
        assert_eq!(contact("", " ").called(), None);
    }

    #[test]
    fn the_window_ends_at_its_end_and_other_channels_have_none() {
        let end = Timestamp::from_timestamp_millis(1_760_000_000_000).unwrap();
        let whatsapp = Conversation { window_ends_at: Some(end), ..conversation() };
        assert!(whatsapp.window_is_open(end - chrono::Duration::milliseconds(1)));
        assert!(!whatsapp.window_is_open(end));
        assert!(!conversation().window_is_open(end), "nobody wrote yet");
        assert!(Conversation { channel: Channel::Email, ..conversation() }.window_is_open(end));
    }
}
