//! A host in memory: a foreign API that is a function, a clock that jumps, secrets in a map.

use bandeja_client::traits::StorageError;
use bandeja_connector::backend::{Act, Backend, Done, Fault, ListAsk, Row, Rows};
use bandeja_connector::host::{
    Clock, Door, DoorError, Got, Host, Local, Secrets, Sent, SentBody, Storage, Zones,
};
use bandeja_connector::plan;
use bandeja_connector::run::Runner;
use bandeja_model::{Filter, Sort, Timestamp};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

pub(crate) type Reply = Result<Got, DoorError>;
type Foreign = Box<dyn FnMut(&Asked) -> Reply>;

/// A request as the foreign API sees it.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: SentBody,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        if let SentBody::Text { text, .. } = &self.body { text } else { "" }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(self.text()).unwrap_or(Value::Null)
    }

    /// The value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let query = self.line.split_once('?')?.1;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

pub(crate) struct World {
    foreign: RefCell<Foreign>,
    pub(crate) log: RefCell<Vec<Asked>>,
    pub(crate) secrets: RefCell<BTreeMap<String, String>>,
    pub(crate) fresh: RefCell<Vec<String>>,
    pub(crate) cookies: RefCell<BTreeMap<String, String>>,
    pub(crate) slept: RefCell<Vec<u32>>,
    pub(crate) running: Rc<Cell<(u32, u32)>>,
    now_ms: Cell<i64>,
}

impl World {
    /// Requests so far, as `METHOD /path?query`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.log.borrow().iter().map(|asked| asked.line.clone()).collect()
    }

    pub(crate) fn last(&self) -> Asked {
        self.log.borrow().last().cloned().unwrap()
    }
}

impl Door for World {
    fn send(&self, sent: Sent) -> Local<'static, Reply> {
        let path = sent.url.strip_prefix("https://desk.test").unwrap_or(&sent.url);
        let asked = Asked {
            line: format!("{} {path}", sent.method),
            headers: sent.headers.clone(),
            body: sent.body.clone(),
        };
        self.log.borrow_mut().push(asked.clone());
        let reply = (self.foreign.borrow_mut())(&asked);
        let running = Rc::clone(&self.running);
        let (now, most) = running.get();
        running.set((now + 1, most.max(now + 1)));
        let mut waited = false;
        Box::pin(async move {
            // Not at once, so that others can start meanwhile.
            std::future::poll_fn(|context| {
                if std::mem::replace(&mut waited, true) {
                    return Poll::Ready(());
                }
                context.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
            let (now, most) = running.get();
            running.set((now - 1, most));
            reply
        })
    }

    fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_millis(self.now_ms.get()).unwrap()
    }
    fn sleep(&self, ms: u32) -> Local<'static, ()> {
        self.slept.borrow_mut().push(ms);
        self.now_ms.set(self.now_ms.get() + i64::from(ms));
        Box::pin(async {})
    }
    fn random(&self) -> u64 {
        4
    }
}

/// Two hours ahead of UTC from April to September of 2026, one hour besides.
impl Zones for World {
    fn offset_s(&self, zone: &str, at: Timestamp) -> Option<i32> {
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        let summer = moment("2026-03-29T01:00:00Z")..moment("2026-10-25T01:00:00Z");
        (zone == "Europe/Madrid").then(|| if summer.contains(&at) { 7_200 } else { 3_600 })
    }
}

