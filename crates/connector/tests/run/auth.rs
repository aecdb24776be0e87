//! Who may: credentials, signing in, and signs that nobody is signed in any more.

use crate::world::*;
use bandeja_connector::backend::{Act, Backend, FaultKind};
use bandeja_connector::host::Got;
use futures::future::join_all;
use serde_json::{Value, json};

fn auth(value: Value) -> Value {
    let mut file = file(json!({}));
    file["auth"] = value;
    file
}

fn me() -> Value {
    json!({"call": "GET /me", "fields": {"id": ".id", "name": ".name"}})
}

#[test]
fn many_calls_that_find_the_token_over_renew_it_once_and_are_repeated() {
    let (runner, world) = desk(json!({}), |asked| match asked.header("Authorization") {
        Some("Token t2") => ok(ticket(1, 1)),
        _ => status(401, json!({"detail": "Invalid token."})),
    });
    // A second renewal would bring a token that is wrong.
    *world.fresh.borrow_mut() = vec!["t3".to_owned(), "t2".to_owned()];
    let rows = now(Box::pin(join_all((0..5).map(|_| runner.one("1".into())))));
    assert!(rows.iter().all(Result::is_ok), "{rows:?}");
    assert_eq!(*world.fresh.borrow(), ["t3"]);
    assert_eq!(world.secrets.borrow()["token"], "t2");
}

#[test]
fn without_a_fresh_token_the_session_is_over_and_the_words_are_the_foreign_ones() {
    let (runner, world) = desk(json!({}), |_| status(401, json!({"detail": "Token has expired."})));
    let fault = now(runner.one("1".into())).unwrap_err();
    assert_eq!((fault.kind, fault.said.as_str()), (FaultKind::Auth, "Token has expired."));
    *world.fresh.borrow_mut() = vec!["t2".to_owned()];
    assert_eq!(now(runner.one("1".into())).unwrap_err().kind, FaultKind::Auth);
    assert_eq!(world.lines().len(), 3, "a call is repeated once");
}

#[test]
fn a_session_can_be_over_in_other_ways_than_401() {
    let signs = json!([
        "redirect", "html", {"when": ".status == 403 and (.body.detail // \"\" | startswith(\"CSRF\"))"},
        {"when": ".body.anonymous == true"}
    ]);
    let redirected = || Ok(Got { redirected: true, ..got(200, "text/html", "<form>").unwrap() });
    let answers: [(fn() -> Reply, bool); 5] = [
        (redirected, true),
        (|| got(200, "text/html", "<h1>Sign in</h1>"), true),
        (|| status(403, json!({"detail": "CSRF Failed"})), true),
        (|| ok(json!({"anonymous": true})), true),
        (|| status(403, json!({"detail": "Not yours"})), false),
    ];
    for (answer, over) in answers {
        let (runner, _) = desk(json!({"auth": {"expired": signs}}), move |_| answer());
        let fault = now(runner.one("1".into())).unwrap_err();
        assert_eq!(fault.kind == FaultKind::Auth, over, "{fault:?}");
    }
}

#[test]
fn signing_in_keeps_what_the_answer_brings_and_signing_out_forgets_it() {
    let file = auth(json!({
        "header": {"name": "Authorization", "value": "Bearer {{$secret.key}}"},
        "sign_in": {
            "steps": [
                {"get": "/login", "save": {"nonce": ".nonce"}},
                {"post": "/login", "json": {"user": "{{$args.email}}", "pass": "{{$args.password}}", "n": "{{$steps.nonce}}"}}
            ],
            "keep": {"key": ".data.token"}
        },
        "sign_out": ["POST /logout"],
        "me": me()
    }));
    let (runner, world) = run(read(&file), |asked| match asked.line.as_str() {
        "GET /api/login" => ok(json!({"nonce": 9})),
        "POST /api/login" if asked.json() == json!({"user": "ana@x.test", "pass": "pw", "n": 9}) => {
            ok(json!({"data": {"token": "k1"}}))
        }
        "POST /api/login" => status(400, json!({"non_field_errors": ["Unable to log in."]})),
        "GET /api/me" if asked.header("Authorization") == Some("Bearer k1") => {
            ok(json!({"id": 7, "name": "Ana"}))
        }
        _ => status(401, json!({})),
    });
    let user = now(runner.sign_in("ana@x.test", "pw")).unwrap();
    assert_eq!((user.id.as_str(), user.name.as_str()), ("7", "Ana"));
    let fault = now(runner.sign_in("ana@x.test", "wrong")).unwrap_err();
    assert_eq!((fault.kind, fault.said.as_str()), (FaultKind::Auth, "Unable to log in."));
    let _ = now(runner.sign_out());
    assert_eq!(world.secrets.borrow().get("key"), None);
}

#[test]
fn a_token_typed_in_is_tried_and_a_wrong_one_is_not_kept() {
    let file = auth(json!({
        "header": {"name": "api_access_token", "value": "{{$secret.token}}"}, "sign_in": "token", "me": me()
    }));
    let (runner, world) = run(read(&file), |asked| match asked.header("api_access_token") {
        Some("good") => ok(json!({"id": 1, "name": "Ana"})),
        _ => status(401, json!({"error": "Invalid Access Token"})),
    });
    assert_eq!(now(runner.sign_in("", "bad")).unwrap_err().kind, FaultKind::Auth);
    assert!(world.secrets.borrow().is_empty());
    assert!(now(runner.sign_in("", "good")).is_ok());
    assert_eq!(world.secrets.borrow()["token"], "good");
}

#[test]
fn credentials_are_a_parameter_basic_or_cookies_with_their_csrf_header() {
    let line = |credentials: Value| {
        let mut value = credentials;
        value["me"] = json!({"fixed": {"id": "1", "name": "Ana"}});
        let mut file = auth(value);
        file["acts"] = json!({"reopen": {"steps": ["POST /a"], "verify": false}});
        let (runner, world) = run(read(&file), |_| status(204, json!(null)));
        world
            .secrets
            .borrow_mut()
            .extend([("user".to_owned(), "ana".to_owned()), ("pw".to_owned(), "x:y".to_owned())]);
        world.cookies.borrow_mut().insert("csrftoken".to_owned(), "c1".to_owned());
        act(&runner, "1", Act::Reopen, None).unwrap();
        world.last()
    };
    assert_eq!(
        line(json!({"query": {"name": "key", "value": "{{$secret.token}}"}})).line,
        "POST /api/a?key=t1"
    );
    let basic = line(json!({"basic": {"user": "{{$secret.user}}", "password": "{{$secret.pw}}"}}));
    assert_eq!(basic.header("Authorization"), Some("Basic YW5hOng6eQ=="));
    let cookies = line(json!({"cookies": true, "csrf": {"cookie": "csrftoken", "header": "X-CSRFToken"}}));
    assert_eq!(cookies.header("X-CSRFToken"), Some("c1"));
}
