//! The automatic menu: shown to who comes, asked again once, leading to teams.

use crate::common::{Client, Server, inbound, start_server};
use crate::{SHOWN, act, get, line, menu, said, save, saved, start_with_menu, thread};
use serde_json::{Value, json};
use std::time::Duration;

/// A contact who has seen the menu answers; the conversation as admins see it then.
fn answered(server: &Server, answer: &str) -> Value {
    let id = server.contact_writes(4, "visitor", "Hola");
    server.contact_writes(4, "visitor", answer);
    get(&server.bearer("admin1"), &id)
}

/// The status, the team and the owner.
fn place(conversation: &Value) -> (&str, &Value, &Value) {
    (conversation["status"].as_str().unwrap(), &conversation["team"], &conversation["owner"])
}

fn close(client: &Client, id: &str, action: &str) {
    act(client, id, action, &json!({ "description": "Listo", "category_id": "1" }));
}

#[test]
fn the_menu_answers_a_first_contact_at_once_and_is_nobodys_answer() {
    let server = start_with_menu();
    let ana = server.bearer("ana");
    let stream = ana.events(None);
    let id = server.contact_writes(4, "visitor", "Hola");
    let entries = thread(&ana, &id);
    let expected = [("system", "opened"), ("contact", "Hola"), ("bot", SHOWN)];
    assert_eq!(entries, expected.map(|(author, text)| (author.to_owned(), text.to_owned())));
    let conversation = get(&ana, &id);
    assert_eq!(place(&conversation), ("bot", &json!("1"), &Value::Null));
    assert_eq!(conversation["unread"], 1);
    assert_eq!(conversation["last_message"]["direction"], "out");
    assert_eq!(conversation["waiting_since"], conversation["created_at"]);
    let told: Vec<_> = stream.all_within(Duration::from_millis(700)).into_iter().map(|it| it.name).collect();
    let created = told.iter().filter(|name| *name == "message.created").count();
    assert_eq!((created, told.iter().filter(|name| *name == "conversation.changed").count()), (3, 1));
    let bodies = ana.get(&format!("/conversations/{id}/messages")).body;
    let shown = bodies["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&shown["direction"], &shown["delivery"]), (&json!("out"), &json!("sent")));
    // Nobody has answered as far as the first response and the clocks are concerned.
    let (response, agent): (Option<i64>, Option<i64>) = server.run(async {
        let mut reader = server.app.store.read().await.unwrap();
        let sql = "SELECT e.first_response_at, c.clock_agent FROM conversation c JOIN episode e ON e.id = c.episode_id";
        sqlx::query_as(sql).fetch_one(&mut *reader).await.unwrap()
    });
    assert_eq!((response, agent), (None, None));
}

#[test]
fn a_number_or_a_label_leads_to_the_team_and_the_version_rises() {
    for answer in ["2", "la 2 por favor", "soporte TECNICO"] {
        let server = start_with_menu();
        let id = server.contact_writes(4, "visitor", "Hola");
        let admin = server.bearer("admin1");
        let (before, waiting) =
            (get(&admin, &id)["version"].clone(), get(&admin, &id)["waiting_since"].clone());
        let conversation = answered(&server, answer);
        assert_eq!(place(&conversation), ("new", &json!("2"), &Value::Null), "{answer}");
        assert!(conversation["version"].as_u64() > before.as_u64());
        assert_eq!(conversation["waiting_since"], waiting);
        assert_eq!(thread(&admin, &id).last().unwrap(), &("bot".to_owned(), "assigned".to_owned()));
        // It is with the team for good: the line does not take it along.
        saved(save(&admin, 4, &json!({ "team": null, "user": null, "bot": true, "menu": menu() })));
        assert_eq!(get(&admin, &id)["team"], "2");
        assert_eq!(server.bearer("carla").get(&format!("/conversations/{id}")).status, 200);
        assert_eq!(server.bearer("ana").get(&format!("/conversations/{id}")).status, 404);
    }
}

#[test]
fn a_team_without_anybody_there_gets_it_as_such() {
    let server = start_with_menu();
    server.sql("UPDATE app_user SET availability = 'offline' WHERE id = 6");
    assert_eq!(place(&answered(&server, "2")).0, "agents_offline");
}

#[test]
fn what_is_not_understood_is_asked_again_once_and_then_the_lines_default_takes_over() {
    let server = start_with_menu();
    let (ana, id) = (server.bearer("ana"), server.contact_writes(4, "visitor", "Hola"));
    server.contact_writes(4, "visitor", "¿Cómo?");
    assert_eq!(
        (said(&ana, &id), get(&ana, &id)["status"].clone()),
        (vec![SHOWN.to_owned(); 2], json!("bot"))
    );
    let before = get(&ana, &id)["version"].clone();
    server.contact_writes(4, "visitor", "7");
    let conversation = get(&ana, &id);
    assert_eq!(place(&conversation), ("new", &json!("1"), &Value::Null));
    assert!(conversation["version"].as_u64() > before.as_u64());
    assert_eq!(said(&ana, &id).len(), 2);
    // From here on it is the team's, and the menu says nothing more.
    server.contact_writes(4, "visitor", "2");
    assert_eq!((said(&ana, &id).len(), get(&ana, &id)["team"].clone()), (2, json!("1")));
}

#[test]
fn the_lines_default_may_be_a_user() {
    let server = start_with_menu();
    let admin = server.bearer("admin1");
    saved(save(&admin, 4, &json!({ "team": "1", "user": "5", "bot": true, "menu": menu() })));
    server.contact_writes(4, "visitor", "Hola");
    let conversation = answered(&server, "mmm");
    assert_eq!(place(&conversation), ("assigned", &json!("1"), &json!("5")));
    let entries =
        admin.get(&format!("/conversations/{}/messages", conversation["id"].as_str().unwrap())).body;
    let last = entries["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["author"]["kind"], &last["event"]["user"]), (&json!("bot"), &json!("5")));
}

#[test]
fn a_repeat_of_the_gateway_shows_nothing_twice() {
    let server = start_with_menu();
    let first = inbound("visitor", "Hola", Some("m1"));
    let second = inbound("visitor", "¿Cómo?", Some("m2"));
    for message in [&first, &first, &second, &second, &first] {
        assert_eq!(server.hand_in(4, message).status, 200);
    }
    let id = server.hand_in(4, &first).body["conversation_id"].as_str().unwrap().to_owned();
    let ana = server.bearer("ana");
    assert_eq!((said(&ana, &id).len(), get(&ana, &id)["unread"].clone()), (2, json!(2)));
}

#[test]
fn a_line_without_the_menu_on_says_nothing() {
    let server = start_server();
    let admin = server.bearer("admin1");
    saved(save(&admin, 1, &line("1", false, &menu())));
    let id = server.contact_writes(1, "a", "1");
    assert_eq!((said(&admin, &id).len(), get(&admin, &id)["status"].clone()), (0, json!("new")));
}

#[test]
fn a_menu_that_nobody_wrote_says_nothing_and_lets_go_at_the_next_message() {
    // As lines were before they had menus.
    let server = start_server();
    let (admin, id) = (server.bearer("admin1"), server.contact_writes(4, "visitor", "Hola"));
    assert_eq!((said(&admin, &id).len(), get(&admin, &id)["status"].clone()), (0, json!("bot")));
    server.contact_writes(4, "visitor", "1");
    assert_eq!((said(&admin, &id).len(), get(&admin, &id)["status"].clone()), (0, json!("new")));
}

#[test]
fn switching_the_menu_off_lets_go_at_the_next_message() {
    let server = start_with_menu();
    let (admin, id) = (server.bearer("admin1"), server.contact_writes(4, "visitor", "Hola"));
    saved(save(&admin, 4, &line("1", false, &menu())));
    server.contact_writes(4, "visitor", "2");
    assert_eq!(place(&get(&admin, &id)), ("new", &json!("1"), &Value::Null));
    assert_eq!(said(&admin, &id).len(), 1);
}

#[test]
fn a_team_that_is_no_longer_the_campaigns_is_given_up_on() {
    for sql in [
        "UPDATE line SET menu = replace(menu, '\"2\"', '\"3\"') WHERE id = 4",
        "UPDATE line SET menu = replace(menu, '\"2\"', '\"99\"') WHERE id = 4",
        "UPDATE line SET menu = replace(menu, '\"2\"', '\"x\"') WHERE id = 4",
    ] {
        let server = start_with_menu();
        server.sql(sql);
        assert_eq!(place(&answered(&server, "2")), ("new", &json!("1"), &Value::Null), "{sql}");
    }
}

#[test]
fn who_starts_over_is_shown_the_menu_anew_and_may_be_misunderstood_again() {
    let server = start_with_menu();
    let admin = server.bearer("admin1");
    let id = server.contact_writes(4, "visitor", "Hola");
    server.contact_writes(4, "visitor", "¿Cómo?");
    close(&admin, &id, "cancel");
    server.contact_writes(4, "visitor", "Hola otra vez");
    assert_eq!((said(&admin, &id).len(), get(&admin, &id)["status"].clone()), (3, json!("bot")));
    server.contact_writes(4, "visitor", "¿Qué?");
    assert_eq!((said(&admin, &id).len(), get(&admin, &id)["status"].clone()), (4, json!("bot")));
    server.contact_writes(4, "visitor", "2");
    assert_eq!(place(&get(&admin, &id)), ("new", &json!("2"), &Value::Null));
}

#[test]
fn a_person_who_answers_or_gets_it_takes_it_from_the_menu() {
    for (name, expected) in [("reply", "in_progress"), ("assign", "assigned"), ("team", "new")] {
        let server = start_with_menu();
        let (ana, id) = (server.bearer("ana"), server.contact_writes(4, "visitor", "Hola"));
        match name {
            "reply" => {
                let body = json!({ "kind": "reply", "body": "Soy Ana" });
                assert_eq!(ana.post(&format!("/conversations/{id}/messages"), &body).status, 201);
            }
            "assign" => drop(act(&ana, &id, "assign", &json!({ "user": "4" }))),
            _ => drop(act(&ana, &id, "assign", &json!({ "team": "1" }))),
        }
        assert_eq!(get(&ana, &id)["status"], expected, "{name}");
        server.contact_writes(4, "visitor", "2");
        let conversation = get(&ana, &id);
        assert_eq!((&conversation["team"], said(&ana, &id).len()), (&json!("1"), 1), "{name}");
        assert_eq!(conversation["status"], expected, "{name}");
    }
}

#[test]
fn hostile_words_in_a_menu_and_in_answers_to_it_stay_words() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let (greeting, label) = ("<img src=x onerror=alert(1)>", "'); DROP TABLE line; -- \u{202e}");
    let hostile = json!({ "greeting": greeting, "options": [{ "label": label, "team": "2" }] });
    assert_eq!(saved(save(&admin, 4, &line("1", true, &hostile)))["menu"], hostile);
    let id = server.contact_writes(4, "visitor", "{\"team\":\"3\"}");
    assert_eq!(said(&admin, &id), [format!("{greeting}\n1. {}", label.trim())]);
    server.contact_writes(4, "visitor", label);
    assert_eq!(get(&admin, &id)["team"], "2");
    assert_eq!(admin.get("/lines/4").body["menu"], hostile);
}
