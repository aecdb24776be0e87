//! What others do while a job waits for its turn, and what fails and is tried again.

use crate::common::start_server;
use crate::*;
use serde_json::json;

#[test]
fn what_another_user_changed_meanwhile_is_skipped_with_the_reason() {
    let server = start_server();
    let (ana, beto) = (server.bearer("ana"), server.bearer("beto"));
    let ids = furnish(&server, 20, Some(4));
    let seen = preview(&ana, &close_filter("owner=me&group=open"));
    act(&beto, &ids[0], "close", &json!({ "description": "Ya está" }));
    act(&beto, &ids[1], "assign", &json!({ "user": "5" }));
    act(&server.bearer("admin1"), &ids[2], "assign", &json!({ "user": "6", "team": "2" }));
    act(&server.bearer("admin1"), &ids[3], "cancel", &json!({ "category_id": "1" }));
    act(&beto, &ids[4], "tags", &json!({ "tags": ["1"] }));
    let job = over(&ana, start_previewed(&ana, &seen, None).body["id"].as_str().unwrap());
    assert_eq!(counts(&job), [16, 4, 0]);
    assert_eq!(
        reasons(&job["reasons"]),
        pairs(&[("already_so", 1), ("no_match", 1), ("not_found", 1), ("state", 1)])
    );
    assert_eq!(get(&ana, &ids[0])["closing"]["description"], "Ya está", "theirs stands");
    assert_eq!(get(&ana, &ids[4])["status"], "closed", "a label takes it out of nothing");
    let skipped = items(&ana, job["id"].as_str().unwrap(), "result=skipped");
    let ids_of: Vec<_> = skipped.iter().map(|item| item["conversation_id"].as_str().unwrap()).collect();
    assert_eq!(
        ids_of,
        [&ids[3], &ids[1], &ids[0]],
        "in the order of lists; what left her sight is counted and not listed"
    );
    let reason = items(&ana, job["id"].as_str().unwrap(), "reason=already_so");
    assert_eq!((reason.len(), &reason[0]["result"]), (1, &json!("skipped")));
}

#[test]
fn named_ones_are_done_whatever_they_match_by_then() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 3, Some(4));
    let seen = preview(&ana, &close_ids(&ids));
    act(&ana, &ids[0], "assign", &json!({ "user": "5" }));
    let job = over(&ana, start_previewed(&ana, &seen, None).body["id"].as_str().unwrap());
    assert_eq!(counts(&job), [3, 0, 0]);
}

#[test]
fn a_text_that_was_found_still_is() {
    let server = start_server();
    let ana = server.bearer("ana");
    for number in 0..3 {
        server.contact_writes(1, &format!("+{number}"), "Quiero una factura");
        server.contact_writes(1, &format!("+9{number}"), "Quiero un recibo");
    }
    let job = run(&ana, &close_filter("q=factura&group=open"));
    assert_eq!(counts(&job), [3, 0, 0]);
}

#[test]
fn a_transfer_to_somebody_deactivated_fails_and_is_done_once_they_are_back() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 5, Some(4));
    let mut body = close_ids(&ids);
    body["form"]["transfer_to"] = json!("5");
    let seen = preview(&ana, &body);
    let id = start_with(
        &server,
        4,
        &seen,
        "UPDATE app_user SET active = 0 WHERE id = 5;
        UPDATE conversation SET status = 'closed' WHERE id = 1",
    );
    let job = over(&ana, &id);
    assert_eq!(counts(&job), [0, 1, 4]);
    assert_eq!(reasons(&job["reasons"]), pairs(&[("already_so", 1), ("target", 4)]));
    assert!(job["undo_until"].is_null(), "there is nothing to take back");
    assert_eq!(ana.post_nothing(&format!("/bulk/{id}/undo")).code(), "nothing_to_do");
    assert_eq!(get(&ana, &ids[2])["status"], "assigned");
    server.sql("UPDATE app_user SET active = 1 WHERE id = 5");
    let job = order(&ana, &job, "retry");
    assert_eq!(counts(&job), [4, 1, 0]);
    assert_eq!(reasons(&job["reasons"]), pairs(&[("already_so", 1)]));
    assert_eq!(get(&ana, &ids[2])["owner"], "5");
    assert_eq!(ana.post_nothing(&format!("/bulk/{id}/retry")).code(), "nothing_to_do");
    assert_eq!(counts(&order(&ana, &job, "undo")), [4, 0, 0]);
}

