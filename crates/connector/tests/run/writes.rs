//! Changes: ordered steps, seen to be done, for one and for many; conflicts and half-done sequences.

use crate::world::*;
use bandeja_connector::backend::{Act, Backend, FaultKind};
use bandeja_connector::host::DoorError;
use bandeja_model::Status;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;

/// A help desk with one ticket that can be changed; what `refuse` names is answered well and not done.
fn stateful(refuse: &'static str) -> (impl FnMut(&Asked) -> Reply + 'static, Rc<RefCell<Value>>) {
    let ticket = Rc::new(RefCell::new(ticket(1, 1)));
    let shared = Rc::clone(&ticket);
    let foreign = move |asked: &Asked| {
        if asked.line.starts_with("PATCH") {
            let Value::Object(changes) = asked.json() else { return status(400, json!({})) };
            for (key, value) in changes.into_iter().filter(|(key, _)| *key != refuse) {
                shared.borrow_mut()[key] = value;
            }
            return status(204, json!(null));
        }
        ok(shared.borrow().clone())
    };
    (foreign, ticket)
}

fn acts() -> Value {
    let patch = |body: Value| json!({"steps": [{"patch": "/tickets/{{$args.id}}/", "json": body}]});
    json!({"names": {"users": {"fixed": [{"id": "2", "name": "Beto"}]}, "tags": {"fixed": [{"id": "a", "name": "A"}]}}, "acts": {
        "close": patch(json!({"status": 3, "reason": "{{$args.description}}"})),
        "reopen": patch(json!({"status": 1})),
        "assign": patch(json!({"owner": "{{$args.user}}"})),
        "unassign": patch(json!({"owner": null})),
        "tags": patch(json!({"tags": "{{$args.tags}}", "plus": "{{$args.added}}", "minus": "{{$args.removed}}"}))
    }})
}

#[test]
fn a_change_is_done_when_the_conversation_shows_it() {
    let (foreign, raw) = stateful("");
    let (runner, _) = desk(acts(), foreign);
    let done = act(&runner, "1", close(), None).unwrap();
    assert!(done.verified);
    assert_eq!(done.row.unwrap().conversation.status, Status::Closed);
    act(&runner, "1", Act::Reopen, None).unwrap();
    act(&runner, "1", Act::Assign { user: Some("2".into()), team: None }, None).unwrap();
    act(&runner, "1", Act::Tags(vec!["a".into(), "b".into()]), None).unwrap();
    act(&runner, "1", Act::Tags(vec!["b".into(), "c".into()]), None).unwrap();
    assert_eq!((raw.borrow()["plus"].clone(), raw.borrow()["minus"].clone()), (json!(["c"]), json!(["a"])));
    act(&runner, "1", Act::Unassign, None).unwrap();
    assert_eq!(raw.borrow()["owner"], json!(null));
}

#[test]
fn a_change_that_is_answered_well_and_not_done_is_said_with_how_it_still_is() {
    for (refuse, change, still) in [
        ("status", close(), "it is still new"),
        ("owner", Act::Assign { user: Some("2".into()), team: None }, "nobody has it"),
        ("tags", Act::Tags(vec!["a".into()]), "it has no tags"),
    ] {
        let (foreign, _) = stateful(refuse);
        let (runner, _) = desk(acts(), foreign);
        let fault = act(&runner, "1", change, None).unwrap_err();
        assert_eq!((fault.kind, fault.said.as_str()), (FaultKind::NotApplied, still));
    }
}

#[test]
fn what_somebody_else_changed_meanwhile_is_a_conflict_before_anything_is_written() {
    let (foreign, raw) = stateful("");
    let (runner, world) = desk(acts(), foreign);
    let from = one(&runner, "1");
    raw.borrow_mut()["owner"] = json!("9");
    let fault = act(&runner, "1", close(), Some(from)).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
    assert!(fault.said.contains("owner"), "{}", fault.said);
    assert!(world.lines().iter().all(|line| line.starts_with("GET")));
}

