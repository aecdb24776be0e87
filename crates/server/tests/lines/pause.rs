//! Pausing the menu of one conversation.

use crate::{act, get, menu, said, save, saved, start_with_menu, thread};
use serde_json::{Value, json};

#[test]
fn pausing_while_the_menu_has_it_hands_it_to_the_lines_default_at_once() {
    let server = start_with_menu();
    let (ana, id) = (server.bearer("ana"), server.contact_writes(4, "visitor", "Hola"));
    let conversation = act(&ana, &id, "bot", &json!({ "paused": true }));
    assert_eq!((&conversation["status"], &conversation["team"]), (&json!("new"), &json!("1")));
    assert_eq!(conversation["bot_paused"], true);
    let ends: Vec<_> = thread(&ana, &id).into_iter().rev().take(2).map(|(author, _)| author).collect();
    assert_eq!(ends, ["bot", "user"]);
    server.contact_writes(4, "visitor", "2");
    assert_eq!((get(&ana, &id)["team"].clone(), said(&ana, &id).len()), (json!("1"), 1));
}

#[test]
fn the_default_may_be_a_user_and_somebody_who_is_not_there() {
    let server = start_with_menu();
    let (admin, id) = (server.bearer("admin1"), server.contact_writes(4, "visitor", "Hola"));
    saved(save(&admin, 4, &json!({ "team": "1", "user": "5", "bot": true, "menu": menu() })));
    server.sql("UPDATE app_user SET availability = 'offline' WHERE id = 5");
    let conversation = act(&admin, &id, "bot", &json!({ "paused": true }));
    assert_eq!((&conversation["status"], &conversation["owner"]), (&json!("agents_offline"), &json!("5")));
}

#[test]
fn letting_it_on_again_moves_nothing() {
    let server = start_with_menu();
    let (ana, id) = (server.bearer("ana"), server.contact_writes(4, "visitor", "Hola"));
    act(&ana, &id, "bot", &json!({ "paused": true }));
    let conversation = act(&ana, &id, "bot", &json!({ "paused": false }));
    assert_eq!((&conversation["status"], &conversation["owner"]), (&json!("new"), &Value::Null));
    server.contact_writes(4, "visitor", "2");
    assert_eq!((get(&ana, &id)["status"].clone(), said(&ana, &id).len()), (json!("new"), 1));
}

#[test]
fn pausing_what_a_person_has_moves_nothing() {
    let server = start_with_menu();
    let (ana, id) = (server.bearer("ana"), server.contact_writes(4, "visitor", "Hola"));
    act(&ana, &id, "assign", &json!({ "user": "5", "team": "1" }));
    let conversation = act(&ana, &id, "bot", &json!({ "paused": true }));
    assert_eq!((&conversation["status"], &conversation["owner"]), (&json!("assigned"), &json!("5")));
}

#[test]
fn who_starts_over_while_it_is_paused_meets_people() {
    let server = start_with_menu();
    let (admin, id) = (server.bearer("admin1"), server.contact_writes(4, "visitor", "Hola"));
    act(&admin, &id, "assign", &json!({ "user": "4" }));
    act(&admin, &id, "bot", &json!({ "paused": true }));
    act(&admin, &id, "cancel", &json!({ "category_id": "1" }));
    server.contact_writes(4, "visitor", "Hola otra vez");
    assert_eq!((get(&admin, &id)["status"].clone(), said(&admin, &id).len()), (json!("new"), 1));
}
