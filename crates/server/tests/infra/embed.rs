//! Tokens for embedding: who gets one, where it is good, what it never does, and when it ends.

use crate::common::{CRM, Client, Server, Stream, email, start_server};
use bandeja_model::Scopes;
use serde_json::{Value, json};

/// The token that a back end is given.
fn token(holder: &Client, asked: &Value) -> String {
    let answer = holder.post("/session/embed-token", asked);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.body["token"].as_str().unwrap().to_owned()
}

fn opened(client: &Client) -> Stream {
    let stream = client.events(None);
    assert_eq!(stream.next().name, "ready");
    stream
}

fn expect_end(stream: &Stream, why: &str) {
    assert_eq!(stream.next_of("session.expired").data, json!({ "type": "session.expired" }), "{why}");
    assert!(stream.has_ended(), "{why}");
}

#[test]
fn a_back_end_gets_a_token_and_the_page_works_in_the_name_of_the_user() {
    let server = start_server();
    let key = server.api_key(&Scopes::default(), false);
    let asked = json!({ "user_email": "ANA@example.test", "scopes": { "lines": ["1"] }, "ttl_s": 60 });
    let answer = key.holder.post("/session/embed-token", &asked);
    let token = answer.body["token"].as_str().unwrap();
    assert!(token.starts_with("bandeja_embed_") && token.len() > 64, "{token}");
    let expires_at: bandeja_model::Timestamp =
        serde_json::from_value(answer.body["expires_at"].clone()).unwrap();
    let left = (expires_at - server.app.clock.wall()).num_seconds();
    assert!((50..=60).contains(&left), "{left}");
    let page = server.anonymous().with_bearer(token).with_header("Origin", CRM);
    let session = page.get("/session").body;
    assert_eq!(session["user"]["email"], "ana@example.test");
    assert_eq!(session["scopes"], json!({ "lines": ["1"] }));
    let id = server.contact_writes(1, "+52 1", "Hola");
    let reply =
        page.post(&format!("/conversations/{id}/messages"), &json!({ "kind": "reply", "body": "Hola" }));
    assert_eq!(reply.status, 201, "{}", reply.body);
    assert!(
        server.bearer("ana").get("/session").body["scopes"].is_null(),
        "the user's own is narrowed to nothing"
    );
}

#[test]
fn what_is_asked_wrongly_is_named_and_no_token_given() {
    let server = start_server();
    let reaching_one = Scopes { lines: Some(["1".into()].into()), ..Scopes::default() };
    let (all, one) = (server.api_key(&Scopes::default(), false), server.api_key(&reaching_one, false));
    let long = "x".repeat(400);
    let many: Vec<String> = (0..101).map(|line| line.to_string()).collect();
    for (part, field, code) in [
        (json!({ "ttl_s": 0 }), "ttl_s", "range"),
        (json!({ "ttl_s": 901 }), "ttl_s", "range"),
        (json!({ "ttl_s": -5 }), "ttl_s", "type"),
        (json!({ "user_email": " " }), "user_email", "required"),
        (json!({ "user_email": long }), "user_email", "too_long"),
        (json!({ "user": "ana" }), "user", "unknown"),
        (json!({ "scopes": { "write": true } }), "scopes.write", "unknown"),
        (json!({ "scopes": { "lines": [] } }), "scopes.lines", "required"),
        (json!({ "scopes": { "lines": many } }), "scopes.lines", "too_many"),
        (json!({ "scopes": { "lines": ["99"] } }), "scopes.lines", "unknown"),
        (json!({ "scopes": { "contact": { "id": "" } } }), "scopes.contact.id", "required"),
        (json!({ "scopes": { "contact": { "address": long } } }), "scopes.contact.address", "too_long"),
    ] {
        let mut asked = json!({ "user_email": email("ana") });
        asked.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let answer = all.holder.post("/session/embed-token", &asked);
        assert_eq!(answer.fields(), vec![(field.to_owned(), code.to_owned())], "{asked}: {}", answer.body);
        assert_eq!(answer.status, 400);
    }
    for contact in [json!({}), json!({ "id": "1", "address": "2" }), json!({ "name": "Ana" })] {
        let asked = json!({ "user_email": email("ana"), "scopes": { "contact": contact } });
        let answer = all.holder.post("/session/embed-token", &asked);
        assert_eq!(answer.status, 400, "{asked}");
        assert!(answer.fields()[0].0.starts_with("scopes.contact"), "{}", answer.body);
    }
    for name in ["nobody", "gone"] {
        let answer = all.holder.post("/session/embed-token", &json!({ "user_email": email(name) }));
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{name}");
    }
    let beyond = json!({ "user_email": email("ana"), "scopes": { "lines": ["1", "2"] } });
    let answer = one.holder.post("/session/embed-token", &beyond);
    assert_eq!(answer.fields(), vec![("scopes.lines".to_owned(), "not_permitted".to_owned())]);
}

