//! A help desk whose lists hold less than a conversation read by itself.

use crate::bulk::{close_all, ended, preview, start};
use crate::desk::{able, conversation};
use crate::world::World;
use bandeja_contract::paths;
use bandeja_model::{ConversationId, Priority, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

const OPEN: &str = "view=mine&group=open";

fn world() -> World {
    let world = World::new(able(), (1..=3).map(conversation).collect());
    world.desk.change("1", |row| {
        (row.tags, row.team, row.priority) = (vec!["vip".into()], Some("t1".into()), Priority::High);
    });
    world.desk.sparse.set(true);
    world
}

fn whole(world: &World, id: &str) -> Value {
    world.get(&paths::conversation(&ConversationId::new(id))).ok()
}

fn listed(world: &World, id: &str) -> Value {
    world.time.pass(2_000);
    let page = world.list(OPEN);
    page["items"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone()
}

#[test]
fn an_action_decided_on_a_row_of_the_list_is_not_stale_for_what_the_list_left_out() {
    let world = world();
    let version = listed(&world, "1")["version"].as_u64().unwrap();
    let closed = world.act_at("1", "close", json!({"description": "Listo"}), version).ok();
    assert_eq!(closed["conversation"]["tags"], json!(["vip"]));
}

#[test]
fn a_row_keeps_what_was_read_once_it_was_opened() {
    let world = world();
    assert_eq!(listed(&world, "1")["tags"], json!([]));
    let read = whole(&world, "1");
    let row = listed(&world, "1");
    assert_eq!(row, read);
    assert_eq!(row["channel"], "email");
    assert_eq!(whole(&world, "1"), read, "nothing happened");
}

#[test]
fn looking_again_tells_of_nothing_that_only_the_list_leaves_out() {
    let world = world();
    listed(&world, "1");
    whole(&world, "1");
    let listener = world.listen(None);
    listener.heard();
    world.pass(20_000);
    world.pass(20_000);
    assert!(listener.heard().is_empty());
    world.desk.change("1", |row| row.status = Status::InProgress);
    world.pass(20_000);
    let heard = listener.heard();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].data.contains(r#""changed":["status"]"#), "{heard:?}");
    assert!(heard[0].data.contains("vip"), "{heard:?}");
}

#[test]
fn who_takes_one_that_a_colleague_took_meanwhile_is_told() {
    let world = world();
    world.desk.change("1", |row| row.owner = None);
    let page = world.list("group=open");
    let row = page["items"].as_array().unwrap().iter().find(|row| row["id"] == "1").unwrap();
    let version = row["version"].as_u64().unwrap();
    world.desk.change("1", |row| row.owner = Some("other".into()));
    let stale = world.act_at("1", "assign", json!({"user": "me"}), version);
    assert_eq!(stale.problem(), (412, "stale"));
    assert_eq!(stale.json["current"]["owner"], "other");
}

#[test]
fn a_list_that_does_say_labels_is_believed_when_they_are_gone() {
    let world = world();
    world.desk.sparse.set(false);
    let version = whole(&world, "1")["version"].as_u64().unwrap();
    assert_eq!(listed(&world, "1")["tags"], json!(["vip"]));
    world.desk.change("1", |row| row.tags.clear());
    let row = listed(&world, "1");
    assert_eq!(row["tags"], json!([]));
    assert!(row["version"].as_u64().unwrap() > version);
}

#[test]
fn closing_many_that_only_lists_told_of_finds_none_of_them_changed() {
    let world = world();
    let job = ended(&world, &start(&world, &preview(&world, close_all())));
    assert_eq!((&job["done"], &job["skipped"]), (&json!(3), &json!(0)));
}

#[derive(Clone, Copy, Debug)]
enum Step {
    List,
    Look,
    Read,
    Owner(bool),
    Status(Status),
    Tag(bool),
    Priority(Priority),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::List),
        2 => Just(Step::Look),
        3 => Just(Step::Read),
        1 => any::<bool>().prop_map(Step::Owner),
        1 => prop::sample::select(vec![Status::Assigned, Status::InProgress]).prop_map(Step::Status),
        1 => any::<bool>().prop_map(Step::Tag),
        1 => prop::sample::select(Priority::ALL.to_vec()).prop_map(Step::Priority),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn lists_between_two_readings_raise_no_version_unless_something_happened(
        steps in prop::collection::vec(step(), 1..30), sparse: bool,
    ) {
        let world = world();
        world.desk.sparse.set(sparse);
        let (mut before, mut happened) = (whole(&world, "1"), false);
        for step in steps {
            let was = world.desk.row("1");
            match step {
                Step::List => drop(world.list("group=open")),
                Step::Look => world.pass(20_000),
                Step::Read => {
                    let now = whole(&world, "1");
                    let version = |row: &Value| row["version"].as_u64().unwrap();
                    let standing = |row: &Value| ["status", "owner", "tags", "priority"].map(|part| row[part].clone());
                    prop_assert!(version(&now) >= version(&before));
                    prop_assert!(happened || version(&now) == version(&before), "{before} {now}");
                    let differs = standing(&now) != standing(&before);
                    prop_assert!(!differs || version(&now) > version(&before), "{before} {now}");
                    let real = world.desk.row("1");
                    prop_assert_eq!(now["tags"].as_array().unwrap().len(), real.tags.len());
                    (before, happened) = (now, false);
                }
                Step::Owner(mine) => world.desk.change("1", |row| row.owner = Some(if mine { "me" } else { "other" }.into())),
                Step::Status(status) => world.desk.change("1", |row| row.status = status),
                Step::Tag(on) => world.desk.change("1", |row| row.tags = if on { vec!["vip".into()] } else { Vec::new() }),
                Step::Priority(priority) => world.desk.change("1", |row| row.priority = priority),
            }
            happened |= was != world.desk.row("1");
        }
    }
}
