//! The thread of a conversation: reading it, and writing replies and notes.

use super::conversations::seen;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::{ApiError, ApiResult};
use crate::store::lists::page_rows;
use crate::store::{StoreError, key, messages, thread};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use bandeja_contract::{MessagePage, NewMessage, Posted, Problem};
use bandeja_model::ConversationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list, post))
}

/// The thread, a page at a time
///
/// Begins with the newest page; entries stand oldest first; `prev` leads to older ones.
#[utoipa::path(get, path = "/conversations/{id}/messages", tag = "messages",
    params(
        ("id" = String, Path, description = "The conversation"),
        ("limit" = Option<u32>, Query, description = "Entries wanted, 50 unless told", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next` or `prev` of an earlier answer"),
    ),
    responses(
        (status = 200, description = "A page", body = MessagePage),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
    ))]
async fn list(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    RawQuery(raw): RawQuery,
) -> ApiResult<Json<MessagePage>> {
    let raw = raw.unwrap_or_default();
    let (mut limit, mut cursor) = (None, None);
    for (name, value) in
        raw.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, "")))
    {
        match name {
            "limit" => {
                let read =
                    value.parse().map_err(|_| ApiError::invalid(name, "type", "Must be a whole number."))?;
                limit = Some(read);
            }
            "cursor" => cursor = Some(value),
            _ => return Err(ApiError::invalid(name, "unknown", "There is no such parameter.")),
        }
    }
    let limit = page_rows(limit)?;
    let from = thread::From::read(cursor)?;
    let mut reader = app.store.snapshot().await?;
    let conversation = seen(&mut reader, &caller, &id).await?;
    let key = key(conversation.id.as_str()).ok_or_else(ApiError::not_found)?;
    Ok(Json(thread::page(&mut reader, key, from, limit).await?))
}

/// Write a reply or a note
///
/// A repeat with the same `client_id` is answered with the first message.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "messages", request_body = NewMessage,
    params(("id" = String, Path, description = "The conversation")),
    responses(
        (status = 201, description = "Written", body = Posted),
        (status = 400, description = "A field is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Its state does not admit it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The interaction window has ended", body = Problem, content_type = "application/problem+json"),
    ))]
async fn post(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Json(sent): Json<NewMessage>,
) -> ApiResult<impl IntoResponse> {
    let mut tx = app.store.begin().await?;
    let posted: Posted = messages::post(&mut tx, &caller.actor, &id, &sent, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    Ok((StatusCode::CREATED, Json(posted)))
}