#[test]
fn only_a_back_end_with_a_live_key_is_given_one() {
    let server = start_server();
    let key = server.api_key(&Scopes::default(), true);
    let asked = json!({ "user_email": email("ana") });
    for (who, client) in [
        ("nobody", server.anonymous()),
        ("a made-up key", server.anonymous().with_bearer("bandeja_key_0000")),
        ("a super admin", server.bearer("super")),
        ("somebody signed in", server.signed_in("super")),
        ("a page with a token", server.embedded("super", &json!({})).without_header("Origin")),
    ] {
        let answer = client.post("/session/embed-token", &asked);
        assert_ne!(answer.status, 200, "{who}");
        assert!([401, 403].contains(&answer.status), "{who}: {}", answer.body);
    }
    let from_a_page = key.holder.with_header("Origin", CRM).post("/session/embed-token", &asked);
    assert_eq!((from_a_page.status, from_a_page.code()), (403, "origin"));
    assert_eq!(key.holder.get("/session").status, 401, "a key is no token");
    assert!(server.revoke(&key) && !server.revoke(&key));
    assert_eq!(key.holder.post("/session/embed-token", &asked).code(), "unauthenticated");
}

#[test]
fn a_key_bounds_its_tokens() {
    let server = start_server();
    let bounds = Scopes { readonly: true, lines: Some(["1".into(), "2".into()].into()), contact: None };
    let key = server.api_key(&bounds, false);
    let session = |scopes: &Value| server.page(&key, "super", scopes).get("/session").body["scopes"].clone();
    assert_eq!(session(&json!({})), json!({ "readonly": true, "lines": ["1", "2"] }));
    let narrower = json!({ "readonly": false, "lines": ["2"], "contact": { "address": "+52 1" } });
    let wanted = json!({ "readonly": true, "lines": ["2"], "contact": { "address": "+52 1" } });
    assert_eq!(session(&narrower), wanted);
}

#[test]
fn a_token_is_good_on_the_pages_of_its_key_and_nowhere_else() {
    let server = start_server();
    let (strict, native) =
        (server.api_key(&Scopes::default(), false), server.api_key(&Scopes::default(), true));
    server.api_key_of("https://other.example.test", &Scopes::default(), false);
    let asked = json!({ "user_email": email("ana") });
    for (origin, site, by_strict, by_native) in [
        (Some(CRM), None, 200, 200),
        (Some(CRM), Some("cross-site"), 200, 200),
        (Some("https://other.example.test"), None, 403, 403),
        (Some("https://crm.example.test.evil.test"), None, 403, 403),
        (Some("http://crm.example.test"), None, 403, 403),
        (Some("null"), None, 403, 403),
        (Some("*"), None, 403, 403),
        (None, None, 403, 200),
        (None, Some("cross-site"), 403, 200),
        // Our own page, as in a frame of the CRM's: browsers name no origin when it reads.
        (None, Some("same-origin"), 200, 200),
        (Some("https://inbox.example.test"), Some("same-origin"), 200, 200),
    ] {
        for (key, wanted) in [(&strict, by_strict), (&native, by_native)] {
            let mut page = server.anonymous().with_bearer(&token(&key.holder, &asked));
            for (name, value) in [("Origin", origin), ("Sec-Fetch-Site", site)] {
                page = value.map_or(page.clone(), |value| page.with_header(name, value));
            }
            for answer in [page.get("/session"), page.get("/conversations"), page.post("/undo/x", &json!({}))]
            {
                let is_refused = answer.status == 403;
                assert_eq!(is_refused, wanted == 403, "{origin:?} {site:?}: {}", answer.body);
                if is_refused {
                    assert_eq!(answer.code(), "origin");
                }
            }
        }
    }
    let own = server.bearer("ana").with_header("Origin", "https://anywhere.example.test");
    assert_eq!(own.get("/session").status, 200, "a user's own token is not bound to pages");
}

