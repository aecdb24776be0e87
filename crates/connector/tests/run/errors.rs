//! Refusals: the message wherever it is, wrong fields by the contract's names, and the kind.

use crate::world::*;
use bandeja_connector::backend::{Act, Backend, Fault, FaultKind};
use bandeja_connector::host::DoorError;
use serde_json::{Value, json};

fn refused(errors: Value, answer: Reply) -> Fault {
    let (runner, _) = desk(json!({"errors": errors}), move |_| answer.clone());
    now(runner.one("1".into())).unwrap_err()
}

#[test]
fn the_message_is_the_first_that_yields_a_text_and_usual_places_need_no_rule() {
    let errors = json!({"message": [".error.msg", ".problem"]});
    assert_eq!(refused(errors.clone(), status(400, json!({"problem": "Bad"}))).said, "Bad");
    assert_eq!(
        refused(errors, status(400, json!({"problem": "Bad", "error": {"msg": "Worse"}}))).said,
        "Worse"
    );
    for (body, said) in [
        (json!({"detail": "No ticket"}), "No ticket"),
        (json!({"message": "Nope"}), "Nope"),
        (json!({"error": {"msg": "Deep"}}), "Deep"),
        (json!({"errors": ["One", "Two"]}), "One Two"),
        (json!({"errors": [{"message": "Inside"}]}), "Inside"),
        (json!({"subject": ["Too long."]}), "subject: Too long."),
        (json!(["Alone"]), "Alone"),
        (json!({}), "it answered 400"),
    ] {
        assert_eq!(refused(json!({}), status(400, body)).said, said);
    }
    assert_eq!(
        refused(json!({}), got(500, "text/html", "<h1>Server Error (500)</h1>")).said,
        "it answered 500: Server Error (500)"
    );
    assert_eq!(refused(json!({}), got(502, "", "")).said, "it answered 502");
}

#[test]
fn wrong_fields_get_the_contracts_names() {
    let errors = json!({"fields": ".errors", "names": {"body": "text", "close_reason": "category_id"}});
    let fault = refused(
        errors,
        status(
            422,
            json!({"errors": {"body": "Required", "close_reason": ["Bad", "choice"], "x": {"y": "Odd"}}}),
        ),
    );
    assert_eq!(fault.kind, FaultKind::Invalid);
    let fields: Vec<_> =
        fault.fields.iter().map(|field| (field.field.as_str(), field.message.as_str())).collect();
    assert_eq!(fields, [("text", "Required"), ("category_id", "Bad choice"), ("x.y", "Odd")]);
}

#[test]
fn the_kind_is_the_files_word_and_else_that_of_the_status() {
    let errors = json!({"kinds": [
        {"status": 409, "when": ".body.code == \"held\"", "kind": "forbidden"}, {"status": 418, "kind": "rate_limited"}
    ]});
    let kind = |code: u16, body: Value| refused(errors.clone(), status(code, body)).kind;
    assert_eq!(kind(409, json!({"code": "held"})), FaultKind::Forbidden);
    assert_eq!(kind(418, json!({})), FaultKind::RateLimited { retry_after_s: None });
    for (code, expected) in [
        (401, FaultKind::Auth),
        (403, FaultKind::Forbidden),
        (404, FaultKind::NotFound),
        (409, FaultKind::Conflict),
        (412, FaultKind::Conflict),
        (400, FaultKind::Invalid),
        (422, FaultKind::Invalid),
        (500, FaultKind::Unavailable),
        (503, FaultKind::Unavailable),
    ] {
        assert_eq!(kind(code, json!({})), expected, "{code}");
    }
}

#[test]
fn no_answer_at_all_is_said_in_words() {
    for (error, kind, word) in [
        (DoorError::Unreachable, FaultKind::Unavailable, "reached"),
        (DoorError::Timeout, FaultKind::Unavailable, "20 seconds"),
        (DoorError::Cut { status: 200 }, FaultKind::Unavailable, "broke off"),
        (DoorError::TooLarge { status: 200 }, FaultKind::BadAnswer, "larger"),
    ] {
        let fault = refused(json!({}), Err(error));
        assert_eq!(fault.kind, kind);
        assert!(fault.said.contains(word), "{}", fault.said);
    }
}

#[test]
fn another_conversation_than_the_one_asked_for_is_not_shown() {
    let (runner, _) = desk(json!({}), |_| ok(ticket(2, 1)));
    assert_eq!(now(runner.one("1".into())).unwrap_err().kind, FaultKind::BadAnswer);
    let (runner, _) = desk(json!({"conversation": {"item": ".data"}}), |_| ok(json!({"data": null})));
    assert_eq!(now(runner.one("1".into())).unwrap_err().kind, FaultKind::NotFound);
}

