//! A server, a storage and a clock that do as a test says.

#![allow(
    clippy::panic,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a stand-in for tests, of which each uses a part"
)]

use bandeja_browser::doors::{BrowserClock, Doors, FetchTransport};
use bandeja_browser::{Desk, DeskConfig, SessionState, Work};
use bandeja_client::traits::{
    Bytes, Clock, Local, Opened, Request, Response, Storage, StorageError, Transport, TransportError,
};
use bandeja_contract::headers;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

type Answer = Box<dyn Fn(&Request) -> Result<(u16, String), TransportError>>;

/// Answers by the ending of the path; what no answer is given for is 404.
#[derive(Default)]
pub struct FakeServer {
    answers: RefCell<Vec<(&'static str, &'static str, Answer)>>,
    pub asked: RefCell<Vec<String>>,
    /// From behind which event each stream was asked for; empty: from now on.
    pub streams: RefCell<Vec<String>>,
    pub stream: Rc<RefCell<VecDeque<Vec<u8>>>>,
}

impl FakeServer {
    pub fn on(
        &self,
        method: &'static str,
        path: &'static str,
        answer: impl Fn(&Request) -> Result<(u16, String), TransportError> + 'static,
    ) {
        self.answers.borrow_mut().insert(0, (method, path, Box::new(answer)));
    }

    pub fn count(&self, line: &str) -> usize {
        self.asked.borrow().iter().filter(|asked| asked.starts_with(line)).count()
    }
}

/// The transport of a fake server.
pub struct FakeTransport(pub Rc<FakeServer>);

impl Transport for FakeTransport {
    fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>> {
        let server = self.0.clone();
        Box::pin(async move {
            BrowserClock.sleep(1).await;
            let path = request.url.split('?').next().unwrap_or("").to_owned();
            server.asked.borrow_mut().push(format!("{} {}", request.method.as_str(), request.url));
            let answers = server.answers.borrow();
            let fits = |method: &str, end: &str| request.method.as_str() == method && path.ends_with(end);
            let answer = answers.iter().find(|(method, end, _)| fits(method, end));
            let (status, body) = match answer {
                Some((_, _, answer)) => answer(&request)?,
                None => (404, r#"{"title":"no","status":404,"code":"not_found"}"#.to_owned()),
            };
            Ok(Response { status, retry_after_s: None, body: body.into_bytes() })
        })
    }

    fn open(&self, request: Request) -> Local<'static, Result<Opened, TransportError>> {
        let after = request.headers.iter().find(|(name, _)| *name == headers::LAST_EVENT_ID);
        self.0.streams.borrow_mut().push(after.map(|(_, id)| id.clone()).unwrap_or_default());
        let stream = FakeStream(self.0.stream.clone());
        Box::pin(async move { Ok(Opened { status: 200, body: Box::new(stream) }) })
    }
}

struct FakeStream(Rc<RefCell<VecDeque<Vec<u8>>>>);

impl Bytes for FakeStream {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(async move {
            loop {
                if let Some(piece) = self.0.borrow_mut().pop_front() {
                    return Some(piece);
                }
                BrowserClock.sleep(5).await;
            }
        })
    }
}

/// A storage in memory that can be full.
#[derive(Default)]
pub struct FakeStorage {
    pub texts: RefCell<BTreeMap<String, String>>,
    pub full: Cell<bool>,
}

impl Storage for FakeStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.texts.borrow().get(key).cloned()
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        if self.full.get() {
            return Err(StorageError::Full);
        }
        self.texts.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) {
        self.texts.borrow_mut().remove(key);
    }
    fn keys(&self, prefix: &str) -> Vec<String> {
        self.texts.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect()
    }
}

pub fn session_of(user: &str) -> String {
    format!(
        r#"{{"user":{{"id":"{user}","name":"Ana","email":"ana@example.com","role":"agent","campaigns":[],
        "teams":["t1"],"availability":"online"}},"closing_forms":{{}},"server_time":"2026-01-05T10:00:00Z"}}"#
    )
}

pub fn conversation(id: u32, minute: u32, unread: u32) -> String {
    format!(
        r#"{{"id":"{id}","version":1,"status":"assigned","channel":"whatsapp","line":"l1","campaign":"c1",
        "team":"t1","owner":"u1","contact":{{"id":"k{id}","name":"Contacto {id}","address":"+52"}},
        "unread":{unread},"created_at":"2026-01-05T09:00:00Z","last_activity_at":"2026-01-05T09:{minute:02}:00Z"}}"#
    )
}

pub fn page(rows: &[String]) -> String {
    format!(r#"{{"items":[{}],"total":{{"value":{},"exact":true}}}}"#, rows.join(","), rows.len())
}

/// A server at which `u1` is signed in, with three conversations.
pub fn server() -> Rc<FakeServer> {
    let server = Rc::new(FakeServer::default());
    server.on("GET", "/session", |_| Ok((200, session_of("u1"))));
    server.on("GET", "/conversations", |_| {
        Ok((200, page(&[conversation(3, 30, 0), conversation(2, 20, 0), conversation(1, 10, 0)])))
    });
    server.on("GET", "/counts", |_| Ok((200, r#"{"views":{}}"#.to_owned())));
    for list in ["/users", "/teams", "/lines", "/tags", "/categories", "/campaigns"] {
        server.on("GET", list, |_| Ok((200, r#"{"items":[]}"#.to_owned())));
    }
    server.on("GET", "/messages", |_| Ok((200, r#"{"items":[]}"#.to_owned())));
    server
}

/// A desk at that server, signed in.
pub async fn desk(server: &Rc<FakeServer>, storage: &Rc<FakeStorage>) -> Desk {
    desk_for(Work::Inbox, server, storage).await
}

/// The same for other work.
pub async fn desk_for(work: Work, server: &Rc<FakeServer>, storage: &Rc<FakeStorage>) -> Desk {
    desk_with(DeskConfig { work, ..DeskConfig::default() }, server, storage).await
}

/// The same with other settings.
pub async fn desk_with(config: DeskConfig, server: &Rc<FakeServer>, storage: &Rc<FakeStorage>) -> Desk {
    desk_through(doors(server, storage), config).await
}

/// Doors to that server, which share nothing.
pub fn doors(server: &Rc<FakeServer>, storage: &Rc<FakeStorage>) -> Doors {
    Doors {
        transport: Rc::new(FakeTransport(server.clone())),
        storage: storage.clone(),
        clock: Rc::new(BrowserClock),
        shares_stream: false,
    }
}

/// A desk that goes through these doors, signed in.
pub async fn desk_through(doors: Doors, config: DeskConfig) -> Desk {
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let desk = Desk::start_with(config, doors);
    until("signed in", || matches!(desk.session.get_untracked(), SessionState::SignedIn(_))).await;
    desk
}

/// Waits until it is so, for two seconds at most.
pub async fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..200 {
        if so() {
            return;
        }
        BrowserClock.sleep(10).await;
    }
    panic!("never: {what}");
}

pub async fn pause(ms: u32) {
    BrowserClock.sleep(ms).await;
}

pub fn fetch() -> FetchTransport {
    FetchTransport::default()
}