#[test]
fn a_token_of_the_state_is_sent_back_and_a_refusal_of_it_is_a_conflict() {
    let mut more = acts();
    more["conversation"] = json!({"token": "$headers.etag"});
    more["acts"]["close"]["steps"][0]["headers"] = json!({"If-Match": "{{$token}}"});
    let (runner, world) = desk(more, |asked| {
        if asked.line.starts_with("PATCH") {
            return status(412, json!({"detail": "Changed"}));
        }
        with_header(ok(ticket(1, 1)), "etag", "\"v1\"")
    });
    let from = one(&runner, "1");
    assert_eq!(from.token.as_deref(), Some("\"v1\""));
    let fault = act(&runner, "1", close(), Some(from)).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
    assert_eq!(world.last().header("If-Match"), Some("\"v1\""));
}

#[test]
fn steps_run_in_their_order_and_hand_on_what_they_saved() {
    let (runner, world) = desk(
        json!({"acts": {"reopen": {"verify": false, "steps": [
            {"post": "/draft", "json": {}, "save": {"draft": ".id"}},
            {"post": "/never", "when": "$steps.draft == 0"},
            {"put": "/each/{{$each}}", "each": "[$steps.draft, 8]"},
            {"post": "/send/{{$steps.draft}}"}
        ]}}}),
        |_| ok(json!({"id": 5})),
    );
    act(&runner, "1", Act::Reopen, None).unwrap();
    assert_eq!(world.lines(), ["POST /api/draft", "PUT /api/each/5", "PUT /api/each/8", "POST /api/send/5"]);
}

#[test]
fn a_sequence_that_breaks_says_what_was_done() {
    let (runner, _) = desk(
        json!({"acts": {"close": {"steps": [
            {"post": "/tickets/{{$args.id}}/reply", "json": {}}, {"patch": "/tickets/{{$args.id}}", "json": {}}
        ]}}}),
        |asked| {
            if asked.line.starts_with("PATCH") {
                status(422, json!({"message": "A checklist is open"}))
            } else {
                ok(json!({}))
            }
        },
    );
    let fault = act(&runner, "1", close(), None).unwrap_err();
    assert_eq!(fault.kind, FaultKind::PartlyDone);
    assert_eq!(fault.said, "POST /tickets/…/reply was done; PATCH /tickets/… failed: A checklist is open");
}

#[test]
fn a_lost_answer_is_looked_up_instead_of_guessed() {
    let (mut foreign, raw) = stateful("");
    let (runner, _) = desk(acts(), move |asked| {
        let reply = foreign(asked);
        if asked.line.starts_with("PATCH") { Err(DoorError::Timeout) } else { reply }
    });
    let from = one(&runner, "1");
    assert!(act(&runner, "1", close(), Some(from)).unwrap().verified);
    assert_eq!(raw.borrow()["status"], json!(3));
    let (runner, _) = desk(acts(), |asked| {
        if asked.line.starts_with("PATCH") { Err(DoorError::Timeout) } else { ok(ticket(1, 1)) }
    });
    let from = one(&runner, "1");
    assert_eq!(act(&runner, "1", close(), Some(from)).unwrap_err().kind, FaultKind::Unavailable);
}

#[test]
fn success_is_what_the_file_calls_so() {
    let file = json!({"acts": {"reopen": {"steps": [{"post": "/a", "success": ".body.ok == true"}], "verify": ".status == 1"}}});
    let (runner, _) = desk(file.clone(), |asked| {
        if asked.line.starts_with("POST") {
            ok(json!({"ok": false, "error": {"msg": "Locked"}}))
        } else {
            ok(ticket(1, 1))
        }
    });
    let fault = act(&runner, "1", Act::Reopen, None).unwrap_err();
    assert_eq!((fault.kind, fault.said.as_str()), (FaultKind::NotApplied, "Locked"));
    for (state, good) in [(1, true), (3, false)] {
        let (runner, _) = desk(file.clone(), move |asked| {
            if asked.line.starts_with("POST") { ok(json!({"ok": true})) } else { ok(ticket(1, state)) }
        });
        assert_eq!(act(&runner, "1", Act::Reopen, None).is_ok(), good);
    }
}

