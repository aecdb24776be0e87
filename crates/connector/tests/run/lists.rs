//! Lists: filters there and here, orders, and every way of paging with its end.

use crate::world::*;
use bandeja_connector::backend::{Backend, FaultKind};
use bandeja_model::{ConversationId, Sort};
use serde_json::{Value, json};

fn page_of(tickets: &[u64], count: u64) -> Reply {
    ok(json!({"results": tickets.iter().map(|id| ticket(*id, 1)).collect::<Vec<_>>(), "count": count}))
}

#[test]
fn a_filter_becomes_parameters_by_the_files_maps_and_a_group_becomes_its_states() {
    let (runner, world) = desk(json!({}), |_| page_of(&[], 0));
    let rows = list(&runner, "status=closed").unwrap();
    assert_eq!(world.last().parameter("status"), Some("3%2C4"));
    assert!(rows.left.is_empty());
    list(&runner, "group=open&-status=new").unwrap();
    assert_eq!(world.last().parameter("status"), Some("2"));
    list(&runner, "view=closed").unwrap();
    assert_eq!(world.last().parameter("status"), Some("3%2C4"));
    let asked = world.lines().len();
    let none = list(&runner, "group=open&status=closed").unwrap();
    assert_eq!(
        (none.items.len(), none.total, world.lines().len()),
        (0, Some(0), asked),
        "nothing can be both"
    );
}

#[test]
fn what_cannot_be_asked_for_there_is_left_for_the_rows_and_named() {
    let (runner, world) = desk(
        json!({"list": {"filters": {"owner": "here", "channel": {"query": {"c": "{{$values[0]}}"}, "only": "$values | length == 1"}}}}),
        |_| page_of(&[], 0),
    );
    let left = |filter: &str| list(&runner, filter).unwrap().left;
    assert_eq!(left("owner=me&tag=5"), ["owner", "tag"]);
    assert!(left("channel=email").is_empty());
    assert_eq!(left("channel=email&channel=sms"), ["channel"]);
    assert_eq!(left("view=mine"), ["owner", "view"]);
    assert_eq!(left("status=bot"), ["status"], "the foreign API has no such state");
    assert!(!world.last().line.contains("status"));
}

#[test]
fn a_foreign_api_that_knows_views_is_asked_for_them() {
    let (runner, world) = desk(
        json!({"list": {"filters": {"view": {"query": {"tab": "{{$values[0]}}"}, "only": "$values[0] != \"mentions\""}}}}),
        |_| page_of(&[], 0),
    );
    let rows = list(&runner, "view=mine&group=open").unwrap();
    assert_eq!((world.last().parameter("tab"), rows.left.len()), (Some("mine"), 0));
    assert_eq!(world.last().parameter("status"), Some("1%2C2"));
    assert_eq!(list(&runner, "view=mentions").unwrap().left, ["view"]);
}

#[test]
fn nobody_and_never_are_said_as_the_file_says_them() {
    let (runner, world) = desk(
        json!({"list": {"filters": {"owner": {
            "query": {"assigned": "{{$values[] | if . == \"none\" then \"0\" elif . == \"any\" then \"!*\" elif . == \"me\" then $me.id else . end}}"}
        }}}}),
        |_| page_of(&[], 0),
    );
    for (filter, value) in
        [("owner=none", "0"), ("owner=any", "%21%2A"), ("owner=me", "1"), ("owner=77", "77")]
    {
        list(&runner, filter).unwrap();
        assert_eq!(world.last().parameter("assigned"), Some(value), "{filter}");
    }
}

#[test]
fn clauses_are_joined_into_a_foreign_query_and_no_value_leaves_its_quotes() {
    let (runner, world) = desk(
        json!({"list": {
            "call": {"get": "/search", "query": {"q": "{{$clauses | join(\" AND \")}}"}},
            "filters": {
                "q": {"clause": "\"text:\\\"\" + ($values[0] | escape_double) + \"\\\"\""},
                "tag": {"clause": "\"tag in (\" + ($values | join(\",\")) + \")\"", "not": false}
            }
        }}),
        |_| page_of(&[], 0),
    );
    let rows = list(&runner, "q=say \"hi\" OR *&tag=1&tag=2&-tag=3").unwrap();
    assert_eq!(
        world.last().parameter("q"),
        Some("text%3A%22say%20%5C%22hi%5C%22%20OR%20%2A%22%20AND%20tag%20in%20%281%2C2%29")
    );
    assert_eq!(rows.left, ["tag"], "the unwanted one is left");
}

