//! `bandeja-server api-key`: a secret shown once, listed without it, and revoked while the server runs.

use crate::common::{CRM, Server, email, start_server};
use serde_json::{Value, json};
use std::process::{Command, Output};

fn run(server: &Server, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bandeja-server"));
    command.arg("api-key").args(words).env("BANDEJA_DATABASE", server.database()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_key_is_made_listed_and_revoked_and_its_secret_shown_once() {
    let server = start_server();
    let made =
        run(&server, &["create", "--name", "CRM de Ventas", "--origins", CRM, "--scopes", "line:1,readonly"]);
    let (out, told) = (text(&made.stdout), text(&made.stderr));
    assert!(made.status.success(), "{told}");
    let secret = out.trim();
    assert!(secret.starts_with("bandeja_key_") && out.lines().count() == 1, "{out}");
    assert!(!told.contains(secret), "only to standard output");

    let page = server.anonymous().with_bearer(secret);
    let answer = page.post("/session/embed-token", &json!({ "user_email": email("ana") }));
    let page = page.with_bearer(answer.body["token"].as_str().unwrap()).with_header("Origin", CRM);
    assert_eq!(page.get("/session").body["scopes"], json!({ "readonly": true, "lines": ["1"] }));
    let stream = page.events(None);

    let listed: Value = serde_json::from_slice(&run(&server, &["list", "--json"]).stdout).unwrap();
    let key = &listed[0];
    assert_eq!((&key["name"], &key["origins"]), (&json!("CRM de Ventas"), &json!([CRM])));
    assert!(key["used_at"].is_string() && key["revoked_at"].is_null(), "{key}");
    let prefix = key["prefix"].as_str().unwrap();
    assert!(secret.starts_with(prefix) && secret.len() - prefix.len() >= 48, "{prefix}");
    for list in [run(&server, &["list"]), run(&server, &["list", "--json"])] {
        assert!(!text(&list.stdout).contains(secret));
    }
    let id = key["id"].as_str().unwrap();
    assert!(run(&server, &["revoke", id]).status.success());
    stream.next_of("session.expired");
    assert_eq!(page.get("/session").status, 401);
    assert!(text(&run(&server, &["list"]).stdout).contains("revoked"));
    let again = run(&server, &["revoke", id]);
    assert!(!again.status.success() && text(&again.stderr).contains("no live key"));
}

#[test]
fn a_key_that_makes_no_sense_is_refused_with_what_to_write() {
    let server = start_server();
    for (words, why) in [
        (vec!["create", "--name", "CRM", "--origins", "*"], "stands for many sites"),
        (
            vec!["create", "--name", "CRM", "--origins", "https://crm.example.test/inbox"],
            "more than an origin",
        ),
        (vec!["create", "--name", "CRM", "--origins", "crm"], "is no address"),
        (vec!["create", "--name", " ", "--origins", CRM], "a name"),
        (vec!["create", "--name", "CRM"], "--origins"),
        (vec!["create", "--name", "CRM", "--origins", CRM, "--scopes", "line:99"], "no line 99"),
        (vec!["create", "--name", "CRM", "--origins", CRM, "--scopes", "write"], "write readonly"),
        (vec!["revoke", "7"], "no live key 7"),
    ] {
        let done = run(&server, &words);
        assert!(!done.status.success() && done.stdout.is_empty(), "{words:?}");
        assert!(text(&done.stderr).contains(why), "{words:?}: {}", text(&done.stderr));
    }
    assert_eq!(text(&run(&server, &["list"]).stdout), "");
}
