//! Replies and private notes, and calls that come twice.

use super::target::{now, original};
use crate::http::{Answer, Sent};
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::headers::IDEMPOTENCY_KEY;
use bandeja_contract::problem::code;
use bandeja_contract::{MessagePage, Posted, paths};
use bandeja_model::limits::MESSAGE_CHARS;
use bandeja_model::{Author, MessageKind};
use chrono::Utc;
use serde_json::{Value, json};

const ON: &[&str] = &["actions.conversation"];
const NOTE: &str = "Conformance check: a private note.";
const REPLY: &str = "Conformance check: please ignore this message.";
const TWICE: &str = "What was written without a network may be sent twice.";

pub(super) const POINTS: &[Point] = &[
    message(
        "messages.note",
        "A note is written and stands in the thread: kind, author, text.",
        "Notes cannot be written.",
        note,
    )
    .of("note"),
    point(
        Area::Messages,
        "messages.client_id",
        "The same client_id a second time is answered with the first message.",
        TWICE,
        client_id,
    )
    .on(&["messages.note"])
    .writing()
    .of("note"),
    message(
        "messages.idempotency_key",
        "The same Idempotency-Key and body is answered as the first time.",
        TWICE,
        key,
    )
    .on(&["messages.note"]),
    point(
        Area::Messages,
        "messages.key_reused",
        "The same Idempotency-Key with another body is 422 with code key_reused.",
        "Nothing: the app never does it. A script's mistake goes unnoticed.",
        key_reused,
    )
    .on(&["messages.idempotency_key"])
    .writing(),
    message(
        "messages.empty",
        "An empty text is 400 with the field's name.",
        "Empty messages are sent.",
        |probe| {
            post(probe, &json!({ "kind": "note", "body": " " }), None)?.refusal_of("body")?;
            Ok("400 that names it".to_owned())
        },
    ),
    message(
        "messages.too_long",
        "A text above the limit is 400 with the field's name.",
        "Long texts fail without words.",
        |probe| {
            let body = "a".repeat(MESSAGE_CHARS + 1);
            post(probe, &json!({ "kind": "note", "body": body }), None)?.refusal_of("body")?;
            Ok("400 that names it".to_owned())
        },
    ),
    message(
        "messages.mentions",
        "A mention of a user who does not exist is 400 with the field's name.",
        "Mentions reach nobody, silently.",
        |probe| {
            let body = json!({ "kind": "note", "body": "x", "mentions": [super::hostile::NOBODYS_ID] });
            post(probe, &body, None)?.refusal_of("mentions")?;
            Ok("400 that names it".to_owned())
        },
    ),
    message(
        "messages.reply",
        "A reply is written while the interaction window is open, and 422 window_over after it.",
        "Contacts cannot be answered: the composer writes notes only.",
        reply,
    )
    .of("reply"),
];

const fn message(
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    point(Area::Messages, id, asks, app, check).on(ON).writing()
}

fn post(probe: &mut Probe, body: &Value, key: Option<String>) -> Result<Answer, Fault> {
    let path = paths::messages(&original(probe)?.id);
    let mut sent = Sent::json(body);
    if let Some(key) = key {
        sent = sent.with(IDEMPOTENCY_KEY, key);
    }
    probe.call("POST", &path, &sent)
}

/// Unlike any other of an earlier run.
fn unlike(what: &str) -> String {
    format!("conformance-{what}-{}", Utc::now().timestamp_micros())
}

fn written(probe: &mut Probe, what: &str) -> Result<(), Fault> {
    let id = original(probe)?.id;
    probe
        .left_behind
        .push(format!("conversation {id} has a {what} “{}”", if what == "reply" { REPLY } else { NOTE }));
    Ok(())
}

