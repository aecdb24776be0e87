//! Who comes without signing in: with a bearer token, or where the gateway itself has the secrets.

use super::{Foreign, Gateway, Start, by_token, command, ids};
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
