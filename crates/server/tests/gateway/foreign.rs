//! A small foreign API: tickets of its own shape, tokens, and a list that differs by user.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The API, running; ends when dropped.
pub(crate) struct Foreign {
    pub(crate) url: String,
    state: Shared,
    runtime: Option<Runtime>,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    messages: Vec<Value>,
    expired: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap()
    }
}

impl Foreign {
    pub(crate) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let state = Shared::default();
        let routes = Router::new()
            .route("/api/login", post(login))
            .route("/api/me", get(me))
            .route("/api/tickets", get(tickets))
            .route("/api/sorted", get(sorted))
            .route("/api/tickets/{id}", get(ticket))
            .route("/api/tickets/{id}/messages", get(messages).post(write))
            .with_state(state.clone());
        let address = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(async move { axum::serve(listener, routes).await });
            address
        });
        Self { url: format!("http://{address}"), state, runtime: Some(runtime) }
    }

    /// No token is good any more.
    pub(crate) fn expire_all(&self) {
        self.state.lock().expired = true;
    }

    /// The texts written to it.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.state.lock().messages.clone();
        texts.iter().map(|message| message["text"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// JSON as an answer.
struct Json(Value);

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0.to_string()).into_response()
    }
}

/// The user of a token `token-NAME`.
fn user(headers: &HeaderMap, state: &Shared) -> Result<String, Response> {
    let sent = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = sent.strip_prefix("Token token-").filter(|_| !state.lock().expired);
    name.map(str::to_owned).ok_or_else(|| {
        (StatusCode::UNAUTHORIZED, Json(json!({ "detail": "Invalid token." }))).into_response()
    })
}

async fn login(sent: String) -> Response {
    let sent: Value = serde_json::from_str(&sent).unwrap();
    if sent["password"] != "tamarindo" {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "detail": "Wrong password." }))).into_response();
    }
    Json(json!({ "token": format!("token-{}", sent["name"].as_str().unwrap()) })).into_response()
}

async fn me(State(state): State<Shared>, headers: HeaderMap) -> Result<Json, Response> {
    let name = user(&headers, &state)?;
    Ok(Json(json!({ "id": name, "name": name, "mail": format!("{name}@mini.test") })))
}

fn of(id: &str, owner: &str) -> Value {
    let at = if id.ends_with('1') { "2026-01-02T03:04:05Z" } else { "2026-01-01T03:04:05Z" };
    json!({ "id": id, "state": "open", "at": at, "who": "Rosa", "owner": owner })
}

async fn tickets(State(state): State<Shared>, headers: HeaderMap) -> Result<Json, Response> {
    let name = user(&headers, &state)?;
    Ok(Json(
        json!({ "items": [of(&format!("{name}-1"), &name), of(&format!("{name}-2"), &name)], "count": 2 }),
    ))
}

/// An open and a done one, filtered by `state`, which takes several with commas between them.
async fn sorted(RawQuery(query): RawQuery) -> Json {
    let query = query.unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("state=")).unwrap_or_default();
    let asked: Vec<&str> = asked.split("%2C").flat_map(|part| part.split(',')).collect();
    let all = ["open", "done"].into_iter().filter(|state| asked == [""] || asked.contains(state));
    let items: Vec<Value> = all
        .map(|state| {
            let mut one = of(state, "ana");
            one["state"] = state.into();
            one
        })
        .collect();
    Json(json!({ "count": items.len(), "items": items }))
}

async fn ticket(
    State(state): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json, Response> {
    let name = user(&headers, &state)?;
    if id == "forever" || id.starts_with(&name) {
        return Ok(Json(of(&id, &name)));
    }
    Err((StatusCode::NOT_FOUND, Json(json!({ "detail": "Not found." }))).into_response())
}

async fn messages(State(state): State<Shared>, headers: HeaderMap) -> Result<Json, Response> {
    user(&headers, &state)?;
    let written = state.lock().messages.clone();
    let first = json!({ "id": "1", "text": "Hola", "at": "2026-01-02T03:04:05Z", "mine": false });
    Ok(Json(std::iter::once(first).chain(written).collect()))
}

async fn write(State(state): State<Shared>, headers: HeaderMap, sent: String) -> Result<Json, Response> {
    let name = user(&headers, &state)?;
    let sent: Value = serde_json::from_str(&sent).unwrap();
    let mut inside = state.lock();
    let id = (inside.messages.len() + 2).to_string();
    let message =
        json!({ "id": id, "text": sent["text"], "at": "2026-01-02T04:00:00Z", "mine": true, "by": name });
    inside.messages.push(message.clone());
    Ok(Json(message))
}
