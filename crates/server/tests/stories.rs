//! What happens to conversations, told over HTTP: closing, cancelling, transferring, coming back,
//! taking back, assigning, answering.
// long: each story is short, and they are read side by side as the account of one rule book

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail as tests do")]

mod common;

use common::{Answer, Client, Server, inbound, start_demo_server, start_server};
use serde_json::{Value, json};
use std::time::Duration;

/// The conversation as `client` sees it.
fn get(client: &Client, id: &str) -> Value {
    let answer = client.get(&format!("/conversations/{id}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("etag"), format!("\"{}\"", answer.body["version"]));
    answer.body
}

/// An action decided on the present version.
fn act(client: &Client, id: &str, action: &str, body: &Value) -> Answer {
    let version = get(client, id)["version"].to_string();
    act_on(client, id, action, &version, body)
}

fn act_on(client: &Client, id: &str, action: &str, version: &str, body: &Value) -> Answer {
    let client = client.with_header("If-Match", &format!("\"{version}\""));
    let path = format!("/conversations/{id}/{action}");
    match action {
        "tags" | "priority" => client.put(&path, body),
        _ if body.is_null() => client.post_nothing(&path),
        _ => client.post(&path, body),
    }
}

/// The action must work; answers with the conversation.
fn done(answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let conversation = answer.body["conversation"].clone();
    assert_eq!(answer.header("etag"), format!("\"{}\"", conversation["version"]));
    conversation
}

fn close(client: &Client, id: &str) -> Answer {
    act(client, id, "close", &json!({ "description": "Resuelto" }))
}

fn undo(client: &Client, answer: &Answer) -> Answer {
    client.post_nothing(&format!("/undo/{}", answer.body["undo"]["token"].as_str().unwrap()))
}

fn reply(client: &Client, id: &str, body: &str) -> Answer {
    client.post(&format!("/conversations/{id}/messages"), &json!({ "kind": "reply", "body": body }))
}

/// The thread's entries: the type of events, the text of others.
fn thread(client: &Client, id: &str) -> Vec<String> {
    let page = client.get(&format!("/conversations/{id}/messages")).body;
    let text = |item: &Value| item["event"]["type"].as_str().or(item["body"].as_str()).unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(text).collect()
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
}

/// A conversation of team 1 that `ana` has.
fn anas(server: &Server) -> String {
    let id = server.contact_writes(1, "+52 55 0000 0001", "Hola");
    done(act(&server.bearer("ana"), &id, "assign", &json!({ "user": "4" })));
    id
}

#[test]
fn closing_needs_a_description_and_names_it() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let refused = act(&ana, &id, "close", &json!({ "description": "  " }));
    assert_eq!((refused.status, refused.code()), (400, "invalid"));
    assert_eq!(refused.fields(), pairs(&[("description", "required")]));
    assert_eq!(get(&ana, &id)["status"], "assigned", "nothing was written");
    let closed = done(act(
        &ana,
        &id,
        "close",
        &json!({ "description": " Vendido ", "category_id": "1", "subcategory_id": "3" }),
    ));
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["owner"], "4");
    assert_eq!(closed["closing"]["description"], "Vendido");
    assert_eq!(closed["closing"]["by"], "4");
    assert_eq!(closed["closing"]["next_owner"], "4");
    assert_eq!(closed["unread"], 1, "unread stays unread");
}

#[test]
fn a_subcategory_of_another_category_is_refused_and_named() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let form = json!({ "description": "x", "category_id": "2", "subcategory_id": "3" });
    let refused = act(&ana, &id, "close", &form);
    assert_eq!(refused.fields(), pairs(&[("subcategory_id", "of_another_category")]));
}

#[test]
fn a_campaigns_own_closing_form_goes_before_the_installations() {
    let server = start_server();
    server.sql(
        r#"INSERT INTO setting (key, value) VALUES ('closing_forms', '{"1": {
            "close": {"description": "off", "category": "required", "subcategory": "optional", "summary": "optional"},
            "cancel": {"description": "optional", "category": "optional", "subcategory": "optional", "summary": "off"}}}')"#,
    );
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let refused = act(&ana, &id, "close", &json!({ "description": "x" }));
    assert_eq!(refused.fields(), pairs(&[("description", "not_asked_for"), ("category_id", "required")]));
    done(act(&ana, &id, "close", &json!({ "category_id": "1", "summary": "Largo" })));
}

