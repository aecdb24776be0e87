//! Every error is a problem, and says what is wrong and nothing more.

use crate::common::{start_server, start_server_with};
use bandeja_server::app::Settings;
use serde_json::json;

#[test]
fn an_unknown_path_and_an_unknown_method_are_problems() {
    let server = start_server();
    let missing = server.anonymous().get("/nowhere");
    assert_eq!((missing.status, missing.code()), (404, "not_found"));
    let method = server.anonymous().delete("/tags");
    assert_eq!((method.status, method.code()), (405, "method_not_allowed"));
    assert!(method.header("allow").contains("GET"), "{:?}", method.headers);
}

#[test]
fn an_unknown_field_is_named() {
    let server = start_server();
    let answer = server.bearer("ana").put("/me/availability", &json!({ "availability": "away", "until": 3 }));
    assert_eq!((answer.status, answer.code()), (400, "invalid"));
    assert_eq!(answer.fields(), [("until".to_owned(), "unknown".to_owned())]);
}

#[test]
fn a_wrong_type_a_missing_field_and_broken_json_are_told_apart() {
    let server = start_server();
    let client = server.bearer("ana");
    let fields = |body| client.put("/me/availability", &body).fields();
    assert_eq!(fields(json!({ "availability": 3 })), [("availability".to_owned(), "type".to_owned())]);
    assert_eq!(fields(json!({})), [("availability".to_owned(), "required".to_owned())]);
    for broken in [&b"{"[..], b"", b"[]]", b"\xff"] {
        let answer = client.send("PUT", "/me/availability", Some(("application/json", broken.to_vec())));
        assert_eq!((answer.status, answer.code()), (400, "invalid"), "{broken:?}");
        assert_eq!(answer.fields(), []);
    }
}

#[test]
fn another_media_type_is_refused() {
    let server = start_server();
    let body = br#"{"availability":"away"}"#.to_vec();
    let answer = server.bearer("ana").send("PUT", "/me/availability", Some(("text/plain", body)));
    assert_eq!((answer.status, answer.code()), (415, "media_type"));
}

#[test]
fn a_body_of_two_megabytes_is_refused_with_the_limit() {
    let server = start_server();
    let body = vec![b' '; 2 * 1024 * 1024];
    for path in ["/session", "/lines/1/inbound"] {
        let answer = server.anonymous().send("POST", path, Some(("application/json", body.clone())));
        assert_eq!((answer.status, answer.code()), (413, "too_large"), "{path}");
        assert!(answer.body["detail"].as_str().unwrap().contains("262144"), "{}", answer.body);
    }
}

#[test]
fn every_answer_carries_the_security_headers() {
    let server = start_server();
    let client = server.bearer("ana");
    for answer in [client.get("/session"), client.get("/nowhere"), server.anonymous().get("/users")] {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert!(!answer.header("permissions-policy").is_empty());
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[test]
fn the_openapi_document_needs_no_sign_in_and_is_the_one_the_code_makes() {
    let server = start_server();
    let answer = server.anonymous().get("/openapi.json");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["openapi"], "3.1.0");
    let printed: serde_json::Value = serde_json::from_str(bandeja_server::api::openapi::document()).unwrap();
    assert_eq!(answer.body, printed);
    assert_eq!(server.anonymous().get("/health").status, 204);
}

#[test]
fn the_app_is_served_for_its_places_and_the_api_keeps_its_own() {
    let dist = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dist.path().join(name), text).unwrap();
    write("index.html", "<p>the page");
    write("app-0123456789abcdef_bg.wasm", "plain");
    write("app-0123456789abcdef_bg.wasm.br", "pressed");
    let settings = Settings { dist: Some(dist.path().to_owned()), ..Settings::default() };
    let server = start_server_with(settings);
    let get = |path: &str| server.anonymous().get(&format!("{}{path}", server.url));
    for place in ["/", "/inbox/mine", "/c/12"] {
        let answer = get(place);
        assert_eq!((answer.status, answer.body.as_str()), (200, Some("<p>the page")), "{place}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.header("content-type").starts_with("text/html"));
    }
    let pressed = server.anonymous().with_header("Accept-Encoding", "br");
    let wasm = pressed.get(&format!("{}/app-0123456789abcdef_bg.wasm", server.url));
    assert_eq!(wasm.header("content-encoding"), "br");
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert!(wasm.header("cache-control").contains("immutable"));
    assert_eq!(get("/app-0123456789abcdef_bg.wasm").body, "plain");
    for path in ["/missing.js", "/api/nowhere", "/api/v1/nowhere", "/..%2f..%2fetc/passwd.txt"] {
        assert_eq!(get(path).status, 404, "{path}");
    }
}

#[test]
fn places_below_admin_get_the_admins_page_as_soon_as_there_is_one() {
    let dist = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dist.path().join(name), text).unwrap();
    write("index.html", "<p>the page");
    let settings = Settings { dist: Some(dist.path().to_owned()), ..Settings::default() };
    let server = start_server_with(settings);
    let client = server.anonymous();
    let get = |path: &str| client.get(&format!("{}{path}", server.url));
    assert_eq!(get("/admin/teams").body, "<p>the page");
    write("admin.html", "<p>for admins");
    write("admin.html.br", "pressed");
    for place in ["/admin", "/admin/", "/admin/teams/7/timing"] {
        let answer = get(place);
        assert_eq!((answer.status, answer.body.as_str()), (200, Some("<p>for admins")), "{place}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.header("content-type").starts_with("text/html"));
        assert!(answer.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval';"));
    }
    for place in ["/", "/administer", "/c/12"] {
        assert_eq!(get(place).body, "<p>the page", "{place}");
    }
    let pressed = client.with_header("Accept-Encoding", "br").get(&format!("{}/admin", server.url));
    assert_eq!(pressed.header("content-encoding"), "br");
    assert_eq!(get("/admin/missing.js").status, 404);
}
