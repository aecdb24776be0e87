//! What gateways hand in.

use crate::common::{inbound, line_secret, start_server};
use bandeja_server::secret;
use serde_json::json;

#[test]
fn a_signed_message_is_taken_in_and_a_repeat_is_answered_as_the_first_time() {
    let server = start_server();
    let body = inbound("+52 33 5550 0142", "Hola", Some("wamid.1"));
    let first = server.hand_in(1, &body);
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(first.body["conversation_id"].is_string() && first.body["message_id"].is_string());
    assert_eq!(server.hand_in(1, &body).body, first.body);
}

#[test]
fn unsigned_wrongly_signed_and_unknown_lines_get_the_same_answer() {
    let server = start_server();
    let body = serde_json::to_vec(&inbound("a", "Hola", None)).unwrap();
    let right = secret::sign(&line_secret(1), &body);
    let send = |line: &str, signature: &str| {
        let client = server.anonymous().with_header("X-Bandeja-Signature", signature);
        client.send("POST", &format!("/lines/{line}/inbound"), Some(("application/json", body.clone())))
    };
    let unsigned = server.anonymous();
    let unsigned = unsigned.send("POST", "/lines/1/inbound", Some(("application/json", body.clone())));
    assert_eq!((unsigned.status, unsigned.code()), (401, "signature"));
    for (line, signature) in [
        ("2", right.as_str()),
        ("99", right.as_str()),
        ("x", right.as_str()),
        ("1", &right[..right.len() - 1]),
        ("1", right.trim_start_matches("sha256=")),
        ("99", &secret::sign("nobody's", &body)),
        ("1", &secret::sign("", &body)),
    ] {
        let answer = send(line, signature);
        assert_eq!((answer.status, &answer.body), (401, &unsigned.body), "{line} {signature}");
    }
    assert_eq!(send("1", &right).status, 200);
}

#[test]
fn a_bearer_token_does_not_replace_the_signature() {
    let server = start_server();
    let answer = server.bearer("super").post("/lines/1/inbound", &inbound("a", "Hola", None));
    assert_eq!(answer.code(), "signature");
}

#[test]
fn fields_beyond_their_limits_are_named_all_at_once() {
    let server = start_server();
    let body = json!({
        "provider_message_id": "",
        "contact": { "address": "a".repeat(321), "name": "n".repeat(201) },
        "text": "t".repeat(8_001),
        "sent_at": "2026-01-02T03:04:05Z",
    });
    let answer = server.hand_in(1, &body);
    assert_eq!((answer.status, answer.code()), (400, "invalid"));
    let named: Vec<_> = answer.fields().into_iter().map(|(field, code)| format!("{field} {code}")).collect();
    assert_eq!(
        named,
        [
            "provider_message_id required",
            "contact.address too_long",
            "contact.name too_long",
            "text too_long"
        ]
    );
}

#[test]
fn unknown_fields_are_refused_by_their_path() {
    let server = start_server();
    let mut body = inbound("a", "Hola", None);
    body["contact"]["age"] = json!(3);
    assert_eq!(server.hand_in(1, &body).fields(), [("contact.age".to_owned(), "unknown".to_owned())]);
}