#[test]
fn transferring_outside_the_campaign_or_to_somebody_gone_is_refused() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    for target in ["7", "8", "3", "999", "x"] {
        let refused = act(&ana, &id, "close", &json!({ "description": "x", "transfer_to": target }));
        assert_eq!(refused.fields(), pairs(&[("transfer_to", "unknown")]), "{target}");
    }
}

#[test]
fn a_contact_who_writes_again_meets_the_one_it_was_transferred_to() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let closed =
        done(act(&ana, &id, "close", &json!({ "description": "x", "transfer_to": "5", "archive": true })));
    assert_eq!((&closed["owner"], &closed["archived"]), (&json!("5"), &json!(true)));
    assert_eq!(closed["closing"]["transferred"], true);
    assert_eq!(server.contact_writes(1, "+52 55 0000 0001", "Otra vez"), id);
    let again = get(&ana, &id);
    assert_eq!((&again["status"], &again["owner"]), (&json!("assigned"), &json!("5")));
    assert_eq!(again["archived"], false);
    assert_eq!(again["version"].as_u64(), closed["version"].as_u64().map(|version| version + 1));
    assert_eq!(
        thread(&ana, &id),
        ["opened", "Hola", "assigned", "closed", "archived", "reopened", "Otra vez"]
    );
}

#[test]
fn without_a_transfer_the_owner_stays_and_an_unowned_one_becomes_the_closers() {
    let server = start_server();
    let (beto, id) = (server.bearer("beto"), anas(&server));
    assert_eq!(done(close(&beto, &id))["owner"], "4", "the owner stays, whoever closes");
    server.contact_writes(1, "+52 55 0000 0001", "Otra vez");
    assert_eq!(get(&beto, &id)["owner"], "4");
    let nobodys = server.contact_writes(1, "+52 55 0000 0002", "Hola");
    assert_eq!(done(close(&beto, &nobodys))["owner"], "5");
}

#[test]
fn a_contact_whose_owner_is_gone_or_offline_is_not_lost() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    done(close(&ana, &id));
    server.sql("UPDATE app_user SET availability = 'offline' WHERE id = 4");
    server.contact_writes(1, "+52 55 0000 0001", "¿Hola?");
    let waiting = get(&ana, &id);
    assert_eq!((&waiting["status"], &waiting["owner"]), (&json!("agents_offline"), &json!("4")));
    done(close(&ana, &id));
    server.sql("UPDATE app_user SET active = 0 WHERE id = 4");
    server.contact_writes(1, "+52 55 0000 0001", "¿Hola?");
    let beto = server.bearer("beto");
    let back = get(&beto, &id);
    assert_eq!((&back["status"], &back["owner"], &back["team"]), (&json!("new"), &json!(null), &json!("1")));
    server.sql("UPDATE app_user SET availability = 'offline' WHERE id IN (4, 5)");
    done(close(&beto, &id));
    server.sql("UPDATE conversation SET owner_id = NULL");
    server.contact_writes(1, "+52 55 0000 0001", "¿Nadie?");
    assert_eq!(get(&beto, &id)["status"], "agents_offline", "everybody of the team is offline");
}

#[test]
fn a_cancelled_one_comes_back_by_the_contact_only_and_from_the_beginning() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let id = server.contact_writes(4, "visitor", "Hola");
    assert_eq!(get(&admin, &id)["status"], "bot");
    let refused = act(&admin, &id, "cancel", &json!({}));
    assert_eq!(refused.fields(), pairs(&[("category_id", "required")]));
    let refused = act(&admin, &id, "cancel", &json!({ "category_id": "1", "transfer_to": "4" }));
    assert_eq!(refused.fields(), pairs(&[("transfer_to", "not_asked_for")]));
    let cancelled = done(act(&admin, &id, "cancel", &json!({ "category_id": "1" })));
    assert_eq!(cancelled["status"], "cancelled");
    let refused = act(&admin, &id, "reopen", &Value::Null);
    assert_eq!((refused.status, refused.code()), (409, "state"));
    server.contact_writes(4, "visitor", "Otra vez");
    let again = get(&admin, &id);
    assert_eq!((&again["status"], &again["owner"]), (&json!("bot"), &json!(null)));
    assert_eq!(thread(&admin, &id), ["opened", "Hola", "cancelled", "opened", "Otra vez"]);
}

