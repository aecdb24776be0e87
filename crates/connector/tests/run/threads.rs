//! Threads: embedded, separate, joined or one request for each; oldest first, with ids that rise.

use crate::world::*;
use bandeja_connector::backend::{Backend, Entries};
use bandeja_connector::run::Runner;
use bandeja_model::{Author, Direction, MessageKind, SystemEvent};
use serde_json::{Value, json};

fn thread(runner: &Runner, before: Option<String>) -> Entries {
    now(runner.thread("1".into(), before)).unwrap()
}

fn bodies(entries: &Entries) -> Vec<&str> {
    entries.items.iter().map(|entry| entry.body.as_str()).collect()
}

fn rising(entries: &Entries) -> bool {
    entries.items.is_sorted_by(|a, b| a.id < b.id)
}

fn note(id: u64, at: u64, text: &str) -> Value {
    json!({"id": id, "at": 1_795_000_000 + at, "text": text})
}

#[test]
fn an_embedded_thread_gets_its_kinds_authors_and_directions() {
    let (runner, _) = desk(
        json!({"thread": {
            "first": {"body": ".subject", "author": "\"contact\""},
            "sources": [{"items": ".followups", "fields": {
                "id": ".id", "at": ".at", "body": {"jq": ".text", "html": true},
                "kind": "if .hidden then \"drop\" elif .change then \"event\" elif .public then \"message\" else \"note\" end",
                "author": "if .user then .user else \"contact\" end",
                "event": "if .change then {type: \"prioritised\", priority: .change} else null end"
            }}]
        }}),
        |_| {
            let mut raw = ticket(1, 1);
            raw["subject"] = json!("Llegó roto");
            raw["followups"] = json!([
                {"id": 12, "at": 1_795_000_300, "text": "<p>Lo <b>siento</b></p>", "user": 2, "public": true},
                {"id": 9, "at": 1_795_000_200, "text": "Gracias", "user": null, "public": true},
                {"id": 13, "at": 1_795_000_400, "text": "ojo", "user": 2, "public": false},
                {"id": 14, "at": 1_795_000_500, "text": "x", "hidden": true},
                {"id": 15, "at": 1_795_000_600, "text": "", "user": 2, "change": "high"}
            ]);
            ok(raw)
        },
    );
    let entries = thread(&runner, None);
    assert_eq!(bodies(&entries), ["Llegó roto", "Gracias", "Lo siento", "ojo", ""]);
    let seen: Vec<_> = entries.items.iter().map(|entry| (entry.kind, entry.direction)).collect();
    assert_eq!(seen[1], (MessageKind::Message, Some(Direction::In)));
    assert_eq!(seen[2], (MessageKind::Message, Some(Direction::Out)));
    assert_eq!(seen[3], (MessageKind::Note, Some(Direction::Note)));
    assert_eq!(entries.items[0].author, Author::Contact);
    assert_eq!(entries.items[2].author, Author::User { id: "2".into() });
    assert!(matches!(entries.items[4].event, Some(SystemEvent::Prioritised { .. })));
    assert!(rising(&entries) && entries.bad.is_empty() && entries.prev.is_none());
}

#[test]
fn separate_sources_are_put_together_by_their_moments() {
    let fields =
        |kind: &str| json!({"id": ".id", "at": ".at", "body": ".text", "kind": format!("\"{kind}\"")});
    let (runner, world) = desk(
        json!({"thread": {"sources": [
            {"call": "GET /tickets/{{$args.id}}/messages", "items": ".", "fields": fields("message")},
            {"call": "GET /tickets/{{$args.id}}/notes", "items": ".", "fields": fields("note")}
        ]}}),
        |asked| {
            if asked.line.ends_with("messages") {
                return ok(json!([note(30, 3, "c"), note(2, 1, "a")]));
            }
            ok(json!([note(7, 2, "b"), {"id": 8, "at": "soon"}]))
        },
    );
    let entries = thread(&runner, None);
    assert_eq!(bodies(&entries), ["a", "b", "c"]);
    assert!(rising(&entries));
    assert_eq!(entries.bad.len(), 1);
    assert!(entries.bad[0].contains("soon"), "{:?}", entries.bad);
    assert_eq!(world.lines().len(), 2);
}

