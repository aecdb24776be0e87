//! Transport: addresses, headers, parameters and bodies as the file writes them, and how fast they follow each other.

use crate::world::*;
use bandeja_connector::backend::{Act, Backend, FaultKind};
use bandeja_connector::host::{DoorError, SentBody};
use serde_json::json;

#[test]
fn a_request_is_written_as_the_file_says_slashes_brackets_and_arrays_included() {
    let (runner, world) = desk(
        json!({
            "transport": {"headers": {"X-Client": "bandeja"}, "query": {"@lang": "es"}, "arrays": "brackets"},
            "list": {"call": {"get": "/tickets/", "query": {"filter[open]": true, "k": "{{[\"a\", \"b c\"]}}", "no": "{{null}}"}}}
        }),
        |_| ok(json!({"results": [], "count": 0})),
    );
    list(&runner, "").unwrap();
    assert_eq!(
        world.last().line,
        "GET /api/tickets/?@lang=es&filter[open]=true&k[]=a&k[]=b%20c&page=1&size=2"
            .replace("&page=1&size=2", "&size=2&page=1")
    );
    assert_eq!(world.last().header("X-Client"), Some("bandeja"));
    assert_eq!(world.last().header("Authorization"), Some("Token t1"));
}

#[test]
fn an_id_cannot_leave_its_place_in_the_path() {
    let (runner, world) = desk(json!({}), |_| ok(ticket(1, 1)));
    let _ = now(runner.one("1/../../admin?x=1".into()));
    assert_eq!(world.last().line, "GET /api/tickets/1%2F..%2F..%2Fadmin%3Fx%3D1/");
    let fault = now(runner.one("..".into())).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Off);
    assert_eq!(world.lines().len(), 1, "nothing was sent");
}

#[test]
fn bodies_are_json_forms_or_multipart_and_nothing_leaves_a_key_out() {
    let acts = json!({"acts": {
        "reopen": {"steps": [{"post": "/a", "json": {"n": "{{1 + 1}}", "gone": "{{empty}}", "null": "{{null}}", "t": "is {{$args.id}}"}}], "verify": false},
        "unassign": {"steps": [{"post": "/b", "form": {"a": "x y", "tags": "{{[\"1\", \"2\"]}}"}}], "verify": false},
        "archive": {"steps": [{"post": "/c", "multipart": {"a": "{{$args.id}}"}}], "verify": false}
    }});
    let (runner, world) = desk(acts, |_| status(204, json!(null)));
    for act_ in [Act::Reopen, Act::Unassign, Act::Archive] {
        act(&runner, "7", act_, None).unwrap();
    }
    let log = world.log.borrow();
    assert_eq!(log[0].json(), json!({"n": 2, "null": null, "t": "is 7"}));
    assert_eq!(log[1].text(), "a=x%20y&tags=1&tags=2");
    assert!(log[2].body == SentBody::Multipart(vec![("a".to_owned(), "7".to_owned())]));
}

#[test]
fn no_more_requests_are_on_their_way_than_the_file_allows() {
    let (runner, world) = desk(
        json!({"transport": {"concurrency": 3}, "list": {"filters": {"status": {"each": "$values[] | all_status[]", "query": {"status": "{{$each}}"}}}}}),
        |_| ok(json!({"results": [], "count": 0})),
    );
    list(&runner, "").unwrap();
    list(&runner, "status=new&status=in_progress&status=closed").unwrap();
    assert_eq!(world.lines().len(), 1 + 4);
    assert_eq!(world.running.get().1, 3);
}

#[test]
fn changing_requests_keep_their_distance() {
    let (runner, world) = desk(
        json!({"transport": {"pace_ms": 250}, "acts": {"reopen": {"steps": ["POST /a", "POST /b", "POST /c"], "verify": false}}}),
        |_| status(204, json!(null)),
    );
    act(&runner, "1", Act::Reopen, None).unwrap();
    assert_eq!(*world.slept.borrow(), [250, 250]);
}

#[test]
fn who_is_asked_to_come_later_comes_later() {
    let mut busy = 2;
    let (runner, world) = desk(json!({}), move |_| {
        busy -= 1;
        if busy >= 0 {
            return with_header(status(429, json!({"detail": "Slow down"})), "retry-after", "3");
        }
        ok(ticket(1, 1))
    });
    assert_eq!(one(&runner, "1").conversation.id.as_str(), "1");
    assert_eq!(*world.slept.borrow(), [3000, 3000]);
}

#[test]
fn a_wait_that_is_too_long_is_told_instead_of_waited() {
    let (runner, world) = desk(json!({}), |_| with_header(status(429, json!({})), "retry-after", "600"));
    let fault = now(runner.one("1".into())).unwrap_err();
    assert_eq!(fault.kind, FaultKind::RateLimited { retry_after_s: Some(600) });
    assert!(world.slept.borrow().is_empty());
}

#[test]
fn a_change_is_sent_again_only_where_it_was_surely_not_done() {
    for (answer, times) in
        [(Err(DoorError::Timeout), 1), (status(500, json!({})), 1), (status(429, json!({})), 1)]
    {
        let (runner, world) =
            desk(json!({"acts": {"reopen": {"steps": ["POST /a"], "verify": false}}}), move |_| {
                answer.clone()
            });
        assert!(act(&runner, "1", Act::Reopen, None).is_err());
        assert_eq!(world.lines().iter().filter(|line| line.starts_with("POST")).count(), times);
    }
    let mut busy = true;
    let (runner, world) =
        desk(json!({"acts": {"reopen": {"steps": ["POST /a"], "verify": false}}}), move |_| {
            if std::mem::replace(&mut busy, false) {
                return with_header(status(503, json!({})), "retry-after", "1");
            }
            status(204, json!(null))
        });
    act(&runner, "1", Act::Reopen, None).unwrap();
    assert_eq!(world.lines().len(), 2);
}
