//! Repeated calls.

use crate::common::{Client, start_demo_server, start_server};
use serde_json::json;

const KEY: &str = "Idempotency-Key";

/// Being away is announced by one event, so events count how often a call was really done.
fn go(client: &Client, key: &str, availability: &str) -> crate::common::Answer {
    client.with_header(KEY, key).put("/me/availability", &json!({ "availability": availability }))
}

#[test]
fn a_repeat_is_answered_as_the_first_time_and_done_once() {
    let server = start_server();
    let client = server.bearer("ana");
    let first = go(&client, "k1", "away");
    assert_eq!((first.status, &first.body["availability"]), (200, &json!("away")));
    assert_eq!(client.put("/me/availability", &json!({ "availability": "offline" })).status, 200);
    let repeat = go(&client, "k1", "away");
    assert_eq!((repeat.status, &repeat.body), (200, &first.body));
    assert_eq!(repeat.header("content-type"), "application/json");
    let now = client.get("/session").body["user"]["availability"].clone();
    assert_eq!(now, "offline", "the repeat did nothing");
}

#[test]
fn the_same_key_with_another_body_is_refused_and_another_user_has_keys_of_their_own() {
    let server = start_server();
    let client = server.bearer("ana");
    assert_eq!(go(&client, "k1", "away").status, 200);
    let other = go(&client, "k1", "offline");
    assert_eq!((other.status, other.code()), (422, "key_reused"));
    assert_eq!(go(&server.bearer("beto"), "k1", "offline").status, 200);
}

#[test]
fn a_concurrent_repeat_waits_for_the_first() {
    let server = start_demo_server();
    let client = server.bearer("ana");
    let stream = server.bearer("beto").events(None);
    stream.next_of("ready");
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || go(&client, "k1", "away"))
        })
        .collect();
    let answers: Vec<_> = calls.into_iter().map(|call| call.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.body == answers[0].body));
    let told = stream.all_within(std::time::Duration::from_millis(1_500));
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn refusals_are_kept_but_not_those_that_another_try_may_change() {
    let server = start_server();
    let client = server.bearer("ana");
    let refused = go(&client, "k1", "asleep");
    assert_eq!(refused.status, 400);
    let repeat = go(&client, "k1", "asleep");
    assert_eq!((repeat.status, repeat.code(), &repeat.body), (400, "invalid", &refused.body));
    let nobody = go(&server.anonymous(), "k2", "away");
    assert_eq!(nobody.status, 401);
    assert_eq!(go(&client, "k2", "away").status, 200);
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    let server = start_demo_server();
    let client = server.bearer("ana");
    assert_eq!(go(&client, "k1", "away").status, 200);
    assert_eq!(client.post("/demo/clock", &json!({ "advance_s": 86_401 })).status, 200);
    assert_eq!(go(&client, "k1", "offline").status, 200);
}

#[test]
fn an_endless_key_is_refused() {
    let server = start_server();
    let answer = go(&server.bearer("ana"), &"k".repeat(129), "away");
    assert_eq!((answer.status, answer.code()), (400, "invalid"));
    assert_eq!(answer.fields()[0].0, KEY);
}

#[test]
fn a_call_by_cookie_needs_its_csrf_header_also_with_a_key() {
    let server = start_server();
    let client = server.signed_in("ana");
    assert_eq!(go(&client.without_header("X-Bandeja-CSRF"), "k1", "away").code(), "csrf");
    assert_eq!(go(&client, "k1", "away").status, 200);
    assert_eq!(go(&client.without_header("X-Bandeja-CSRF"), "k1", "away").code(), "csrf");
}