#[test]
fn one_request_for_each_part_keeps_to_the_limit() {
    let (runner, world) = desk(
        json!({"transport": {"concurrency": 2}, "thread": {"sources": [
            {"call": {"get": "/messages/{{$each}}", "each": "$it.message_ids[]"}, "items": ".", "fields": {"id": ".id", "at": ".at", "body": ".text"}}
        ]}}),
        |asked| {
            if let Some(id) = asked.line.strip_prefix("GET /api/messages/") {
                let id = id.parse().unwrap();
                return ok(note(id, id, &format!("m{id}")));
            }
            let mut raw = ticket(1, 1);
            raw["message_ids"] = json!([5, 3, 4, 6, 7]);
            ok(raw)
        },
    );
    assert_eq!(bodies(&thread(&runner, None)), ["m3", "m4", "m5", "m6", "m7"]);
    assert_eq!(world.running.get().1, 2);
}

#[test]
fn older_pages_are_read_when_they_are_asked_for_and_other_sources_keep_to_their_time() {
    let (runner, world) = desk(
        json!({"thread": {"newest_first": true, "sources": [
            {"call": {"get": "/messages"}, "items": ".", "paging": {"last": "before", "value": ".id"}, "end": "length < 2",
             "fields": {"id": ".id", "at": ".at", "body": ".text"}},
            {"call": {"get": "/log"}, "items": ".", "fields": {"id": ".id", "at": ".at", "body": ".text", "kind": "\"note\""}}
        ]}}),
        |asked| match asked.line.as_str() {
            "GET /api/messages" => ok(json!([note(5, 50, "m5"), note(4, 40, "m4")])),
            "GET /api/messages?before=4" => ok(json!([note(3, 30, "m3"), note(2, 20, "m2")])),
            "GET /api/messages?before=2" => ok(json!([note(1, 10, "m1")])),
            _ => ok(json!([note(1, 5, "n5"), note(2, 25, "n25"), note(3, 45, "n45")])),
        },
    );
    let newest = thread(&runner, None);
    assert_eq!(bodies(&newest), ["m4", "n45", "m5"]);
    let older = thread(&runner, newest.prev.clone());
    assert_eq!(bodies(&older), ["m2", "n25", "m3"]);
    let oldest = thread(&runner, older.prev.clone());
    assert_eq!(bodies(&oldest), ["n5", "m1"]);
    assert_eq!(oldest.prev, None);
    assert!(older.items.last().unwrap().id < newest.items[0].id);
    assert_eq!(world.lines().iter().filter(|line| line.contains("messages")).count(), 3);
}

#[test]
fn a_thread_in_pages_is_read_whole_and_a_limit_is_said() {
    let more = |pages: u64| {
        json!({"thread": {"sources": [
            {"call": "GET /messages", "items": ".", "paging": {"page": "p"}, "pages": pages, "fields": {"id": ".id", "at": ".at", "body": ".text"}}
        ]}})
    };
    let foreign = |asked: &Asked| {
        let page: u64 = asked.parameter("p").unwrap().parse().unwrap();
        ok(if page > 3 { json!([]) } else { json!([note(page, page, "m")]) })
    };
    let entries = thread(&desk(more(10), foreign).0, None);
    assert_eq!((entries.items.len(), entries.bad.len()), (3, 0));
    let entries = thread(&desk(more(2), foreign).0, None);
    assert_eq!((entries.items.len(), entries.bad.len()), (2, 1));
}

#[test]
fn a_source_can_be_joined_with_what_another_one_saved() {
    let (runner, _) = desk(
        json!({"thread": {"sources": [
            {"call": {"get": "/people", "save": {"people": "INDEX(.id)"}}, "items": "[]", "fields": {"id": ".id", "at": ".at"}},
            {"call": "GET /messages", "items": ".", "fields": {
                "id": ".id", "at": ".at", "body": ".text", "author": "$steps.people[.from | tostring] | if .staff then .id else \"contact\" end"
            }}
        ]}}),
        |asked| {
            if asked.line.ends_with("people") {
                return ok(json!([{"id": 1, "staff": true}, {"id": 2, "staff": false}]));
            }
            ok(
                json!([{"id": 1, "at": 1_795_000_000, "text": "a", "from": 2}, {"id": 2, "at": 1_795_000_001, "text": "b", "from": 1}]),
            )
        },
    );
    let authors: Vec<_> = thread(&runner, None).items.into_iter().map(|entry| entry.author).collect();
    assert_eq!(authors, [Author::Contact, Author::User { id: "1".into() }]);
}
