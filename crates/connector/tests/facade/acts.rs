//! Changing one conversation: versions, rules, what it is answered with, taking back, repeats, messages.

use crate::desk::{able, conversation, fault};
use crate::world::{World, ids, keyed, request};
use bandeja_client::traits::Method;
use bandeja_connector::backend::{Abilities, FaultKind};
use bandeja_connector::carried::Carried;
use bandeja_contract::paths;
use bandeja_model::{ConversationId, Priority, Status};
use proptest::prelude::*;
use serde_json::json;

fn world() -> World {
    World::new(able(), vec![conversation(1), conversation(2), conversation(3)])
}

fn one(id: &str) -> String {
    paths::conversation(&ConversationId::new(id))
}

fn messages(id: &str) -> String {
    paths::messages(&ConversationId::new(id))
}

#[test]
fn closing_answers_with_the_conversation_and_a_way_back() {
    let world = world();
    let listener = world.listen(None);
    world.list("view=mine&group=open");
    let closed = world.act("1", "close", json!({"description": "Listo"}));
    assert!(closed.header("etag").is_some());
    let closed = closed.ok();
    assert_eq!(closed["conversation"]["status"], "closed");
    assert_eq!(world.desk.row("1").closing.unwrap().description, "Listo");
    assert_eq!(ids(&world.list("view=mine&group=open&limit=1&offset=1")), ["2"], "it left the list");
    let events = listener.heard();
    let told = events.iter().find(|event| event.name == "conversation.changed").unwrap();
    assert!(
        told.data.contains(r#""changed":["status"]"#) && told.data.contains(r#""by":"me""#),
        "{}",
        told.data
    );

    let token = closed["undo"]["token"].as_str().unwrap();
    let back = world.post(&paths::undo(token), json!({})).ok();
    assert_eq!(back["conversation"]["status"], "assigned");
    assert_eq!(world.post(&paths::undo(token), json!({})).problem(), (409, "undo_over"));
}

#[test]
fn an_action_names_the_version_it_was_decided_on_and_a_stale_one_brings_what_is_now() {
    let world = world();
    let path = paths::conversation_action(&ConversationId::new("1"), "reopen");
    assert_eq!(world.post(&path, json!({})).problem(), (428, "version_required"));
    let version = world.version("1");
    world.desk.change("1", |row| row.owner = Some("other".into()));
    let stale = world.act_at("1", "close", json!({"description": "x"}), version);
    assert_eq!(stale.problem(), (412, "stale"));
    assert_eq!(stale.json["current"]["owner"], "other");
    assert!(stale.json["current"]["version"].as_u64().unwrap() > version);
    assert_eq!(world.desk.count("act"), 0, "nothing was sent");
}

#[test]
fn the_rule_is_asked_before_the_desk_is() {
    let world = world();
    let incomplete = world.act("1", "close", json!({}));
    assert_eq!(incomplete.problem(), (400, "invalid"));
    assert_eq!(incomplete.json["fields"][0]["field"], "description");
    assert_eq!(world.act("1", "archive", json!({})).problem(), (409, "state"));
    assert_eq!(world.act("1", "reopen", json!({})).problem(), (409, "already_so"));
    assert_eq!(world.act("1", "close", json!({"descripcion": "x"})).json["fields"][0]["code"], "unknown");
    assert_eq!(world.desk.count("act"), 0);
}

#[test]
fn an_answer_of_200_to_a_change_that_was_not_made_is_no_success() {
    let world = world();
    let refusal = (fault(FaultKind::NotApplied, "It is still open."), 1);
    world.desk.refuses.borrow_mut().insert("1".into(), refusal);
    let told = world.act("1", "close", json!({"description": "x"}));
    assert_eq!(told.problem(), (409, "not_applied"));
    assert_eq!(told.json["current"]["status"], "assigned");
    let partly = (fault(FaultKind::PartlyDone, "The reason was not kept."), 1);
    world.desk.refuses.borrow_mut().insert("2".into(), partly);
    assert_eq!(world.act("2", "close", json!({"description": "x"})).problem(), (409, "partly_done"));
}

#[test]
fn what_the_desk_does_not_answer_with_is_read_again() {
    let world = world();
    world.desk.silent.set(true);
    let tagged = world.act("1", "tags", json!({"tags": ["vip"]})).ok();
    assert_eq!(tagged["conversation"]["tags"], json!(["vip"]));
    assert!(tagged["undo"]["token"].is_string());
}

#[test]
fn taking_back_gives_hands_labels_and_urgency_as_they_were() {
    let world = world();
    world.desk.change("1", |row| (row.tags, row.team) = (vec!["vip".into()], Some("t1".into())));
    for (act, body) in [
        ("assign", json!({"user": "other"})),
        ("unassign", json!({})),
        ("tags", json!({"tags": []})),
        ("priority", json!({"priority": "high"})),
        ("snooze", json!({"until": "2025-10-10T00:00:00Z"})),
        ("close", json!({"description": "x", "transfer_to": "other", "archive": true})),
    ] {
        let done = world.act("1", act, body).ok();
        let token = done["undo"]["token"].as_str().unwrap_or_else(|| panic!("{act}"));
        world.post(&paths::undo(token), json!({})).ok();
        let row = world.desk.row("1");
        let stands =
            (row.owner, row.team, row.tags, row.priority, row.snoozed_until, row.archived, row.status);
        let team = Some("t1".into());
        let stood =
            (Some("me".into()), team, vec!["vip".into()], Priority::None, None, false, Status::Assigned);
        assert_eq!(stands, stood, "{act}");
    }
}

#[test]
fn no_way_back_is_offered_that_the_desk_does_not_have() {
    let mut abilities = able();
    abilities.acts.retain(|act| *act != "reopen");
    let world = World::new(abilities, vec![conversation(1)]);
    assert!(world.act("1", "close", json!({"description": "x"})).ok().get("undo").is_none());
}

#[test]
fn taking_back_is_refused_when_something_happened_since_or_time_is_over() {
    let world = world();
    let closed = world.act("1", "close", json!({"description": "x"})).ok();
    world.desk.change("1", |row| row.owner = Some("other".into()));
    let refused = world.post(&paths::undo(closed["undo"]["token"].as_str().unwrap()), json!({}));
    assert_eq!(refused.problem(), (409, "undo_changed"));
    let closed = world.act("2", "close", json!({"description": "x"})).ok();
    world.pass(16_000);
    let late = world.post(&paths::undo(closed["undo"]["token"].as_str().unwrap()), json!({}));
    assert_eq!(late.problem(), (409, "undo_over"));
    assert_eq!(world.post(&paths::undo("nobodys"), json!({})).problem(), (404, "not_found"));
}

#[test]
fn a_repeat_with_the_same_key_waits_for_the_first_answer_and_gets_it() {
    let world = world();
    world.desk.slow_ms.set(500);
    let body = json!({"kind": "reply", "body": "Hola", "client_id": "c1"});
    let send = || keyed(request(Method::Post, &messages("1"), Some(body.clone())), "k1");
    let (first, second) = (world.begin(send()), world.begin(send()));
    let (first, second) = (world.whole(&first), world.whole(&second));
    assert_eq!(first.status, 201);
    assert_eq!(first.json, second.json);
    assert_eq!(world.desk.count("act reply"), 1);
    let other =
        keyed(request(Method::Post, &messages("1"), Some(json!({"kind": "note", "body": "x"}))), "k1");
    assert_eq!(world.send(other).problem(), (422, "key_reused"));
}

#[test]
fn what_failed_for_the_moment_may_be_tried_again_with_the_same_key() {
    let world = world();
    let refusal = (fault(FaultKind::Unavailable, "down"), 1);
    world.desk.refuses.borrow_mut().insert("1".into(), refusal);
    let send =
        || keyed(request(Method::Post, &messages("1"), Some(json!({"kind": "note", "body": "x"}))), "k");
    assert_eq!(world.send(send()).problem(), (503, "unavailable"));
    assert_eq!(world.send(send()).status, 201);
}

#[test]
fn a_reply_is_answered_with_the_entry_it_became() {
    let world = world();
    let posted =
        world.post(&messages("1"), json!({"kind": "reply", "body": "Buenas", "client_id": "c7"})).ok();
    assert_eq!(posted["message"]["body"], "Buenas");
    assert_eq!(posted["message"]["client_id"], "c7");
    assert_eq!(posted["conversation"]["status"], "in_progress");
    let thread = world.get(&messages("1")).ok();
    assert_eq!(thread["items"][0]["id"], posted["message"]["id"]);
    assert_eq!(world.post(&messages("1"), json!({"kind": "reply", "body": " "})).problem(), (400, "invalid"));
}

#[test]
fn a_desk_that_says_nothing_of_what_was_written_is_looked_up() {
    let world = world();
    world.get(&messages("1")).ok();
    world.desk.silent.set(true);
    let posted = world.post(&messages("1"), json!({"kind": "note", "body": "Ojo"})).ok();
    assert_eq!(posted["message"]["id"], "1.1");
    assert_eq!(posted["message"]["kind"], "note");
}

#[test]
fn what_is_gone_is_not_found_and_leaves_lists_at_once() {
    let world = world();
    world.list("limit=2");
    let listener = world.listen(None);
    world.desk.rows.borrow_mut().retain(|row| row.id.as_str() != "2");
    assert_eq!(world.get(&one("2")).problem(), (404, "not_found"));
    assert_eq!(listener.names(), ["ready", "conversation.removed"]);
    assert_eq!(ids(&world.list("limit=2&offset=1")), ["1"]);
}

#[test]
fn what_was_read_is_kept_here_where_the_desk_does_not_know_and_outlives_the_engine() {
    let mut abilities = Abilities { knows_read: false, ..able() };
    abilities.acts.retain(|act| !matches!(*act, "read" | "unread"));
    let mut world = World::new(abilities, vec![conversation(1)]);
    assert_eq!(world.get(&one("1")).ok()["unread"], 0, "what came before the first look is not new");
    world.pass(1_000);
    world.desk.write(&"1".into(), "¿Hola?", bandeja_model::Author::Contact, false);
    assert_eq!(world.get(&one("1")).ok()["unread"], 1);
    let path = paths::conversation_action(&ConversationId::new("1"), "read");
    assert_eq!(world.post(&path, json!({})).ok()["conversation"]["unread"], 0);
    world.restart();
    assert_eq!(world.get(&one("1")).ok()["unread"], 0);
    let path = paths::conversation_action(&ConversationId::new("1"), "unread");
    assert_eq!(world.post(&path, json!({})).ok()["conversation"]["unread"], 1);
    assert_eq!(world.desk.count("act"), 0);
}

#[test]
fn versions_of_a_new_engine_are_higher_than_all_of_the_one_before() {
    let mut world = world();
    for _ in 0..50 {
        world.act("1", "priority", json!({"priority": "high"})).ok();
        world.act("1", "priority", json!({"priority": "low"})).ok();
    }
    let before = world.version("1");
    world.restart();
    assert!(world.version("1") > before);
}

#[derive(Clone, Debug)]
enum Step {
    Owner(bool),
    Status(Status),
    Tag(bool),
    Priority(Priority),
    Unread(u32),
    Message(String),
    Snooze(bool),
    Archive(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<bool>().prop_map(Step::Owner),
        prop::sample::select(Status::ALL.to_vec()).prop_map(Step::Status),
        any::<bool>().prop_map(Step::Tag),
        prop::sample::select(Priority::ALL.to_vec()).prop_map(Step::Priority),
        (0_u32..3).prop_map(Step::Unread),
        "[a-c]{1,2}".prop_map(Step::Message),
        any::<bool>().prop_map(Step::Snooze),
        any::<bool>().prop_map(Step::Archive),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_version_rises_exactly_when_state_hands_or_labels_differ(steps in prop::collection::vec(step(), 1..25)) {
        let world = world();
        let mut before = (world.desk.row("1"), world.version("1"));
        for step in steps {
            world.desk.change("1", |row| match step {
                Step::Owner(mine) => row.owner = mine.then(|| "me".into()),
                Step::Status(status) => row.status = status,
                Step::Tag(on) => row.tags = if on { vec!["vip".into()] } else { Vec::new() },
                Step::Priority(priority) => row.priority = priority,
                Step::Unread(unread) => row.unread = unread,
                Step::Message(text) => row.last_message.as_mut().unwrap().text = text,
                Step::Snooze(on) => row.snoozed_until = on.then(crate::desk::start),
                Step::Archive(on) => row.archived = on,
            });
            let now = (world.desk.row("1"), world.version("1"));
            let standing = |row: &bandeja_model::Conversation| {
                let row = row.clone();
                (row.status, row.archived, row.owner, row.team, row.tags, row.priority, row.snoozed_until)
            };
            let differs = standing(&before.0) != standing(&now.0);
            prop_assert_eq!(now.1 > before.1, differs);
            prop_assert!(now.1 >= before.1);
            before = now;
        }
    }
}

#[test]
fn what_no_call_carries_is_told_off_and_refused_by_its_name() {
    let carried = |names: &[&str]| Carried::These(names.iter().map(|name| (*name).to_owned()).collect());
    let abilities = Abilities {
        carried: [
            ("close", carried(&["description"])),
            ("assign", carried(&["user"])),
            ("note", carried(&["text"])),
            ("tags", carried(&["added"])),
        ]
        .into(),
        ..able()
    };
    let world = World::new(abilities, vec![conversation(1)]);
    let session = world.get(paths::SESSION).ok();
    for part in ["close.transfer_to", "close.archive", "note.mentions"] {
        assert_eq!(session["capabilities"][part]["on"], false, "{part}");
    }
    world.desk.change("1", |row| row.tags = vec!["old".into()]);
    let note = json!({"kind": "note", "body": "@Beto", "mentions": ["other"]});
    for (told, field) in [
        (world.act("1", "close", json!({"description": "x", "transfer_to": "other"})), "transfer_to"),
        (world.act("1", "close", json!({"description": "x", "archive": true})), "archive"),
        (world.act("1", "assign", json!({"team": "t1"})), "team"),
        (world.act("1", "tags", json!({"tags": ["vip"]})), "tags"),
        (world.post(&messages("1"), note), "mentions"),
    ] {
        assert_eq!(told.problem(), (400, "invalid"), "{field}");
        let fault = &told.json["fields"][0];
        assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!("off")));
    }
    assert_eq!(world.desk.count("act"), 0);
    world.act("1", "tags", json!({"tags": ["old", "vip"]})).ok();
    world.act("1", "close", json!({"description": "x"})).ok();
}
