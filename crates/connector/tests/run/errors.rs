//! Refusals: the message wherever it is, wrong fields by the contract's names, and the kind.

use crate::world::*;
use bandeja_connector::backend::{Backend, Fault, FaultKind};
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
