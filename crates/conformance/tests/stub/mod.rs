//! A small server that answers a part of the contract by the model's own rules, and lets a test break it: each
//! call goes to the test first, and what it leaves alone is answered rightly.

use bandeja_contract::{Page, Total};
use bandeja_model::{Conversation, Filter, Sort, Viewer};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

type Rows = Arc<Mutex<Vec<Value>>>;

/// A call as it came.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: String,
    headers: Vec<(String, String)>,
    rows: Rows,
}

impl Call {
    /// A header, empty if it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// The same with another query.
    pub(crate) fn with_query(&self, query: String) -> Self {
        Self { query, ..self.clone() }
    }

    /// Conversation 1.
    pub(crate) fn row(&self) -> Value {
        self.rows.lock().unwrap()[0].clone()
    }

    /// Changes conversation 1.
    pub(crate) fn set(&self, field: &str, value: &Value) {
        self.rows.lock().unwrap()[0][field] = value.clone();
    }
}

/// What is answered.
pub(crate) struct Reply {
    status: u16,
    kind: &'static str,
    body: String,
    headers: Vec<(&'static str, String)>,
    /// Parts of an answer without end, each after so many milliseconds.
    parts: Option<Vec<(u64, &'static str)>>,
    hangs: bool,
}

impl Reply {
    pub(crate) fn new(status: u16, kind: &'static str, body: &str) -> Self {
        Self { status, kind, body: body.to_owned(), headers: Vec::new(), parts: None, hangs: false }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", &body.to_string())
    }

    /// Never answers.
    pub(crate) fn hang() -> Self {
        Self { hangs: true, ..Self::new(200, "", "") }
    }

    /// An event stream that stays open.
    pub(crate) fn stream(parts: &[(u64, &'static str)]) -> Self {
        Self { parts: Some(parts.to_vec()), ..Self::new(200, "text/event-stream", "") }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A running server. Its threads end with the test's process.
pub(crate) struct Stub {
    pub(crate) url: String,
    calls: Arc<AtomicUsize>,
}

impl Stub {
    pub(crate) fn start(broken: impl Fn(&Call) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(AtomicUsize::new(0));
        let (counted, broken) = (calls.clone(), Arc::new(broken));
        let rows: Rows = Arc::new(Mutex::new((0..12).map(row).collect()));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (counted, broken, rows) = (counted.clone(), broken.clone(), rows.clone());
                thread::spawn(move || {
                    let Some(call) = read(&connection, rows) else { return };
                    counted.fetch_add(1, Ordering::Relaxed);
                    let reply = broken(&call).unwrap_or_else(|| right(&call));
                    write(connection, &reply);
                });
            }
        });
        Self { url, calls }
    }

    /// How many calls came.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

fn read(connection: &TcpStream, rows: Rows) -> Option<Call> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let mut call = Call { method, path, query, body: String::new(), headers, rows };
    let mut body = vec![0; call.header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    call.body = String::from_utf8(body).ok()?;
    Some(call)
}

fn write(mut connection: TcpStream, reply: &Reply) {
    if reply.hangs {
        thread::park();
    }
    let length = if reply.parts.is_some() {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", reply.body.len())
    };
    let mut extra = String::new();
    for (name, value) in &reply.headers {
        extra.push_str(&[name, ": ", value, "\r\n"].concat());
    }
    let head = format!(
        "HTTP/1.1 {} Said\r\nContent-Type: {}\r\n{length}{extra}Connection: close\r\n\r\n",
        reply.status, reply.kind
    );
    // Who asks may have hung up.
    let _ = connection.write_all(head.as_bytes());
    let _ = connection.write_all(reply.body.as_bytes());
    if let Some(parts) = &reply.parts {
        for (after, text) in parts {
            thread::sleep(Duration::from_millis(*after));
            let _ = connection.write_all(text.as_bytes());
        }
        thread::park();
    }
}

fn row(place: u32) -> Value {
    let at = format!("2026-01-{:02}T10:00:00Z", place + 1);
    json!({
        "id": (place + 1).to_string(), "version": 3, "status": "assigned", "archived": false,
        "channel": if place.is_multiple_of(3) { "email" } else { "webchat" },
        "line": "1", "campaign": "1", "team": "1", "owner": "1",
        "contact": { "id": place.to_string(), "name": "Ana", "address": "ana@example.test" },
        "tags": [], "priority": "none", "unread": place % 2, "last_message": null,
        "created_at": at, "last_activity_at": at,
    })
}

/// The session, where the call is for it.
pub(crate) fn session(call: &Call) -> Option<Value> {
    let forms =
        json!({ "description": "required", "category": "off", "subcategory": "off", "summary": "off" });
    let user = json!({
        "id": "1", "name": "Ana", "email": "ana@example.test", "role": "super_admin", "campaigns": [],
        "teams": ["1"], "availability": "online"
    });
    let is_it = call.path.ends_with("/session") && call.header("authorization").contains("secret");
    is_it.then(|| {
        json!({
            "user": user, "capabilities": {}, "closing_forms": { "": { "close": forms, "cancel": forms } },
            "server_time": "2026-02-01T00:00:00Z",
        })
    })
}

/// A page of the list, where the call is for one.
pub(crate) fn page(call: &Call) -> Option<Value> {
    if !call.path.ends_with("/conversations") && !call.path.ends_with("/conversations/query") {
        return None;
    }
    let (mut filter, mut sort, mut limit, mut from) = (Vec::new(), Sort::Activity, 50, 0);
    let body: Value = serde_json::from_str(&call.body).unwrap_or_default();
    let text = |name: &str| body[name].as_str().map(|it| format!("&sort={it}")).unwrap_or_default();
    let posted = format!(
        "{}{}&limit={}",
        body["filter"].as_str().unwrap_or_default(),
        text("sort"),
        body["limit"].as_u64().unwrap_or(50)
    );
    let query = if call.method == "POST" { &posted } else { &call.query };
    for part in query.split('&') {
        match part.split_once('=').unwrap_or((part, "")) {
            ("limit", value) => limit = value.parse().ok()?,
            ("offset" | "cursor", value) => from = value.parse().ok()?,
            ("sort", value) => sort = Sort::from_code(value)?,
            _ => filter.push(part),
        }
    }
    let filter = Filter::parse(&filter.join("&")).ok()?;
    let viewer = Viewer {
        id: "1".into(),
        teams: ["1".into()].into(),
        now: "2026-02-01T00:00:00Z".parse().unwrap(),
        utc_offset_s: 0,
    };
    let rows = call.rows.lock().unwrap();
    let rows = rows.iter().map(|row| serde_json::from_value::<Conversation>(row.clone()).unwrap());
    let mut rows: Vec<_> = rows.filter(|row| filter.matches(row, &viewer)).collect();
    rows.sort_by(|a, b| sort.compare(a, b));
    let value = rows.len() as u64;
    let end = from + limit;
    let next = (end < rows.len()).then(|| end.to_string());
    let items: Vec<_> = rows.into_iter().skip(from).take(limit).collect();
    serde_json::to_value(Page { items, total: Total { value, exact: true }, next, prev: None, partial: None })
        .ok()
}

/// What is answered where the test leaves it alone.
fn right(call: &Call) -> Reply {
    if let Some(answer) = session(call).or_else(|| page(call)) {
        return Reply::json(200, &answer);
    }
    let rows = call.rows.lock().unwrap().clone();
    let id = call.path.strip_prefix("/api/v1/conversations/");
    if let Some(row) = rows.iter().find(|row| row["id"].as_str() == id) {
        return Reply::json(200, row).with("ETag", &format!("\"{}\"", row["version"]));
    }
    if call.path.ends_with("/events") {
        return Reply::stream(&[(0, ": ready\n\n")]);
    }
    Reply::new(404, "application/problem+json", r#"{"title":"Not found","status":404,"code":"not_found"}"#)
}
