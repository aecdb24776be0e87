//! Which other sites' pages may call the API: those of live API keys, and those the installation names. They
//! come with a token of their own; cookies of ours are never taken from them. Files are no business of this.

use super::caller;
use super::problem::ApiError;
use crate::app::AppState;
use crate::store::{StoreError, api_keys};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bandeja_contract::paths::BASE;

/// Every method of the contract.
const METHODS: &str = "GET, POST, PUT, DELETE";
/// Every header the contract gives a meaning that a page may send.
const HEADERS: &str = "Authorization, Content-Type, If-Match, Idempotency-Key, Last-Event-ID, X-Bandeja-CSRF";
/// Headers of answers that a page of another site may read besides the ordinary ones.
const EXPOSED: &str = "ETag, Retry-After";
/// How long a browser may remember the answer, in seconds: a revoked key's site is told again soon.
const REMEMBERED_S: &str = "600";

/// Answers what browsers ask before a call, and says on every answer of the API whether the page that
/// called may read it.
pub async fn share(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
        return next.run(request).await;
    }
    let asked = match caller::origin(request.headers()).map(str::to_owned) {
        Some(origin) => match is_allowed(&app, &origin).await {
            Ok(allowed) => Some((origin, allowed)),
            Err(error) => return ApiError::from(error).into_response(),
        },
        None => None,
    };
    let is_question = *request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match &asked {
        Some((origin, allowed)) if is_question => preflight(origin, *allowed),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some((origin, true)) = asked {
        admit(headers, &origin);
    }
    response
}

async fn is_allowed(app: &AppState, origin: &str) -> Result<bool, StoreError> {
    if app.settings.allow_origins.iter().any(|allowed| allowed.as_str() == origin) {
        return Ok(true);
    }
    api_keys::is_origin(&mut *app.store.read().await?, origin).await
}

fn preflight(origin: &str, allowed: bool) -> Response {
    if !allowed {
        return ApiError::origin(Some(origin)).into_response();
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(HEADERS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED_S));
    response
}

fn admit(headers: &mut HeaderMap, origin: &str) {
    if let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    }
}
