//! What a selection, an action and a job are, from the preview to the end.

use crate::common::{Client, start_demo_server, start_server};
use crate::*;
use serde_json::{Value, json};

#[test]
fn what_the_preview_says_is_what_happens() {
    let server = start_server();
    let ana = server.bearer("ana");
    let (hers, nobodys, betos) =
        (furnish(&server, 60, Some(4)), furnish(&server, 50, None), furnish(&server, 45, Some(5)));
    act(&ana, &hers[0], "close", &json!({ "description": "x" }));
    server.sql("UPDATE conversation SET status = 'cancelled' WHERE id = 2");
    let seen = preview(&ana, &close_filter("channel=whatsapp"));
    assert_eq!(
        (&seen["matched"], &seen["changes"], &seen["unread"]),
        (&json!(155), &json!(153), &json!(153))
    );
    assert_eq!(reasons(&seen["excluded"]), pairs(&[("already_so", 1), ("state", 1)]));
    assert_eq!(seen["owners"], json!({ "kept": 103, "become_yours": 50, "transferred": 0 }));
    assert_eq!(seen["form"]["description"], "required");
    assert_eq!(seen["automations"], json!([]));
    assert_eq!(get(&ana, &nobodys[0])["status"], "new", "a preview changes nothing");
    let id = seen["preview_id"].as_str().unwrap();
    let left_out = items(&ana, id, "result=excluded");
    assert_eq!(left_out.len(), 2);
    assert_eq!((&left_out[0]["reason"], &left_out[0]["before"]), (&json!("state"), &json!("cancelled")));
    assert_eq!(items(&ana, id, "").len(), 153);
    let job = over(&ana, start_previewed(&ana, &seen, None).body["id"].as_str().unwrap());
    assert_eq!((&job["state"], counts(&job)), (&json!("finished"), [153, 0, 0]));
    assert_eq!((&job["matched"], &job["action"], &job["by"]), (&json!(153), &json!("close"), &json!("4")));
    assert!(job["undo_until"].is_string() && job["eta_s"].is_null());
    for (id, owner) in [(&hers[5], "4"), (&nobodys[5], "4"), (&betos[5], "5")] {
        let closed = get(&ana, id);
        assert_eq!((&closed["status"], &closed["owner"]), (&json!("closed"), &json!(owner)));
        assert_eq!((&closed["closing"]["source"], &closed["closing"]["by"]), (&json!("user"), &json!("4")));
        assert_eq!(closed["closing"]["description"], "Limpieza");
        assert_eq!(closed["unread"], 1, "unread stays unread");
        assert_eq!(thread(&ana, id), ["closed"], "the history tells of it once");
        let episodes = ana.get(&format!("/conversations/{id}/episodes")).body;
        assert_eq!(episodes["items"].as_array().unwrap().len(), 1, "one closing record");
    }
}

#[test]
fn all_that_match_are_taken_but_those_that_were_taken_out() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 30, Some(4));
    let mut body = close_filter("owner=me&group=open");
    body["selection"]["except"] = json!([ids[3], ids[4], ids[29], "999999", "x"]);
    let job = run(&ana, &body);
    assert_eq!(counts(&job), [27, 0, 0]);
    for (place, id) in ids.iter().enumerate() {
        let wanted = if [3, 4, 29].contains(&place) { "assigned" } else { "closed" };
        assert_eq!(get(&ana, id)["status"], wanted, "{place}");
    }
}

#[test]
fn a_forged_list_of_ids_reaches_nothing_of_others_and_teaches_nothing() {
    let server = start_server();
    let (ana, dora) = (server.bearer("ana"), server.bearer("dora"));
    let theirs = furnish(&server, 5, Some(4));
    let own = server.contact_writes(3, "dora@example.test", "Hola");
    let mut ids = theirs.clone();
    ids.push(own.clone());
    let seen = preview(&dora, &close_ids(&ids));
    assert_eq!((&seen["matched"], &seen["changes"]), (&json!(6), &json!(1)));
    assert_eq!(reasons(&seen["excluded"]), pairs(&[("not_found", 5)]));
    let nowhere: Vec<String> = ["900001", "900002", "x", "", "007"].map(str::to_owned).to_vec();
    let mut unknown = nowhere.clone();
    unknown.push(own.clone());
    let nothing = preview(&dora, &close_ids(&unknown));
    for field in ["matched", "changes", "excluded", "owners", "unread", "form"] {
        assert_eq!(seen[field], nothing[field], "as if they did not exist: {field}");
    }
    let listed = items(&dora, seen["preview_id"].as_str().unwrap(), "result=excluded");
    assert_eq!(listed, Vec::<Value>::new());
    let job = over(&dora, start_previewed(&dora, &seen, None).body["id"].as_str().unwrap());
    assert_eq!((&job["matched"], counts(&job)), (&json!(1), [1, 0, 0]));
    for id in &theirs {
        assert_eq!(get(&ana, id)["status"], "assigned");
    }
    server.sql("INSERT INTO user_team (user_id, team_id) VALUES (7, 1)");
    let listed = items(&dora, job["id"].as_str().unwrap(), "result=excluded");
    assert_eq!(listed, Vec::<Value>::new(), "nor later, by who came to see them");
    server.sql("DELETE FROM user_team WHERE user_id = 7 AND team_id = 1");
    // By a filter that names them, neither.
    let seen = preview(&dora, &close_filter("owner=4"));
    assert_eq!((&seen["matched"], &seen["excluded"]), (&json!(0), &json!([])));
    assert_eq!(start_previewed(&dora, &seen, None).code(), "nothing_to_do");
}