#[test]
fn new_ones_cannot_be_cancelled() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let id = server.contact_writes(1, "+1", "Hola");
    let refused = act(&admin, &id, "cancel", &json!({ "category_id": "1" }));
    assert_eq!((refused.status, refused.code()), (409, "state"));
}

#[test]
fn a_stale_version_is_answered_with_the_conversation_as_it_is() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let before = get(&ana, &id)["version"].to_string();
    done(act(&ana, &id, "priority", &json!({ "priority": "high" })));
    let refused = act_on(&ana, &id, "close", &before, &json!({ "description": "x" }));
    assert_eq!((refused.status, refused.code()), (412, "stale"));
    assert_eq!(refused.body["current"], get(&ana, &id));
    let missing = ana.post(&format!("/conversations/{id}/close"), &json!({ "description": "x" }));
    assert_eq!((missing.status, missing.code()), (428, "version_required"));
    let foreign = ana.with_header("If-Match", "W/\"2\"");
    let refused = foreign.post(&format!("/conversations/{id}/close"), &json!({ "description": "x" }));
    assert_eq!(refused.status, 412);
}

#[test]
fn of_two_actions_at_once_one_is_told_that_it_came_late() {
    let server = start_server();
    let id = anas(&server);
    let version = get(&server.bearer("ana"), &id)["version"].to_string();
    let clients = ["ana", "beto", "admin1", "super"].map(|name| server.bearer(name));
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let calls: Vec<_> = clients
            .iter()
            .map(|client| {
                let form = json!({ "description": "x" });
                let (id, version) = (&id, &version);
                scope.spawn(move || act_on(client, id, "close", version, &form).status)
            })
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412]);
    let episodes = clients[0].get(&format!("/conversations/{id}/episodes"));
    assert_eq!(episodes.body["items"].as_array().unwrap().len(), 1);
}

#[test]
fn undoing_a_close_brings_owner_unread_tags_and_snooze_back() {
    let server = start_server();
    let (ana, beto) = (server.bearer("ana"), server.bearer("beto"));
    let id = server.contact_writes(1, "+1", "Hola");
    done(act(&beto, &id, "tags", &json!({ "tags": ["2", "1", "2"] })));
    let until = (server.now() + Duration::from_hours(1)).to_rfc3339();
    let before = done(act(&beto, &id, "snooze", &json!({ "until": until })));
    let closed =
        act(&beto, &id, "close", &json!({ "description": "x", "transfer_to": "4", "archive": true }));
    assert_eq!(closed.body["conversation"]["snoozed_until"], Value::Null);

    let stranger = undo(&ana, &closed);
    assert_eq!((stranger.status, stranger.code()), (404, "not_found"), "for the same user only");
    let restored = done(undo(&beto, &closed));
    let same = [
        "status",
        "owner",
        "team",
        "unread",
        "tags",
        "archived",
        "priority",
        "snoozed_until",
        "waiting_since",
        "closing",
    ];
    for field in same {
        assert_eq!(restored[field], before[field], "{field}");
    }
    assert_eq!(restored["tags"], json!(["1", "2"]));
    assert_eq!(restored["version"].as_u64(), before["version"].as_u64().map(|version| version + 2));
    let again = undo(&beto, &closed);
    assert_eq!((again.status, again.code()), (409, "undo_over"), "once");

    let episodes = beto.get(&format!("/conversations/{id}/episodes")).body;
    assert_eq!(episodes["items"][0]["closing"]["undone"], true, "the record is kept and marked");
    let page = beto.get(&format!("/conversations/{id}/messages")).body;
    let told =
        page["items"].as_array().unwrap().iter().find(|item| item["event"]["type"] == "closed").unwrap();
    assert_eq!(told["event"]["closing"]["undone"], true);
    assert_eq!(thread(&beto, &id).last().unwrap(), "undone");
}

