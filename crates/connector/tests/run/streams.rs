//! Streams that say when to look.

use crate::world::*;
use bandeja_connector::backend::{Backend, FaultKind};
use bandeja_connector::host::ListenBy;
use futures::StreamExt;
use serde_json::{Value, json};

fn polling(stream: Value) -> Value {
    json!({"polling": {"every_s": 60, "stream": stream}})
}

/// How many hints these pieces of the stream make.
fn hints(stream: Value, pieces: &[&str]) -> usize {
    let (runner, world) = desk(polling(stream), |_| status(404, json!({})));
    *world.stream.borrow_mut() = (200, pieces.iter().map(|piece| piece.as_bytes().to_vec()).collect());
    assert!(runner.abilities().hints);
    let hints = now(runner.listen()).unwrap();
    now(Box::pin(hints.count()))
}

#[test]
fn each_event_of_an_endless_answer_is_a_hint_wherever_it_is_cut() {
    let sse = json!({"adapter": "sse", "call": "GET /events"});
    assert_eq!(hints(sse, &[": hello\n\n", "data: {\"a\"", ":1}\n", "\ndata: x", "\n\n"]), 2);
}

#[test]
fn only_messages_that_count_are_hints_and_those_that_cannot_be_judged() {
    let when = json!({"adapter": "websocket", "call": "GET /live", "when": ".type | test(\"ticket\")"});
    let pieces = [r#"{"type":"ping"}"#, r#"{"type":"ticket.new"}"#, "no JSON", r#"{"type":7}"#];
    assert_eq!(hints(when, &pieces), 3);
}

#[test]
fn an_endless_answer_is_asked_for_with_the_credentials_of_every_call() {
    let stream = json!({"adapter": "sse", "call": {"get": "/events", "query": {"for": "{{$me.id}}"}}});
    let (runner, world) = desk(polling(stream), |_| status(404, json!({})));
    now(runner.listen()).map(drop).unwrap();
    let to = world.listened.take().unwrap();
    assert!(to.by == ListenBy::Sse && to.sent.url == "https://desk.test/api/events?for=1");
    let header = |name: &str| to.sent.headers.iter().filter(|(known, _)| known == name).count();
    assert!(to.sent.headers.contains(&("Authorization".to_owned(), "Token t1".to_owned())));
    assert!(to.sent.headers.contains(&("Accept".to_owned(), "text/event-stream".to_owned())));
    assert_eq!(header("Accept"), 1);
}

#[test]
fn a_websocket_has_an_address_of_its_own_and_is_told_first_what_the_file_says() {
    let stream = json!({
        "adapter": "websocket",
        "base": "https://live.desk.test",
        "call": "GET /cable",
        "say": [{"command": "subscribe", "token": "{{$secret.token}}", "user": "{{$me.id}}"}, "go"]
    });
    let (runner, world) = desk(polling(stream), |_| status(404, json!({})));
    now(runner.listen()).map(drop).unwrap();
    let to = world.listened.take().unwrap();
    assert_eq!(to.sent.url, "wss://live.desk.test/cable");
    let ListenBy::WebSocket { say } = to.by else { panic!("no socket") };
    let first: Value = serde_json::from_str(&say[0]).unwrap();
    assert_eq!(first, json!({"command": "subscribe", "token": "t1", "user": "1"}));
    assert_eq!(say[1], "go");
}

#[test]
fn a_stream_that_is_refused_is_a_fault() {
    let (runner, world) =
        desk(polling(json!({"adapter": "sse", "call": "GET /events"})), |_| status(404, json!({})));
    *world.stream.borrow_mut() = (403, Vec::new());
    let fault = now(runner.listen()).map(drop).unwrap_err();
    assert_eq!((fault.kind, fault.status), (FaultKind::Unavailable, Some(403)));
}

#[test]
fn a_file_without_a_stream_has_no_hints() {
    let (runner, _) = desk(json!({}), |_| status(404, json!({})));
    assert!(!runner.abilities().hints);
}