#[test]
fn a_target_of_another_campaign_fails_for_its_conversations_only() {
    let server = start_server();
    let boss = server.bearer("super");
    let mut ids = furnish(&server, 2, Some(4));
    ids.push(server.contact_writes(3, "x@example.test", "Hola"));
    let body = json!({ "action": "assign", "assign": { "user": "5" }, "selection": { "ids": ids } });
    let job = run(&boss, &body);
    assert_eq!((counts(&job), reasons(&job["reasons"])), ([2, 0, 1], pairs(&[("target", 1)])));
    let body = json!({ "action": "assign", "assign": { "team": "3" }, "selection": { "ids": ids } });
    let job = run(&boss, &body);
    assert_eq!(counts(&job), [0, 0, 2], "it had the third already: {job}");
    let mut body = close_ids(&ids);
    body["form"]["transfer_to"] = json!("7");
    let job = run(&boss, &body);
    assert_eq!((counts(&job), reasons(&job["reasons"])), ([1, 0, 2], pairs(&[("target", 2)])));
}

#[test]
fn a_form_that_asks_for_more_by_then_fails() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 2, Some(4));
    let seen = preview(&ana, &close_ids(&ids));
    let id = start_with(
        &server,
        4,
        &seen,
        r#"INSERT INTO setting (key, value) VALUES ('closing_forms', '{"1": {
            "close": {"description": "required", "category": "required", "subcategory": "off", "summary": "off"},
            "cancel": {"description": "off", "category": "off", "subcategory": "off", "summary": "off"}}}')"#,
    );
    let job = over(&ana, &id);
    assert_eq!((counts(&job), reasons(&job["reasons"])), ([0, 0, 2], pairs(&[("form", 2)])));
}

#[test]
fn the_jobs_of_somebody_deactivated_do_nothing_more() {
    let server = start_server();
    let (ana, boss) = (server.bearer("ana"), server.bearer("super"));
    let ids = furnish(&server, 4, Some(4));
    let seen = preview(&ana, &close_ids(&ids));
    let id = start_with(&server, 4, &seen, "UPDATE app_user SET active = 0 WHERE id = 4");
    let job = over(&boss, &id);
    assert_eq!((counts(&job), reasons(&job["reasons"])), ([0, 4, 0], pairs(&[("not_permitted", 4)])));
    assert_eq!(get(&boss, &ids[0])["status"], "assigned");
}

#[test]
fn a_failure_in_the_middle_spoils_only_its_own() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 5, Some(4));
    server.sql(
        "CREATE TRIGGER spoiled BEFORE UPDATE OF status ON conversation WHEN OLD.id = 3
         BEGIN SELECT RAISE(ABORT, 'a broken page'); END",
    );
    let job = run(&ana, &close_ids(&ids));
    assert_eq!((counts(&job), reasons(&job["reasons"])), ([4, 0, 1], pairs(&[("internal", 1)])));
    assert_eq!(get(&ana, "3")["status"], "assigned");
    assert_eq!(thread(&ana, "3"), Vec::<String>::new(), "nothing of it was left behind");
    server.sql("DROP TRIGGER spoiled");
    let job = order(&ana, &job, "retry");
    assert_eq!(counts(&job), [5, 0, 0]);
    assert_eq!(thread(&ana, "3"), ["closed"]);
}

#[test]
fn two_jobs_over_the_same_conversations_do_each_once() {
    let server = start_server();
    let (ana, beto) = (server.bearer("ana"), server.bearer("beto"));
    let ids = furnish(&server, 600, Some(4));
    // The one goes up, the other down, so that they would meet in the middle.
    let (one, two) = (preview(&ana, &close_ids(&ids)), preview(&beto, &close_filter("channel=whatsapp")));
    let one = start_previewed(&ana, &one, None).body["id"].as_str().unwrap().to_owned();
    let third = preview(&server.bearer("admin1"), &close_ids(&ids));
    let [busy, so] = ["other_job", "already_so"].map(|reason| {
        reasons(&third["excluded"]).iter().find(|(it, _)| it == reason).map_or(0, |(_, count)| *count)
    });
    assert!(busy > 0 && busy + so == 600, "{third}");
    let two = start_previewed(&beto, &two, None).body["id"].as_str().unwrap().to_owned();
    let (one, two) = (over(&ana, &one), over(&beto, &two));
    assert_eq!(counts(&one), [600, 0, 0], "who came first has them");
    assert_eq!(counts(&two), [0, 600, 0]);
    assert!(reasons(&two["reasons"]).iter().all(|(it, _)| it == "other_job" || it == "already_so"), "{two}");
    assert_eq!(thread(&ana, &ids[599]), ["closed"]);
}

#[test]
fn users_take_turns_so_that_a_small_job_does_not_wait_for_a_large_one() {
    let server = start_server();
    let (ana, beto) = (server.bearer("ana"), server.bearer("beto"));
    furnish(&server, 2_000, Some(4));
    let small = furnish(&server, 10, Some(5));
    let large = start_previewed(&ana, &preview(&ana, &close_filter("owner=me")), None);
    let large = large.body["id"].as_str().unwrap().to_owned();
    run(&beto, &close_ids(&small));
    let state = ana.get(&format!("/bulk/{large}")).body;
    assert_eq!(state["state"], "running", "{state}");
    ana.post_nothing(&format!("/bulk/{large}/stop"));
    over(&ana, &large);
}
