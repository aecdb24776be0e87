//! Who comes without signing in: with a bearer token, or where the gateway itself has the secrets.

use super::{Foreign, Gateway, Start, by_token, command, ids, me};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

const SECRETS: [(&str, &str); 1] = [("token", "token-ana")];

#[test]
fn where_the_gateway_has_the_token_its_user_works_without_signing_in() {
    let foreign = Foreign::start();
    let gateway = Gateway::start(&foreign, &Start { auth: by_token(), secrets: &SECRETS, flags: &[] });
    let client = gateway.anonymous();
    assert_eq!(ids(&client.get("/conversations")), ["ana-1", "ana-2"]);
    let session = client.get("/session");
    let csrf = session.body["csrf"].as_str().unwrap();
    let reply = serde_json::json!({ "kind": "reply", "body": "Hola", "client_id": "c1" });
    assert_eq!(client.post("/conversations/ana-1/messages", &reply).code(), "csrf");
    let sent = client.with_header("X-Bandeja-CSRF", csrf).post("/conversations/ana-1/messages", &reply);
    assert_eq!(sent.status, 201, "{}", sent.body);
    assert!(!format!("{}{}", session.body, gateway.log()).contains("token-ana"));
}

#[test]
fn a_page_of_another_name_that_leads_here_gets_nothing() {
    let foreign = Foreign::start();
    let gateway = Gateway::start(&foreign, &Start { auth: by_token(), secrets: &SECRETS, flags: &[] });
    let rebound = gateway.anonymous().with_header("Host", "evil.test");
    assert_eq!(rebound.get("/conversations").status, 403);
}

#[test]
fn one_account_for_all_is_not_offered_beyond_this_machine() {
    let foreign = Foreign::start();
    let folder = tempfile::tempdir().unwrap();
    let start = Start { auth: by_token(), secrets: &SECRETS, flags: &["--listen", "0.0.0.0:0"] };
    let mut command = command(&folder, &foreign, &start);
    // The flag stands there once already.
    let refused = command.stdout(Stdio::piped()).output().unwrap();
    assert!(!refused.status.success());
}

#[test]
fn each_bearer_token_has_an_engine_of_its_own() {
    let foreign = Foreign::start();
    let gateway = Gateway::start(&foreign, &Start { auth: by_token(), secrets: &[], flags: &[] });
    let (ana, beto) =
        (gateway.anonymous().with_bearer("token-ana"), gateway.anonymous().with_bearer("token-beto"));
    assert_eq!(ids(&ana.get("/conversations")), ["ana-1", "ana-2"]);
    assert_eq!(ids(&beto.get("/conversations")), ["beto-1", "beto-2"]);
    assert_eq!(gateway.anonymous().with_bearer("nobodys").get("/conversations").status, 401);
}

/// Signing in by a token that becomes the secret `key`.
fn by_key() -> Value {
    json!({
        "header": { "name": "Authorization", "value": "Token {{$secret.key}}" },
        "sign_in": "token",
        "me": me()
    })
}

/// What a gateway says that shall listen to everybody and ends.
fn refused_beyond_this_machine(foreign: &Foreign, auth: Value, secrets: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let command = command(&folder, foreign, &Start { auth, secrets, flags: &[] });
    let args: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    let args = args.into_iter().map(|arg| if arg == "127.0.0.1:0" { "0.0.0.0:0".into() } else { arg });
    let mut refused = std::process::Command::new(super::PROGRAM);
    refused.args(args).env("BANDEJA_SECRET_KEY", secrets[0].1).stdin(Stdio::null());
    let mut child = refused.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A gateway that listens says so in its first line and goes on.
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    // It may be over already.
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    format!("{first}{}", String::from_utf8_lossy(&output.stderr))
}

const KEY: [(&str, &str); 1] = [("key", "token-ana")];

#[test]
fn a_secret_of_another_name_that_the_environment_brings_is_one_account_for_all() {
    let foreign = Foreign::start();
    let far = refused_beyond_this_machine(&foreign, by_key(), &KEY);
    assert!(far.contains("--trust-network"), "{far}");
    let gateway = Gateway::start(&foreign, &Start { auth: by_key(), secrets: &KEY, flags: &[] });
    assert_eq!(ids(&gateway.anonymous().get("/conversations")), ["ana-1", "ana-2"]);
    assert_eq!(gateway.anonymous().with_bearer("anything").get("/conversations").status, 401);
    assert_eq!(
        ids(&gateway.anonymous().with_bearer("token-beto").get("/conversations")),
        ["beto-1", "beto-2"]
    );
}

#[test]
fn a_bearer_or_typed_token_becomes_the_secret_that_the_file_names() {
    let foreign = Foreign::start();
    let gateway = Gateway::start(&foreign, &Start { auth: by_key(), secrets: &[], flags: &[] });
    assert_eq!(gateway.anonymous().get("/conversations").status, 401);
    assert_eq!(gateway.anonymous().with_bearer("anything").get("/conversations").status, 401);
    assert_eq!(ids(&gateway.anonymous().with_bearer("token-ana").get("/conversations")), ["ana-1", "ana-2"]);
    let typed = gateway.sign_in("", "token-beto");
    assert_eq!((typed.status, typed.body["user"]["id"].as_str()), (200, Some("beto")), "{}", typed.body);
}

#[test]
fn a_bearer_token_does_not_work_with_name_and_password_of_the_environment() {
    let foreign = Foreign::start();
    let basic = json!({ "user": "{{$secret.user}}", "password": "{{$secret.password}}" });
    let auth = json!({ "basic": basic, "sign_in": "password", "me": me() });
    let secrets = [("password", "tamarindo")];
    let gateway = Gateway::start(&foreign, &Start { auth, secrets: &secrets, flags: &[] });
    let answer = gateway.anonymous().with_bearer("ana").get("/conversations");
    assert_eq!(answer.status, 401);
    assert!(foreign.texts().is_empty());
}
