//! The desk against a server, a storage and a stream that do as a test says.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use bandeja_browser::doors::FetchTransport;
use bandeja_browser::{Connection, PendingState, Phase, SessionState, SignedOutReason, ThreadEntry, Work};
use bandeja_client::traits::{Method, Request, Transport, TransportError};
use bandeja_contract::NewMessageKind::{Note, Reply};
use bandeja_model::{Filter, Sort};
use common::{FakeStorage, conversation, desk, desk_for, page, pause, server, session_of, until};
use js_sys::Function;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn drafts_stay_with_their_conversation_and_survive_a_reload() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let before = desk(&server, &storage).await;
    before.draft(&"1".into(), Reply).set("para uno".into());
    before.draft(&"1".into(), Note).set("nota".into());
    before.draft(&"2".into(), Reply).set("para dos".into());
    before.stop();
    let after = desk(&server, &storage).await;
    assert_eq!(after.draft(&"1".into(), Reply).get_untracked(), "para uno");
    assert_eq!(after.draft(&"1".into(), Note).get_untracked(), "nota");
    assert_eq!(after.draft(&"2".into(), Reply).get_untracked(), "para dos");
    assert_eq!(after.draft(&"3".into(), Reply).get_untracked(), "");
    assert_eq!(untrack(|| after.has_draft(&"1".into())).as_deref(), Some("para uno"));
    after.stop();
}

#[wasm_bindgen_test]
async fn a_draft_is_stored_while_it_is_typed() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    let draft = desk.draft(&"1".into(), Reply);
    draft.set("ho".into());
    draft.set("hola".into());
    until("stored", || storage.texts.borrow().values().any(|text| text == "hola")).await;
    draft.set(String::new());
    until("removed", || storage.texts.borrow().is_empty()).await;
    desk.stop();
}

#[wasm_bindgen_test]
async fn a_draft_is_stored_also_after_the_component_that_opened_it_is_gone() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    let component = Owner::new();
    component.with(|| desk.draft(&"1".into(), Reply));
    component.cleanup();
    drop(component);
    desk.draft(&"1".into(), Reply).set("otra vez".into());
    until("stored", || storage.texts.borrow().values().any(|text| text == "otra vez")).await;
    desk.stop();
}

#[wasm_bindgen_test]
async fn a_full_storage_keeps_the_text_in_the_page_and_says_so() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    storage.full.set(true);
    let draft = desk.draft(&"1".into(), Reply);
    draft.set("no cabe".into());
    until("told", || !desk.drafts_are_kept.get_untracked()).await;
    assert_eq!(draft.get_untracked(), "no cabe");
    storage.full.set(false);
    draft.set("ya cabe".into());
    until("told", || desk.drafts_are_kept.get_untracked()).await;
    assert!(storage.texts.borrow().values().any(|text| text == "ya cabe"));
    desk.stop();
}

#[wasm_bindgen_test]
async fn another_user_of_the_browser_does_not_see_them() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let first = desk(&server, &storage).await;
    first.draft(&"1".into(), Reply).set("secreto".into());
    first.stop();
    server.on("GET", "/session", |_| Ok((200, session_of("u2"))));
    let second = desk(&server, &storage).await;
    assert_eq!(second.draft(&"1".into(), Reply).get_untracked(), "");
    second.stop();
}

#[wasm_bindgen_test]
async fn an_event_cut_in_two_moves_its_row_and_changes_its_signal() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    desk.list.show(Filter::default(), Sort::Activity);
    until("rows", || desk.list.phase.get_untracked() == Phase::Ready).await;
    assert_eq!(desk.list.id_at(0).unwrap().as_str(), "3");
    let row = desk.conversation(&"1".into());
    let event = format!(
        "id: 5\nevent: conversation.changed\ndata: {{\"type\":\"conversation.changed\",\"conversation\":{},\"changed\":[\"message\",\"unread\"]}}\n\n",
        conversation(1, 40, 2).replace('\n', " ")
    );
    let (head, tail) = event.as_bytes().split_at(100);
    server.stream.borrow_mut().push_back(head.to_vec());
    server.stream.borrow_mut().push_back(tail.to_vec());
    until("moved", || desk.list.id_at(0).is_some_and(|id| id.as_str() == "1")).await;
    assert_eq!(row.get_untracked().unwrap().unread, 2);
    assert_eq!(desk.list.total.get_untracked().value, 3);
    desk.stop();
}

