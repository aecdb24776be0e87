//! A client for tests: one way to be signed in, any call, the answer as JSON.

use super::Stream;
use serde_json::Value;
use std::time::Duration;
use ureq::http::{HeaderMap, Request};
use ureq::{Agent, Body};

/// A client; cloning shares its connections.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as JSON; null if it is empty, text if it is something else.
    pub body: Value,
}

impl Answer {
    /// A header, empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The problem's code.
    pub fn code(&self) -> &str {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        assert_eq!(self.body["status"], self.status);
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The fields a problem names, with their codes.
    pub fn fields(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fields = self.body["fields"].as_array().cloned().unwrap_or_default();
        fields.iter().map(|field| (text(&field["field"]), text(&field["code"]))).collect()
    }
}

impl Client {
    /// The agent without the cookies it was given: what a client sends is what it was made with.
    fn forgetful(&self) -> &Agent {
        self.agent.cookie_jar_lock().clear();
        &self.agent
    }

    /// A client that nobody is signed in with.
    pub fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            // A connection that the server lets go while it is taken up again would fail a test by chance.
            .max_idle_connections(0)
            .build();
        Self { agent: config.into(), base: format!("{url}/api/v1"), headers: Vec::new() }
    }

    /// The same with one more header on every call.
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same with a bearer token.
    pub fn with_bearer(&self, token: &str) -> Self {
        self.with_header("Authorization", &format!("Bearer {token}"))
    }

    /// The same with a session cookie and the CSRF header that belongs to it.
    pub fn with_cookie(&self, cookie: &str, csrf: &str) -> Self {
        self.with_header("Cookie", cookie).with_header("X-Bandeja-CSRF", csrf)
    }

    /// The same without a header.
    pub fn without_header(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        other
    }

    /// `GET`, with a path behind `/api/v1`.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// `POST` of JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(("application/json", serde_json::to_vec(body).unwrap())))
    }

    /// `POST` without a body.
    pub fn post_nothing(&self, path: &str) -> Answer {
        self.send("POST", path, None)
    }

    /// `PUT` of JSON.
    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, Some(("application/json", serde_json::to_vec(body).unwrap())))
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None)
    }

    /// Any call; the body with its media type.
    pub fn send(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        // Places outside the API are named with their whole address.
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = match body {
            Some((kind, bytes)) => {
                self.forgetful().run(request.header("Content-Type", kind).body(bytes).unwrap())
            }
            None => self.forgetful().run(request.body(()).unwrap()),
        };
        let (parts, mut body): (_, Body) = response.unwrap().into_parts();
        let text = body.read_to_string().unwrap();
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text.clone()))
        };
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Opens the event stream, from the beginning or behind an event.
    pub fn events(&self, after: Option<&str>) -> Stream {
        let mut request = Request::builder().method("GET").uri(format!("{}/events", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(after) = after {
            request = request.header("Last-Event-ID", after);
        }
        let response = self.forgetful().run(request.body(()).unwrap()).unwrap();
        assert_eq!(response.status(), 200);
        Stream::new(response.into_body())
    }
}