#[test]
fn after_an_undone_close_the_closing_before_it_is_the_last_one() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    done(act(&ana, &id, "close", &json!({ "description": "Primera", "category_id": "1" })));
    done(act(&ana, &id, "reopen", &Value::Null));
    let second = act(&ana, &id, "close", &json!({ "description": "Segunda", "category_id": "2" }));
    assert_eq!(done(undo(&ana, &second))["closing"]["description"], "Primera");
    let found = |category: &str| {
        ana.get(&format!("/conversations?category={category}")).body["total"]["value"].clone()
    };
    assert_eq!((found("1"), found("2")), (json!(1), json!(0)));
    done(act(&ana, &id, "close", &json!({ "description": "Tercera" })));
    let episodes = ana.get(&format!("/conversations/{id}/episodes")).body;
    let told: Vec<_> = episodes["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["closing"]["description"].as_str().unwrap(), it["closing"]["undone"] == true))
        .collect();
    assert_eq!(told, [("Tercera", false), ("Segunda", true), ("Primera", false)]);
    assert_eq!(
        episodes["items"][0]["opened_at"], episodes["items"][1]["opened_at"],
        "one and the same episode"
    );
}

#[test]
fn an_undo_is_refused_once_the_contact_has_written() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let closed = close(&ana, &id);
    server.contact_writes(1, "+52 55 0000 0001", "Otra vez");
    let refused = undo(&ana, &closed);
    assert_eq!((refused.status, refused.code()), (409, "undo_changed"));
    assert_eq!(refused.body["current"], get(&ana, &id));
    let tagged = act(&ana, &id, "tags", &json!({ "tags": ["1"] }));
    server.contact_writes(1, "+52 55 0000 0001", "Y otra");
    assert_eq!(undo(&ana, &tagged).code(), "undo_changed", "also by a message that leaves the version");
}

#[test]
fn an_undo_is_refused_after_fifteen_seconds() {
    let server = start_demo_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let closed = close(&ana, &id);
    server.app.clock.set_offset_ms(16_000);
    let refused = undo(&ana, &closed);
    assert_eq!((refused.status, refused.code()), (409, "undo_over"));
    assert_eq!(ana.post_nothing("/undo/nothing").status, 404);
}

#[test]
fn every_undoable_action_can_be_taken_back() {
    let server = start_server();
    let (admin, id) = (server.bearer("admin1"), anas(&server));
    let until = (server.now() + Duration::from_hours(1)).to_rfc3339();
    let ended = [
        ("close", json!({ "description": "x" })),
        ("cancel", json!({ "category_id": "1" })),
        ("assign", json!({ "user": "6", "team": "2" })),
        ("assign", json!({ "team": "2" })),
        ("unassign", Value::Null),
        ("tags", json!({ "tags": ["3"] })),
        ("priority", json!({ "priority": "urgent" })),
        ("snooze", json!({ "until": until })),
    ];
    let taken_back = |action: &str, body: &Value| {
        let before = get(&admin, &id);
        let answer = act(&admin, &id, action, body);
        assert_eq!(answer.status, 200, "{action}: {}", answer.body);
        let mut after = done(undo(&admin, &answer));
        after["version"] = before["version"].clone();
        assert_eq!(after, before, "{action}");
    };
    for (action, body) in &ended {
        taken_back(action, body);
    }
    done(close(&admin, &id));
    taken_back("reopen", &Value::Null);
    taken_back("archive", &Value::Null);
    done(act(&admin, &id, "archive", &Value::Null));
    taken_back("unarchive", &Value::Null);
    let paused = act(&admin, &id, "bot", &json!({ "paused": true }));
    assert_eq!(paused.status, 409, "ended");
}

#[test]
fn reopening_by_hand_gives_it_to_the_owner_and_clears_the_archive() {
    let server = start_server();
    let (beto, id) = (server.bearer("beto"), anas(&server));
    done(act(&beto, &id, "close", &json!({ "description": "x", "archive": true })));
    let open = done(act(&beto, &id, "reopen", &Value::Null));
    assert_eq!(
        (&open["status"], &open["owner"], &open["archived"]),
        (&json!("assigned"), &json!("4"), &json!(false))
    );
    let again = act(&beto, &id, "reopen", &Value::Null);
    assert_eq!((again.status, again.code()), (409, "already_so"));
    done(close(&beto, &id));
    server.sql("UPDATE app_user SET active = 0 WHERE id = 4");
    assert_eq!(done(act(&beto, &id, "reopen", &Value::Null))["owner"], "5", "the owner is gone");
}

