//! The event stream: what is told, to whom, and how it goes on after a gap.

use crate::common::{Server, Stream, start_demo_server, start_server};
use chrono::TimeDelta;
use serde_json::json;
use std::time::Duration;

const MOMENT: Duration = Duration::from_millis(1_500);

/// An open stream and the id it begins with.
fn open(server: &Server, name: &str) -> (Stream, String) {
    let stream = server.bearer(name).events(None);
    let ready = stream.next();
    assert_eq!(ready.name, "ready");
    (stream, ready.id)
}

#[test]
fn a_new_message_is_told_to_those_who_may_see_it_and_to_nobody_else() {
    let server = start_server();
    let listeners = ["super", "admin1", "ana", "carla", "admin2", "dora"];
    let streams = listeners.map(|name| (name, open(&server, name).0));
    let id = server.contact_writes(1, "+52 1", "Hola");
    for (name, stream) in streams {
        let told = stream.all_within(MOMENT);
        let sees = ["super", "admin1", "ana"].contains(&name);
        assert_eq!(!told.is_empty(), sees, "{name}: {told:?}");
        if sees {
            let names: Vec<_> = told.iter().map(|event| event.name.as_str()).collect();
            assert!(names.contains(&"conversation.changed"), "{name}: {names:?}");
            let message = told.iter().find(|event| event.name == "message.created").unwrap();
            assert_eq!(message.data["message"]["conversation_id"], id.as_str());
            assert_eq!(message.data["type"], "message.created");
        }
    }
}

#[test]
fn a_stream_resumes_behind_the_last_event_without_gap_or_repeat() {
    let server = start_server();
    let (stream, start) = open(&server, "ana");
    server.contact_writes(1, "+52 1", "uno");
    server.contact_writes(1, "+52 1", "dos");
    let told = stream.all_within(MOMENT);
    assert!(told.len() >= 4, "{told:?}");
    drop(stream);
    server.contact_writes(1, "+52 1", "tres");
    let ids = |stream: Stream| -> Vec<u64> {
        let told = stream.all_within(MOMENT);
        assert!(told.iter().all(|event| event.name != "reset"), "{told:?}");
        told.iter().map(|event| event.id.parse().unwrap()).collect()
    };
    let rest = ids(server.bearer("ana").events(Some(&told.last().unwrap().id)));
    let all = ids(server.bearer("ana").events(Some(&start)));
    let mut joined: Vec<u64> = told.iter().map(|event| event.id.parse().unwrap()).collect();
    assert!(!rest.is_empty());
    joined.extend(rest);
    assert_eq!(joined, all);
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
}

#[test]
fn what_may_not_be_seen_any_more_is_not_replayed() {
    let server = start_server();
    let (stream, start) = open(&server, "ana");
    drop(stream);
    server.contact_writes(1, "+52 1", "Hola");
    server.sql("DELETE FROM user_team WHERE user_id = 4");
    let told = server.bearer("ana").events(Some(&start)).all_within(MOMENT);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn rights_are_asked_again_for_every_event_of_an_open_stream() {
    let server = start_server();
    let (stream, _) = open(&server, "ana");
    server.sql("UPDATE user_team SET team_id = 2 WHERE user_id = 4");
    server.contact_writes(1, "+52 1", "Hola");
    let id = server.contact_writes(2, "@b", "Hola");
    let told = stream.all_within(MOMENT);
    assert!(!told.is_empty());
    for event in told.iter().filter(|event| event.name == "conversation.changed") {
        assert_eq!(event.data["conversation"]["id"], id.as_str());
    }
}

#[test]
fn leaving_somebodys_sight_is_told_as_removed() {
    let server = start_server();
    let id = server.contact_writes(1, "+52 1", "Hola");
    let (ana, _) = open(&server, "ana");
    let (dora, _) = open(&server, "dora");
    let version = server.bearer("admin1").get(&format!("/conversations/{id}")).header("etag").to_owned();
    let admin = server.bearer("admin1").with_header("If-Match", &version);
    let assigned = admin.post(&format!("/conversations/{id}/assign"), &json!({ "team": "2" }));
    assert_eq!(assigned.status, 200, "{}", assigned.body);
    assert_eq!(ana.next_of("conversation.removed").data["id"], id.as_str());
    assert_eq!(dora.all_within(MOMENT), []);
}

#[test]
fn an_unknown_or_too_old_place_to_resume_answers_reset() {
    let server = start_demo_server();
    let (_, start) = open(&server, "ana");
    server.contact_writes(1, "+52 1", "Hola");
    for place in ["999999", "abc", "-4"] {
        assert_eq!(server.bearer("ana").events(Some(place)).next().name, "reset", "{place}");
    }
    let moved = server.bearer("ana").post("/demo/clock", &json!({ "advance_s": 90_000 }));
    assert_eq!(moved.status, 200);
    assert_eq!(server.bearer("ana").events(Some(&start)).next().name, "reset");
}

#[test]
fn an_unknown_parameter_is_named() {
    let server = start_server();
    let answer = server.bearer("ana").get("/events?since=3");
    assert_eq!(answer.fields(), [("since".to_owned(), "unknown".to_owned())]);
}

#[test]
fn the_stream_says_that_the_session_is_over_and_ends() {
    let server = start_server();
    let token = server.token("ana", TimeDelta::seconds(2));
    let stream = server.anonymous().with_bearer(&token).events(None);
    assert_eq!(stream.next().name, "ready");
    assert_eq!(stream.next().name, "session.expired");
    assert!(stream.has_ended());
}

#[test]
fn signing_out_ends_the_stream_of_that_session_only() {
    let server = start_server();
    let (leaving, staying) = (server.bearer("ana"), server.bearer("ana"));
    let (ending, open) = (leaving.events(None), staying.events(None));
    ending.next_of("ready");
    open.next_of("ready");
    assert_eq!(leaving.delete("/session").status, 204);
    assert_eq!(ending.next().name, "session.expired");
    assert!(ending.has_ended());
    server.contact_writes(1, "+52 1", "Hola");
    open.next_of("message.created");
}

#[test]
fn a_deactivated_users_stream_ends_with_the_next_event() {
    let server = start_server();
    let (stream, _) = open(&server, "ana");
    server.sql("UPDATE app_user SET active = 0 WHERE id = 4");
    server.contact_writes(1, "+52 1", "Hola");
    assert_eq!(stream.next().name, "session.expired");
    assert!(stream.has_ended());
}

#[test]
fn availability_is_told_within_the_campaign() {
    let server = start_server();
    let (carla, _) = open(&server, "carla");
    let (dora, _) = open(&server, "dora");
    let away = json!({ "availability": "away" });
    assert_eq!(server.bearer("ana").put("/me/availability", &away).status, 200);
    let told = carla.next_of("availability");
    assert_eq!((&told.data["user"], &told.data["availability"]), (&json!("4"), &json!("away")));
    assert_eq!(dora.all_within(MOMENT), []);
}

#[test]
fn strangers_have_no_stream() {
    let server = start_server();
    assert_eq!(server.anonymous().get("/events").code(), "unauthenticated");
}
