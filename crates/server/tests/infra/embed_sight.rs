//! What a narrowed token sees besides what the table of permissions asks: jobs and their accounts, events
//! and their replay, lookups and settings.

use crate::common::{Client, Server, StreamEvent, start_server};
use serde_json::{Value, json};
use std::time::Duration;

const MOMENT: Duration = Duration::from_millis(1_500);

fn line_1() -> Value {
    json!({ "lines": ["1"] })
}

/// A conversation on line 1 and one on line 2.
fn furnish(server: &Server) -> [String; 2] {
    [1, 2].map(|line| server.contact_writes(line, &format!("on line {line}"), "Hola"))
}

/// Closes all that the client sees, and waits for the end.
fn close_all(client: &Client) -> Value {
    let sent = json!({ "action": "close", "selection": { "filter": "" }, "form": { "description": "x" } });
    let preview = client.post("/bulk/preview", &sent);
    assert_eq!(preview.status, 200, "{}", preview.body);
    let sent = json!({ "preview_id": preview.body["preview_id"], "include_later": true });
    let started = client.post("/bulk", &sent);
    assert_eq!(started.status, 202, "{}", started.body);
    let path = format!("/bulk/{}", started.body["id"].as_str().unwrap());
    for _ in 0..2_000 {
        let job = client.get(&path).body;
        if job["state"] == "finished" {
            return job;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the job does not end");
}

#[test]
fn a_job_of_a_narrowed_token_stays_within_also_in_its_pass_at_the_end() {
    let server = start_server();
    let [inside, outside] = furnish(&server);
    let page = server.embedded("super", &line_1());
    let job = close_all(&page);
    assert_eq!((&job["matched"], &job["done"]), (&json!(1), &json!(1)));
    let boss = server.bearer("super");
    assert_eq!(boss.get(&format!("/conversations/{inside}")).body["status"], "closed");
    assert_ne!(boss.get(&format!("/conversations/{outside}")).body["status"], "closed");
    let undone = page.post_nothing(&format!("/bulk/{}/undo", job["id"].as_str().unwrap()));
    assert_eq!((undone.status, &undone.body["matched"]), (200, &json!(1)));
}

#[test]
fn jobs_begun_elsewhere_do_not_exist_for_a_narrowed_token_and_their_owner_sees_them_all() {
    let server = start_server();
    furnish(&server);
    let (boss, page) = (server.bearer("super"), server.embedded("super", &line_1()));
    let wide = close_all(&boss)["id"].as_str().unwrap().to_owned();
    for path in ["", "/items", "/receipt.csv"] {
        assert_eq!(page.get(&format!("/bulk/{wide}{path}")).status, 404, "{path}");
    }
    for order in ["stop", "retry", "undo"] {
        assert_eq!(page.post_nothing(&format!("/bulk/{wide}/{order}")).status, 404, "{order}");
    }
    assert_eq!(page.get("/bulk").body["items"], json!([]));
    server.contact_writes(1, "one more", "Hola");
    let narrow = close_all(&page)["id"].clone();
    let ids = |client: &Client| -> Vec<Value> {
        client.get("/bulk").body["items"].as_array().unwrap().iter().map(|job| job["id"].clone()).collect()
    };
    assert_eq!(ids(&page), std::slice::from_ref(&narrow));
    let next = server.embedded("super", &line_1());
    assert_eq!(ids(&next), std::slice::from_ref(&narrow), "the next token goes on with it");
    assert_eq!(ids(&server.embedded("super", &json!({ "lines": ["2"] }))), [] as [Value; 0]);
    assert_eq!(ids(&boss), [narrow.clone(), json!(wide)]);
    let receipt = page.get(&format!("/bulk/{}/receipt.csv", narrow.as_str().unwrap()));
    assert!(receipt.body.as_str().unwrap().contains("one more"), "{}", receipt.body);
}

fn conversations(told: &[StreamEvent]) -> Vec<&str> {
    let mut ids: Vec<&str> = told
        .iter()
        .flat_map(|event| {
            let data = &event.data;
            let many = data["ids"].as_array().into_iter().flatten();
            many.chain([&data["conversation"]["id"], &data["message"]["conversation_id"], &data["id"]])
        })
        .filter_map(Value::as_str)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn events_and_their_replay_tell_of_what_lies_within_only() {
    let server = start_server();
    let pages = [
        line_1(),
        json!({ "contact": { "address": "on line 1" } }),
        json!({ "lines": ["1"], "readonly": true }),
    ]
    .map(|scopes| server.embedded("super", &scopes));
    let streams = pages.each_ref().map(|page| {
        let stream = page.events(None);
        assert_eq!(stream.next().name, "ready");
        stream
    });
    let [inside, outside] = furnish(&server);
    // A mention lends sight to its user, but not past what a token is narrowed to.
    let mentioned = server.embedded("beto", &line_1());
    let note = json!({ "kind": "note", "body": "@Beto", "mentions": ["5"] });
    let noted = server.bearer("super").post(&format!("/conversations/{outside}/messages"), &note);
    assert_eq!(noted.status, 201, "{}", noted.body);
    assert_eq!(server.bearer("beto").get(&format!("/conversations/{outside}")).status, 200);
    close_all(&server.bearer("super"));
    for (stream, page) in streams.iter().zip(&pages) {
        let told = stream.all_within(MOMENT);
        assert_eq!(conversations(&told), [inside.as_str()], "{told:?}");
        assert!(told.iter().all(|event| !event.name.starts_with("bulk.")), "a job of another session");
        let replayed = page.events(Some("0")).all_within(MOMENT);
        assert!(replayed.iter().all(|event| event.name != "reset"), "{replayed:?}");
        assert_eq!(conversations(&replayed), [inside.as_str()], "{replayed:?}");
    }
    let told = mentioned.events(Some("0")).all_within(MOMENT);
    assert_eq!(conversations(&told), [inside.as_str()], "{told:?}");
}

#[test]
fn a_contact_who_has_not_written_yet_appears_when_they_do() {
    let server = start_server();
    let page = server.embedded("ana", &json!({ "contact": { "address": " +52 33 1 " } }));
    assert_eq!(page.get("/conversations").body["total"]["value"], 0);
    let stream = page.events(None);
    let id = server.contact_writes(1, "+52 33 1", "Hola");
    server.contact_writes(1, "+52 33 2", "Hola");
    let told = stream.all_within(MOMENT);
    assert_eq!(conversations(&told), [id.as_str()]);
    let listed = page.get("/conversations").body;
    assert_eq!((&listed["total"]["value"], &listed["items"][0]["id"]), (&json!(1), &json!(id)));
    let contact = listed["items"][0]["contact"]["id"].clone();
    let by_id = server.embedded("ana", &json!({ "contact": { "id": contact } }));
    assert_eq!(by_id.get("/conversations").body["items"][0]["id"], json!(id));
}

#[test]
fn a_token_of_some_lines_knows_no_others_and_has_no_settings() {
    let server = start_server();
    let page = server.embedded("super", &line_1());
    let lines = page.get("/lines").body;
    let ids: Vec<_> = lines["items"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, ["1"]);
    for path in ["/lines/1", "/teams/1/timing"] {
        let answer = page.get(path);
        assert_eq!((answer.status, answer.body["permission"].as_str()), (403, Some("settings")), "{path}");
    }
    let everything = server.embedded("super", &json!({}));
    assert_eq!(everything.get("/teams/1/timing").status, 200);
    assert_eq!(everything.get("/lines").body["items"].as_array().unwrap().len(), 4);
}
