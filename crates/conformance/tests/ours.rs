//! The reference server answers the contract: every point of it is complete there.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "../../server/tests/common/mod.rs"]
mod common;

use bandeja_conformance::{Options, Report, Verdict, run};
use chrono::TimeDelta;
use std::time::Duration;

/// The server's heartbeat comes after 15 s, for which no test waits; the point is proved beside.
const NOT_WAITED_FOR: &str = "live.heartbeat";

fn options(server: &common::Server, name: &str) -> Options {
    let mut options = Options::new(&server.url, &server.token(name, TimeDelta::hours(1))).unwrap();
    options.heartbeat = Duration::ZERO;
    options
}

/// Conversations that differ in what a filter asks for; answers with the first one's id.
fn furnish(server: &common::Server) -> String {
    let ana = server.bearer("ana");
    let ids: Vec<String> = [(1, "José Núñez"), (1, "=1+1"), (2, "Luz"), (3, "Sol"), (4, "Mar"), (1, "Paz")]
        .iter()
        .enumerate()
        .map(|(place, (line, name))| {
            let mut body = common::inbound(&format!("+52 33 5550 01{place}"), "Hola, ¿qué tal?", None);
            body["contact"]["name"] = serde_json::json!(name);
            let answer = server.hand_in(*line, &body);
            assert_eq!(answer.status, 200, "{}", answer.body);
            answer.body["conversation_id"].as_str().unwrap().to_owned()
        })
        .collect();
    let version = |id: &str| ana.get(&format!("/conversations/{id}")).header("etag").to_owned();
    let put = |id: &str, action: &str, body: serde_json::Value| {
        let answer =
            ana.with_header("If-Match", &version(id)).put(&format!("/conversations/{id}/{action}"), &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
    };
    let post = |id: &str, action: &str, body: serde_json::Value| {
        let answer =
            ana.with_header("If-Match", &version(id)).post(&format!("/conversations/{id}/{action}"), &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
    };
    put(&ids[1], "tags", serde_json::json!({ "tags": ["1", "2"] }));
    put(&ids[1], "priority", serde_json::json!({ "priority": "urgent" }));
    post(&ids[0], "assign", serde_json::json!({ "user": "4" }));
    post(&ids[1], "snooze", serde_json::json!({ "until": "2027-01-01T00:00:00Z" }));
    post(
        &ids[5],
        "close",
        serde_json::json!({ "description": "Vendido", "category_id": "1", "subcategory_id": "3" }),
    );
    ids[0].clone()
}

fn wrong(report: &Report) -> Vec<String> {
    let wrong = report.points.iter().filter(|point| point.verdict.is_wrong());
    wrong.map(|it| format!("{}: {} instead of {} ({})", it.id, it.seen, it.expected, it.request)).collect()
}

#[test]
fn our_server_is_complete_and_gets_back_what_was_changed() {
    let server = common::start_server();
    let conversation = furnish(&server);
    let before = server.bearer("super").get(&format!("/conversations/{conversation}")).body;
    let mut options = options(&server, "super");
    options.write = true;
    options.conversation = Some(conversation.clone());
    let report = run(&options, |_| {});
    assert_eq!(wrong(&report), Vec::<String>::new());
    let untried: Vec<_> = report.points.iter().filter(|it| it.verdict == Verdict::NotTried).collect();
    let untried: Vec<_> = untried.iter().filter(|it| it.id != NOT_WAITED_FOR).collect();
    assert!(untried.is_empty(), "{untried:#?}");
    let after = server.bearer("super").get(&format!("/conversations/{conversation}")).body;
    for field in ["owner", "team", "tags", "priority", "archived", "snoozed_until", "bot_paused"] {
        assert_eq!(after[field], before[field], "{field}");
    }
}

#[test]
fn reading_changes_nothing_and_an_agent_may_ask_too() {
    let server = common::start_server();
    furnish(&server);
    let newest = |name: &str| server.bearer(name).get("/conversations?limit=200").body;
    let before = newest("super");
    let report = run(&options(&server, "ana"), |_| {});
    assert_eq!(wrong(&report), Vec::<String>::new());
    assert!(report.summary().complete > 0);
    assert_eq!(newest("super"), before);
}
