//! Conversations and messages for tests.

use bandeja_model::{
    Author, Channel, Contact, Conversation, Direction, Message, MessageKind, Priority, Status, Timestamp,
    Viewer,
};
use chrono::Duration;
use std::collections::BTreeSet;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp_millis(1_760_000_000_000).unwrap() + Duration::seconds(seconds)
}

/// An open conversation of nobody, active `number` seconds after the others' beginning.
pub(crate) fn conversation(number: i64) -> Conversation {
    Conversation {
        id: number.to_string().into(),
        version: 1,
        status: Status::New,
        archived: false,
        channel: Channel::Whatsapp,
        line: "l1".into(),
        campaign: "c1".into(),
        team: Some("t1".into()),
        owner: None,
        contact: Contact {
            id: format!("k{number}").into(),
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
        created_at: at(0),
        last_activity_at: at(number),
        waiting_since: None,
        window_ends_at: None,
        snoozed_until: None,
        bot_paused: false,
        mentioned: false,
        label: None,
        closing: None,
    }
}

pub(crate) fn viewer() -> Viewer {
    Viewer { id: "me".into(), teams: BTreeSet::new(), now: at(100_000), utc_offset_s: 0 }
}

pub(crate) fn message(number: u32) -> Message {
    Message {
        id: number.to_string().into(),
        conversation_id: "1".into(),
        kind: MessageKind::Message,
        direction: Some(Direction::In),
        author: Author::Contact,
        body: format!("mensaje {number}"),
        at: at(i64::from(number)),
        delivery: None,
        delivery_error: None,
        client_id: None,
        mentions: Vec::new(),
        event: None,
    }
}