#[test]
fn clauses_can_be_a_list_in_a_body_and_spans_of_time_are_two_ends() {
    let (runner, world) = desk(
        json!({"list": {
            "call": {"post": "/filter", "json": {"payload": "{{$clauses}}"}},
            "filters": {"created": {"clause": "{key: \"created_at\", from: $values[0].from, to: $values[0].to}"}}
        }}),
        |_| page_of(&[], 0),
    );
    list(&runner, "created=2026-01-01..").unwrap();
    assert_eq!(
        world.last().json(),
        json!({"payload": [{"key": "created_at", "from": "2026-01-01T00:00:00Z", "to": null}]})
    );
    assert!(world.last().line.starts_with("POST /api/filter?"));
}

#[test]
fn the_first_list_whose_condition_holds_is_taken() {
    let (runner, world) = desk(
        json!({"list": [
            {"when": "$filter.q != null", "call": {"get": "/search", "query": {"term": "{{$filter.q.is[0]}}"}}, "items": "."},
            {"call": "GET /tickets/", "items": "."}
        ]}),
        |_| ok(json!([])),
    );
    list(&runner, "").unwrap();
    list(&runner, "q=hola").unwrap();
    assert_eq!(world.lines(), ["GET /api/tickets/", "GET /api/search?term=hola"]);
}

/// A foreign list with one state a request, newest first, two a page.
fn fan_out() -> Value {
    json!({
        "list": {
            "filters": {"status": {"each": "$values[] | all_status[]", "query": {"status": "{{$each}}"}}},
            "sorts": {"activity": {"sort": "-created"}}
        }
    })
}

#[test]
fn several_requests_are_merged_in_order_and_each_goes_on_where_it_was() {
    let (runner, _) = desk(fan_out(), |asked| {
        let all: &[u64] = match asked.parameter("status") {
            Some("3") => &[10, 9, 8, 1],
            Some("4") => &[7, 6, 2],
            _ => panic!("{}", asked.line),
        };
        assert_eq!(asked.parameter("sort"), Some("-created"));
        let page: usize = asked.parameter("page").unwrap().parse().unwrap();
        let rows: Vec<u64> = all.iter().skip((page - 1) * 2).take(2).copied().collect();
        page_of(&rows, u64::try_from(all.len()).unwrap())
    });
    let pages = pages(&runner, "status=closed", Sort::Activity);
    assert_eq!(pages.concat(), ["10", "9", "8", "7", "6", "2", "1"]);
    assert_eq!(list(&runner, "status=closed").unwrap().total, Some(7));
}

#[test]
fn pages_end_where_the_total_says_and_a_last_page_that_repeats_ends_too() {
    let (runner, world) = desk(json!({}), |asked| {
        let page: u64 = asked.parameter("page").unwrap().parse().unwrap();
        if page == 1 { page_of(&[1, 2], 3) } else { page_of(&[3], 3) }
    });
    assert_eq!(pages(&runner, "", Sort::Activity), [vec!["1", "2"], vec!["3"]]);
    assert_eq!(world.lines().len(), 2);
    // No total, and page 999 is page 2.
    let (runner, _) = desk(json!({"list": {"total": null}}), |asked| {
        let page: u64 = asked.parameter("page").unwrap().parse().unwrap();
        if page == 1 { page_of(&[1, 2], 0) } else { page_of(&[3], 0) }
    });
    assert_eq!(pages(&runner, "", Sort::Activity), [vec!["1", "2"], vec!["3"], vec![]]);
}

#[test]
fn an_end_rule_ends_a_list_without_another_request() {
    let (runner, world) = desk(
        json!({"list": {"total": null, "end": ".meta.current_page >= .meta.last_page and $page.count < 3"}}),
        |asked| {
            let page: u64 = asked.parameter("page").unwrap().parse().unwrap();
            ok(json!({"results": [ticket(page, 1)], "meta": {"current_page": page, "last_page": 2}}))
        },
    );
    assert_eq!(pages(&runner, "", Sort::Activity), [["1"], ["2"]]);
    assert_eq!(world.lines().len(), 2);
}

#[test]
fn offsets_cursors_addresses_links_and_last_ids_lead_on() {
    let third = |asked: &Asked| asked.line.contains("=end") || asked.parameter("offset") == Some("4");
    let cases: [(Value, &str); 5] = [
        (json!({"offset": "offset"}), "offset=2"),
        (json!({"cursor": "after", "next": ".next"}), "after=2"),
        (json!({"address": ".next_url"}), "cur=2"),
        (json!("link"), "cur=2"),
        (json!({"last": "before", "value": ".id"}), "before=2"),
    ];
    for (paging, second) in cases {
        let (runner, world) = desk(json!({"list": {"total": null, "paging": paging}}), move |asked| {
            if third(asked) || asked.line.contains("before=4") {
                return ok(json!({"results": []}));
            }
            let is_second = asked.line.contains(second);
            let (ids, cursor) = if is_second { ([3, 4], "end") } else { ([1, 2], "2") };
            let tickets = ids.map(|id| ticket(id, 1));
            let body = json!({"results": tickets, "next": cursor, "next_url": format!("https://evil.test/x?cur={cursor}&size=2")});
            with_header(
                ok(body),
                "link",
                &format!("<https://desk.test/api/tickets/?cur={cursor}>; rel=\"next\""),
            )
        });
        let pages = pages(&runner, "", Sort::Activity);
        assert_eq!(pages.concat(), ["1", "2", "3", "4"], "{second}");
        assert!(
            world.lines().iter().all(|line| line.starts_with("GET /api/tickets/")),
            "{:?}",
            world.lines()
        );
    }
}