#[test]
fn assigning_checks_who_and_which_team() {
    let server = start_server();
    let (admin, id) = (server.bearer("admin1"), anas(&server));
    for (body, field, code) in [
        (json!({}), "user", "required"),
        (json!({ "user": "7" }), "user", "unknown"),
        (json!({ "user": "8" }), "user", "unknown"),
        (json!({ "team": "3" }), "team", "unknown"),
        (json!({ "team": "x" }), "team", "unknown"),
        (json!({ "user": "4", "team": "2" }), "user", "of_another_team"),
    ] {
        let refused = act(&admin, &id, "assign", &body);
        assert_eq!(refused.fields(), pairs(&[(field, code)]), "{body}");
    }
    assert_eq!(act(&admin, &id, "assign", &json!({ "user": "4" })).code(), "already_so");
    let moved = done(act(&admin, &id, "assign", &json!({ "user": "6", "team": "2" })));
    assert_eq!(
        (&moved["owner"], &moved["team"], &moved["status"]),
        (&json!("6"), &json!("2"), &json!("assigned"))
    );
    assert_eq!(server.bearer("ana").get(&format!("/conversations/{id}")).status, 404, "it left ana's sight");
    let freed = done(act(&admin, &id, "unassign", &Value::Null));
    assert_eq!(
        (&freed["owner"], &freed["team"], &freed["status"]),
        (&json!(null), &json!("2"), &json!("new"))
    );
    assert_eq!(act(&admin, &id, "unassign", &Value::Null).code(), "already_so");
}

#[test]
fn an_agent_may_give_away_what_they_then_no_longer_see_and_take_that_back() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let given = act(&ana, &id, "assign", &json!({ "user": "6", "team": "2" }));
    assert_eq!(ana.get(&format!("/conversations/{id}")).status, 404);
    assert_eq!(done(undo(&ana, &given))["owner"], "4");
    assert_eq!(get(&ana, &id)["team"], "1");
}

#[test]
fn tags_and_priority_are_set_as_a_whole_and_unknown_tags_refused() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    assert_eq!(
        act(&ana, &id, "tags", &json!({ "tags": ["1", "9"] })).fields(),
        pairs(&[("tags", "unknown")])
    );
    assert_eq!(done(act(&ana, &id, "tags", &json!({ "tags": ["3", "1"] })))["tags"], json!(["1", "3"]));
    let tagged = done(act(&ana, &id, "tags", &json!({ "tags": ["2", "1"] })));
    assert_eq!(tagged["tags"], json!(["1", "2"]));
    let same = act(&ana, &id, "tags", &json!({ "tags": ["1", "2"] }));
    assert_eq!(same.body["conversation"]["version"], tagged["version"], "nothing to do, nothing done");
    assert!(same.body.get("undo").is_none());
    assert_eq!(done(act(&ana, &id, "priority", &json!({ "priority": "urgent" })))["priority"], "urgent");
}

#[test]
fn snoozing_lasts_until_its_time_and_not_longer_than_a_year() {
    let server = start_demo_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let at = |seconds: i64| (server.now() + chrono::TimeDelta::seconds(seconds)).to_rfc3339();
    for (until, code) in [(at(-1), "past"), (at(367 * 86_400), "too_far")] {
        assert_eq!(act(&ana, &id, "snooze", &json!({ "until": until })).fields(), pairs(&[("until", code)]));
    }
    assert_eq!(act(&ana, &id, "snooze", &json!({})).code(), "already_so");
    done(act(&ana, &id, "snooze", &json!({ "until": at(3600) })));
    assert_eq!(ana.get("/conversations?view=mine").body["total"]["value"], 0);
    assert_eq!(ana.get("/conversations?view=snoozed").body["total"]["value"], 1);
    server.app.clock.set_offset_ms(3_601_000);
    server.run(bandeja_server::live::housekeeping::work(&server.app)).unwrap();
    assert_eq!(get(&ana, &id)["snoozed_until"], Value::Null);
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "assigned", "snoozed", "woke"]);
}