#[test]
fn an_answer_of_200_is_a_refusal_where_the_file_says_so() {
    let file = json!({
        "errors": {"message": [".error"], "kinds": [
            {"status": 200, "when": ".body.error == \"Not yours\"", "kind": "forbidden"},
            {"status": 200, "when": ".body.ok == false", "kind": "not_applied"}
        ]},
        "acts": {"close": {"steps": ["POST /tickets/{{$args.id}}/close"], "verify": false}}
    });
    for (error, kind) in [("Legal hold", FaultKind::NotApplied), ("Not yours", FaultKind::Forbidden)] {
        let (runner, _) = desk(file.clone(), move |_| ok(json!({"ok": false, "error": error})));
        let fault = act(&runner, "1", close(), None).unwrap_err();
        assert_eq!((fault.kind, fault.said.as_str(), fault.status), (kind, error, Some(200)));
    }
    let (runner, _) = desk(file, |_| ok(json!({"ok": true})));
    assert!(act(&runner, "1", close(), None).is_ok());
}

#[test]
fn a_refusal_that_names_a_field_is_one_of_its_value() {
    let file = json!({
        "errors": {"fields": ".fields"},
        "acts": {"close": {"steps": [{"post": "/close", "success": ".body.ok"}], "verify": false}}
    });
    let (runner, _) = desk(file, |_| ok(json!({"ok": false, "fields": {"reason": "Too short"}})));
    let fault = act(&runner, "1", close(), None).unwrap_err();
    assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Invalid, "reason"));
}

/// A help desk that knows ticket 1, unless it is gone, and answers 404 to everything below `/helpers`.
fn helpless(gone: bool) -> impl FnMut(&Asked) -> Reply + 'static {
    move |asked| match asked.line.as_str() {
        line if line.contains("/helpers") => status(404, json!({"detail": "No such helper"})),
        _ if gone => status(404, json!({"detail": "No such ticket"})),
        _ => ok(ticket(1, 1)),
    }
}

#[test]
fn only_the_conversations_own_404_says_that_it_is_gone() {
    let file = json!({
        "acts": {
            "close": {"steps": ["GET /helpers/{{$args.id}}", "POST /tickets/{{$args.id}}/close"]},
            "reopen": {"steps": ["POST /tickets/{{$args.id}}/log", "POST /helpers/{{$args.id}}"]}
        },
        "bulk": {"close": {"call": {"post": "/helpers/bulk", "json": "{{$ids}}"}}},
        "thread": {"sources": [{"call": "GET /helpers/{{$args.id}}", "items": ".", "fields": {
            "id": ".id", "author": "\"contact\"", "body": ".text", "at": ".at"
        }}]}
    });
    let (runner, _) = desk(file.clone(), helpless(false));
    let looked_up = act(&runner, "1", close(), None).unwrap_err();
    assert_eq!(looked_up.kind, FaultKind::NotApplied);
    assert_eq!(looked_up.said, "GET /helpers/… answered 404: No such helper");
    assert_eq!(act(&runner, "1", Act::Reopen, None).unwrap_err().kind, FaultKind::PartlyDone);
    let many = now(runner.act_on_many(vec!["1".into()], close())).unwrap_err();
    assert_eq!(many.kind, FaultKind::BadAnswer);
    assert_eq!(now(runner.thread("1".into(), None)).unwrap_err().kind, FaultKind::BadAnswer);
    let (runner, _) = desk(file, helpless(true));
    assert_eq!(act(&runner, "1", close(), None).unwrap_err().kind, FaultKind::NotFound);
    assert_eq!(now(runner.thread("1".into(), None)).unwrap_err().kind, FaultKind::NotFound);
}

#[test]
fn a_list_or_a_sign_in_at_a_wrong_address_is_no_lost_conversation() {
    let file = json!({"list": {"call": "GET /helpers/list"}, "auth": {"me": {"call": "GET /helpers/me", "fields": {"id": ".id", "name": ".name"}, "fixed": null}}});
    let (runner, _) = desk(file, helpless(false));
    let listed = list(&runner, "").unwrap_err();
    assert_eq!(
        (listed.kind, listed.said.as_str()),
        (FaultKind::BadAnswer, "its address answered 404: No such helper")
    );
    assert_eq!(now(runner.me()).unwrap_err().kind, FaultKind::BadAnswer);
}
