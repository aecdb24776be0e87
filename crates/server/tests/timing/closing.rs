//! What the sweep closes, and what then stands in threads, lists and records.

use crate::common::{start_demo_server, start_server};
use crate::{DAY, HOUR, act, closing_after, get, pass, save, saved, status, sweep_now, thread};
use bandeja_server::store::sweep::Swept;
use serde_json::{Value, json};

const QUIET: Swept = Swept { closed: 0, warned: 0 };

#[test]
fn an_idle_conversation_closes_by_the_rule_and_its_record_says_so() {
    let server = start_demo_server();
    let (admin, ana) = (server.bearer("admin1"), server.bearer("ana"));
    let id = server.contact_writes(1, "a", "Hola");
    act(&ana, &id, "assign", &json!({ "user": "4" }));
    saved(save(&admin, 1, &closing_after(7)));
    pass(&server, 7 * DAY - 60);
    assert_eq!(status(&ana, &id), "assigned", "not a minute sooner");
    pass(&server, 61);
    let closed = get(&ana, &id);
    assert_eq!((&closed["status"], &closed["owner"]), (&json!("closed"), &json!("4")));
    let record = &closed["closing"];
    assert_eq!((&record["source"], &record["by"]), (&json!("inactivity"), &Value::Null));
    assert_eq!(record["rule"], json!({ "after_s": 7 * DAY, "anchor": "any" }));
    assert_eq!((&record["description"], &record["subcategory_id"]), (&json!("Sin respuesta"), &json!("4")));
    assert_eq!((&record["next_owner"], &record["transferred"]), (&json!("4"), &json!(false)));
    assert_eq!(closed["unread"], 1, "unread stays unread");
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "assigned", "closed"]);
    let entry = ana.get(&format!("/conversations/{id}/messages")).body["items"][3].clone();
    assert_eq!(entry["author"], json!({ "kind": "system" }));
    assert_eq!(entry["event"]["closing"]["rule"]["anchor"], "any");
    let episodes = ana.get(&format!("/conversations/{id}/episodes")).body;
    assert_eq!(episodes["items"][0]["closing"]["rule"]["after_s"], 7 * DAY);
    assert_eq!(pass(&server, 30 * DAY), QUIET, "it is over");
}

#[test]
fn nobody_answers_for_it_after_nobody_did() {
    let server = start_demo_server();
    let id = server.contact_writes(1, "a", "Hola");
    saved(save(&server.bearer("admin1"), 1, &closing_after(1)));
    pass(&server, DAY);
    let closed = get(&server.bearer("ana"), &id);
    assert_eq!((&closed["status"], &closed["owner"]), (&json!("closed"), &Value::Null));
}

#[test]
fn it_leaves_alone_what_is_asleep_of_another_team_or_ended() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let [asleep, ended] = ["a", "b"].map(|address| server.contact_writes(1, address, "Hola"));
    let other = server.contact_writes(2, "c", "Hola");
    let until = (server.now() + chrono::TimeDelta::days(20)).to_rfc3339();
    act(&ana, &asleep, "snooze", &json!({ "until": until }));
    act(&ana, &ended, "close", &json!({ "description": "Resuelto" }));
    saved(save(&server.bearer("admin1"), 1, &closing_after(7)));
    assert_eq!(pass(&server, 10 * DAY), QUIET);
    assert_eq!(status(&ana, &asleep), "new");
    assert_eq!(get(&ana, &ended)["closing"]["source"], "user");
    assert_eq!(status(&server.bearer("carla"), &other), "new");
    // It woke after twenty days, and its clock started then.
    pass(&server, 11 * DAY);
    assert_eq!(status(&ana, &asleep), "new");
    pass(&server, 7 * DAY);
    assert_eq!(status(&ana, &asleep), "closed");
}

#[test]
fn without_counting_time_passed_the_clock_starts_at_saving() {
    let server = start_demo_server();
    let id = server.contact_writes(1, "a", "Hola");
    pass(&server, 20 * DAY);
    let mut settings = closing_after(7);
    settings["inactivity"]["count_time_passed"] = json!(false);
    saved(save(&server.bearer("admin1"), 1, &settings));
    assert_eq!(pass(&server, 7 * DAY - 60), QUIET);
    pass(&server, 61);
    assert_eq!(status(&server.bearer("ana"), &id), "closed");
}