#[test]
fn every_action_does_to_many_what_it_does_to_one() {
    let server = start_server();
    let (ana, admin) = (server.bearer("ana"), server.bearer("admin1"));
    let ids = furnish(&server, 4, Some(4));
    let with = |action: &str| json!({ "action": action, "selection": { "ids": ids } });
    let state = |client: &Client| {
        let one = get(client, &ids[3]);
        ["status", "owner", "team", "unread", "archived", "tags"].map(|field| one[field].clone())
    };
    let expect = |client: &Client, body: Value, wanted: Value| {
        let job = run(client, &body);
        assert_eq!(counts(&job), [4, 0, 0], "{body}: {job}");
        assert_eq!(json!(state(&admin)), wanted, "{body}");
        let again = preview(client, &body);
        assert_eq!(reasons(&again["excluded"]), pairs(&[("already_so", 4)]), "{body}");
    };
    expect(&ana, with("read"), json!(["assigned", "4", "1", 0, false, []]));
    expect(&ana, with("unread"), json!(["assigned", "4", "1", 1, false, []]));
    let mut tags = with("add_tags");
    tags["tags"] = json!(["3", "1"]);
    expect(&ana, tags.clone(), json!(["assigned", "4", "1", 1, false, ["1", "3"]]));
    tags["action"] = json!("remove_tags");
    tags["tags"] = json!(["1"]);
    expect(&ana, tags, json!(["assigned", "4", "1", 1, false, ["3"]]));
    let mut assign = with("assign");
    assign["assign"] = json!({ "user": "6", "team": "2" });
    expect(&admin, assign, json!(["assigned", "6", "2", 1, false, ["3"]]));
    expect(&admin, with("unassign"), json!(["new", null, "2", 1, false, ["3"]]));
    let mut close = with("close");
    close["form"] = json!({ "description": "x", "transfer_to": "6" });
    expect(&admin, close, json!(["closed", "6", "2", 1, false, ["3"]]));
    expect(&admin, with("archive"), json!(["closed", "6", "2", 1, true, ["3"]]));
    expect(&admin, with("reopen"), json!(["assigned", "6", "2", 1, false, ["3"]]));
    let mut cancel = with("cancel");
    cancel["form"] = json!({ "category_id": "1" });
    expect(&admin, cancel, json!(["cancelled", "6", "2", 1, false, ["3"]]));
    assert_eq!(
        thread(&admin, &ids[3]),
        ["tagged", "tagged", "assigned", "unassigned", "closed", "archived", "reopened", "cancelled"]
    );
}

#[test]
fn closing_and_archiving_is_one_step_for_many_too() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 3, Some(4));
    let mut body = close_ids(&ids);
    body["form"] = json!({ "description": "x", "archive": true, "transfer_to": "5" });
    let seen = preview(&ana, &body);
    assert_eq!(seen["owners"], json!({ "kept": 0, "become_yours": 0, "transferred": 3 }));
    over(&ana, start_previewed(&ana, &seen, None).body["id"].as_str().unwrap());
    let closed = get(&ana, &ids[1]);
    assert_eq!((&closed["archived"], &closed["owner"]), (&json!(true), &json!("5")));
    assert_eq!(closed["closing"]["transferred"], true);
    assert_eq!(thread(&ana, &ids[1]), ["closed", "archived"]);
}