impl Storage for World {
    fn get(&self, _: &str) -> Option<String> {
        None
    }
    fn set(&self, _: &str, _: &str) -> Result<(), StorageError> {
        Ok(())
    }
    fn remove(&self, _: &str) {}
    fn keys(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

impl Secrets for World {
    fn get(&self, name: &str) -> Option<String> {
        self.secrets.borrow().get(name).cloned()
    }
    fn set(&self, name: &str, value: Option<String>) {
        match value {
            Some(value) => self.secrets.borrow_mut().insert(name.to_owned(), value),
            None => self.secrets.borrow_mut().remove(name),
        };
    }
    fn renew(&self, _: &str) -> Local<'static, Option<String>> {
        let fresh = self.fresh.borrow_mut().pop();
        Box::pin(async move { fresh })
    }
}

/// Polls to the end; everything here is ready after a few turns.
pub(crate) fn now<T>(mut future: Local<'_, T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("nothing goes on any more");
}

/// A help desk with little in it; `more` is merged over its file, objects key by key. Null takes a key away.
pub(crate) fn file(more: Value) -> Value {
    let mut file = json!({
        "connector": 1,
        "name": "acme",
        "settings": {"base_url": {"about": "Where it is", "default": "https://desk.test/api"}},
        "maps": {"status": {"1": "new", "2": "in_progress", "3": "closed", "4": "closed"}},
        "transport": {"base": "{{$settings.base_url}}"},
        "auth": {
            "header": {"name": "Authorization", "value": "Token {{$secret.token}}"},
            "me": {"fixed": {"id": "1", "name": "Ana", "email": "ana@desk.test"}}
        },
        "list": {
            "call": {"get": "/tickets/"},
            "items": ".results",
            "total": ".count",
            "paging": {"page": "page"},
            "size": {"param": "size", "max": 2},
            "filters": {"status": {"query": {"status": "{{[$values[] | all_status[]] | join(\",\")}}"}}}
        },
        "conversation": {
            "call": "GET /tickets/{{$args.id}}/",
            "fields": {
                "id": ".id", "status": ".status | from_status", "created_at": ".created", "contact.email": ".email",
                "owner": ".owner", "tags": ".tags // []"
            }
        }
    });
    merge(&mut file, more);
    file
}

fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                if value.is_null() {
                    into.remove(&key);
                } else if ["call", "paging"].contains(&key.as_str()) {
                    into.insert(key, value);
                } else {
                    merge(into.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (into, more) => *into = more,
    }
}

pub(crate) fn read(file: &Value) -> plan::Plan {
    plan::read("acme.json", &serde_json::to_string_pretty(file).unwrap())
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// A runner of the file with `more` in it, in front of `foreign`.
pub(crate) fn desk(more: Value, foreign: impl FnMut(&Asked) -> Reply + 'static) -> (Runner, Rc<World>) {
    run(read(&file(more)), foreign)
}

pub(crate) fn run(plan: plan::Plan, foreign: impl FnMut(&Asked) -> Reply + 'static) -> (Runner, Rc<World>) {
    let world = Rc::new(World {
        foreign: RefCell::new(Box::new(foreign)),
        log: RefCell::default(),
        secrets: RefCell::new([("token".to_owned(), "t1".to_owned())].into()),
        fresh: RefCell::default(),
        cookies: RefCell::default(),
        slept: RefCell::default(),
        running: Rc::default(),
        now_ms: Cell::new(1_795_000_000_000),
    });
    let host = Host {
        door: Rc::<World>::clone(&world),
        clock: Rc::<World>::clone(&world),
        zones: Rc::<World>::clone(&world),
        storage: Rc::<World>::clone(&world),
        secrets: Rc::<World>::clone(&world),
        settings: BTreeMap::new(),
    };
    (Runner::new(plan, host), world)
}

pub(crate) fn got(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    Ok(Got {
        status,
        redirected: false,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: body.into(),
    })
}

pub(crate) fn ok(body: Value) -> Reply {
    status(200, body)
}

pub(crate) fn status(status: u16, body: Value) -> Reply {
    got(status, "application/json", body.to_string())
}

pub(crate) fn with_header(reply: Reply, name: &str, value: &str) -> Reply {
    reply.map(|mut got| {
        got.headers.push((name.to_owned(), value.to_owned()));
        got
    })
}

pub(crate) fn ticket(id: u64, status: u64) -> Value {
    json!({"id": id, "status": status, "created": 1_790_000_000 + id, "email": "c@x.test", "owner": null, "tags": []})
}

/// The first page of a list with that filter.
pub(crate) fn list(runner: &Runner, filter: &str) -> Result<Rows, Fault> {
    list_at(runner, filter, None, Sort::Activity)
}

pub(crate) fn list_at(runner: &Runner, filter: &str, at: Option<String>, sort: Sort) -> Result<Rows, Fault> {
    now(runner.list(ListAsk { filter: Filter::parse(filter).unwrap(), sort, at, size: 50 }))
}

/// All pages of a list, the ids of each.
pub(crate) fn pages(runner: &Runner, filter: &str, sort: Sort) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut at = None;
    while pages.len() < 20 {
        let rows = list_at(runner, filter, at, sort).unwrap();
        pages.push(ids(&rows));
        at = rows.next;
        if at.is_none() {
            break;
        }
    }
    pages
}

pub(crate) fn ids(rows: &Rows) -> Vec<String> {
    rows.items.iter().map(|row| row.conversation.id.to_string()).collect()
}

pub(crate) fn act(runner: &Runner, id: &str, act: Act, from: Option<Row>) -> Result<Done, Fault> {
    now(runner.act(id.into(), act, from))
}

pub(crate) fn one(runner: &Runner, id: &str) -> Row {
    now(runner.one(id.into())).unwrap()
}

pub(crate) fn close() -> Act {
    Act::Close(Box::default())
}