#[test]
fn never_closes_nothing_and_saving_it_stops_what_was_set() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    let id = server.contact_writes(1, "a", "Hola");
    saved(save(&admin, 1, &closing_after(7)));
    let mut never = closing_after(7);
    never["inactivity"]["after_s"] = Value::Null;
    saved(save(&admin, 1, &never));
    assert_eq!(pass(&server, 100 * DAY), QUIET);
    assert_eq!(status(&admin, &id), "new");
}

#[test]
fn a_category_that_is_gone_does_not_keep_anything_open() {
    let server = start_demo_server();
    let id = server.contact_writes(1, "a", "Hola");
    saved(save(&server.bearer("admin1"), 1, &closing_after(7)));
    server.sql("DELETE FROM category WHERE id = 4");
    pass(&server, 7 * DAY);
    let closing = get(&server.bearer("ana"), &id)["closing"].clone();
    assert_eq!((&closing["category_id"], &closing["subcategory_id"]), (&json!("1"), &Value::Null));
    assert_eq!(closing["description"], "Sin respuesta");
}

#[test]
fn one_that_cannot_be_closed_does_not_keep_the_others_open() {
    let server = start_demo_server();
    let ids = ["a", "b", "c"].map(|address| server.contact_writes(1, address, "Hola"));
    server.sql(
        "CREATE TRIGGER broken BEFORE UPDATE OF status ON conversation WHEN NEW.id = 2 AND NEW.status = 'closed'
         BEGIN SELECT RAISE(ABORT, 'broken'); END",
    );
    saved(save(&server.bearer("admin1"), 1, &closing_after(7)));
    pass(&server, 7 * DAY);
    let ana = server.bearer("ana");
    assert_eq!(ids.each_ref().map(|id| status(&ana, id)), ["closed", "new", "closed"]);
    server.sql("DROP TRIGGER broken");
    sweep_now(&server);
    assert_eq!(status(&ana, &ids[1]), "closed");
}

#[test]
fn lists_are_told_of_many_at_once_and_only_of_what_they_show() {
    let server = start_demo_server();
    for address in ["a", "b", "c"] {
        server.contact_writes(1, address, "Hola");
    }
    saved(save(&server.bearer("admin1"), 1, &closing_after(7)));
    let (ana, carla) = (server.bearer("ana").events(None), server.bearer("carla").events(None));
    ana.next_of("ready");
    carla.next_of("ready");
    pass(&server, 7 * DAY);
    let told = ana.next_of("conversations.changed");
    assert_eq!(told.data["ids"], json!(["1", "2", "3"]));
    assert_eq!(told.data["by"], Value::Null);
    let told = carla.all_within(std::time::Duration::from_millis(300));
    assert!(told.iter().all(|event| event.name != "conversations.changed"), "{told:?}");
}

#[test]
fn closed_by_the_rule_the_contact_meets_the_same_agent_whatever_the_delay() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(1, "a", "Hola");
    act(&ana, &id, "assign", &json!({ "user": "4" }));
    let mut settings = closing_after(7);
    settings["reassignment"] = json!({ "window_s": HOUR });
    saved(save(&server.bearer("admin1"), 1, &settings));
    pass(&server, 7 * DAY);
    assert_eq!(status(&ana, &id), "closed");
    pass(&server, 90 * DAY);
    server.contact_writes(1, "a", "¿Siguen ahí?");
    assert_eq!((status(&ana, &id).as_str(), &get(&ana, &id)["owner"]), ("assigned", &json!("4")));
}

#[test]
fn automatic_closings_are_measured_too_where_that_is_set() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(1, "a", "Hola");
    act(&ana, &id, "assign", &json!({ "user": "4" }));
    let mut settings = closing_after(7);
    settings["reassignment"] = json!({ "window_s": HOUR, "count_automatic": true });
    saved(save(&server.bearer("admin1"), 1, &settings));
    pass(&server, 7 * DAY);
    pass(&server, 2 * HOUR);
    server.contact_writes(1, "a", "¿Siguen ahí?");
    assert_eq!((status(&ana, &id).as_str(), &get(&ana, &id)["owner"]), ("new", &Value::Null));
}

#[test]
fn the_server_sweeps_by_itself_once_settings_are_saved() {
    let server = start_server();
    let id = server.contact_writes(1, "a", "Hola");
    server.sql("UPDATE conversation SET clock_any = 0");
    saved(save(&server.bearer("admin1"), 1, &closing_after(7)));
    let ana = server.bearer("ana");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while status(&ana, &id) != "closed" {
        assert!(std::time::Instant::now() < until, "nobody closed it");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
