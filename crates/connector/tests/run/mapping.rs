//! Raw conversations to rows: ids, dates, words, and whatever may be missing.

use crate::world::*;
use bandeja_connector::backend::Backend;
use bandeja_connector::run::sample;
use bandeja_model::{Channel, Direction, Priority, Status, TagId, UserId};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn whole() -> Value {
    json!({"conversation": {"fields": {
        "label": ".state_name", "channel": ".channel", "line": ".inbox", "team": ".team.id", "priority": ".priority",
        "unread": ".unread", "contact.id": ".contact.id", "contact.name": ".contact.name", "contact.phone": ".contact.phone",
        "last_message.text": {"jq": ".last.html", "html": true}, "last_message.at": {"jq": ".last.at", "date": "unix"},
        "last_message.direction": "if .last.mine then \"out\" else \"in\" end", "last_activity_at": ".updated",
        "waiting_since": {"jq": ".waiting", "date": "unix"}, "snoozed_until": ".sleep",
        "closing.description": ".why", "closing.category_id": ".why_id", "closing.at": {"jq": ".closed", "date": "%d/%m/%Y %H:%M", "offset": "-06:00"}
    }}})
}

fn row(more: Value, raw: &Value) -> Result<bandeja_connector::backend::Row, String> {
    sample::conversation(&read(&file(more)), &BTreeMap::new(), &raw.to_string())
}

#[test]
fn a_raw_conversation_becomes_a_whole_row() {
    let raw = json!({
        "id": 42, "status": "3", "state_name": "Resolved", "created": "2026-11-01T10:00:00-06:00", "email": "c@x.test",
        "owner": 7.0, "tags": ["b", 10, "a", "b"], "channel": "whatsapp", "inbox": 3, "team": {"id": 2}, "priority": "urgent",
        "unread": true, "contact": {"id": "k9", "name": "María", "phone": "+52 1"},
        "last": {"html": "<p>Hola <b>Ana</b></p>", "at": 1_795_000_000, "mine": false}, "updated": 1_795_000_000_000_i64,
        "waiting": 0, "sleep": null, "why": "Listo", "why_id": "r", "closed": "02/11/2026 08:30"
    });
    let row = row(whole(), &raw).unwrap();
    let c = &row.conversation;
    assert_eq!((c.id.as_str(), c.status, row.label.as_deref()), ("42", Status::Closed, Some("Resolved")));
    assert_eq!(c.created_at.to_rfc3339(), "2026-11-01T16:00:00+00:00");
    assert_eq!((c.channel, c.line.as_str(), c.campaign.as_str()), (Channel::Whatsapp, "3", "main"));
    assert_eq!(c.owner.as_ref().map(UserId::as_str), Some("7"));
    assert_eq!(c.tags.iter().map(TagId::as_str).collect::<Vec<_>>(), ["a", "b", "10"]);
    assert_eq!((c.priority, c.unread, c.waiting_since, c.snoozed_until), (Priority::Urgent, 1, None, None));
    assert_eq!((c.contact.name.as_str(), c.contact.address.as_str()), ("María", "c@x.test"));
    let last = c.last_message.as_ref().unwrap();
    assert_eq!((last.text.as_str(), last.direction), ("Hola Ana", Direction::In));
    assert_eq!(c.window_ends_at.unwrap() - last.at, chrono::Duration::hours(24));
    let closing = c.closing.as_ref().unwrap();
    assert_eq!(
        (closing.description.as_str(), closing.at.to_rfc3339().as_str()),
        ("Listo", "2026-11-02T14:30:00+00:00")
    );
}

#[test]
fn what_may_be_missing_gets_a_sensible_value() {
    let raw = json!({"id": "a", "status": 1, "created": 1_790_000_000});
    let row = row(whole(), &raw).unwrap();
    let c = &row.conversation;
    assert_eq!((c.channel, c.line.as_str(), c.version), (Channel::Email, "main", 0));
    assert_eq!((c.owner.clone(), c.unread, c.last_activity_at), (None, 0, c.created_at));
    assert_eq!((c.contact.id.as_str(), c.contact.name.as_str()), ("of-a", ""));
    assert!(c.last_message.is_none() && c.closing.is_none());
}

