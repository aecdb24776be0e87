//! An engine over the small help desk, and calls to it as the app makes them.

use crate::desk::{Desk, start};
use crate::time::{Shelf, Time};
use bandeja_client::sse::{SseEvent, SseParser};
use bandeja_client::traits::{Bytes, Local, Method, Request};
use bandeja_connector::backend::Abilities;
use bandeja_connector::facade::{Answer, AnswerBody, Engine};
use bandeja_connector::host::{Door, DoorError, Got, Host, Secrets, Sent, Zones};
use bandeja_contract::{headers, paths};
use bandeja_model::{Conversation, ConversationId, Timestamp};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

struct NoDoor;

impl Door for NoDoor {
    fn send(&self, _: Sent) -> Local<'static, Result<Got, DoorError>> {
        Box::pin(async { Err(DoorError::Unreachable) })
    }

    fn cookie(&self, _: &str) -> Option<String> {
        None
    }
}

struct NoZones;

impl Zones for NoZones {
    fn offset_s(&self, _: &str, _: Timestamp) -> Option<i32> {
        None
    }
}

struct NoSecrets;

impl Secrets for NoSecrets {
    fn get(&self, _: &str) -> Option<String> {
        None
    }

    fn set(&self, _: &str, _: Option<String>) {}

    fn renew(&self, _: &str) -> Local<'static, Option<String>> {
        Box::pin(async { None })
    }
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Told {
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        self.json
    }

    /// Status and code of a problem.
    pub(crate) fn problem(&self) -> (u16, &str) {
        (self.status, self.json["code"].as_str().unwrap_or(""))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

pub(crate) struct World {
    pub(crate) desk: Rc<Desk>,
    pub(crate) time: Rc<Time>,
    pub(crate) shelf: Rc<Shelf>,
    pub(crate) engine: Engine,
    pool: RefCell<LocalPool>,
}

/// A waiting call.
pub(crate) struct Waiting(Rc<RefCell<Option<Answer>>>);

impl World {
    pub(crate) fn new(abilities: Abilities, rows: Vec<Conversation>) -> Self {
        let time = Rc::new(Time::new(start()));
        let desk = Rc::new(Desk::new(abilities, rows, time.clone()));
        let shelf = Rc::new(Shelf::default());
        let engine = engine(&desk, &time, &shelf);
        let world = Self { desk, time, shelf, engine, pool: RefCell::default() };
        world.pool.borrow().spawner().spawn_local(world.engine.run()).unwrap();
        world
    }

    /// The engine is gone without a word, and another begins over what it left.
    pub(crate) fn restart(&mut self) {
        *self.pool.borrow_mut() = LocalPool::new();
        self.time.pass(5_000);
        self.engine = engine(&self.desk, &self.time, &self.shelf);
        self.pool.borrow().spawner().spawn_local(self.engine.run()).unwrap();
    }

    /// Lets everything happen that needs no time.
    pub(crate) fn settle(&self) {
        self.pool.borrow_mut().run_until_stalled();
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.settle();
        self.time.pass(ms);
        self.settle();
    }

    pub(crate) fn begin(&self, request: Request) -> Waiting {
        let place = Rc::new(RefCell::new(None));
        let (slot, answer) = (place.clone(), self.engine.answer(request));
        let task = async move { *slot.borrow_mut() = Some(answer.await) };
        self.pool.borrow().spawner().spawn_local(task).unwrap();
        Waiting(place)
    }

    /// The answer, however long it takes.
    pub(crate) fn end(&self, waiting: &Waiting) -> Answer {
        for _ in 0..100_000 {
            self.settle();
            if let Some(answer) = waiting.0.borrow_mut().take() {
                return answer;
            }
            assert!(self.time.to_next(), "it waits for nothing");
        }
        panic!("no answer");
    }

    pub(crate) fn whole(&self, waiting: &Waiting) -> Told {
        let answer = self.end(waiting);
        let AnswerBody::Whole(body) = answer.body else { panic!("a stream") };
        let text = String::from_utf8(body).unwrap();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Told { status: answer.status, headers: answer.headers, text, json }
    }

    pub(crate) fn send(&self, request: Request) -> Told {
        self.whole(&self.begin(request))
    }

    pub(crate) fn get(&self, path: &str) -> Told {
        self.send(request(Method::Get, path, None))
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Told {
        self.send(request(Method::Post, path, Some(body)))
    }

    pub(crate) fn list(&self, query: &str) -> Value {
        self.get(&format!("{}?{query}", paths::CONVERSATIONS)).ok()
    }

    pub(crate) fn version(&self, id: &str) -> u64 {
        self.get(&paths::conversation(&ConversationId::new(id))).ok()["version"].as_u64().unwrap()
    }

    /// An action on the conversation as it is.
    pub(crate) fn act(&self, id: &str, act: &str, body: Value) -> Told {
        let version = self.version(id);
        self.act_at(id, act, body, version)
    }

    pub(crate) fn act_at(&self, id: &str, act: &str, body: Value, version: u64) -> Told {
        let put = matches!(act, "tags" | "priority");
        let path = paths::conversation_action(&ConversationId::new(id), act);
        let mut request = request(if put { Method::Put } else { Method::Post }, &path, Some(body));
        request.headers.push((headers::IF_MATCH, format!("\"{version}\"")));
        self.send(request)
    }

    pub(crate) fn listen(&self, after: Option<&str>) -> Listener {
        let mut request = request(Method::Get, paths::EVENTS, None);
        if let Some(after) = after {
            request.headers.push((headers::LAST_EVENT_ID, after.to_owned()));
        }
        let AnswerBody::Stream(mut body) = self.end(&self.begin(request)).body else { panic!("no stream") };
        let pieces = Rc::new(RefCell::new(Vec::new()));
        let into = pieces.clone();
        let task = async move {
            while let Some(piece) = next(&mut body).await {
                into.borrow_mut().push(piece);
            }
        };
        self.pool.borrow().spawner().spawn_local(task).unwrap();
        self.settle();
        Listener { pieces, parser: RefCell::default() }
    }
}

async fn next(body: &mut Box<dyn Bytes>) -> Option<Vec<u8>> {
    body.next().await
}

/// Somebody who listens to the event stream.
pub(crate) struct Listener {
    pub(crate) pieces: Rc<RefCell<Vec<Vec<u8>>>>,
    parser: RefCell<SseParser>,
}

impl Listener {
    /// The events since the last time.
    pub(crate) fn heard(&self) -> Vec<SseEvent> {
        let pieces = self.pieces.take();
        pieces.iter().flat_map(|piece| self.parser.borrow_mut().push(piece)).collect()
    }

    /// Their names.
    pub(crate) fn names(&self) -> Vec<String> {
        self.heard().into_iter().map(|event| event.name).collect()
    }
}

pub(crate) fn request(method: Method, path: &str, body: Option<Value>) -> Request {
    Request { method, url: path.to_owned(), headers: Vec::new(), body: body.map(|body| body.to_string()) }
}

pub(crate) fn keyed(mut request: Request, key: &str) -> Request {
    request.headers.push((headers::IDEMPOTENCY_KEY, key.to_owned()));
    request
}

fn engine(desk: &Rc<Desk>, time: &Rc<Time>, shelf: &Rc<Shelf>) -> Engine {
    let host = Host {
        door: Rc::new(NoDoor),
        clock: time.clone(),
        zones: Rc::new(NoZones),
        storage: shelf.clone(),
        secrets: Rc::new(NoSecrets),
        settings: BTreeMap::new(),
    };
    Engine::new(desk.clone(), host)
}

pub(crate) fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}