#[test]
fn later_matches_are_left_out_unless_they_are_asked_for() {
    let server = start_server();
    let ana = server.bearer("ana");
    furnish(&server, 8, Some(4));
    let kept = furnish(&server, 1, Some(4)).remove(0);
    for (later, wanted) in [(false, 8), (true, 4)] {
        let mut body = close_filter("owner=me&group=open");
        body["selection"]["except"] = json!([kept]);
        let seen = preview(&ana, &body);
        let newer = furnish(&server, 3, Some(4));
        let sent = json!({ "preview_id": seen["preview_id"], "include_later": later });
        let job = over(&ana, ana.post("/bulk", &sent).body["id"].as_str().unwrap());
        let status = if later { "closed" } else { "assigned" };
        assert_eq!(get(&ana, &newer[0])["status"], status);
        // The second time, the three of the first are in the set and three more come later.
        assert_eq!(counts(&job), [if later { 6 } else { wanted }, 0, 0], "{job}");
        assert_eq!(get(&ana, &kept)["status"], "assigned", "what was taken out stays out");
    }
}

#[test]
fn a_job_is_stopped_and_what_had_no_turn_is_skipped() {
    let server = start_server();
    let ana = server.bearer("ana");
    furnish(&server, 3_000, Some(4));
    let started = start_previewed(&ana, &preview(&ana, &close_filter("owner=me")), None);
    let id = started.body["id"].as_str().unwrap();
    assert_eq!(started.body["state"], "queued");
    let told = ana.post_nothing(&format!("/bulk/{id}/stop"));
    assert_eq!((told.status, &told.body["state"]), (200, &json!("stopping")));
    let job = over(&ana, id);
    let [done, skipped, failed] = counts(&job);
    assert_eq!(job["state"], "stopped");
    assert!(skipped > 0 && failed == 0 && done < 3_000, "{job}");
    assert_eq!(reasons(&job["reasons"]), pairs(&[("stopped", skipped)]));
    let closed = ana.get("/conversations?status=closed&owner=me").body["total"]["value"].as_u64();
    assert_eq!(closed, Some(done), "what is done stays done");
    let again = ana.post_nothing(&format!("/bulk/{id}/stop"));
    assert_eq!((again.status, again.code()), (409, "state"));
    assert_eq!(ana.post_nothing(&format!("/bulk/{id}/retry")).code(), "nothing_to_do");
}

#[test]
fn undo_restores_all_but_the_one_a_contact_wrote_on() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 20, Some(4));
    act(&ana, &ids[7], "tags", &json!({ "tags": ["2"] }));
    let before: Vec<Value> = ids.iter().map(|id| get(&ana, id)).collect();
    let job = run(&ana, &close_ids(&ids));
    server.contact_writes(1, &format!("+{}", ids[11]), "¿Sigue ahí?");
    let undone = order(&ana, &job, "undo");
    assert_eq!((&undone["action"], &undone["undoes"]), (&json!("undo"), &json!("close")));
    assert_eq!(counts(&undone), [19, 1, 0]);
    assert_eq!(reasons(&undone["reasons"]), pairs(&[("changed", 1)]));
    assert!(undone["undo_until"].is_null(), "what was taken back is not taken back again");
    let skipped = items(&ana, undone["id"].as_str().unwrap(), "result=skipped");
    assert_eq!(skipped[0]["conversation_id"], json!(ids[11]));
    for (id, before) in ids.iter().zip(&before).filter(|(id, _)| **id != ids[11]) {
        let mut now = get(&ana, id);
        now["version"] = before["version"].clone();
        assert_eq!(now, *before, "as it was");
        let episodes = ana.get(&format!("/conversations/{id}/episodes")).body;
        assert_eq!(episodes["items"][0]["closing"]["undone"], true, "the record is kept and marked");
    }
    let page = ana.get(&format!("/conversations/{}/messages", ids[0])).body;
    assert_eq!(page["items"][0]["event"]["closing"]["undone"], true);
    assert_eq!(thread(&ana, &ids[0]), ["closed", "undone"]);
    assert_eq!(get(&ana, &ids[11])["status"], "assigned", "reopened by the contact");
    let job_now = ana.get(&format!("/bulk/{}", job["id"].as_str().unwrap())).body;
    assert_eq!((&job_now["undone_by"], &job_now["undo_until"]), (&undone["id"], &Value::Null));
    let told = |what: &str, job: &Value| {
        let answer = ana.post_nothing(&format!("/bulk/{}/{what}", job["id"].as_str().unwrap()));
        assert_eq!(answer.status, 409);
        answer.code().to_owned()
    };
    assert_eq!(told("undo", &job), "undo_over", "once");
    assert_eq!(told("retry", &job), "state");
    assert_eq!(told("undo", &undone), "state");
}

