//! Many at a time over a desk that takes them one by one, or many at once; and what fails on the way.

use crate::desk::{able, conversation, fault};
use crate::world::World;
use bandeja_connector::backend::{Abilities, FaultKind};
use bandeja_connector::carried::Carried;
use bandeja_contract::paths;
use bandeja_model::Status;
use serde_json::{Value, json};

fn world(count: i64) -> World {
    World::new(able(), (1..=count).map(conversation).collect())
}

pub(crate) fn preview(world: &World, body: Value) -> Value {
    world.post(paths::BULK_PREVIEW, body).ok()
}

pub(crate) fn close_all() -> Value {
    json!({"action": "close", "selection": {"filter": "view=mine&group=open"}, "form": {"description": "Listo"}})
}

pub(crate) fn start(world: &World, preview: &Value) -> String {
    let job = world.post(paths::BULK, json!({"preview_id": preview["preview_id"]}));
    assert_eq!(job.status, 202, "{}", job.text);
    let id = job.json["id"].as_str().unwrap().to_owned();
    assert_eq!(job.header("location"), Some(paths::bulk(&id).as_str()));
    id
}

fn job(world: &World, id: &str) -> Value {
    world.get(&paths::bulk(id)).ok()
}

/// The job as it ended.
pub(crate) fn ended(world: &World, id: &str) -> Value {
    for _ in 0..2_000 {
        let job = job(world, id);
        if matches!(job["state"].as_str(), Some("finished" | "stopped")) {
            return job;
        }
        world.pass(500);
    }
    panic!("it does not end: {}", job(world, id));
}

fn order(world: &World, id: &str, order: &str) -> crate::world::Told {
    world.post(&paths::bulk_action(id, order), json!({}))
}

#[test]
fn all_that_match_are_frozen_counted_and_closed() {
    let world = world(35);
    world.desk.change("3", |row| row.owner = None);
    world.desk.change("4", |row| row.status = Status::Closed);
    let previewed = preview(
        &world,
        json!({"action": "close", "form": {"description": "x"},
        "selection": {"filter": "view=all", "except": ["7"]}}),
    );
    assert_eq!(previewed["matched"], 34);
    assert_eq!(previewed["changes"], 33);
    assert_eq!(previewed["excluded"], json!([{"reason": "already_so", "count": 1}]));
    assert_eq!(previewed["owners"], json!({"kept": 32, "become_yours": 1, "transferred": 0}));
    let id = start(&world, &previewed);
    let job = ended(&world, &id);
    assert_eq!((&job["done"], &job["skipped"], &job["failed"]), (&json!(33), &json!(0), &json!(0)));
    assert_eq!(world.desk.row("7").status, Status::Assigned);
    assert_eq!(world.desk.row("3").status, Status::Closed);
    assert_eq!(world.get(paths::BULK).ok()["items"][0]["id"], id.as_str());
}

#[test]
fn no_more_at_once_than_the_desk_takes() {
    let world = World::new(Abilities { concurrency: 3, ..able() }, (1..=9).map(conversation).collect());
    world.desk.slow_ms.set(100);
    let id = start(&world, &preview(&world, close_all()));
    world.settle();
    assert_eq!(job(&world, &id)["state"], "running");
    let begun = world.desk.count("one");
    assert!(begun <= 3, "{begun}");
    assert_eq!(ended(&world, &id)["done"], 9);
}

#[test]
fn one_that_fails_is_told_with_what_the_desk_said_and_does_better_at_the_next_try() {
    let world = world(5);
    world.desk.refuses.borrow_mut().insert("2".into(), (fault(FaultKind::NotApplied, "=Locked by Bob"), 1));
    let id = start(&world, &preview(&world, close_all()));
    let job = ended(&world, &id);
    assert_eq!((&job["done"], &job["failed"]), (&json!(4), &json!(1)));
    let failed = world.get(&format!("{}?result=failed", paths::bulk_items(&id))).ok();
    assert_eq!(failed["items"][0]["conversation_id"], "2");
    assert_eq!(failed["items"][0]["reason"], "internal");
    assert_eq!(failed["items"][0]["detail"], "=Locked by Bob");
    let receipt = world.get(&paths::bulk_receipt(&id));
    assert!(
        receipt.text.contains("2,Mariana 2,assigned,,Colega me,internal,failed,'=Locked by Bob"),
        "{}",
        receipt.text
    );
    assert_eq!(receipt.header("content-type"), Some("text/csv; charset=utf-8"));
    order(&world, &id, "retry").ok();
    let job = ended(&world, &id);
    assert_eq!((&job["done"], &job["failed"]), (&json!(5), &json!(0)));
    assert_eq!(order(&world, &id, "retry").problem(), (409, "nothing_to_do"));
}