#[test]
fn a_sleeping_one_wakes_when_its_contact_writes() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let until = (server.now() + Duration::from_hours(1)).to_rfc3339();
    let asleep = done(act(&ana, &id, "snooze", &json!({ "until": until })));
    server.contact_writes(1, "+52 55 0000 0001", "¿Y bien?");
    let awake = get(&ana, &id);
    assert_eq!((&awake["snoozed_until"], &awake["status"]), (&Value::Null, &json!("assigned")));
    assert_eq!(awake["version"].as_u64(), asleep["version"].as_u64().map(|version| version + 1));
    assert_eq!(thread(&ana, &id)[3..], ["snoozed", "woke", "¿Y bien?"]);
}

#[test]
fn reading_clears_the_mark_for_the_owner_or_while_there_is_none() {
    let server = start_server();
    let (ana, beto) = (server.bearer("ana"), server.bearer("beto"));
    let mark = |client: &Client, id: &str, what: &str| {
        let answer = client.post_nothing(&format!("/conversations/{id}/{what}"));
        done(answer)["unread"].clone()
    };
    let nobodys = server.contact_writes(1, "+1", "Hola");
    assert_eq!(mark(&beto, &nobodys, "read"), 0, "anybody, while it has no owner");
    let id = anas(&server);
    let version = get(&ana, &id)["version"].clone();
    assert_eq!(mark(&beto, &id, "read"), 1, "not somebody else's");
    assert_eq!(mark(&ana, &id, "read"), 0);
    assert_eq!(mark(&beto, &id, "unread"), 1);
    assert_eq!(get(&ana, &id)["version"], version, "the version does not rise with reads");
    assert_eq!(
        act_on(&ana, &id, "read", "99", &Value::Null).status,
        412,
        "a version that is sent is checked"
    );
}

#[test]
fn the_first_answer_takes_an_unowned_conversation_and_ends_the_waiting() {
    let server = start_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(1, "+1", "Hola");
    let before = get(&ana, &id);
    assert!(before["waiting_since"].is_string());
    let posted = reply(&ana, &id, "Buenos días\ncómo está");
    assert_eq!(posted.status, 201, "{}", posted.body);
    let (message, after) = (&posted.body["message"], &posted.body["conversation"]);
    assert_eq!((&message["direction"], &message["delivery"]), (&json!("out"), &json!("sent")));
    assert_eq!(
        (&after["status"], &after["owner"], &after["unread"]),
        (&json!("in_progress"), &json!("4"), &json!(0))
    );
    assert!(after.get("waiting_since").is_none());
    assert_eq!(after["last_message"]["text"], "Buenos días cómo está");
    assert_eq!(after["version"].as_u64(), before["version"].as_u64().map(|version| version + 1));
    let second = reply(&server.bearer("beto"), &id, "Yo también");
    assert_eq!(second.body["conversation"]["owner"], "4", "an owner stays");
    assert_eq!(second.body["conversation"]["version"], after["version"], "messages leave the version");
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "assigned", "Buenos días\ncómo está", "Yo también"]);
}

#[test]
fn a_repeated_message_is_sent_once() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    let path = format!("/conversations/{id}/messages");
    let body = json!({ "kind": "reply", "body": "Hola", "client_id": "c-1" });
    let (first, second) = (ana.post(&path, &body), ana.post(&path, &body));
    assert_eq!(first.body["message"], second.body["message"]);
    assert_eq!(first.body["message"]["client_id"], "c-1");
    assert_eq!(
        thread(&ana, &id).iter().filter(|entry| *entry == "Hola").count(),
        2,
        "theirs and ours, once each"
    );
    done(close(&ana, &id));
    assert_eq!(ana.post(&path, &body).status, 201, "a repeat is no second try");
}

