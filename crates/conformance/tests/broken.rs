//! Points can fail: small servers that are wrong in one way each, and what is said of them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod stub;

use bandeja_conformance::{Options, Report, Verdict, run};
use std::time::Duration;
use stub::{Reply, Stub};

const TOKEN: &str = "a-very-secret-token";

fn asked(stub: &Stub) -> Report {
    asked_with(stub, |_| {})
}

fn asked_with(stub: &Stub, change: impl FnOnce(&mut Options)) -> Report {
    let mut options = Options::new(&stub.url, TOKEN).unwrap();
    options.patience = Duration::from_millis(400);
    options.heartbeat = Duration::ZERO;
    change(&mut options);
    run(&options, |_| {})
}

fn verdict(report: &Report, id: &str) -> Verdict {
    report.point(id).unwrap_or_else(|| panic!("there is no point {id}")).verdict
}

/// What is wrong at that point, all in one text.
fn said(report: &Report, id: &str) -> String {
    let point = report.point(id).unwrap();
    assert!(point.verdict.is_wrong(), "{point:?}");
    format!("{} | {} | {} | {}", point.expected, point.seen, point.request, point.app)
}

#[test]
fn the_stub_is_right_where_nothing_is_broken() {
    let stub = Stub::start(|_| None);
    let report = asked(&stub);
    for id in
        ["session.reads", "lists.reads", "lists.total", "filters.channel", "filters.unread", "lists.query"]
    {
        assert_eq!(verdict(&report, id), Verdict::Complete, "{:?}", report.point(id));
    }
}

#[test]
fn a_wrong_total_is_found() {
    let stub = Stub::start(|call| {
        let mut page = stub::page(call)?;
        page["total"]["value"] = 30.into();
        Some(Reply::json(200, &page))
    });
    let report = asked(&stub);
    assert!(said(&report, "lists.total").contains("a row 30"), "{}", said(&report, "lists.total"));
    assert!(said(&report, "lists.total").contains("The scrollbar is untrue"));
}

#[test]
fn a_filter_that_is_ignored_is_found_by_a_row_that_does_not_belong() {
    let stub = Stub::start(|call| {
        let without: Vec<&str> = call.query.split('&').filter(|part| !part.contains("channel=")).collect();
        let changed = call.with_query(without.join("&"));
        stub::page(&changed).map(|page| Reply::json(200, &page))
    });
    let report = asked(&stub);
    let said = said(&report, "filters.channel");
    assert!(said.contains("only rows for which channel=") && said.contains("among them"), "{said}");
    assert_eq!(verdict(&report, "filters.unread"), Verdict::Complete);
}

#[test]
fn an_old_version_that_is_taken_is_found() {
    // Says 200 to whatever version it is sent, and does what it was told.
    let stub = Stub::start(|call| {
        call.path.ends_with("/priority").then(|| {
            let version = call.header("if-match").trim_matches('"').parse::<u64>().unwrap_or(1) + 1;
            let priority = serde_json::from_str::<serde_json::Value>(&call.body).unwrap()["priority"].clone();
            call.set("priority", &priority);
            call.set("version", &version.into());
            Reply::json(200, &serde_json::json!({ "conversation": call.row() }))
        })
    });
    let report = asked_with(&stub, |options| {
        options.write = true;
        options.conversation = Some("1".to_owned());
    });
    assert!(
        said(&report, "actions.stale").contains("412 and no change"),
        "{}",
        said(&report, "actions.stale")
    );
    assert!(said(&report, "actions.if_match").contains("428"));
}

#[test]
fn a_page_of_html_is_named_for_what_it_is() {
    let stub = Stub::start(|call| {
        let html = "<!doctype html><title>Sign in</title>\u{1b}[31m";
        (call.path.ends_with("/conversations")).then(|| Reply::new(200, "text/html", html))
    });
    let report = asked(&stub);
    let said = said(&report, "lists.reads");
    assert!(said.contains("text/html") && said.contains("Sign in") && !said.contains('\u{1b}'), "{said}");
    assert_eq!(verdict(&report, "filters.channel"), Verdict::NotTried);
    assert!(report.point("filters.channel").unwrap().seen.contains("lists.reads, which is incomplete"));
}