#[test]
fn a_desk_that_asks_for_a_pause_gets_it_and_nothing_is_lost() {
    let world = world(6);
    let pause = fault(FaultKind::RateLimited { retry_after_s: Some(30) }, "slow down");
    for id in ["1", "4"] {
        world.desk.refuses.borrow_mut().insert(id.into(), (pause.clone(), 2));
    }
    let id = start(&world, &preview(&world, close_all()));
    world.settle();
    let asked = world.desk.count("act");
    world.pass(20_000);
    assert_eq!(world.desk.count("act"), asked, "it is left alone");
    assert_eq!(ended(&world, &id)["done"], 6);
}

#[test]
fn what_changed_since_the_preview_is_asked_about_again_at_its_turn() {
    let world = world(4);
    let previewed = preview(&world, close_all());
    world.desk.change("1", |row| row.owner = Some("other".into()));
    world.desk.change("2", |row| row.status = Status::Closed);
    world.desk.rows.borrow_mut().retain(|row| row.id.as_str() != "3");
    let id = start(&world, &previewed);
    let job = ended(&world, &id);
    assert_eq!((&job["done"], &job["skipped"]), (&json!(1), &json!(3)));
    let reasons: Vec<_> =
        job["reasons"].as_array().unwrap().iter().map(|it| it["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["not_found", "already_so", "no_match"]);
}

#[test]
fn what_comes_to_match_meanwhile_is_left_out_or_picked_up_in_one_more_pass() {
    for (later, done) in [(false, 3), (true, 4)] {
        let world = world(3);
        let previewed = preview(&world, close_all());
        world.desk.rows.borrow_mut().push(conversation(9));
        let body = json!({"preview_id": previewed["preview_id"], "include_later": later});
        let id = world.post(paths::BULK, body).ok()["id"].as_str().unwrap().to_owned();
        assert_eq!(ended(&world, &id)["done"], done);
    }
}

#[test]
fn a_stopped_job_leaves_the_rest_alone_and_says_so() {
    let world = World::new(Abilities { concurrency: 1, ..able() }, (1..=8).map(conversation).collect());
    world.desk.slow_ms.set(400);
    let id = start(&world, &preview(&world, close_all()));
    for _ in 0..6 {
        world.pass(400);
    }
    assert_eq!(order(&world, &id, "stop").ok()["state"], "stopping");
    let job = ended(&world, &id);
    assert_eq!(job["state"], "stopped");
    let done = job["done"].as_u64().unwrap();
    assert!(done > 0 && done < 8, "{job}");
    assert_eq!(job["skipped"].as_u64().unwrap() + done, 8);
    assert_eq!(order(&world, &id, "stop").problem(), (409, "state"));
}

#[test]
fn jobs_take_turns_and_one_that_waits_is_stopped_before_it_begins() {
    let world = World::new(Abilities { concurrency: 1, ..able() }, (1..=6).map(conversation).collect());
    let some =
        |ids: [&str; 3]| json!({"action": "close", "selection": {"ids": ids}, "form": {"description": "x"}});
    let (one, other) = (preview(&world, some(["1", "2", "3"])), preview(&world, some(["4", "5", "6"])));
    world.desk.slow_ms.set(500);
    let (one, other) = (start(&world, &one), start(&world, &other));
    assert_eq!(job(&world, &other)["state"], "queued");
    let third = preview(&world, some(["4", "5", "6"]));
    assert_eq!(third["excluded"], json!([{"reason": "other_job", "count": 3}]));
    let stopped = order(&world, &other, "stop").ok();
    assert_eq!((&stopped["state"], &stopped["skipped"]), (&json!("stopped"), &json!(3)));
    assert_eq!(ended(&world, &one)["done"], 3);
    assert_eq!(world.desk.row("4").status, Status::Assigned);
}

#[test]
fn a_job_is_taken_back_but_for_what_somebody_changed_since() {
    let world = world(4);
    world.desk.change("1", |row| row.tags = vec!["vip".into()]);
    let id = start(&world, &preview(&world, close_all()));
    assert!(ended(&world, &id)["undo_until"].is_string());
    world.desk.change("2", |row| row.owner = Some("other".into()));
    let undoing = order(&world, &id, "undo").ok();
    assert_eq!(undoing["undoes"], "close");
    let job = ended(&world, undoing["id"].as_str().unwrap());
    assert_eq!((&job["done"], &job["skipped"]), (&json!(3), &json!(1)));
    assert_eq!(job["reasons"][0]["reason"], "changed");
    assert_eq!(world.desk.row("1").status, Status::Assigned);
    assert_eq!(world.desk.row("2").status, Status::Closed);
    assert_eq!(order(&world, &id, "undo").problem(), (409, "undo_over"));
}

#[test]
fn closing_what_nobody_has_is_taken_back_by_a_desk_that_cannot_take_it_from_anybody() {
    let mut abilities = able();
    abilities.acts.retain(|act| *act != "unassign");
    let world = World::new(abilities, vec![conversation(1)]);
    world.desk.change("1", |row| (row.owner, row.status) = (None, Status::New));
    let closing =
        json!({"action": "close", "form": {"description": "x"}, "selection": {"filter": "group=open"}});
    let id = start(&world, &preview(&world, closing));
    assert!(ended(&world, &id)["undo_until"].is_string());
    let undoing = order(&world, &id, "undo").ok();
    assert_eq!(ended(&world, undoing["id"].as_str().unwrap())["done"], 1);
    assert!(world.desk.row("1").status.is_open());
}

#[test]
fn a_desk_without_a_way_back_offers_no_undo() {
    let mut abilities = able();
    abilities.acts.retain(|act| *act != "reopen");
    let world = World::new(abilities, vec![conversation(1)]);
    let id = start(&world, &preview(&world, close_all()));
    assert!(ended(&world, &id).get("undo_until").is_none());
    assert_eq!(order(&world, &id, "undo").problem(), (403, "feature_off"));
}

#[test]
fn a_desk_that_acts_on_many_is_asked_once_and_not_believed_blindly() {
    let world = World::new(Abilities { bulk: vec!["close"], ..able() }, (1..=60).map(conversation).collect());
    world.desk.refuses.borrow_mut().insert("5".into(), (fault(FaultKind::Invalid, "Needs a reason"), 1));
    world.desk.lies.borrow_mut().push("6".into());
    let id = start(&world, &preview(&world, close_all()));
    let job = ended(&world, &id);
    assert_eq!((&job["done"], &job["failed"]), (&json!(58), &json!(2)));
    assert_eq!(world.desk.count("many close"), 2);
    assert_eq!(world.desk.count("act"), 0);
    let failed = world.get(&format!("{}?result=failed", paths::bulk_items(&id))).ok();
    let mut words: Vec<_> =
        failed["items"].as_array().unwrap().iter().map(|item| item["detail"].as_str().unwrap()).collect();
    words.sort_unstable();
    assert_eq!(words, ["It was answered as done, but is as it was.", "Needs a reason"]);
}

#[test]
fn labels_are_added_to_what_each_has() {
    let world = world(2);
    world.desk.change("1", |row| row.tags = vec!["old".into()]);
    let previewed =
        preview(&world, json!({"action": "add_tags", "tags": ["vip"], "selection": {"ids": ["1", "2"]}}));
    let id = start(&world, &previewed);
    assert_eq!(ended(&world, &id)["done"], 2);
    let tags: Vec<_> = world.desk.row("1").tags.iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["old", "vip"]);
}

#[test]
fn a_job_that_was_cut_off_says_what_is_not_known_and_can_go_on() {
    let mut world = World::new(Abilities { concurrency: 1, ..able() }, (1..=6).map(conversation).collect());
    let previewed = preview(&world, close_all());
    world.desk.slow_ms.set(700);
    let id = start(&world, &previewed);
    for _ in 0..5 {
        world.pass(700);
    }
    world.desk.slow_ms.set(0);
    world.restart();
    let job = job(&world, &id);
    assert_eq!(job["state"], "stopped");
    let done = job["done"].as_u64().unwrap();
    assert!(done > 0 && done + job["failed"].as_u64().unwrap() == 6, "{job}");
    let failed = world.get(&format!("{}?result=failed", paths::bulk_items(&id))).ok();
    let words: Vec<_> =
        failed["items"].as_array().unwrap().iter().map(|it| it["detail"].as_str().unwrap()).collect();
    assert_eq!(words.iter().filter(|words| words.starts_with("Not known")).count(), 1, "{words:?}");
    assert!(words.iter().any(|words| words.starts_with("Not begun")), "{words:?}");
    order(&world, &id, "retry").ok();
    let job = ended(&world, &id);
    assert_eq!(job["failed"], 0);
    assert!((1..=6).all(|number| world.desk.row(&number.to_string()).status == Status::Closed));
}

#[test]
fn progress_is_told_at_most_twice_a_second_and_the_end_always() {
    let world = World::new(Abilities { concurrency: 1, ..able() }, (1..=40).map(conversation).collect());
    let previewed = preview(&world, close_all());
    let listener = world.listen(None);
    world.desk.slow_ms.set(25);
    let id = start(&world, &previewed);
    for _ in 0..200 {
        world.pass(25);
    }
    assert_eq!(job(&world, &id)["state"], "finished");
    let names = listener.names();
    let progress = names.iter().filter(|name| *name == "bulk.progress").count();
    assert!((2..=12).contains(&progress), "{progress}");
    assert_eq!(names.iter().filter(|name| *name == "bulk.finished").count(), 1);
    assert!(names.iter().any(|name| name == "conversation.changed"));
}

#[test]
fn a_selection_too_large_to_be_read_in_time_is_refused_and_not_cut() {
    let world = world(300);
    world.desk.slow_ms.set(1_500);
    let refused = world.post(paths::BULK_PREVIEW, close_all());
    assert_eq!(refused.problem(), (413, "too_large"));
    assert!(refused.json["detail"].as_str().unwrap().contains("of 300"), "{}", refused.text);
}

#[test]
fn what_is_wrong_with_an_order_is_named() {
    let world = world(2);
    let faults = |body: Value| {
        let told = world.post(paths::BULK_PREVIEW, body);
        assert_eq!(told.status, 400, "{}", told.text);
        told.json["fields"][0]["field"].as_str().unwrap_or("").to_owned()
    };
    assert_eq!(faults(json!({"action": "close", "selection": {}})), "selection");
    assert_eq!(faults(json!({"action": "assign", "selection": {"ids": ["1"]}})), "assign");
    assert_eq!(faults(json!({"action": "add_tags", "selection": {"ids": ["1"]}})), "tags");
    assert_eq!(faults(json!({"action": "reopen", "selection": {"ids": ["1"]}, "form": {}})), "form");
    let previewed = preview(&world, json!({"action": "close", "selection": {"ids": ["1"]}}));
    let started = world.post(paths::BULK, json!({"preview_id": previewed["preview_id"]}));
    assert_eq!(started.json["fields"][0]["field"], "form.description");
    let nothing = preview(&world, json!({"action": "reopen", "selection": {"ids": ["1", "9"]}}));
    assert_eq!(nothing["excluded"][0]["reason"], "not_found");
    let started = world.post(paths::BULK, json!({"preview_id": nothing["preview_id"]}));
    assert_eq!(started.problem(), (409, "nothing_to_do"));
    world.pass(3_700_000);
    let body = json!({"preview_id": previewed["preview_id"], "form": {"description": "x"}});
    assert_eq!(world.post(paths::BULK, body).problem(), (410, "preview_over"));
}

#[test]
fn a_session_that_ends_stops_the_job() {
    let world = World::new(Abilities { concurrency: 1, ..able() }, (1..=5).map(conversation).collect());
    let previewed = preview(&world, close_all());
    world.desk.slow_ms.set(300);
    let id = start(&world, &previewed);
    world.desk.signed_in.set(false);
    for _ in 0..10 {
        world.pass(500);
    }
    world.desk.signed_in.set(true);
    let job = job(&world, &id);
    assert_eq!(job["state"], "stopped");
    assert_eq!(job["failed"].as_u64().unwrap() + job["skipped"].as_u64().unwrap(), 5, "{job}");
}

#[test]
fn what_the_call_for_many_does_not_carry_is_done_one_by_one() {
    let carried = Carried::These(["description".to_owned()].into());
    let abilities = Abilities { bulk: vec!["close"], carried_to_many: [("close", carried)].into(), ..able() };
    for (form, one_by_one) in
        [(json!({"description": "x"}), 0), (json!({"description": "x", "transfer_to": "other"}), 3)]
    {
        let world = World::new(abilities.clone(), (1..=3).map(conversation).collect());
        let body = json!({"action": "close", "selection": {"filter": "view=all"}, "form": form});
        let id = start(&world, &preview(&world, body));
        assert_eq!(ended(&world, &id)["done"], 3);
        assert_eq!(world.desk.count("act close"), one_by_one);
    }
}

#[test]
fn what_no_call_carries_is_refused_before_a_job_begins() {
    let carried = |name: &str| Carried::These([name.to_owned()].into());
    let abilities = Abilities {
        carried: [("close", carried("description")), ("assign", carried("user")), ("tags", carried("added"))]
            .into(),
        ..able()
    };
    let world = World::new(abilities, vec![conversation(1)]);
    let selection = json!({"ids": ["1"]});
    for (body, field) in [
        (
            json!({"action": "close", "form": {"description": "x", "transfer_to": "other"}}),
            "form.transfer_to",
        ),
        (json!({"action": "assign", "assign": {"team": "t1"}}), "assign.team"),
        (json!({"action": "remove_tags", "tags": ["vip"]}), "tags"),
    ] {
        let mut body = body;
        body["selection"] = selection.clone();
        let told = world.post(paths::BULK_PREVIEW, body);
        assert_eq!((told.problem(), &told.json["fields"][0]["field"]), ((400, "invalid"), &json!(field)));
    }
}