#[test]
fn replies_are_refused_when_ended_empty_or_out_of_the_window() {
    let server = start_demo_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    assert_eq!(reply(&ana, &id, " \n ").fields(), pairs(&[("body", "required")]));
    assert_eq!(reply(&ana, &id, &"á".repeat(8_001)).fields(), pairs(&[("body", "too_long")]));
    server.app.clock.set_offset_ms(24 * 3_600_000 + 1_000);
    let late = reply(&ana, &id, "Hola");
    assert_eq!((late.status, late.code()), (422, "window_over"));
    let note = json!({ "kind": "note", "body": "Llamar" });
    assert_eq!(ana.post(&format!("/conversations/{id}/messages"), &note).status, 201, "notes need no window");
    server.contact_writes(1, "+52 55 0000 0001", "Sigo aquí");
    assert_eq!(reply(&ana, &id, "Hola").status, 201);
    done(close(&ana, &id));
    let ended = reply(&ana, &id, "Hola");
    assert_eq!((ended.status, ended.code()), (409, "state"));
}

#[test]
fn a_mention_lends_sight_until_the_episode_ends() {
    let server = start_server();
    let (ana, carla, id) = (server.bearer("ana"), server.bearer("carla"), anas(&server));
    let path = format!("/conversations/{id}/messages");
    assert_eq!(carla.get(&format!("/conversations/{id}")).status, 404);
    let note = |mentions: Value| json!({ "kind": "note", "body": "¿Lo ves?", "mentions": mentions });
    assert_eq!(ana.post(&path, &note(json!(["7"]))).fields(), pairs(&[("mentions", "unknown")]));
    let posted = ana.post(&path, &note(json!(["6", "6"])));
    assert_eq!(posted.body["message"]["mentions"], json!(["6"]));
    assert_eq!(posted.body["conversation"]["last_message"]["direction"], "note");
    let lent = get(&carla, &id);
    assert_eq!(lent["mentioned"], true);
    assert_eq!(carla.get("/conversations?view=mentions").body["total"]["value"], 1);
    assert_eq!(carla.post(&path, &note(json!([]))).status, 201);
    let refused = reply(&carla, &id, "Hola");
    assert_eq!((refused.status, &refused.body["permission"]), (403, &json!("reply")));
    let closed = close(&ana, &id);
    assert_eq!(carla.get(&format!("/conversations/{id}")).status, 404, "the episode has ended");
    done(undo(&ana, &closed));
    assert_eq!(get(&carla, &id)["mentioned"], true, "it has not");
}

#[test]
fn a_message_handed_in_twice_is_taken_in_once() {
    let server = start_server();
    let ana = server.bearer("ana");
    let body = inbound("+1", "Hola", Some("wamid-1"));
    let (first, second) = (server.hand_in(1, &body), server.hand_in(1, &body));
    assert_eq!(first.body, second.body);
    let id = first.body["conversation_id"].as_str().unwrap();
    assert_eq!(get(&ana, id)["unread"], 1);
    let other_line = server.hand_in(2, &inbound("+1", "Hola", Some("wamid-1")));
    assert_ne!(other_line.body["conversation_id"], first.body["conversation_id"]);
}

#[test]
fn a_contact_gets_a_name_once_one_is_known() {
    let server = start_server();
    let ana = server.bearer("ana");
    let named = |name: &str, id: &str| {
        let mut body = inbound("+52 33 5550 0142", "Hola", Some(id));
        body["contact"]["name"] = json!(name);
        server.hand_in(1, &body).body["conversation_id"].as_str().unwrap().to_owned()
    };
    let id = named("", "1");
    assert_eq!(get(&ana, &id)["contact"]["name"], "");
    named("Núria Peña", "2");
    named("Otra", "3");
    assert_eq!(get(&ana, &id)["contact"]["name"], "Núria Peña");
    assert_eq!(get(&ana, &id)["unread"], 3);
    for (q, found) in [
        ("nuria", 1),
        ("PEÑ", 1),
        ("pena%20n%C3%BAria", 1),
        ("3355500142", 1),
        ("33%205550%200142", 1),
        ("hol", 1),
        ("nuria%20hola", 1),
        ("ola", 0),
        ("nuria%20adios", 0),
        ("otra", 0),
        ("%25", 1),
    ] {
        let q = q.replace('Ñ', "%C3%91");
        let answer = ana.get(&format!("/conversations?q={q}"));
        assert_eq!(answer.body["total"]["value"], found, "{q}: {}", answer.body);
    }
}

