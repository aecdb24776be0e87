//! Several desks of one browser, and the event stream they have in common.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod common;

use bandeja_browser::doors::{BrowserClock, Doors};
use bandeja_browser::{Desk, DeskConfig, SessionState};
use bandeja_client::traits::{Clock, Local};
use bandeja_model::Timestamp;
use common::{FakeServer, FakeStorage, desk_through, doors, pause, server, session_of, until};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{BroadcastChannel, MessageEvent};

wasm_bindgen_test_configure!(run_in_browser);

/// A desk at that address, which no other test has.
async fn desk(server: &Rc<FakeServer>, site: &str) -> Desk {
    desk_with(server, site, Rc::new(BrowserClock)).await
}

async fn desk_with(server: &Rc<FakeServer>, site: &str, clock: Rc<dyn Clock>) -> Desk {
    let config = DeskConfig { api_base: site.into(), ..DeskConfig::default() };
    let doors = Doors { shares_stream: true, clock, ..doors(server, &Rc::new(FakeStorage::default())) };
    desk_through(doors, config).await
}

/// A clock on which waiting takes next to no time.
struct Hasty;

impl Clock for Hasty {
    fn now(&self) -> Timestamp {
        BrowserClock.now()
    }

    fn sleep(&self, ms: u32) -> Local<'static, ()> {
        BrowserClock.sleep(ms / 50)
    }

    fn random(&self) -> u64 {
        BrowserClock.random()
    }
}

/// Tells of a job that has done so much.
fn tell(server: &FakeServer, id: u32, done: u32) {
    let job = format!(
        r#"{{"id":"j1","action":"close","by":"u1","state":"running","matched":10,"done":{done},"skipped":0,"failed":0,"started_at":"2026-01-05T10:00:00Z"}}"#
    );
    let event =
        format!("id: {id}\nevent: bulk.progress\ndata: {{\"type\":\"bulk.progress\",\"job\":{job}}}\n\n");
    server.stream.borrow_mut().push_back(event.into_bytes());
}

async fn hears(desk: &Desk, done: u64) {
    until("heard", || desk.jobs.with_untracked(|jobs| jobs.first().is_some_and(|job| job.done == done)))
        .await;
}

#[wasm_bindgen_test]
async fn desks_of_one_user_hold_one_stream_and_all_hear_what_it_says() {
    let server = server();
    let one = desk(&server, "https://one.test").await;
    until("a stream", || server.streams.borrow().len() == 1).await;
    let other = desk(&server, "https://one.test").await;
    tell(&server, 5, 3);
    hears(&one, 3).await;
    hears(&other, 3).await;
    assert_eq!(*server.streams.borrow(), [""]);
    one.stop();
    other.stop();
}

#[wasm_bindgen_test]
async fn when_the_one_that_holds_it_goes_the_next_goes_on_from_what_was_heard_last() {
    let server = server();
    let one = desk(&server, "https://next.test").await;
    until("a stream", || server.streams.borrow().len() == 1).await;
    let (other, third) = (desk(&server, "https://next.test").await, desk(&server, "https://next.test").await);
    tell(&server, 7, 3);
    hears(&other, 3).await;
    one.stop();
    until("the next stream", || server.streams.borrow().len() == 2).await;
    assert_eq!(*server.streams.borrow(), ["", "7"]);
    tell(&server, 8, 4);
    hears(&other, 4).await;
    hears(&third, 4).await;
    assert_eq!(server.streams.borrow().len(), 2);
    other.stop();
    third.stop();
}

#[wasm_bindgen_test]
async fn who_comes_later_and_has_heard_nothing_asks_for_what_is_shown_once_more() {
    let server = server();
    let one = desk(&server, "https://late.test").await;
    until("a stream", || server.streams.borrow().len() == 1).await;
    tell(&server, 5, 3);
    hears(&one, 3).await;
    let counted = || server.count("GET https://late.test/api/v1/bulk");
    let before = counted();
    let other = desk(&server, "https://late.test").await;
    until("caught up", || counted() > before).await;
    one.stop();
    until("the next stream", || server.streams.borrow().len() == 2).await;
    assert_eq!(*server.streams.borrow(), ["", "5"], "it was told how far the stream was");
    other.stop();
}

#[wasm_bindgen_test]
async fn users_and_narrower_sights_have_streams_of_their_own() {
    let (anas, betos, narrow) = (server(), server(), server());
    betos.on("GET", "/session", |_| Ok((200, session_of("u2"))));
    let session = session_of("u1").replacen('{', r#"{"scopes":{"lines":["1"]},"#, 1);
    narrow.on("GET", "/session", move |_| Ok((200, session.clone())));
    let (ana, beto, embedded) = (
        desk(&anas, "https://apart.test").await,
        desk(&betos, "https://apart.test").await,
        desk(&narrow, "https://apart.test").await,
    );
    for server in [&anas, &betos, &narrow] {
        until("a stream", || server.streams.borrow().len() == 1).await;
    }
    tell(&anas, 5, 3);
    hears(&ana, 3).await;
    pause(50).await;
    for desk in [&beto, &embedded] {
        assert!(desk.jobs.with_untracked(Vec::is_empty));
    }
    for desk in [ana, beto, embedded] {
        desk.stop();
    }
}

#[wasm_bindgen_test]
async fn a_session_that_is_over_is_each_ones_own() {
    let server = server();
    let one = desk(&server, "https://over.test").await;
    until("a stream", || server.streams.borrow().len() == 1).await;
    let channel = BroadcastChannel::new("bandeja:https://over.test:u1:stream:w\0").unwrap();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let noted = heard.clone();
    let listening = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        noted.borrow_mut().push(event.data().as_string().unwrap());
    });
    channel.set_onmessage(Some(listening.as_ref().unchecked_ref()));
    channel.post_message(&JsValue::from_str("?")).unwrap();
    until("answered", || !heard.borrow().is_empty()).await;
    assert_eq!(*heard.borrow(), ["+"]);
    let event = b"id: 6\nevent: session.expired\ndata: {\"type\":\"session.expired\"}\n\n";
    server.stream.borrow_mut().push_back(event.to_vec());
    until("ended", || !one.session.with_untracked(|state| matches!(state, SessionState::SignedIn(_)))).await;
    pause(50).await;
    assert!(!heard.borrow().iter().any(|said| said.contains("expired")), "{:?}", heard.borrow());
    channel.close();
    one.stop();
}

#[wasm_bindgen_test]
async fn one_that_holds_the_lock_and_hangs_holds_up_nobody() {
    let locks = js_sys::Reflect::get(&web_sys::window().unwrap().navigator(), &"locks".into()).unwrap();
    let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into()).unwrap().into();
    let for_ever = Closure::once_into_js(|| js_sys::Promise::new(&mut |_, _| {}));
    let _hanging =
        request.call2(&locks, &"bandeja:https://hangs.test:u1:stream:w\0".into(), &for_ever).unwrap();
    let server = server();
    let one = desk_with(&server, "https://hangs.test", Rc::new(Hasty)).await;
    until("a stream of its own", || server.streams.borrow().len() == 1).await;
    tell(&server, 5, 3);
    hears(&one, 3).await;
    one.stop();
}