#[wasm_bindgen_test]
async fn a_message_is_shown_at_once_and_sent_when_the_network_returns() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let online = Rc::new(Cell::new(false));
    let up = online.clone();
    server.on("POST", "/messages", move |request: &Request| {
        if !up.get() {
            return Err(TransportError::Offline);
        }
        let body: serde_json::Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        let message = format!(
            r#"{{"id":"9","conversation_id":"1","kind":"message","direction":"out","author":{{"kind":"user","id":"u1"}},
            "body":{},"at":"2026-01-05T10:01:00Z","client_id":{}}}"#,
            body["body"], body["client_id"]
        );
        Ok((200, format!(r#"{{"message":{message},"conversation":{}}}"#, conversation(1, 50, 0))))
    });
    let desk = desk(&server, &storage).await;
    let thread = desk.thread(&"1".into());
    until("thread", || thread.phase.get_untracked() == Phase::Ready).await;
    desk.draft(&"1".into(), Reply).set("hola".into());
    desk.send(&"1".into(), Reply, "hola".into(), Vec::new());
    assert_eq!(desk.draft(&"1".into(), Reply).get_untracked(), "");
    assert_eq!(thread.entries.get_untracked().len(), 1);
    let key = thread.entries.get_untracked()[0].key().to_owned();
    until("offline", || matches!(desk.connection.get_untracked(), Connection::Offline { .. })).await;
    assert_eq!(desk.outbox.get_untracked()[0].state, PendingState::Queued);
    assert!(storage.texts.borrow().keys().any(|name| name.contains("outbox")));
    online.set(true);
    until("sent", || desk.outbox.get_untracked().is_empty()).await;
    let entries = thread.entries.get_untracked();
    assert!(matches!(entries.as_slice(), [ThreadEntry::Sent(_)]));
    assert_eq!(entries[0].key(), key);
    assert_eq!(desk.connection.get_untracked(), Connection::Online);
    assert!(storage.texts.borrow().is_empty());
    desk.stop();
}

#[wasm_bindgen_test]
async fn an_expired_session_keeps_what_was_typed() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    let draft = desk.draft(&"1".into(), Reply);
    draft.set("a medias".into());
    server.on("GET", "/episodes", |_| Ok((401, String::new())));
    assert!(desk.episodes(&"1".into()).await.is_err());
    assert_eq!(desk.session.get_untracked(), SessionState::SignedOut(SignedOutReason::Expired));
    server.on("POST", "/session", |_| Ok((200, session_of("u1"))));
    desk.sign_in("ana@example.com", "x").await.unwrap();
    assert_eq!(draft.get_untracked(), "a medias");
    draft.set("a medias y más".into());
    until("stored", || storage.texts.borrow().values().any(|text| text == "a medias y más")).await;
    desk.stop();
}

#[wasm_bindgen_test]
async fn a_stopped_desk_asks_nothing_any_more() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    desk.list.show(Filter::default(), Sort::Activity);
    desk.stop();
    pause(50).await;
    let asked = server.asked.borrow().len();
    pause(1_500).await;
    assert_eq!(server.asked.borrow().len(), asked);
}

#[wasm_bindgen_test]
async fn a_function_in_the_place_of_fetch_gets_the_request_and_its_failure_is_no_way_to_the_server() {
    let answers = Function::new_with_args("request", "return Promise.resolve(new Response(request.url))");
    let transport = FetchTransport::by(answers);
    let get = |url: &str| Request { method: Method::Get, url: url.into(), headers: Vec::new(), body: None };
    let got = transport.send(get("/api/v1/session")).await.unwrap();
    assert!(String::from_utf8(got.body).unwrap().ends_with("/api/v1/session"));
    let fails = Function::new_no_args("return Promise.reject(new TypeError('gone'))");
    let got = FetchTransport::by(fails).send(get("/")).await;
    assert_eq!(got.err(), Some(TransportError::Offline));
}

#[wasm_bindgen_test]
async fn a_real_fetch_reads_an_answer_and_tells_a_missing_server_from_a_missing_page() {
    let get = |url: &str| Request { method: Method::Get, url: url.into(), headers: Vec::new(), body: None };
    let found = common::fetch().send(get("/")).await.unwrap();
    assert_eq!(found.status, 200);
    assert_eq!(common::fetch().send(get("/no/such/page")).await.unwrap().status, 404);
    let nobody = common::fetch().send(get("http://127.0.0.1:1/")).await;
    assert_eq!(nobody.unwrap_err(), TransportError::Offline);
}