#[test]
fn json_that_ends_early_or_has_other_types_is_named() {
    let cut = Stub::start(|call| {
        call.path
            .ends_with("/session")
            .then(|| Reply::new(200, "application/json", "{\"user\":{\"id\":\"1\""))
    });
    assert!(said(&asked(&cut), "session.reads").contains("ends early"));
    let odd = Stub::start(|call| {
        call.path.ends_with("/session").then(|| Reply::new(200, "application/json", "{\"user\":[1,2]}"))
    });
    assert!(
        said(&asked(&odd), "session.reads").contains("invalid"),
        "{}",
        said(&asked(&odd), "session.reads")
    );
}

#[test]
fn a_server_that_hangs_is_given_up_soon_and_nothing_waits_for_ever() {
    let stub = Stub::start(|_| Some(Reply::hang()));
    let report = asked(&stub);
    assert!(said(&report, "session.reads").contains("no answer within 0.4 s"));
    assert_eq!(verdict(&report, "session.openapi"), Verdict::NotTried);
    assert_eq!(report.summary().complete, 0);
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    let stub = Stub::start(|call| match call.path.rsplit('/').next() {
        Some("tags") => Some(Reply::new(200, "application/json", &" ".repeat(9 * 1024 * 1024))),
        // Not what this is about, and silent for as long as anybody is patient.
        Some("events") => Some(Reply::new(404, "text/plain", "")),
        _ => None,
    });
    let report = asked_with(&stub, |options| options.patience = Duration::from_secs(5));
    assert!(said(&report, "lookups.tags").contains("more than 8 MB"), "{}", said(&report, "lookups.tags"));
}

#[test]
fn nobody_there_is_a_verdict_too() {
    let report = run(&Options::new("http://127.0.0.1:1", TOKEN).unwrap(), |_| {});
    assert!(said(&report, "session.reads").contains("no answer"));
}

#[test]
fn a_call_that_is_not_there_is_missing_and_says_what_the_app_hides() {
    let stub =
        Stub::start(|call| call.path.ends_with("/facets").then(|| Reply::new(404, "text/plain", "no")));
    let report = asked(&stub);
    assert_eq!(verdict(&report, "lists.facets"), Verdict::Missing);
    assert!(said(&report, "lists.facets").contains("stand without numbers"));
}

#[test]
fn an_ability_that_is_off_is_no_failure_and_its_reason_is_told() {
    let stub = Stub::start(|call| {
        let mut session = stub::session(call)?;
        session["capabilities"] =
            serde_json::json!({ "bulk": { "on": false, "reason": "not in your plan" } });
        Some(Reply::json(200, &session))
    });
    let report = asked(&stub);
    let point = report.point("bulk.preview").unwrap();
    assert_eq!(point.verdict, Verdict::Off);
    assert!(point.seen.contains("not in your plan") && !point.app.is_empty(), "{point:?}");
}

#[test]
fn a_token_that_the_server_echoes_is_not_shown() {
    let stub = Stub::start(|call| {
        Some(Reply::new(500, "text/plain", &format!("you sent {}", call.header("authorization"))))
    });
    let report = asked(&stub);
    for text in [report.table(), report.json(), report.markdown()] {
        assert!(!text.contains(TOKEN) && text.contains("(token)"), "{text}");
    }
}

#[test]
fn a_redirect_does_not_carry_the_token_away() {
    let elsewhere = Stub::start(|_| None);
    let place = format!("{}/api/v1/session", elsewhere.url);
    let stub = Stub::start(move |_| Some(Reply::new(302, "text/plain", "").with("Location", &place)));
    let report = asked(&stub);
    assert!(said(&report, "session.reads").contains("302"));
    assert_eq!(elsewhere.calls(), 0);
}

#[test]
fn a_stream_that_is_silent_is_found_and_one_with_heartbeats_is_not() {
    let silent = Stub::start(|call| call.path.ends_with("/events").then(|| Reply::stream(&[])));
    let report = asked(&silent);
    assert!(said(&report, "live.opens").contains("nothing"));
    let alive = Stub::start(|call| {
        let lines = [(0, ": ready\n\n"), (3_000, ": heartbeat\n\n")];
        call.path.ends_with("/events").then(|| Reply::stream(&lines))
    });
    let report = asked_with(&alive, |options| options.heartbeat = Duration::from_secs(8));
    assert_eq!(verdict(&report, "live.heartbeat"), Verdict::Complete);
}