#[test]
fn a_row_that_comes_twice_is_shown_once_and_a_bad_one_is_counted() {
    let (runner, _) = desk(json!({}), |_| {
        let odd = json!({"id": 9, "status": 77, "created": 1_790_000_000});
        ok(json!({"results": [ticket(1, 1), ticket(1, 1), odd, {"id": 10, "status": 1}], "count": 4}))
    });
    let rows = list(&runner, "").unwrap();
    assert_eq!(ids(&rows), ["1"]);
    assert_eq!(rows.bad.len(), 2);
    assert_eq!(rows.bad[0].id.as_ref().map(ConversationId::as_str), Some("9"));
    assert!(
        rows.bad[0].fault.contains("77") && rows.bad[0].fault.contains("/conversation/fields/status"),
        "{:?}",
        rows.bad
    );
    assert!(rows.bad[1].fault.contains("created_at"), "{:?}", rows.bad);
}

#[test]
fn an_order_is_asked_for_there_where_the_file_can_and_else_it_is_said_that_it_is_not() {
    let (runner, world) =
        desk(json!({"list": {"sorts": {"created": {"order_by": "created", "dir": "desc"}}}}), |_| {
            page_of(&[1], 1)
        });
    assert!(list_at(&runner, "", None, Sort::Created).unwrap().sorted);
    assert!(world.last().line.contains("dir=desc&order_by=created"), "{}", world.last().line);
    assert!(!list_at(&runner, "", None, Sort::Activity).unwrap().sorted);
    assert_eq!(runner.abilities().sorts, [Sort::Created]);
    assert_eq!(runner.abilities().sorts_here, [Sort::Activity]);
}

#[test]
fn an_answer_that_is_no_list_is_said_and_harms_nothing() {
    for (answer, word) in [
        (ok(json!({"results": "none"})), "list"),
        (ok(json!({})), "list"),
        (got(200, "text/html", "<html><h1>Down for   maintenance</h1>"), "Down for maintenance"),
        (got(200, "application/json", "{\"results\": [{\"id\""), "broken"),
        (got(200, "application/json", ""), "empty"),
        (got(200, "image/png", b"\x89PNG\xFF".to_vec()), "image/png"),
    ] {
        let (runner, _) = desk(json!({}), move |_| answer.clone());
        let fault = list(&runner, "").unwrap_err();
        assert_eq!(fault.kind, FaultKind::BadAnswer);
        assert!(fault.said.contains(word), "{}", fault.said);
    }
}

#[test]
fn with_etags_a_list_that_did_not_change_is_not_sent_again() {
    let (runner, world) = desk(json!({"polling": {"every_s": 20, "by": "etag"}}), |asked| {
        if asked.header("If-None-Match") == Some("\"a\"") {
            return got(304, "", "");
        }
        with_header(page_of(&[1, 2], 2), "etag", "\"a\"")
    });
    assert_eq!(ids(&list(&runner, "").unwrap()), ids(&list(&runner, "").unwrap()));
    assert_eq!(world.last().header("If-None-Match"), Some("\"a\""));
}

#[test]
fn what_changed_since_is_asked_for_in_seconds_or_as_a_text() {
    let (runner, world) = desk(
        json!({"polling": {"every_s": 20, "by": {"call": {"get": "/changes", "query": {"s": "{{$since}}", "t": "{{$since_text}}"}}, "items": "."}}}),
        |_| ok(json!([ticket(1, 1), ticket(5, 1), {"bad": true}])),
    );
    let since = "2026-11-28T10:00:00Z".parse().unwrap();
    let rows = now(runner.changed_since(since)).unwrap().unwrap();
    assert_eq!(rows.iter().map(|row| row.conversation.id.as_str()).collect::<Vec<_>>(), ["5", "1"]);
    assert_eq!(world.last().line, "GET /api/changes?s=1795860000&t=2026-11-28T10%3A00%3A00Z");
    assert!(now(desk(json!({}), |_| ok(json!([]))).0.changed_since(since)).is_none());
}