#[wasm_bindgen_test]
async fn a_real_stream_comes_in_pieces_and_ends() {
    let request = Request { method: Method::Get, url: "/".into(), headers: Vec::new(), body: None };
    let mut opened = common::fetch().open(request).await.ok().unwrap();
    let mut bytes = 0;
    while let Some(piece) = opened.body.next().await {
        bytes += piece.len();
    }
    assert!(bytes > 0);
}

fn job(state: &str, done: u32) -> String {
    format!(
        r#"{{"id":"j1","action":"close","by":"u1","state":"{state}","matched":10,"done":{done},"skipped":0,
        "failed":0,"started_at":"2026-01-05T10:00:00Z"}}"#
    )
    .replace('\n', " ")
}

fn tell(server: &common::FakeServer, name: &str, rest: &str) {
    let event = format!("event: {name}\ndata: {{\"type\":\"{name}\",{rest}}}\n\n");
    server.stream.borrow_mut().push_back(event.into_bytes());
}

#[wasm_bindgen_test]
async fn a_job_under_way_is_there_after_a_reload_and_follows_its_events() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    server.on("GET", "/bulk", |_| Ok((200, format!(r#"{{"items":[{}]}}"#, job("running", 3)))));
    let desk = desk(&server, &storage).await;
    let done = || desk.jobs.with_untracked(|jobs| jobs.first().map(|job| job.done));
    until("loaded", || done() == Some(3)).await;
    tell(&server, "bulk.progress", &format!("\"job\":{}", job("running", 7)));
    until("progress", || done() == Some(7)).await;
    tell(&server, "bulk.finished", &format!("\"job\":{}", job("finished", 10)));
    until("end", || desk.jobs.with_untracked(|jobs| jobs[0].state.is_over())).await;
    server.on("DELETE", "/session", |_| Ok((204, String::new())));
    desk.sign_out().await.unwrap();
    assert!(desk.jobs.with_untracked(Vec::is_empty), "the next user sees none of it");
    desk.stop();
}

#[wasm_bindgen_test]
async fn many_changes_at_once_lead_to_one_question_and_what_no_longer_matches_leaves() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    desk.list.show(Filter::default(), Sort::Activity);
    until("rows", || desk.list.phase.get_untracked() == Phase::Ready).await;
    let thread = desk.thread(&"3".into());
    until("thread", || thread.phase.get_untracked() == Phase::Ready).await;
    server
        .on("GET", "/conversations", |_| Ok((200, page(&[conversation(3, 30, 5), conversation(1, 10, 0)]))));
    server.on("GET", "/conversations/3", |_| Ok((200, conversation(3, 30, 5))));
    pause(1_100).await;
    let lists = || server.count("GET /api/v1/conversations?");
    let (before, threads) = (lists(), server.count("GET /api/v1/conversations/3/messages"));
    for _ in 0..20 {
        tell(&server, "conversations.changed", r#""ids":["2","3"]"#);
    }
    until("the row left", || desk.list.total.get_untracked().value == 2).await;
    assert_eq!(desk.list.position_of(&"1".into()), Some(1));
    until("refetched", || desk.conversation(&"3".into()).get_untracked().is_some_and(|it| it.unread == 5))
        .await;
    assert!(server.count("GET /api/v1/conversations/3/messages") > threads, "the open thread too");
    pause(100).await;
    assert_eq!(lists(), before + 1, "twenty events, one question");
    drop(thread);
    desk.stop();
}

/// A row that was active the later the higher its number.
fn active_in_order(id: &u32) -> String {
    let at = format!("T{:02}:{:02}:00Z\"}}", 10 + id / 60, id % 60);
    conversation(*id, 0, 0).replace("T09:00:00Z\"}", &at)
}

#[wasm_bindgen_test]
async fn further_down_the_view_is_found_again_after_rows_above_it_left() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let gone = Rc::new(Cell::new(0_usize));
    let left = gone.clone();
    server.on("GET", "/conversations", move |request: &Request| {
        let number = |name: &str| {
            let part = request.url.split(['?', '&']).find_map(|part| part.strip_prefix(name));
            part.and_then(|value| value.parse::<usize>().ok()).unwrap_or_default()
        };
        let (offset, limit) = (number("offset="), number("limit="));
        let all: Vec<u32> = (0..500).rev().skip(left.get()).collect();
        let rows: Vec<_> = all.iter().skip(offset).take(limit).map(active_in_order).collect();
        Ok((
            200,
            page(&rows).replace(&format!("\"value\":{}", rows.len()), &format!("\"value\":{}", all.len())),
        ))
    });
    let desk = desk(&server, &storage).await;
    desk.list.show(Filter::default(), Sort::Activity);
    until("rows", || desk.list.phase.get_untracked() == Phase::Ready).await;
    desk.list.set_at_top(false);
    desk.list.ensure(300, 320);
    until("far rows", || desk.list.id_at(310).is_some()).await;
    let seen = desk.list.id_at(310).unwrap();
    gone.set(200);
    tell(&server, "conversations.changed", r#""ids":["499","498"]"#);
    until("shorter", || desk.list.total.get_untracked().value == 300).await;
    assert_eq!(desk.list.position_of(&seen), Some(110));
    desk.stop();
}

#[wasm_bindgen_test]
async fn a_desk_for_settings_asks_for_no_conversations_and_no_jobs() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk_for(Work::Settings, &server, &storage).await;
    until("names", || desk.lookups.with_untracked(|lookups| lookups.loaded)).await;
    let event = format!(
        "id: 5\nevent: conversation.changed\ndata: {{\"type\":\"conversation.changed\",\"conversation\":{},\"changed\":[]}}\n\n",
        conversation(1, 40, 2).replace('\n', " ")
    );
    let counted = server.count("GET /api/v1/conversations/counts");
    server.stream.borrow_mut().push_back(event.into_bytes());
    until("counted again", || server.count("GET /api/v1/conversations/counts") > counted).await;
    let asked = server.asked.borrow().join("\n");
    assert!(!asked.contains("/bulk") && !asked.contains("/messages"), "{asked}");
    assert!(
        !asked.lines().any(|line| line.split('?').next() == Some("GET /api/v1/conversations")),
        "{asked}"
    );
    assert!(desk.conversation(&"1".into()).get_untracked().is_none());
    desk.stop();
}

#[wasm_bindgen_test]
async fn where_settings_are_looked_at_a_saved_one_is_asked_for_again() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let after = Rc::new(Cell::new(86_400));
    let now = after.clone();
    server.on("GET", "/teams", move |_| {
        let timing = format!(r#"{{"after_s":{},"window_s":null}}"#, now.get());
        Ok((200, format!(r#"{{"items":[{{"id":"t1","name":"Ventas","campaign":"c1","timing":{timing}}}]}}"#)))
    });
    let desk = desk_for(Work::Settings, &server, &storage).await;
    let shown =
        || desk.lookups.with_untracked(|lookups| lookups.teams.first().and_then(|team| team.timing?.after_s));
    until("teams", || shown() == Some(86_400)).await;
    after.set(604_800);
    let event = b"id: 6\nevent: timing.changed\ndata: {\"type\":\"timing.changed\",\"team\":\"t1\"}\n\n";
    server.stream.borrow_mut().push_back(event.to_vec());
    until("the new value", || shown() == Some(604_800)).await;
    desk.stop();
}

#[wasm_bindgen_test]
async fn names_that_do_not_come_say_why_and_come_when_asked_for_again() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let up = Rc::new(Cell::new(false));
    let is_up = up.clone();
    server.on("GET", "/lines", move |_| {
        if !is_up.get() {
            return Ok((500, r#"{"title":"no","status":500,"code":"internal"}"#.to_owned()));
        }
        Ok((200, r#"{"items":[]}"#.to_owned()))
    });
    let desk = desk_for(Work::Settings, &server, &storage).await;
    until("the reason", || desk.lookups_failed.with_untracked(Option::is_some)).await;
    assert!(!desk.lookups.with_untracked(|lookups| lookups.loaded));
    up.set(true);
    desk.reload_lookups();
    assert!(desk.lookups_failed.with_untracked(Option::is_none));
    until("names", || desk.lookups.with_untracked(|lookups| lookups.loaded)).await;
    desk.stop();
}
