//! Channels: the kinds of account a contact can write to.

use crate::Timestamp;
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// WhatsApp, the only one with an interaction window.
    Whatsapp,
    /// Facebook Messenger.
    Messenger,
    /// Instagram direct messages.
    Instagram,
    /// A mailbox.
    Email,
    /// Chat on a web site.
    Webchat,
    /// Text messages.
    Sms,
    /// Telegram.
    Telegram,
}

impl Channel {
    /// All of them, in the order the filter lists them.
    pub const ALL: [Self; 7] = [
        Self::Whatsapp,
        Self::Messenger,
        Self::Instagram,
        Self::Email,
        Self::Webchat,
        Self::Sms,
        Self::Telegram,
    ];

    /// The word on the wire and in filters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Messenger => "messenger",
            Self::Instagram => "instagram",
            Self::Email => "email",
            Self::Webchat => "webchat",
            Self::Sms => "sms",
            Self::Telegram => "telegram",
        }
    }

    /// The channel of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// How long free text may be sent after the contact's last message, where the channel limits it (P9).
    pub fn window(self) -> Option<Duration> {
        matches!(self, Self::Whatsapp).then(|| Duration::hours(24))
    }

    /// When the interaction window ends for a contact whose last message came at `last_inbound`.
    pub fn window_end(self, last_inbound: Option<Timestamp>) -> Option<Timestamp> {
        Some(last_inbound? + self.window()?)
    }
}
