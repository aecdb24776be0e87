//! The demo clock.

use crate::common::{start_demo_server, start_server};
use serde_json::json;

#[test]
fn without_the_demo_there_is_no_clock_to_move() {
    let server = start_server();
    let answer = server.bearer("super").post("/demo/clock", &json!({ "advance_s": 5 }));
    assert_eq!((answer.status, answer.code()), (404, "not_found"));
}

#[test]
fn the_clock_goes_forward_adds_up_and_is_kept() {
    let server = start_demo_server();
    let before = server.now();
    for _ in 0..2 {
        assert_eq!(server.anonymous().post("/demo/clock", &json!({ "advance_s": 3_600 })).status, 200);
    }
    let ahead = (server.now() - before).num_seconds();
    assert!((7_200..7_260).contains(&ahead), "{ahead}");
    let kept = server.run(async {
        let mut reader = server.app.store.read().await.unwrap();
        bandeja_server::store::lookups::settings::clock_offset_ms(&mut reader).await.unwrap()
    });
    assert_eq!(kept, 7_200_000);
    let shown = server.bearer("ana").get("/session").body["server_time"].as_str().unwrap().to_owned();
    assert!(shown > before.to_rfc3339(), "tokens go by the system's time, what is shown by the demo's");
}

#[test]
fn moving_it_too_far_or_backwards_is_refused() {
    let server = start_demo_server();
    let far = server.anonymous().post("/demo/clock", &json!({ "advance_s": 400_000_000u64 }));
    assert_eq!(far.fields(), [("advance_s".to_owned(), "too_large".to_owned())]);
    let back = server.anonymous().post("/demo/clock", &json!({ "advance_s": -5 }));
    assert_eq!(back.fields(), [("advance_s".to_owned(), "type".to_owned())]);
}

#[test]
fn snoozed_conversations_wake_when_the_clock_was_moved() {
    let server = start_demo_server();
    let id = server.contact_writes(1, "a", "Hola");
    let client = server.bearer("ana");
    let stream = client.events(None);
    stream.next_of("ready");
    server.sql("UPDATE conversation SET snoozed_until = 99999999999999 WHERE id = 1");
    server.sql("UPDATE conversation SET snoozed_until = (SELECT MAX(at) + 3600000 FROM event) WHERE id = 1");
    assert_eq!(client.post("/demo/clock", &json!({ "advance_s": 3_700 })).status, 200);
    let told = stream.next_of("conversation.changed");
    assert_eq!(told.data["conversation"]["id"], id.as_str());
    assert!(told.data["conversation"].get("snoozed_until").is_none());
}