fn note(probe: &mut Probe) -> Outcome {
    let client_id = unlike("note");
    let body = json!({ "kind": "note", "body": NOTE, "client_id": client_id });
    let posted: Posted = post(probe, &body, None)?.read(201)?;
    written(probe, "note")?;
    let (message, me) = (posted.message, probe.session()?.user.id.clone());
    let right = message.kind == MessageKind::Note
        && message.author == Author::User { id: me }
        && message.body == NOTE
        && message.client_id.as_deref() == Some(&client_id);
    if !right {
        let seen = format!("{:?} by {:?}: “{}”", message.kind, message.author, message.body);
        return Err(Fault::wrong("the note as it was sent, with its client_id", seen));
    }
    let path = format!("{}?limit=10", paths::messages(&message.conversation_id));
    let thread: MessagePage = probe.read(&path)?;
    if !thread.items.iter().any(|entry| entry.id == message.id) {
        return Err(Fault::wrong("the note on the newest page", "it is not there"));
    }
    probe.note = Some(message.id.to_string());
    Ok(format!("note {}", message.id))
}

fn client_id(probe: &mut Probe) -> Outcome {
    let path = paths::messages(&original(probe)?.id);
    let thread: MessagePage = probe.read(&format!("{path}?limit=20"))?;
    let note = thread.items.iter().find(|it| Some(it.id.as_str()) == probe.note.as_deref());
    let sent = note.and_then(|note| note.client_id.clone());
    let sent = sent.ok_or_else(|| Fault::wrong("the note with its client_id in the thread", "without it"))?;
    let answer = post(probe, &json!({ "kind": "note", "body": NOTE, "client_id": sent }), None)?;
    let again = answer.read::<Posted>(201)?.message.id;
    if Some(again.as_str()) != probe.note.as_deref() {
        written(probe, "note")?;
        return Err(Fault::wrong(
            format!("message {:?} again", probe.note),
            format!("a new message {again}"),
        ));
    }
    Ok("the first message".to_owned())
}

fn key(probe: &mut Probe) -> Outcome {
    let key = unlike("key");
    let body = json!({ "kind": "note", "body": NOTE });
    let first: Posted = post(probe, &body, Some(key.clone()))?.read(201)?;
    written(probe, "note")?;
    let again: Posted = post(probe, &body, Some(key.clone()))?.read(201)?;
    if first.message.id != again.message.id {
        written(probe, "note")?;
        return Err(Fault::wrong(
            format!("message {} again", first.message.id),
            format!("a new message {}", again.message.id),
        ));
    }
    probe.key = Some(key);
    Ok("the first answer".to_owned())
}

fn key_reused(probe: &mut Probe) -> Outcome {
    let key = probe.key.clone();
    let answer = post(probe, &json!({ "kind": "note", "body": "x" }), key)?;
    if answer.status == 201 {
        written(probe, "note")?;
    }
    answer.problem(422, &[code::KEY_REUSED])?;
    Ok("422 key_reused".to_owned())
}

fn reply(probe: &mut Probe) -> Outcome {
    if probe.options.conversation.is_none() && !probe.session()?.demo {
        return Err(Fault::untried(
            "a contact is written to only where --conversation names theirs, or in a demo",
        ));
    }
    let before = now(probe)?;
    let moment = probe.viewer()?.now;
    let answer = post(probe, &json!({ "kind": "reply", "body": REPLY, "client_id": unlike("reply") }), None)?;
    if !before.window_is_open(moment) {
        answer.problem(422, &[code::WINDOW_OVER])?;
        return Ok("422 window_over".to_owned());
    }
    let posted: Posted = answer.read(201)?;
    written(probe, "reply")?;
    if posted.message.kind != MessageKind::Message || posted.conversation.waiting_since.is_some() {
        return Err(Fault::wrong(
            "a message, and nobody waiting any more",
            format!("{:?}", posted.message.kind),
        ));
    }
    if posted.conversation.status != bandeja_model::Status::InProgress {
        return Err(Fault::wrong("in_progress", posted.conversation.status.code()));
    }
    Ok(format!("message {}", posted.message.id))
}