#[test]
fn a_mistake_in_the_filter_is_pointed_at() {
    let server = start_server();
    let ana = server.bearer("ana");
    let refused = ana.get("/conversations?limit=5&channel=whatsapp&colour=red");
    assert_eq!((refused.status, refused.code()), (400, "invalid_filter"));
    assert_eq!(refused.fields(), pairs(&[("colour", "unknown_field")]));
    let words = refused.body["fields"][0]["message"].as_str().unwrap();
    assert!(words.contains("characters 26 to 35"), "{words}");
    assert_eq!(ana.get("/conversations/facets?status=x").fields(), pairs(&[("status", "unknown_value")]));
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("sort=colour", "sort"),
        ("cursor=x", "cursor"),
        ("offset=-1", "offset"),
        ("offset=1&cursor=n.activity.1.1", "offset"),
    ] {
        let refused = ana.get(&format!("/conversations?{query}"));
        assert_eq!((refused.status, refused.fields()[0].0.as_str()), (400, field), "{query}");
    }
    let refused = ana.post("/conversations/query", &json!({ "filter": "a=b", "limit": 3 }));
    assert_eq!(refused.fields(), pairs(&[("a", "unknown_field")]));
    let refused = ana.post("/conversations/query", &json!({ "colour": "red" }));
    assert_eq!(refused.fields(), pairs(&[("colour", "unknown")]));
    // Days at the ends of the calendar are odd, but not a failure.
    for span in ["%2B262142-12-31..", "..-262143-01-01", "-262143-01-01.."] {
        assert_eq!(ana.get(&format!("/conversations?created={span}")).status, 200, "{span}");
    }
}

#[test]
fn pages_of_a_thread_lead_to_older_and_newer_entries() {
    let server = start_server();
    let (ana, id) = (server.bearer("ana"), anas(&server));
    for number in 0..7 {
        reply(&ana, &id, &format!("m{number}"));
    }
    let path = format!("/conversations/{id}/messages?limit=4");
    let texts = |page: &Value| -> Vec<String> {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["body"].as_str().unwrap().to_owned())
            .collect()
    };
    let newest = ana.get(&path).body;
    assert_eq!(texts(&newest), ["m3", "m4", "m5", "m6"]);
    assert_eq!((&newest["next"], &newest["total"]["value"]), (&Value::Null, &json!(10)));
    let older = ana.get(&format!("{path}&cursor={}", newest["prev"].as_str().unwrap())).body;
    assert_eq!(texts(&older), ["", "m0", "m1", "m2"]);
    let newer = ana.get(&format!("{path}&cursor={}", older["next"].as_str().unwrap())).body;
    assert_eq!(texts(&newer), texts(&newest));
    assert_eq!(newer["next"], Value::Null);
    let oldest = ana.get(&format!("{path}&cursor={}", older["prev"].as_str().unwrap())).body;
    assert_eq!((texts(&oldest), &oldest["prev"]), (vec![String::new(), "Hola".to_owned()], &Value::Null));
    assert_eq!(ana.get(&format!("{path}&cursor=x")).fields(), pairs(&[("cursor", "unknown")]));
    assert_eq!(ana.get(&format!("{path}&colour=x")).fields(), pairs(&[("colour", "unknown")]));
}

#[test]
fn those_who_see_it_hear_of_an_undone_closing() {
    let server = start_server();
    let (ana, beto, id) = (server.bearer("ana"), server.bearer("beto"), anas(&server));
    let stream = beto.events(None);
    let closed = close(&ana, &id);
    let event = stream.next_of("conversation.changed");
    assert_eq!((&event.data["conversation"]["status"], &event.data["by"]), (&json!("closed"), &json!("4")));
    assert_eq!(stream.next_of("message.created").data["message"]["event"]["type"], "closed");
    done(undo(&ana, &closed));
    let event = stream.next_of("conversation.changed");
    assert_eq!(event.data["conversation"]["status"], "assigned");
    let event = stream.next_of("message.changed");
    assert_eq!(event.data["message"]["event"]["closing"]["undone"], true);
}