#[test]
fn a_reply_comes_out_of_the_answer_or_is_found_by_reading_the_thread_again() {
    let thread = json!({"sources": [{"call": "GET /tickets/{{$args.id}}/notes", "items": ".", "fields": {
        "id": ".id", "kind": "if .private then \"note\" else \"message\" end", "author": ".by // \"contact\"", "body": ".text", "at": ".at"
    }}]});
    let steps = json!([{"post": "/tickets/{{$args.id}}/notes", "json": {"text": "{{$args.text}}"}}]);
    let entry = |id: u64, text: &str| json!({"id": id, "private": false, "by": 1, "text": text, "at": 1_795_000_000 + id});
    let reply = || Act::Reply { text: "Va en camino".into(), client_id: None };
    let (runner, world) =
        desk(json!({"thread": thread, "acts": {"reply": {"steps": steps, "message": "."}}}), move |_| {
            status(201, entry(5, "Va en camino"))
        });
    assert_eq!(act(&runner, "1", reply(), None).unwrap().message.unwrap().id.as_str(), "5");
    assert_eq!(world.lines().len(), 1);
    for (arrives, good) in [(true, true), (false, false)] {
        let mut notes = vec![entry(1, "Va en camino")];
        let (runner, _) =
            desk(json!({"thread": thread, "acts": {"reply": {"steps": steps}}}), move |asked| {
                if asked.line.starts_with("POST") {
                    if arrives {
                        notes.push(entry(2, "Va en  camino\n"));
                    }
                    return status(201, json!({}));
                }
                ok(json!(notes))
            });
        let done = act(&runner, "1", reply(), None);
        assert_eq!(done.is_ok(), good, "an older one with the same words is not it");
        if let Ok(done) = done {
            assert_eq!(done.message.unwrap().id.as_str(), "2");
        }
    }
}

#[test]
fn what_the_file_does_not_describe_is_off_with_its_reason() {
    let (runner, world) =
        desk(json!({"off": {"snooze": "the help desk has no such thing"}}), |_| ok(json!({})));
    let fault = act(&runner, "1", Act::Snooze(None), None).unwrap_err();
    assert_eq!((fault.kind, fault.said.as_str()), (FaultKind::Off, "the help desk has no such thing"));
    assert_eq!(act(&runner, "1", Act::Archive, None).unwrap_err().kind, FaultKind::Off);
    assert!(world.lines().is_empty());
    assert!(runner.abilities().acts.is_empty());
}

#[test]
fn of_many_each_is_told_what_became_of_it() {
    let mut more = acts();
    more["bulk"] = json!({"close": {"call": {"post": "/bulk", "json": {"ids": "{{$ids}}"}}, "at_once": 2,
        "results": "[.done[] | {id: ., ok: true}] + [.failed[] | {id: .id, ok: false, said: .why}]"}});
    let (runner, world) = desk(more.clone(), |asked| match asked.line.as_str() {
        "POST /api/bulk" if asked.json()["ids"] == json!(["1", "2"]) => {
            ok(json!({"done": [1], "failed": [{"id": 2, "why": "Legal hold"}]}))
        }
        "POST /api/bulk" => ok(json!({"done": [], "failed": []})),
        _ => ok(ticket(3, 1)),
    });
    let results = now(runner.act_on_many(vec!["1".into(), "2".into(), "3".into()], close())).unwrap();
    assert_eq!(results[0].1, Ok(()));
    assert_eq!(results[1].1.as_ref().unwrap_err().said, "Legal hold");
    assert_eq!(
        results[2].1.as_ref().unwrap_err().kind,
        FaultKind::NotApplied,
        "nothing was said of it, so it was read"
    );
    assert_eq!(world.lines().iter().filter(|line| line.contains("bulk")).count(), 2);
    // Without results each is read again, once more for those that are done behind.
    more["bulk"]["close"].as_object_mut().unwrap().remove("results");
    let mut reads = 0;
    let (runner, _) = desk(more, move |asked| {
        if asked.line.contains("bulk") {
            return got(200, "text/plain", "");
        }
        reads += 1;
        let id = if asked.line.contains("/1/") { 1 } else { 16 };
        ok(ticket(id, if id == 1 && reads > 2 { 3 } else { 1 }))
    });
    let results = now(runner.act_on_many(vec!["1".into(), "16".into()], close())).unwrap();
    assert_eq!(results[0].1, Ok(()));
    assert_eq!(results[1].1.as_ref().unwrap_err().kind, FaultKind::NotApplied);
    assert_eq!(runner.abilities().bulk, ["close"]);
}
