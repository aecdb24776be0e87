//! Messages that are sent again under the same id: however the first try ended, the contact reads them once.

use crate::desk::{able, conversation, fault};
use crate::world::{Told, World, keyed, request};
use bandeja_client::traits::Method;
use bandeja_connector::backend::FaultKind;
use bandeja_contract::paths;
use bandeja_model::{Author, ConversationId};
use serde_json::{Value, json};

fn world() -> World {
    World::new(able(), vec![conversation(1), conversation(2)])
}

fn path(id: &str) -> String {
    paths::messages(&ConversationId::new(id))
}

fn reply(client_id: &str) -> Value {
    json!({"kind": "reply", "body": "Va en  camino", "client_id": client_id})
}

fn send(world: &World, client_id: &str) -> Told {
    world.post(&path("1"), reply(client_id))
}

/// How often the contact reads it.
fn written(world: &World) -> usize {
    world.desk.threads.borrow().get(&ConversationId::new("1")).map_or(0, Vec::len)
}

#[test]
fn a_message_that_was_sent_is_answered_again_and_not_sent_again() {
    let mut world = world();
    let first = send(&world, "c1").ok();
    assert_eq!(send(&world, "c1").ok()["message"], first["message"], "from another tab, without a key");
    world.restart();
    let again = send(&world, "c1").ok();
    assert_eq!(again["message"], first["message"], "after a reload");
    assert_eq!(again["conversation"]["id"], "1");
    assert_eq!(written(&world), 1);
    send(&world, "c2").ok();
    assert_eq!(written(&world), 2, "the same words under another id are another message");
    world.post(&path("2"), reply("c1")).ok();
    assert_eq!(world.desk.threads.borrow().len(), 2, "the id belongs to its conversation");
}

#[test]
fn a_repeat_is_answered_though_the_conversation_takes_no_more_replies() {
    let world = world();
    send(&world, "c1").ok();
    world.desk.change("1", |row| row.status = bandeja_model::Status::Closed);
    world.get(&paths::conversation(&ConversationId::new("1"))).ok();
    assert_eq!(send(&world, "c1").status, 201);
}

#[test]
fn two_at_the_same_moment_are_one_message() {
    let world = world();
    world.desk.slow_ms.set(500);
    let begin = || world.begin(request(Method::Post, &path("1"), Some(reply("c1"))));
    let (first, second) = (begin(), begin());
    let (first, second) = (world.whole(&first), world.whole(&second));
    assert_eq!((first.status, &first.json), (201, &second.json));
    assert_eq!(written(&world), 1);
}

#[test]
fn a_message_whose_answer_was_lost_is_found_in_the_thread() {
    let mut world = world();
    world.desk.loses.set(1);
    assert_eq!(send(&world, "c1").problem(), (503, "unavailable"));
    assert_eq!(written(&world), 1);
    world.restart();
    let found = send(&world, "c1").ok();
    assert_eq!((&found["message"]["id"], &found["message"]["client_id"]), (&json!("1.1"), &json!("c1")));
    assert_eq!(written(&world), 1);
    world.desk.hides_threads.set(true);
    assert_eq!(send(&world, "c1").ok()["message"]["id"], "1.1", "by now it is known");
}

#[test]
fn a_message_that_did_not_arrive_is_sent_though_the_same_words_stand_there() {
    let world = world();
    send(&world, "c0").ok();
    world.pass(1_000);
    let refusal = (fault(FaultKind::Unavailable, "down"), 1);
    world.desk.refuses.borrow_mut().insert("1".into(), refusal);
    assert_eq!(send(&world, "c1").problem(), (503, "unavailable"));
    assert_eq!(send(&world, "c1").ok()["message"]["id"], "1.2", "the first is another message");
    // The same, written elsewhere: nobody here knows its id.
    world.desk.write(&"2".into(), "Va en camino", Author::User { id: "me".into() }, true);
    world.pass(1_000);
    let refusal = (fault(FaultKind::Unavailable, "down"), 1);
    world.desk.refuses.borrow_mut().insert("2".into(), refusal);
    assert_eq!(world.post(&path("2"), reply("c9")).problem(), (503, "unavailable"));
    assert_eq!(world.post(&path("2"), reply("c9")).ok()["message"]["id"], "2.2");
}

#[test]
fn as_long_as_it_cannot_be_seen_whether_a_message_arrived_it_is_not_sent_again() {
    let world = world();
    world.desk.loses.set(1);
    assert_eq!(send(&world, "c1").status, 503);
    *world.desk.dead.borrow_mut() = Some(fault(FaultKind::Unavailable, "down"));
    assert_eq!(send(&world, "c1").status, 503);
    *world.desk.dead.borrow_mut() = None;
    assert_eq!(send(&world, "c1").ok()["message"]["id"], "1.1");
    assert_eq!(written(&world), 1);
}

#[test]
fn where_there_is_no_thread_the_conversation_shows_whether_it_arrived() {
    let world = world();
    world.desk.hides_threads.set(true);
    world.desk.loses.set(1);
    assert_eq!(send(&world, "c1").status, 503);
    assert_eq!(send(&world, "c1").status, 201);
    assert_eq!(written(&world), 1);
    let refusal = (fault(FaultKind::Unavailable, "down"), 1);
    world.desk.refuses.borrow_mut().insert("2".into(), refusal);
    assert_eq!(world.post(&path("2"), reply("c1")).status, 503);
    assert_eq!(world.post(&path("2"), reply("c1")).status, 201);
    assert_eq!(world.desk.threads.borrow()[&ConversationId::new("2")].len(), 1);
}

#[test]
fn a_refused_message_is_forgotten_and_one_that_the_thread_does_not_show_is_looked_for_first() {
    let world = world();
    let send = || world.send(keyed(request(Method::Post, &path("1"), Some(reply("c1"))), "c1"));
    for (kind, status) in
        [(FaultKind::Invalid, 422), (FaultKind::NotApplied, 409), (FaultKind::PartlyDone, 409)]
    {
        world.desk.refuses.borrow_mut().insert("1".into(), (fault(kind, "No."), 1));
        assert_eq!(world.post(&path("1"), reply(&format!("{kind:?}"))).status, status);
    }
    world.desk.refuses.borrow_mut().insert("1".into(), (fault(FaultKind::NotApplied, "Not there."), 1));
    assert_eq!(send().problem(), (409, "not_applied"));
    world.desk.write(&"1".into(), "Va en camino", Author::User { id: "me".into() }, true);
    assert_eq!(send().ok()["message"]["id"], "1.1", "the same key is no reason to say no again");
    assert_eq!(written(&world), 1);
    let looks = world.desk.count("thread");
    world.post(&path("1"), reply("Invalid")).ok();
    assert_eq!(world.desk.count("thread"), looks, "nothing was sent, so nothing is looked for");
}
