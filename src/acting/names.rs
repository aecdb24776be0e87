//! Words, drawings and classes of states, channels and urgencies: one place for all screens.

use super::words::words;
use crate::i18n::Locale;
use bandeja_model::{Availability, Channel, Conversation, Priority, Status};
use bandeja_ui::IconName;

/// The word for a state.
pub fn status_word(status: Status, locale: Locale) -> &'static str {
    let w = words(locale);
    match status {
        Status::New => w.status_new,
        Status::Bot => w.status_bot,
        Status::Assigned => w.status_assigned,
        Status::InProgress => w.status_in_progress,
        Status::OutOfHours => w.status_out_of_hours,
        Status::AgentsOffline => w.status_agents_offline,
        Status::Closed => w.status_closed,
        Status::Cancelled => w.status_cancelled,
    }
}

/// The word for where a conversation stands: what a foreign system calls it, where that says more (P6).
pub fn state_word(conversation: &Conversation, locale: Locale) -> String {
    match conversation.label.as_deref().map(str::trim) {
        Some(label) if !label.is_empty() => label.to_owned(),
        _ => status_word(conversation.status, locale).to_owned(),
    }
}

/// The drawing of a state.
pub const fn status_icon(status: Status) -> IconName {
    match status {
        Status::New => IconName::StateNew,
        Status::Bot => IconName::StateBot,
        Status::Assigned => IconName::StateAssigned,
        Status::InProgress => IconName::StateProgress,
        Status::OutOfHours => IconName::StateHours,
        Status::AgentsOffline => IconName::StateOffline,
        Status::Closed => IconName::StateClosed,
        Status::Cancelled => IconName::StateCancelled,
    }
}

/// The class that colours a state.
pub const fn status_class(status: Status) -> &'static str {
    match status {
        Status::New => "new",
        Status::Bot => "bot",
        Status::Assigned => "assigned",
        Status::InProgress => "progress",
        Status::OutOfHours => "hours",
        Status::AgentsOffline => "offline",
        Status::Closed => "closed",
        Status::Cancelled => "cancelled",
    }
}

/// The name of a channel.
pub fn channel_word(channel: Channel, locale: Locale) -> &'static str {
    match channel {
        Channel::Whatsapp => "WhatsApp",
        Channel::Messenger => "Messenger",
        Channel::Instagram => "Instagram",
        Channel::Email => words(locale).channel_email,
        Channel::Webchat => words(locale).channel_webchat,
        Channel::Sms => "SMS",
        Channel::Telegram => "Telegram",
    }
}

/// The drawing of a channel.
pub const fn channel_icon(channel: Channel) -> IconName {
    match channel {
        Channel::Whatsapp => IconName::ChannelWhatsapp,
        Channel::Messenger => IconName::ChannelMessenger,
        Channel::Instagram => IconName::ChannelInstagram,
        Channel::Email => IconName::ChannelEmail,
        Channel::Webchat => IconName::ChannelWebchat,
        Channel::Sms => IconName::ChannelSms,
        Channel::Telegram => IconName::ChannelTelegram,
    }
}

/// The word for an urgency.
pub fn priority_word(priority: Priority, locale: Locale) -> &'static str {
    let w = words(locale);
    match priority {
        Priority::None => w.priority_none,
        Priority::Low => w.priority_low,
        Priority::High => w.priority_high,
        Priority::Urgent => w.priority_urgent,
    }
}

/// The word for whether somebody is there.
pub fn availability_word(availability: Availability, locale: Locale) -> &'static str {
    let w = words(locale);
    match availability {
        Availability::Online => w.online,
        Availability::Away => w.away,
        Availability::Offline => w.offline,
    }
}
