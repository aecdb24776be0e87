//! Signing in, working, and being signed out.

use super::common::Client;
use super::{Foreign, Gateway, Start, by_password, ids};
use serde_json::{Value, json};

fn start(foreign: &Foreign) -> Gateway {
    Gateway::start(foreign, &Start { auth: by_password(), secrets: &[], flags: &[] })
}

#[test]
fn whoever_signs_in_lists_reads_and_replies_through_the_foreign_api() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let ana = gateway.signed_in("ana");
    let session = ana.get("/session");
    assert_eq!(session.body["user"]["email"], "ana@mini.test", "{}", session.body);
    assert_eq!(ids(&ana.get("/conversations")), ["ana-1", "ana-2"]);
    let thread = ana.get("/conversations/ana-1/messages");
    assert_eq!(thread.body["items"][0]["body"], "Hola", "{}", thread.body);
    let reply = json!({ "kind": "reply", "body": "Buenos días", "client_id": "c1" });
    let sent = ana.post("/conversations/ana-1/messages", &reply);
    assert_eq!(sent.status, 201, "{}", sent.body);
    assert_eq!(foreign.texts(), ["Buenos días"]);
}

#[test]
fn nobody_comes_in_without_signing_in_or_with_a_wrong_password() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    assert_eq!(gateway.anonymous().get("/conversations").status, 401);
    assert_eq!(gateway.sign_in("ana", "wrong").status, 401);
    let forged = gateway.anonymous().with_cookie("bandeja_gateway=abc", "def");
    assert_eq!(forged.get("/conversations").status, 401);
}

#[test]
fn a_wrong_sign_in_is_answered_with_a_reason_every_time() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    for turn in 0..10 {
        let answer = gateway.sign_in(&format!("ana{turn}"), "wrong");
        assert_eq!((answer.status, answer.code()), (401, "wrong_credentials"), "turn {turn}");
        let stranger = gateway.anonymous().with_bearer("nobodys").get("/conversations");
        assert_eq!((stranger.status, stranger.code()), (401, "unauthenticated"), "turn {turn}");
    }
}

#[test]
fn two_who_signed_in_see_each_their_own() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let (ana, beto) = (gateway.signed_in("ana"), gateway.signed_in("beto"));
    assert_eq!(ids(&ana.get("/conversations")), ["ana-1", "ana-2"]);
    assert_eq!(ids(&beto.get("/conversations")), ["beto-1", "beto-2"]);
    assert_eq!(ana.get("/conversations/beto-1").status, 404);
}

#[test]
fn a_changing_call_by_cookie_needs_the_csrf_header() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let ana = gateway.signed_in("ana");
    let reply = json!({ "kind": "reply", "body": "Hola", "client_id": "c1" });
    let without = ana.without_header("X-Bandeja-CSRF").post("/conversations/ana-1/messages", &reply);
    assert_eq!((without.status, without.code()), (403, "csrf"));
    assert!(foreign.texts().is_empty());
}

#[test]
fn a_token_that_the_foreign_api_takes_no_more_is_told_as_signed_out() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let ana = gateway.signed_in("ana");
    foreign.expire_all();
    assert_eq!(ana.get("/conversations").status, 401);
}

#[test]
fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let ana = gateway.signed_in("ana");
    let out = ana.delete("/session");
    assert_eq!(out.status, 204, "{}", out.body);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(ana.get("/conversations").status, 401);
}

#[test]
fn the_cookie_is_out_of_scripts_reach_and_secrets_are_in_no_answer_and_no_log() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let answer = gateway.sign_in("ana", "tamarindo");
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let ana = gateway.signed_in("ana");
    let answers: Vec<Value> = ["/session", "/conversations", "/conversations/ana-1", "/nothing"]
        .into_iter()
        .map(|path| ana.get(path).body)
        .collect();
    let told = format!("{}{}{}", answer.body, Value::from(answers), gateway.log());
    assert!(!told.contains("tamarindo") && !told.contains("token-ana"), "{told}");
    assert!(gateway.log().contains("call"), "the log was read");
}

#[test]
fn the_event_stream_passes_through() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let first = gateway.signed_in("ana").events(None).next();
    assert_eq!(first.name, "ready");
}

/// A job that marks a conversation as read, at its end.
fn job_of(client: &Client) -> String {
    let asked = json!({ "action": "unread", "selection": { "ids": ["ana-1"] } });
    let preview = client.post("/bulk/preview", &asked);
    assert_eq!(preview.status, 200, "{}", preview.body);
    let started = client.post("/bulk", &json!({ "preview_id": preview.body["preview_id"] }));
    assert_eq!(started.status, 202, "{}", started.body);
    let id = started.body["id"].as_str().unwrap().to_owned();
    for _ in 0..10_000 {
        if client.get(&format!("/bulk/{id}")).body["state"] == "finished" {
            return id;
        }
    }
    panic!("the job does not end");
}

#[test]
fn jobs_and_sent_messages_are_found_again_by_the_same_user_and_by_nobody_else() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let reply = json!({ "kind": "reply", "body": "Buenos días", "client_id": "c1" });
    let ana = gateway.signed_in("ana");
    assert_eq!(ana.post("/conversations/ana-1/messages", &reply).status, 201);
    let job = job_of(&ana);
    assert_eq!(ana.delete("/session").status, 204);

    let beto = gateway.signed_in("beto");
    assert_eq!(beto.get("/bulk").body["items"], json!([]));
    let again = gateway.signed_in("ana");
    let jobs = again.get("/bulk");
    assert_eq!(jobs.body["items"][0]["id"], job.as_str(), "{}", jobs.body);
    assert_eq!(again.get("/conversations/ana-1").body["unread"], 1, "what counts as unread, too");
    let repeated = again.post("/conversations/ana-1/messages", &reply);
    assert_eq!(repeated.status, 201, "{}", repeated.body);
    assert_eq!(foreign.texts(), ["Buenos días"], "the repeat is no second message");
}

#[test]
fn while_two_sessions_of_one_user_run_each_has_its_own_jobs() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let ana = gateway.signed_in("ana");
    let job = job_of(&ana);
    let other = gateway.signed_in("ana");
    assert_eq!(other.get("/bulk").body["items"], json!([]));
    assert_eq!(ana.get("/bulk").body["items"][0]["id"], job.as_str());
}

#[test]
fn a_body_that_is_no_json_is_refused_before_it_reaches_the_engine() {
    let foreign = Foreign::start();
    let gateway = start(&foreign);
    let ana = gateway.signed_in("ana");
    let reply = br#"{"kind":"reply","body":"Hola","client_id":"c1"}"#.to_vec();
    let answer = ana.send("POST", "/conversations/ana-1/messages", Some(("text/plain", reply)));
    assert_eq!((answer.status, answer.code()), (415, "media_type"), "{}", answer.body);
    assert!(foreign.texts().is_empty());
}

#[test]
fn the_contract_is_told_to_whoever_asks() {
    let foreign = Foreign::start();
    let answer = start(&foreign).anonymous().get("/openapi.json");
    assert_eq!((answer.status, &answer.body["openapi"]), (200, &json!("3.1.0")));
}