#[test]
fn what_is_wrong_makes_the_row_bad_and_names_field_place_and_value() {
    let good = || json!({"id": 1, "status": 1, "created": 1_790_000_000});
    for (key, value, words) in [
        ("id", json!(null), ["id", "needed"]),
        ("id", json!({"a": 1}), ["id", "an object"]),
        ("status", json!(99), ["status", "99"]),
        ("created", json!("soon"), ["created_at", "soon"]),
        ("tags", json!("a,b"), ["tags", "a list"]),
        ("tags", json!([null]), ["tags", "a list"]),
        ("owner", json!([7]), ["owner", "a list"]),
        ("owner", json!(7.5), ["owner", "7.5"]),
        ("priority", json!("p1"), ["priority", "p1"]),
        ("unread", json!(-1), ["unread", "-1"]),
        ("channel", json!("pigeon"), ["channel", "pigeon"]),
        ("contact", json!({"name": ["x"]}), ["contact.name", "a list"]),
    ] {
        let mut raw = good();
        raw[key] = value;
        let fault = row(whole(), &raw).unwrap_err();
        assert!(
            words.iter().all(|word| fault.contains(word)) && fault.contains("/conversation/fields/"),
            "{fault}"
        );
    }
}

#[test]
fn samples_of_lists_and_threads_show_rows_without_a_network() {
    let plan = read(&file(
        json!({"thread": {"sources": [{"items": ".notes", "fields": {"id": ".id", "at": ".at", "body": ".text"}}]}}),
    ));
    let body = json!({"results": [ticket(1, 1), {"id": 2}]}).to_string();
    let rows = sample::list(&plan, &BTreeMap::new(), &body).unwrap();
    assert!(rows[0].is_ok() && rows[1].is_err());
    let raw = json!({"notes": [{"id": 1, "at": 1_795_000_000, "text": "hola"}, {"id": 2}]}).to_string();
    let entries = sample::thread(&plan, &BTreeMap::new(), 0, &raw).unwrap();
    assert_eq!(entries[0].as_ref().unwrap().body, "hola");
    assert!(entries[1].is_err());
}

#[test]
fn moments_without_an_offset_were_read_from_the_clocks_of_the_files_zone() {
    let fields = json!({
        "created_at": {"jq": ".made", "date": "%d/%m/%Y %H:%M"},
        "last_activity_at": ".active",
        "snoozed_until": {"jq": ".until", "date": "%d/%m/%Y", "offset": "-05:00"},
        "waiting_since": ".since"
    });
    let file = json!({
        "settings": {"zone": {"default": "Europe/Madrid"}}, "zone": "{{$settings.zone}}", "conversation": {"fields": fields}
    });
    let mut raw = ticket(1, 1);
    for (key, value) in [
        ("made", json!("15/07/2026 12:00")),
        ("active", json!("2026-12-15 12:00:00")),
        ("until", json!("01/02/2027")),
        ("since", json!("2026-07-15T12:00:00Z")),
    ] {
        raw[key] = value;
    }
    let (runner, _) = desk(file.clone(), {
        let raw = raw.clone();
        move |_| ok(raw.clone())
    });
    let row = one(&runner, "1").conversation;
    let text = |at: bandeja_model::Timestamp| at.format("%m-%d %H:%M").to_string();
    assert_eq!(text(row.created_at), "07-15 10:00", "summer");
    assert_eq!(text(row.last_activity_at), "12-15 11:00", "winter");
    assert_eq!(row.snoozed_until.map(text).as_deref(), Some("02-01 05:00"), "its own offset");
    assert_eq!(row.waiting_since.map(text).as_deref(), Some("07-15 12:00"), "it says UTC");
    let mut elsewhere = file;
    elsewhere["settings"]["zone"]["default"] = json!("Europe/Madird");
    let (runner, _) = desk(elsewhere, move |_| ok(raw.clone()));
    let fault = now(runner.one("1".into())).unwrap_err();
    assert!(fault.said.contains("the time zone “Europe/Madird” is not known here"), "{}", fault.said);
}
