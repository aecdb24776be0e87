//! Signing in and out, by cookie and by bearer token.

use crate::common::{PASSWORD, credentials, start_demo_server, start_server, start_server_with};
use bandeja_server::app::Settings;
use bandeja_server::zone::Zone;
use chrono::TimeDelta;
use serde_json::json;

#[test]
fn signing_in_sets_a_cookie_that_scripts_cannot_read_and_says_who_it_is() {
    let server = start_server();
    let answer = server.anonymous().post("/session", &credentials("ANA", PASSWORD));
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("bandeja_session="), "{cookie}");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(answer.body["user"]["name"], "Ana");
    assert_eq!(answer.body["user"]["campaigns"], json!(["1"]));
    assert_eq!(answer.body["user"]["teams"], json!(["1"]));
    assert_eq!(answer.body["closing_forms"][""]["close"]["description"], "required");
    assert_eq!(answer.body["demo"], false);
    let capabilities = &answer.body["capabilities"];
    assert_eq!(capabilities["reports"]["on"], false, "the contract names them, and they are not here");
    assert!(capabilities["settings"].is_null(), "lines, teams and their times can be set");

    let client = server.signed_in("super");
    let session = client.get("/session");
    assert_eq!(session.status, 200);
    assert_eq!(session.body["user"]["campaigns"], json!(["1", "2"]));
}

#[test]
fn the_cookie_is_secure_where_a_trusted_proxy_says_https() {
    let cookie = |behind_proxy| {
        let server = start_server_with(Settings { behind_proxy, ..Settings::default() });
        let client = server.anonymous().with_header("X-Forwarded-Proto", "https");
        client.post("/session", &credentials("ana", PASSWORD)).header("set-cookie").to_owned()
    };
    assert!(cookie(true).contains("; Secure"));
    assert!(!cookie(false).contains("; Secure"));
}

#[test]
fn a_wrong_password_an_unknown_user_and_a_deactivated_one_get_the_same_answer() {
    let server = start_server();
    let attempts = [("ana", "not the password"), ("nobody", PASSWORD), ("gone", PASSWORD)];
    let bodies = attempts.map(|(name, password)| {
        let answer = server.anonymous().post("/session", &credentials(name, password));
        assert_eq!((answer.status, answer.code()), (401, "wrong_credentials"), "{name}");
        answer.body
    });
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[test]
fn the_eleventh_failed_attempt_in_a_minute_waits_and_others_do_not() {
    let server = start_server();
    let attempt = |name, password| server.anonymous().post("/session", &credentials(name, password));
    for _ in 0..10 {
        assert_eq!(attempt("ana", "wrong").status, 401);
    }
    let refused = attempt("ana", PASSWORD);
    assert_eq!((refused.status, refused.code()), (429, "rate_limited"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(attempt("beto", PASSWORD).status, 200);
}

#[test]
fn signing_in_often_with_the_right_password_is_not_limited() {
    let server = start_server();
    for _ in 0..12 {
        assert_eq!(server.anonymous().post("/session", &credentials("ana", PASSWORD)).status, 200);
    }
}

#[test]
fn a_changing_call_by_cookie_needs_the_csrf_header_and_by_bearer_does_not() {
    let server = start_server();
    let client = server.signed_in("ana");
    let away = json!({ "availability": "away" });
    let without = client.without_header("X-Bandeja-CSRF").put("/me/availability", &away);
    assert_eq!((without.status, without.code()), (403, "csrf"));
    let wrong = client.with_header("X-Bandeja-CSRF", "wrong").put("/me/availability", &away);
    assert_eq!((wrong.status, wrong.code()), (403, "csrf"));
    assert_eq!(client.without_header("X-Bandeja-CSRF").get("/session").status, 200);
    assert_eq!(client.put("/me/availability", &away).status, 200);
    assert_eq!(server.bearer("ana").put("/me/availability", &away).status, 200);
}

#[test]
fn a_cookies_token_is_no_bearer_token() {
    let server = start_server();
    let answer = server.anonymous().post("/session", &credentials("ana", PASSWORD));
    let token = answer.header("set-cookie").split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(server.anonymous().with_bearer(&token).get("/session").code(), "unauthenticated");
}

#[test]
fn each_sign_in_begins_a_new_session_and_ends_the_one_the_browser_had() {
    let server = start_server();
    let first = server.signed_in("ana");
    let again = first.post("/session", &credentials("ana", PASSWORD));
    assert_eq!(again.status, 200);
    assert_eq!(first.get("/session").code(), "unauthenticated");
    let cookie = again.header("set-cookie").split(';').next().unwrap();
    let second = server.anonymous().with_cookie(cookie, again.body["csrf"].as_str().unwrap());
    assert_eq!(second.get("/session").status, 200);
}

#[test]
fn signing_out_ends_the_session_and_clears_the_cookie() {
    let server = start_server();
    let client = server.signed_in("ana");
    let answer = client.delete("/session");
    assert_eq!(answer.status, 204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(client.get("/session").status, 401);
}

#[test]
fn an_expired_token_an_unknown_one_and_none_are_nobody() {
    let server = start_server();
    let expired = server.token("ana", TimeDelta::zero());
    for client in [
        server.anonymous(),
        server.anonymous().with_bearer("0000"),
        server.anonymous().with_bearer(&expired),
        server.anonymous().with_header("Authorization", "Basic YTpi"),
    ] {
        let answer = client.get("/session");
        assert_eq!((answer.status, answer.code()), (401, "unauthenticated"));
    }
}

#[test]
fn a_deactivated_user_is_refused_at_once() {
    let server = start_server();
    let client = server.bearer("ana");
    assert_eq!(client.get("/session").status, 200);
    server.sql("UPDATE app_user SET active = 0 WHERE id = 4");
    assert_eq!(client.get("/session").code(), "unauthenticated");
}

#[test]
fn the_demo_password_is_good_on_demo_servers_only() {
    let attempt = |demo| {
        let server = start_server_with(Settings { demo, ..Settings::default() });
        server.set_password("ana", "bandeja-demo");
        server.anonymous().post("/session", &credentials("ana", "bandeja-demo")).status
    };
    assert_eq!((attempt(true), attempt(false)), (200, 401));
}

#[test]
fn demo_servers_say_so() {
    let server = start_demo_server();
    assert_eq!(server.signed_in("ana").get("/session").body["demo"], true);
}

#[test]
fn the_session_says_how_far_the_installations_clocks_are_ahead() {
    let of = |zone| start_server_with(Settings { zone, ..Settings::default() });
    let (utc, named) = (of(Zone::default()), of(Zone::Named("Asia/Kolkata".parse().unwrap())));
    assert_eq!(utc.bearer("ana").get("/session").body["utc_offset_s"], 0);
    assert_eq!(named.bearer("ana").get("/session").body["utc_offset_s"], 19_800);
}
