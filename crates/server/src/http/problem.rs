//! Errors as the caller sees them: RFC 9457 problems. Owns which error has which status and code;
//! what failed inside is logged and never told.

use crate::store::StoreError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bandeja_contract::problem::{MEDIA_TYPE, code};
use bandeja_contract::{FieldProblem, Problem, SignInWay};
use bandeja_model::filter::FilterError;
use bandeja_model::permission::{Action, Denial, NoSettings, SETTINGS};
use bandeja_model::{Conversation, Status};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// What a handler answers with when it cannot do what was asked.
#[derive(Debug)]
pub struct ApiError {
    problem: Box<Problem>,
    /// Members that only this kind of problem has.
    members: Map<String, Value>,
    header: Option<(HeaderName, HeaderValue)>,
}

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A problem of that status, code and words.
    pub fn new(status: StatusCode, code: &str, title: &str, detail: impl Into<String>) -> Self {
        let problem = Box::new(Problem::new(status.as_u16(), code, title, detail));
        Self { problem, members: Map::new(), header: None }
    }

    /// 400: one field of the body or query is wrong.
    pub fn invalid(field: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        let (field, message) = (field.into(), message.into());
        Self::invalid_fields(vec![FieldProblem { field, code: code.to_owned(), message }])
    }

    /// 400: several fields are wrong.
    pub fn invalid_fields(fields: Vec<FieldProblem>) -> Self {
        let detail = fields.first().map(|first| first.message.clone()).unwrap_or_default();
        let mut error = Self::new(StatusCode::BAD_REQUEST, code::INVALID, "Something sent is wrong", detail);
        error.problem.fields = fields;
        error
    }

    /// 400: the filter cannot be read; `field` is what is named for it.
    pub fn invalid_filter(field: &str, error: &FilterError) -> Self {
        let mut problem = Self::invalid(field, error.fault.code(), error.to_string());
        code::INVALID_FILTER.clone_into(&mut problem.problem.code);
        "The filter cannot be read".clone_into(&mut problem.problem.title);
        problem
    }

    /// 401: nobody is signed in, or the token is over.
    pub fn unauthenticated() -> Self {
        let detail = "Sign in, or send a valid bearer token.";
        Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHENTICATED, "Not signed in", detail)
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// The same, saying how one signs in where that is not by mail address and password.
    #[must_use]
    pub fn with_sign_in(mut self, way: Option<SignInWay>) -> Self {
        self.problem.sign_in = way;
        self
    }

    /// 401: name or password is wrong; which of them is not said.
    pub fn wrong_credentials() -> Self {
        let detail = "The mail address or the password is wrong.";
        Self::new(StatusCode::UNAUTHORIZED, code::WRONG_CREDENTIALS, "Wrong credentials", detail)
    }

    /// 401: the signature of a gateway's call is missing or wrong, or there is no such line.
    pub fn signature() -> Self {
        let detail = "The call is not signed with the secret of the line.";
        Self::new(StatusCode::UNAUTHORIZED, code::SIGNATURE, "Not signed", detail)
    }

    /// 403: a cookie call without its CSRF header.
    pub fn csrf() -> Self {
        let detail = "Changing calls by cookie must carry the X-Bandeja-CSRF header of the session.";
        Self::new(StatusCode::FORBIDDEN, code::CSRF, "CSRF header missing or wrong", detail)
    }

    /// 401: a call for back ends without a good API key.
    pub fn api_key() -> Self {
        let detail = "Send a valid API key as the bearer token.";
        Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHENTICATED, "No API key", detail)
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// 403: a call from a page that may not make it, or from none where one is needed.
    pub fn origin(page: Option<&str>) -> Self {
        let detail = match page {
            Some(page) => format!("Pages of {page} are not among the origins that may do this here."),
            None => "The call names no origin, and its API key does not let programs in.".to_owned(),
        };
        Self::new(StatusCode::FORBIDDEN, code::ORIGIN, "Not from here", detail)
    }

    /// 403: an API key in a page, where everybody can read it.
    pub fn key_in_page() -> Self {
        let detail = "An API key belongs in a back end: no page may send it.";
        Self::new(StatusCode::FORBIDDEN, code::ORIGIN, "Not from here", detail)
    }

    /// 403: seen, but not the caller's to change.
    pub fn forbidden(permission: &str) -> Self {
        let detail = format!("The permission “{permission}” is missing.");
        let mut error = Self::new(StatusCode::FORBIDDEN, code::FORBIDDEN, "Not permitted", detail);
        error.problem.permission = Some(permission.to_owned());
        error
    }

    /// 403: the installation switched the feature off, for this reason (P5).
    pub fn feature_off(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code::FEATURE_OFF, "Not offered here", reason)
    }

    /// 404: a back end named somebody who is no active user.
    pub fn no_such_user() -> Self {
        let detail = "There is no active user with this mail address.";
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "No such user", detail)
    }

    /// 404: does not exist, or may not be seen (P4).
    pub fn not_found() -> Self {
        let detail = "There is nothing here, or it may not be seen.";
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "Not found", detail)
    }

    /// 409: the state of the conversation does not admit the action (P7, P11).
    pub fn state(status: Status) -> Self {
        let detail = format!("A conversation in the state “{}” does not admit this.", status.code());
        Self::new(StatusCode::CONFLICT, code::STATE, "Not in this state", detail)
    }

    /// 409: it is so already.
    pub fn already_so() -> Self {
        Self::new(StatusCode::CONFLICT, code::ALREADY_SO, "Already so", "It is so already.")
    }

    /// 409: the undo is refused, because it was used or comes too late (P16).
    pub fn undo_over() -> Self {
        let detail = "It was taken back already, or the time to do so is over.";
        Self::new(StatusCode::CONFLICT, code::UNDO_OVER, "Cannot be taken back", detail)
    }

    /// 409: the undo is refused, because something happened since (P16).
    pub fn undo_changed(current: Conversation) -> Self {
        let detail = "Something happened to the conversation since.";
        Self::new(StatusCode::CONFLICT, code::UNDO_CHANGED, "Changed since", detail).with_current(current)
    }

    /// 409: a job does not stand where this can be done.
    pub fn job_state(detail: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code::STATE, "Not in this state", detail)
    }

    /// 409: no conversation would change (P21).
    pub fn nothing_to_do() -> Self {
        let detail = "No conversation would change.";
        Self::new(StatusCode::CONFLICT, code::NOTHING_TO_DO, "Nothing to do", detail)
    }

    /// 410: the preview is too old, or was started already (P21).
    pub fn preview_over() -> Self {
        let detail = "The preview is too old, or was started already: make a new one.";
        Self::new(StatusCode::GONE, code::PREVIEW_OVER, "Preview over", detail)
    }

    /// 412: the conversation changed meanwhile (P18).
    pub fn stale(current: Conversation) -> Self {
        let detail = "The conversation changed meanwhile; it is here as it is now.";
        Self::new(StatusCode::PRECONDITION_FAILED, code::STALE, "Changed meanwhile", detail)
            .with_current(current)
    }

    /// 412: settings changed meanwhile (P18); `current` has a member that holds them as they are.
    pub fn stale_settings(current: &impl Serialize) -> Self {
        let detail = "Somebody else saved meanwhile; the settings are here as they are now.";
        let mut error = Self::new(StatusCode::PRECONDITION_FAILED, code::STALE, "Changed meanwhile", detail);
        if let Ok(Value::Object(members)) = serde_json::to_value(current) {
            error.members = members;
        }
        error
    }

    /// 413: the body is larger than the limit.
    pub fn too_large(limit_bytes: usize) -> Self {
        let detail = format!("A body may have {limit_bytes} bytes at most.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "Body too large", detail)
    }

    /// 415: the body is not JSON.
    pub fn media_type() -> Self {
        let detail = "The body must be application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code::MEDIA_TYPE, "Wrong media type", detail)
    }

    /// 422: the same key came with another call.
    pub fn key_reused() -> Self {
        let detail = "This Idempotency-Key was used for another call.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::KEY_REUSED, "Key used before", detail)
    }

    /// 428: `If-Match` is required.
    pub fn version_required() -> Self {
        let detail = "Send If-Match with the quoted version the action was decided on.";
        Self::new(StatusCode::PRECONDITION_REQUIRED, code::VERSION_REQUIRED, "If-Match required", detail)
    }

    /// 429: come back in `retry_after_s` seconds.
    pub fn rate_limited(retry_after_s: u64) -> Self {
        let detail = format!("Too many calls; come back in {retry_after_s} s.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, code::RATE_LIMITED, "Too many calls", detail)
            .with_header(header::RETRY_AFTER, HeaderValue::from(retry_after_s))
    }

    /// 500: the server failed. What failed belongs in the log, by the caller of this.
    pub fn internal() -> Self {
        let detail = "The server failed; nothing is known to have changed.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL, "Server failure", detail)
    }

    /// 503: the server cannot take the call right now.
    pub fn unavailable() -> Self {
        let detail = "The server is busy; try again in a moment.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code::UNAVAILABLE, "Busy", detail)
            .with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What the body will say.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    fn with_current(mut self, current: Conversation) -> Self {
        self.problem.current = Some(Box::new(current));
        self
    }

    fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some((name, value));
        self
    }

    /// The problem for a status that a library chose.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => {
                let detail = "This path does not know the method.";
                Self::new(status, code::METHOD_NOT_ALLOWED, "Method not allowed", detail)
            }
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(bandeja_model::limits::BODY_BYTES),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::media_type(),
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable(),
            status if status.is_server_error() => Self::internal(),
            status => Self::new(status, code::INVALID, "Something sent is wrong", "The call cannot be read."),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.problem.status, self.problem.code)
    }
}

