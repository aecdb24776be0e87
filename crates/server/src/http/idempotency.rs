//! `Idempotency-Key`: a repeated changing call is answered as the first time, for 24 hours and per
//! user. A repeat that comes while the first still runs waits for it.

use super::caller::Caller;
use super::problem::{ApiError, from_panic};
use super::{csrf, limits};
use crate::app::AppState;
use crate::secret;
use crate::store::idempotency::{self, Kept};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bandeja_contract::headers::IDEMPOTENCY_KEY;
use http_body_util::BodyExt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Longest key, in bytes.
pub const KEY_BYTES: usize = 128;

/// The headers of an answer that are kept with it.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

type Turn = Arc<tokio::sync::Mutex<()>>;

/// Calls with a key that run right now, by user and key.
#[derive(Debug, Default)]
pub struct Running(Mutex<HashMap<(i64, String), Turn>>);

impl Running {
    fn turn(&self, id: &(i64, String)) -> Turn {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(id.clone()).or_default().clone()
    }

    /// Forgets the turn of `id` if nobody else waits for it.
    fn leave(&self, id: &(i64, String), turn: Turn) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(turn);
        if all.get(id).is_some_and(|turn| Arc::strong_count(turn) == 1) {
            all.remove(id);
        }
    }
}

/// Answers repeats, and keeps first answers. Calls without the header, and those that nobody is
/// signed in for, pass.
pub async fn remember(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else { return next.run(request).await };
    if csrf::is_safe(request.method()) {
        return next.run(request).await;
    }
    let Some(caller) = request.extensions().get::<Caller>().cloned() else { return next.run(request).await };
    let key = match value.to_str() {
        Ok(key) if (1..=KEY_BYTES).contains(&key.len()) => key.to_owned(),
        _ => {
            let words = format!("A key has 1 to {KEY_BYTES} visible ASCII characters.");
            return ApiError::invalid(IDEMPOTENCY_KEY, "too_long", words).into_response();
        }
    };
    // A task of its own: a caller who hangs up in between must not keep the answer from being kept.
    let task = tokio::spawn(async move { once(&app, &caller, key, request, next).await });
    match task.await {
        Ok(answer) => answer.unwrap_or_else(IntoResponse::into_response),
        Err(error) => from_panic(error.try_into_panic().unwrap_or_else(|_| Box::new("a task was stopped"))),
    }
}

async fn once(
    app: &AppState,
    caller: &Caller,
    key: String,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    caller.check(&parts)?;
    let body = limits::read(body).await?;
    let request_hash = hash(caller, &parts, &body)?;
    let id = (caller.key, key);
    let turn = app.running.turn(&id);
    let guard = turn.clone().lock_owned().await;
    let answer = answer(app, &id, request_hash, Request::from_parts(parts, Body::from(body)), next).await;
    drop(guard);
    app.running.leave(&id, turn);
    answer
}

async fn answer(
    app: &AppState,
    (user, key): &(i64, String),
    request_hash: String,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let mut reader = app.store.read().await?;
    let kept = idempotency::find(&mut reader, *user, key, app.clock.now()).await?;
    drop(reader);
    if let Some(kept) = kept {
        return if kept.request_hash == request_hash { unpack(&kept) } else { Err(ApiError::key_reused()) };
    }
    let (parts, body) = next.run(request).await.into_parts();
    let body = body.collect().await.map_err(|_| ApiError::internal())?.to_bytes();
    if is_kept(parts.status) {
        let kept = pack(parts.status, &parts.headers, &body, request_hash);
        let mut tx = app.store.begin().await?;
        idempotency::keep(&mut tx, *user, key, &kept, app.clock.now()).await?;
        tx.commit().await.map_err(crate::store::StoreError::from)?;
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Answers that another try may change are not kept.
fn is_kept(status: StatusCode) -> bool {
    let retried = [StatusCode::PRECONDITION_FAILED, StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS];
    !status.is_server_error() && !retried.contains(&status)
}

/// What tells calls apart. A narrowed session's are others than the user's own: they may be answered otherwise.
fn hash(caller: &Caller, parts: &axum::http::request::Parts, body: &Bytes) -> Result<String, ApiError> {
    let scopes = &caller.actor.scopes;
    let path = parts.uri.path_and_query().map(axum::http::uri::PathAndQuery::as_str).unwrap_or_default();
    let call: [&[u8]; 3] = [parts.method.as_str().as_bytes(), path.as_bytes(), body];
    if scopes.is_everything() {
        return Ok(secret::hash_parts(&call));
    }
    let scopes = serde_json::to_vec(scopes).map_err(|_| ApiError::internal())?;
    let [method, path, body] = call;
    Ok(secret::hash_parts(&[method, path, body, &scopes]))
}

/// Headers, a line for each, then an empty line, then the body.
fn pack(status: StatusCode, headers: &HeaderMap, body: &Bytes, request_hash: String) -> Kept {
    let mut text = String::new();
    for name in KEPT_HEADERS {
        if let Some(value) = headers.get(&name).and_then(|value| value.to_str().ok()) {
            text.push_str(name.as_str());
            text.push(':');
            text.push_str(value);
            text.push('\n');
        }
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(body));
    Kept { request_hash, status: status.as_u16(), body: text }
}

fn unpack(kept: &Kept) -> Result<Response, ApiError> {
    let (head, body) = kept.body.split_once("\n\n").unwrap_or_else(|| ("", kept.body.trim_start()));
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = StatusCode::from_u16(kept.status).map_err(|_| ApiError::internal())?;
    for (name, value) in head.lines().filter_map(|line| line.split_once(':')) {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_answer_comes_back_with_its_etag_and_body() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ETAG, HeaderValue::from_static("\"7\""));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let body = Bytes::from_static(b"{\"text\":\"a\\n\\nb\"}\n\n");
        let kept = pack(StatusCode::CREATED, &headers, &body, String::new());
        let response = unpack(&kept).unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(response.headers()["etag"], "\"7\"");
        let empty = pack(StatusCode::NO_CONTENT, &HeaderMap::new(), &Bytes::new(), String::new());
        assert_eq!(empty.body, "\n");
        assert_eq!(unpack(&empty).unwrap().status(), StatusCode::NO_CONTENT);
    }

    #[test]
    fn what_another_try_may_change_is_not_kept() {
        for status in [401, 412, 429, 500, 503] {
            assert!(!is_kept(StatusCode::from_u16(status).unwrap()), "{status}");
        }
        for status in [200, 201, 204, 400, 403, 404, 409, 422] {
            assert!(is_kept(StatusCode::from_u16(status).unwrap()), "{status}");
        }
    }
}
