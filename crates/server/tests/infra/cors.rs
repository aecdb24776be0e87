//! Other sites: whose pages may call the API, load the app's files, and show the page for frames.

use crate::common::{CRM, Client, start_server, start_server_with};
use bandeja_model::Scopes;
use bandeja_server::app::Settings;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NAMED: &str = "https://named.example.test";

fn named() -> Settings {
    let origins = vec![NAMED.parse().unwrap()];
    Settings { allow_origins: origins.clone(), frame_ancestors: origins, ..Settings::default() }
}

fn preflight(client: &Client, origin: &str, path: &str) -> crate::common::Answer {
    client
        .with_header("Origin", origin)
        .with_header("Access-Control-Request-Method", "PUT")
        .send("OPTIONS", path, None)
}

#[test]
fn pages_of_live_keys_and_of_named_sites_may_call_and_no_others() {
    let server = start_server_with(named());
    let key = server.api_key(&Scopes::default(), false);
    let nobody = server.anonymous();
    for origin in [CRM, NAMED] {
        let answer = preflight(&nobody, origin, "/conversations/1/tags");
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, origin));
        assert!(answer.header("access-control-max-age").parse::<u32>().unwrap() <= 600);
        let refused = nobody.with_header("Origin", origin).get("/session");
        assert_eq!(refused.code(), "unauthenticated");
        assert_eq!(refused.header("access-control-allow-origin"), origin, "a page may read why");
        assert_eq!(refused.header("access-control-expose-headers"), "ETag, Retry-After");
    }
    for origin in
        ["https://evil.example.test", "null", "https://crm.example.test:444", "http://crm.example.test"]
    {
        let answer = preflight(&nobody, origin, "/session");
        assert_eq!((answer.status, answer.code()), (403, "origin"), "{origin}");
        for answer in [answer, nobody.with_header("Origin", origin).get("/health")] {
            assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
            assert_eq!(answer.header("vary"), "origin");
        }
    }
    assert_eq!(nobody.get("/health").header("vary"), "origin", "also where nobody asked");
    server.revoke(&key);
    assert_eq!(preflight(&nobody, CRM, "/session").status, 403);
}

#[test]
fn the_api_is_never_open_to_everybody_and_takes_no_cookies_from_elsewhere() {
    let server = start_server_with(named());
    let page = server.anonymous().with_header("Origin", NAMED);
    let signed_in = server.bearer("ana").with_header("Origin", NAMED);
    for answer in [
        preflight(&page, NAMED, "/session"),
        page.get("/openapi.json"),
        page.get("/nowhere"),
        signed_in.get("/session"),
        signed_in.post("/conversations/query", &json!({})),
    ] {
        assert_eq!(answer.header("access-control-allow-origin"), NAMED);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
    let stray = server.anonymous().send("OPTIONS", "/session", None);
    assert_eq!(stray.status, 405, "only a browser's question is answered");
}

#[test]
fn a_page_may_send_every_method_and_header_of_the_contract() {
    let server = start_server_with(named());
    let answer = preflight(&server.anonymous(), NAMED, "/session");
    let listed = |name: &str| -> BTreeSet<String> {
        answer.header(name).split(", ").map(str::to_ascii_lowercase).collect()
    };
    let (methods, headers) = (listed("access-control-allow-methods"), listed("access-control-allow-headers"));
    let document: Value = serde_json::from_str(bandeja_server::api::openapi::document()).unwrap();
    for (path, calls) in document["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            assert!(methods.contains(method), "{method} {path}");
            let parameters = call["parameters"].as_array().into_iter().flatten();
            for parameter in parameters.filter(|parameter| parameter["in"] == "header") {
                let name = parameter["name"].as_str().unwrap().to_ascii_lowercase();
                assert!(headers.contains(&name) || name == "x-bandeja-signature", "{name}");
            }
        }
    }
    for name in ["authorization", "content-type", "idempotency-key", "x-bandeja-csrf"] {
        assert!(headers.contains(name), "{name}");
    }
}

#[test]
fn other_sites_load_the_apps_files_and_not_its_pages() {
    let dist = tempfile::tempdir().unwrap();
    for name in ["index.html", "bandeja.js", "app-0123456789abcdef_bg.wasm", "app-0123456789abcdef.css"] {
        std::fs::write(dist.path().join(name), "x").unwrap();
    }
    let server = start_server_with(Settings { dist: Some(dist.path().to_owned()), ..Settings::default() });
    let page = server.anonymous().with_header("Origin", "https://anywhere.example.test");
    let get = |path: &str| page.get(&format!("{}{path}", server.url));
    for name in ["/bandeja.js", "/app-0123456789abcdef_bg.wasm", "/app-0123456789abcdef.css"] {
        let answer = get(name);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"), "{name}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{name}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
    }
    for path in ["/", "/index.html", "/c/1", "/missing.js", "/api/v1/health"] {
        let answer = get(path);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
    }
}

/// What an answer says about frames.
fn ancestors(answer: &crate::common::Answer) -> String {
    let policy = answer.header("content-security-policy");
    let part = policy.split("; ").find_map(|part| part.strip_prefix("frame-ancestors "));
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    part.unwrap().to_owned()
}

#[test]
fn only_the_page_for_frames_may_be_framed_and_only_by_keys_sites_and_named_ones() {
    let dist = tempfile::tempdir().unwrap();
    std::fs::write(dist.path().join("index.html"), "<p>the page").unwrap();
    let server = start_server_with(Settings { dist: Some(dist.path().to_owned()), ..named() });
    let get = |path: &str| server.anonymous().get(&format!("{}{path}", server.url));
    assert_eq!(get("/embed").status, 404, "no other page stands in");
    std::fs::write(dist.path().join("embed.html"), "<p>for frames").unwrap();
    let key = server.api_key(&Scopes::default(), false);
    server.api_key(&Scopes::default(), false);
    for path in ["/embed", "/embed/", "/embed/c/1"] {
        let answer = get(path);
        assert_eq!((answer.status, answer.body.as_str()), (200, Some("<p>for frames")), "{path}");
        assert_eq!(ancestors(&answer), format!("{CRM} {NAMED}"));
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    }
    for path in ["/", "/embedded", "/embed.html", "/c/embed", "/admin", "/api/v1/health", "/missing.js"] {
        assert_eq!(ancestors(&get(path)), "'none'", "{path}");
    }
    server.revoke(&key);
    assert_eq!(ancestors(&get("/embed")), format!("{CRM} {NAMED}"), "another key has the same site");
    let hosts = get("/embed/hosts.json");
    assert_eq!(hosts.body["origins"], json!([CRM, NAMED]), "the page is told what browsers are");
    assert_eq!(hosts.header("access-control-allow-origin"), "", "and no other page is");
    let closed = start_server();
    let answer = closed.anonymous().get(&format!("{}/embed", closed.url));
    assert_eq!((answer.status, ancestors(&answer)), (404, "'none'".to_owned()), "nobody was named");
}