/// Every call of the contract that is not reading by its method: method, path with ids filled in.
fn changing_calls() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(bandeja_server::api::openapi::document()).unwrap();
    let mut all = Vec::new();
    for (path, calls) in document["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            let is_open = call.get("security").is_some();
            if method != "get" && !is_open {
                let path = path.trim_start_matches("/api/v1").replace("{id}", "1").replace("{token}", "x");
                all.push((method.to_uppercase(), path));
            }
        }
    }
    all
}

#[test]
fn a_read_only_token_changes_nothing_by_any_call_of_the_contract() {
    let server = start_server();
    server.contact_writes(1, "+52 1", "Hola");
    let page = server.embedded("super", &json!({ "readonly": true }));
    let body = || Some(("application/json", b"{}".to_vec()));
    let (mut refused, mut read) = (0, Vec::new());
    for (method, path) in changing_calls() {
        if (method.as_str(), path.as_str()) == ("DELETE", "/session") {
            continue;
        }
        let client =
            page.with_header("If-Match", "\"1\"").with_header("Idempotency-Key", &format!("{method}{path}"));
        let answer = client.send(&method, &path, body());
        if answer.status == 403 && answer.body["permission"] == "write" {
            assert_eq!(answer.code(), "forbidden");
            refused += 1;
        } else {
            read.push(path);
        }
    }
    assert_eq!(read, ["/conversations/query", "/teams/1/timing/simulate"], "only these read");
    assert!(refused > 20, "{refused}");
    assert_eq!(page.get("/conversations/1").body["unread"], 1);
    assert_eq!(page.delete("/session").status, 204, "it may end itself");
    assert_eq!(page.get("/session").status, 401);
}

#[test]
fn revoking_a_key_ends_its_tokens_and_their_streams_and_no_others() {
    let server = start_server();
    let (key, other) = (server.api_key(&Scopes::default(), false), server.api_key(&Scopes::default(), false));
    let (page, spared) = (server.page(&key, "ana", &json!({})), server.page(&other, "ana", &json!({})));
    let (stream, spared_stream, own) = (opened(&page), opened(&spared), opened(&server.bearer("ana")));
    assert!(server.revoke(&key));
    expect_end(&stream, "the key was revoked");
    assert_eq!(page.get("/session").code(), "unauthenticated");
    assert_eq!(spared.get("/session").status, 200);
    server.contact_writes(1, "+52 1", "Hola");
    for stream in [spared_stream, own] {
        stream.next_of("message.created");
    }
}

#[test]
fn a_stream_ends_when_its_token_does() {
    let server = start_server();
    let key = server.api_key(&Scopes::default(), false);
    let short = token(&key.holder, &json!({ "user_email": email("ana"), "ttl_s": 1 }));
    let page = server.anonymous().with_bearer(&short).with_header("Origin", CRM);
    let stream = page.events(None);
    expect_end(&stream, "the token was over");
    assert_eq!(page.get("/session").code(), "unauthenticated");
}

#[test]
fn deactivating_the_user_ends_their_tokens_and_streams() {
    let server = start_server();
    let page = server.embedded("ana", &json!({}));
    let stream = opened(&page);
    command(&server, &["user", "--email", &email("ana"), "--deactivate"]);
    expect_end(&stream, "the user was deactivated");
    assert_eq!(page.get("/session").code(), "unauthenticated");
}

/// Runs the server's own command line on its data.
fn command(server: &Server, words: &[&str]) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bandeja-server"));
    let done = command.args(words).env("BANDEJA_DATABASE", server.database()).status().unwrap();
    assert!(done.success());
}

#[test]
fn a_kept_answer_is_not_given_to_a_session_that_sees_less() {
    let server = start_server();
    let id = server.contact_writes(1, "+52 1", "Hola");
    let note = json!({ "kind": "note", "body": "Secreto" });
    let path = format!("/conversations/{id}/messages");
    let keyed = |client: &Client| client.with_header("Idempotency-Key", "the same").post(&path, &note);
    let first = keyed(&server.bearer("ana"));
    assert_eq!(first.status, 201);
    assert_eq!(keyed(&server.bearer("ana")).body, first.body);
    let narrowed = keyed(&server.embedded("ana", &json!({ "contact": { "address": "another" } })));
    assert_eq!((narrowed.status, narrowed.code()), (422, "key_reused"));
}