impl std::error::Error for ApiError {}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let told = Told { problem: &self.problem, members: &self.members };
        let body = serde_json::to_vec(&told).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some((name, value)) = self.header {
            headers.insert(name, value);
        }
        response
    }
}

/// The body: the problem and its own members side by side.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    problem: &'a Problem,
    #[serde(flatten)]
    members: &'a Map<String, Value>,
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
        Self::internal()
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotFound | Denial::NotPermitted(Action::See) => Self::not_found(),
            Denial::NotPermitted(action) => Self::forbidden(action.code()),
            Denial::State(status) => Self::state(status),
            Denial::AlreadySo => Self::already_so(),
        }
    }
}

impl From<NoSettings> for ApiError {
    fn from(none: NoSettings) -> Self {
        match none {
            NoSettings::NotFound => Self::not_found(),
            NoSettings::NotPermitted => Self::forbidden(SETTINGS),
        }
    }
}

impl From<FilterError> for ApiError {
    fn from(error: FilterError) -> Self {
        Self::invalid_filter(&error.field, &error)
    }
}

/// Turns errors that the framework answered in plain text (no such method, a path that is not UTF-8)
/// into problems.
pub async fn normalise(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_ours = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == MEDIA_TYPE);
    if is_ours || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut problem = ApiError::of_status(status).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    problem
}

/// What a panic in a handler is answered with; the panic itself goes to the log.
pub fn from_panic(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = words, "a handler panicked");
    ApiError::internal().into_response()
}

#[cfg(test)]
mod tests;
