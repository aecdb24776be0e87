//! The desk where a host page signs its users in: sessions live on tokens, and some things are switched off.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod common;

use bandeja_browser::{Desk, DeskConfig, SessionState, SignedOutReason};
use bandeja_contract::Capability;
use bandeja_contract::NewMessageKind::Reply;
use common::{FakeServer, FakeStorage, desk_with, pause, server, session_of, until};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn desk(server: &Rc<FakeServer>, storage: &Rc<FakeStorage>) -> Desk {
    let config =
        DeskConfig { api_base: "https://inbox.test".into(), by_tokens: true, ..DeskConfig::default() };
    desk_with(config, server, storage).await
}

fn signed_in(desk: &Desk) -> Option<String> {
    desk.session.with_untracked(|state| match state {
        SessionState::SignedIn(session) => Some(session.user.id.to_string()),
        _ => None,
    })
}

fn say_that_it_expired(server: &FakeServer) {
    let event = b"event: session.expired\ndata: {\"type\":\"session.expired\"}\n\n";
    server.stream.borrow_mut().push_back(event.to_vec());
}

#[wasm_bindgen_test]
async fn an_expired_token_ends_no_session_while_there_is_a_newer_one() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    let sessions = || server.count("GET https://inbox.test/api/v1/session");
    until("signed in", || sessions() == 1).await;
    say_that_it_expired(&server);
    until("asked again", || sessions() == 2).await;
    pause(50).await;
    assert_eq!(signed_in(&desk).as_deref(), Some("u1"));
    desk.stop();
}

#[wasm_bindgen_test]
async fn without_a_newer_one_it_ends_and_goes_on_when_there_is_one_at_last() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    let draft = desk.draft(&"1".into(), Reply);
    draft.set("a medias".into());
    server.on("GET", "/session", |_| Ok((401, String::new())));
    say_that_it_expired(&server);
    until("ended", || desk.session.get_untracked() == SessionState::SignedOut(SignedOutReason::Expired))
        .await;
    server.on("GET", "/session", |_| Ok((200, session_of("u1"))));
    desk.resume();
    until("back", || signed_in(&desk).is_some()).await;
    assert_eq!(draft.get_untracked(), "a medias");
    desk.stop();
}

#[wasm_bindgen_test]
async fn leaving_wipes_what_was_typed_and_asks_the_server_nothing() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    desk.draft(&"1".into(), Reply).set("secreto".into());
    until("stored", || !storage.texts.borrow().is_empty()).await;
    desk.leave();
    assert!(storage.texts.borrow().is_empty());
    assert_eq!(signed_in(&desk), None);
    assert_eq!(server.count("DELETE"), 0);
    desk.stop();
}

#[wasm_bindgen_test]
async fn what_a_host_page_switches_off_is_off_until_it_switches_it_on_again() {
    let (server, storage) = (server(), Rc::new(FakeStorage::default()));
    let desk = desk(&server, &storage).await;
    let is_off = |name: &str| {
        desk.session.with_untracked(|state| match state {
            SessionState::SignedIn(session) => session.capabilities.get(name).is_some_and(|it| !it.on),
            _ => false,
        })
    };
    let off = Capability { on: false, reason: None };
    desk.limit(BTreeMap::from([("close".to_owned(), off)]));
    assert!(is_off("close") && !is_off("assign"));
    desk.resume();
    pause(50).await;
    assert!(is_off("close"), "also after the session was asked for again");
    desk.limit(BTreeMap::new());
    assert!(!is_off("close"));
    desk.stop();
}