#[test]
fn every_action_can_be_taken_back_for_many() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let ids = furnish(&server, 3, None);
    let undo = |body: Value| {
        let before: Vec<Value> = ids.iter().map(|id| get(&admin, id)).collect();
        let job = run(&admin, &body);
        assert_eq!(counts(&job), [3, 0, 0], "{body}: {job}");
        assert_ne!(get(&admin, &ids[0]), before[0], "{body}");
        assert_eq!(counts(&order(&admin, &job, "undo")), [3, 0, 0], "{body}");
        for (id, before) in ids.iter().zip(&before) {
            let mut now = get(&admin, id);
            now["version"] = before["version"].clone();
            assert_eq!(now, *before, "{body}");
        }
    };
    let with = |action: &str| json!({ "action": action, "selection": { "ids": ids } });
    undo(with("read"));
    assert_eq!(thread(&admin, &ids[0]), Vec::<String>::new(), "reading is not told, nor taking it back");
    undo(json!({ "action": "add_tags", "tags": ["1"], "selection": { "ids": ids } }));
    undo(json!({ "action": "assign", "assign": { "user": "6", "team": "2" }, "selection": { "ids": ids } }));
    run(&admin, &json!({ "action": "assign", "assign": { "user": "4" }, "selection": { "ids": ids } }));
    undo(with("unassign"));
    undo(json!({ "action": "cancel", "form": { "category_id": "1" }, "selection": { "ids": ids } }));
    undo(close_ids(&ids));
    run(&admin, &close_ids(&ids));
    undo(with("archive"));
    undo(with("reopen"));
}

#[test]
fn what_an_agent_gave_away_can_be_taken_back_though_it_left_their_sight() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 3, Some(4));
    let away = json!({ "action": "assign", "assign": { "user": "2" }, "selection": { "ids": ids } });
    server.sql("UPDATE conversation SET team_id = 2, team_assigned = 1");
    let job = run(&ana, &away);
    assert_eq!(counts(&job), [3, 0, 0]);
    assert_eq!(ana.get(&format!("/conversations/{}", ids[0])).status, 404);
    assert_eq!(items(&ana, job["id"].as_str().unwrap(), ""), Vec::<Value>::new(), "nor is it listed");
    assert_eq!(counts(&order(&ana, &job, "undo")), [3, 0, 0]);
    assert_eq!(get(&ana, &ids[0])["owner"], "4");
}

#[test]
fn a_job_can_be_taken_back_for_a_day_and_by_who_started_it_only() {
    let server = start_demo_server();
    let (ana, beto, boss) = (server.bearer("ana"), server.bearer("beto"), server.bearer("super"));
    let ids = furnish(&server, 2, Some(4));
    let job = run(&ana, &close_ids(&ids));
    let path = format!("/bulk/{}", job["id"].as_str().unwrap());
    assert_eq!(beto.post_nothing(&format!("{path}/undo")).status, 404);
    let refused = boss.post_nothing(&format!("{path}/undo"));
    assert_eq!((refused.status, refused.code()), (403, "forbidden"));
    for what in ["", "/items", "/receipt.csv"] {
        assert_eq!(beto.get(&format!("{path}{what}")).status, 404, "{what}");
        assert_eq!(boss.get(&format!("{path}{what}")).status, 200, "{what}");
    }
    for what in ["stop", "retry"] {
        assert_eq!(beto.post_nothing(&format!("{path}/{what}")).status, 404, "{what}");
    }
    assert_eq!(beto.get("/bulk").body["items"], json!([]));
    assert_eq!(boss.get("/bulk").body["items"], json!([]), "their own only");
    assert_eq!(ana.get("/bulk").body["items"][0]["id"], job["id"]);
    server.app.clock.set_offset_ms(86_400_000 + 1_000);
    assert_eq!(ana.get(&path).body["undo_until"], Value::Null);
    let late = ana.post_nothing(&format!("{path}/undo"));
    assert_eq!((late.status, late.code()), (409, "undo_over"));
    assert_eq!(ana.get("/bulk").body["items"], json!([]), "those of the last day");
}

#[test]
fn a_repeated_start_with_a_key_starts_one_job() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 2, Some(4));
    let seen = preview(&ana, &close_ids(&ids));
    let keyed = ana.with_header("Idempotency-Key", "k1");
    let (first, second) = (start_previewed(&keyed, &seen, None), start_previewed(&keyed, &seen, None));
    assert_eq!((first.status, second.status), (202, 202));
    assert_eq!(first.body["id"], second.body["id"]);
    let other = start_previewed(&ana, &seen, None);
    assert_eq!((other.status, other.code()), (410, "preview_over"));
}
