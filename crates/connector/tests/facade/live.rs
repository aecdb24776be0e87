//! The event stream, and how changes of others are found.

use crate::desk::{able, conversation, fault};
use crate::world::{Listener, World};
use bandeja_connector::backend::{Abilities, FaultKind};
use bandeja_contract::paths;
use bandeja_model::{Author, ConversationId, Status};
use serde_json::json;

fn world() -> World {
    World::new(able(), (1..=3).map(conversation).collect())
}

#[test]
fn what_others_did_is_told_after_the_next_look() {
    let world = world();
    world.list("view=mine&group=open");
    let listener = world.listen(None);
    listener.heard();
    world.desk.change("2", |row| row.tags = vec!["vip".into()]);
    let mut new = conversation(9);
    new.created_at = crate::desk::start() + chrono::Duration::seconds(5);
    world.desk.rows.borrow_mut().push(new);
    world.pass(20_000);
    let heard = listener.heard();
    let told = |id: &str| heard.iter().find(|event| event.data.contains(&format!(r#""id":"{id}""#))).unwrap();
    assert!(told("2").data.contains(r#""changed":["tags"]"#), "{heard:?}");
    assert!(told("9").data.contains(r#""changed":["created"]"#), "{heard:?}");
    assert_eq!(heard.len(), 2);
}

#[test]
fn what_left_the_list_is_asked_for_and_told() {
    let world = world();
    world.list("view=mine&group=open");
    let listener = world.listen(None);
    listener.heard();
    world.desk.change("2", |row| row.status = Status::Closed);
    world.desk.rows.borrow_mut().retain(|row| row.id.as_str() != "1");
    world.pass(20_000);
    let mut names = listener.names();
    names.sort();
    assert_eq!(names, ["conversation.changed", "conversation.removed"]);
}

#[test]
fn what_comes_to_the_open_thread_is_told_once() {
    let world = world();
    world.get(&paths::messages(&ConversationId::new("1"))).ok();
    let listener = world.listen(None);
    listener.heard();
    world.desk.write(&"1".into(), "¿Hola?", Author::Contact, false);
    world.pass(20_000);
    world.pass(20_000);
    let heard = listener.heard();
    let created: Vec<_> = heard.iter().filter(|event| event.name == "message.created").collect();
    assert_eq!(created.len(), 1);
    assert!(created[0].data.contains("¿Hola?"));
}

#[test]
fn a_desk_that_says_what_changed_is_asked_for_that_alone() {
    let world = world();
    world.desk.tells_changes.set(true);
    world.list("view=mine&group=open");
    let listener = world.listen(None);
    let lists = world.desk.count("list");
    world.pass(1_000);
    world.desk.write(&"2".into(), "Otra cosa", Author::Contact, false);
    world.pass(20_000);
    assert!(listener.names().contains(&"conversation.changed".to_owned()));
    assert_eq!(world.desk.count("list"), lists);
}

#[test]
fn nothing_is_asked_while_nobody_looks_and_at_once_when_somebody_does() {
    let world = world();
    world.list("view=mine&group=open");
    world.engine.looked_at(false);
    world.settle();
    let asked = world.desk.asked.borrow().len();
    for _ in 0..20 {
        world.pass(20_000);
    }
    assert_eq!(world.desk.asked.borrow().len(), asked);
    world.engine.looked_at(true);
    world.settle();
    assert!(world.desk.asked.borrow().len() > asked);
}

#[test]
fn a_desk_that_does_not_answer_is_asked_ever_more_seldom() {
    let world = world();
    world.list("view=mine&group=open");
    *world.desk.dead.borrow_mut() = Some(fault(FaultKind::Unavailable, "down"));
    let before = world.desk.count("list");
    for _ in 0..60 {
        world.pass(20_000);
    }
    let asked = world.desk.count("list") - before;
    assert!((4..=10).contains(&asked), "{asked}");
    *world.desk.dead.borrow_mut() = None;
    let listener = world.listen(None);
    world.desk.change("1", |row| row.owner = None);
    for _ in 0..15 {
        world.pass(20_000);
    }
    assert!(listener.names().contains(&"conversation.changed".to_owned()), "it finds back");
}

#[test]
fn a_desk_that_must_not_be_polled_is_not() {
    let world = World::new(Abilities { poll_ms: 0, ..able() }, vec![conversation(1)]);
    world.list("");
    let asked = world.desk.asked.borrow().len();
    world.pass(600_000);
    assert_eq!(world.desk.asked.borrow().len(), asked);
}

#[test]
fn a_quiet_stream_shows_that_it_lives() {
    let world = World::new(Abilities { poll_ms: 0, ..able() }, vec![conversation(1)]);
    let listener = world.listen(None);
    listener.heard();
    world.pass(15_000);
    world.pass(15_000);
    let pieces = listener.pieces.take();
    assert_eq!(pieces.len(), 2);
    assert!(pieces.iter().all(|piece| piece.starts_with(b":")));
}

#[test]
fn a_listener_that_comes_back_hears_what_it_missed_or_is_told_to_reload() {
    let mut world = World::new(Abilities { poll_ms: 0, ..able() }, vec![conversation(1)]);
    let listener = world.listen(None);
    let ready = listener.heard().remove(0).id.unwrap();
    world.act("1", "priority", json!({"priority": "high"})).ok();
    world.act("1", "priority", json!({"priority": "low"})).ok();
    let again = world.listen(Some(&ready));
    let heard = again.heard();
    assert_eq!(heard.len(), 2);
    let numbers: Vec<u64> = heard.iter().map(|event| event.id.as_ref().unwrap().parse().unwrap()).collect();
    assert!(numbers[0] < numbers[1]);
    assert_eq!(world.listen(Some("7")).names(), ["reset"]);
    for _ in 0..600 {
        world.act("1", "priority", json!({"priority": "high"})).ok();
        world.act("1", "priority", json!({"priority": "low"})).ok();
    }
    assert_eq!(world.listen(Some(&ready)).names(), ["reset"], "too much was missed");
    world.restart();
    assert_eq!(world.listen(Some(&numbers[1].to_string())).names(), ["reset"], "another engine");
}

#[test]
fn a_stopped_engine_ends_its_streams() {
    let world = world();
    let listener = world.listen(None);
    world.engine.stop();
    world.settle();
    listener.heard();
    world.pass(60_000);
    assert!(listener.heard().is_empty());
}

/// A desk that gives hints, with the list on the screen and whoever listens to events.
fn hinting() -> (World, Listener) {
    let world = World::new(Abilities { hints: true, ..able() }, (1..=3).map(conversation).collect());
    world.list("view=mine&group=open");
    world.pass(1_000);
    let listener = world.listen(None);
    listener.heard();
    (world, listener)
}

#[test]
fn a_hint_is_followed_at_once_and_many_hints_by_one_look() {
    let (world, listener) = hinting();
    let before = world.desk.count("list");
    world.desk.change("2", |row| row.tags = vec!["vip".into()]);
    for _ in 0..50 {
        assert!(world.desk.hint());
    }
    world.pass(500);
    assert_eq!(listener.names(), ["conversation.changed"]);
    assert_eq!(world.desk.count("list") - before, 1);
}

#[test]
fn a_desk_with_hints_is_still_asked_now_and_then() {
    let (world, listener) = hinting();
    world.desk.change("2", |row| row.tags = vec!["vip".into()]);
    world.pass(20_000);
    assert_eq!(listener.names(), ["conversation.changed"]);
}

#[test]
fn a_stream_that_breaks_off_is_opened_again_and_what_was_missed_is_found() {
    let (world, listener) = hinting();
    *world.desk.hints.borrow_mut() = None;
    world.settle();
    world.desk.change("2", |row| row.tags = vec!["vip".into()]);
    assert!(!world.desk.hint());
    world.pass(1_000);
    assert!(world.desk.hint(), "it listens again");
    world.pass(500);
    assert_eq!(listener.names(), ["conversation.changed"]);
}

#[test]
fn a_stream_that_cannot_be_had_is_asked_for_ever_more_seldom() {
    let (world, _listener) = hinting();
    *world.desk.dead.borrow_mut() = Some(fault(FaultKind::Unavailable, "down"));
    *world.desk.hints.borrow_mut() = None;
    let before = world.desk.count("listen");
    for _ in 0..1_200 {
        world.pass(1_000);
    }
    let asked = world.desk.count("listen") - before;
    assert!((5..=14).contains(&asked), "{asked}");
}

#[test]
fn hints_are_heard_in_a_hidden_tab_and_followed_when_somebody_looks() {
    let (world, listener) = hinting();
    world.engine.looked_at(false);
    world.settle();
    let before = world.desk.count("list");
    world.desk.change("2", |row| row.tags = vec!["vip".into()]);
    world.desk.hint();
    world.pass(60_000);
    assert_eq!(world.desk.count("list"), before);
    world.engine.looked_at(true);
    world.settle();
    assert_eq!(listener.names(), ["conversation.changed"]);
}

#[test]
fn nobody_listens_for_whoever_is_not_signed_in() {
    let (world, _listener) = hinting();
    world.send(crate::world::request(bandeja_client::traits::Method::Delete, paths::SESSION, None));
    world.settle();
    assert!(!world.desk.hint(), "the stream is closed");
}

#[test]
fn a_desk_that_only_hints_is_asked_when_it_does() {
    let world = World::new(Abilities { hints: true, poll_ms: 0, ..able() }, vec![conversation(1)]);
    world.list("view=mine&group=open");
    world.pass(1_000);
    let listener = world.listen(None);
    listener.heard();
    world.desk.change("1", |row| row.tags = vec!["vip".into()]);
    world.pass(60_000);
    assert_eq!(listener.names(), [""; 0]);
    world.desk.hint();
    world.pass(500);
    assert_eq!(listener.names(), ["conversation.changed"]);
}
