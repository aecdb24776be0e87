//! The settings of a line: who takes its conversations, and its automatic menu.

use super::actions::decided;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::ApiResult;
use crate::store::change::Decided;
use crate::store::{StoreError, lines};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use bandeja_contract::{LineSettings, Problem, SaveLine, etag};
use bandeja_model::LineId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(settings, save))
}

/// A line's settings
///
/// For super admins, and for admins of the line's campaign.
#[utoipa::path(get, path = "/lines/{id}", tag = "settings",
    params(("id" = String, Path, description = "The line")),
    responses(
        (status = 200, description = "As they are now", body = LineSettings, headers(("ETag" = String, description = "Their quoted version"))),
        (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be known", body = Problem, content_type = "application/problem+json"),
    ))]
async fn settings(
    State(app): State<AppState>,
    caller: Caller,
    Path(line): Path<LineId>,
) -> ApiResult<impl IntoResponse> {
    let settings = lines::settings(&mut *app.store.read().await?, &caller.actor, &line).await?;
    Ok((tagged(&settings), Json(settings)))
}

/// Set a line
///
/// If it gets another team, its conversations that were not given to a team by somebody follow: a few at
/// once, all others within moments; `conversations.changed` tells of each.
#[utoipa::path(put, path = "/lines/{id}", tag = "settings", request_body = SaveLine,
    params(
        ("id" = String, Path, description = "The line"),
        ("If-Match" = String, Header, description = "The quoted version that was read"),
    ),
    responses(
        (status = 200, description = "As they are now", body = LineSettings, headers(("ETag" = String, description = "Their quoted version"))),
        (status = 400, description = "A field is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be known", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else saved meanwhile; the problem carries the members of StaleLine besides", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    ))]
async fn save(
    State(app): State<AppState>,
    caller: Caller,
    Path(line): Path<LineId>,
    headers: HeaderMap,
    Json(sent): Json<SaveLine>,
) -> ApiResult<impl IntoResponse> {
    let decided = decided(&headers).unwrap_or(Decided::Unknown);
    let mut tx = app.store.begin().await?;
    let saved = lines::save(&mut tx, &caller.actor, &line, &sent, decided, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    app.follows.now();
    Ok((tagged(&saved), Json(saved)))
}

fn tagged(settings: &LineSettings) -> AppendHeaders<Option<(HeaderName, HeaderValue)>> {
    AppendHeaders(HeaderValue::from_str(&etag(settings.version)).ok().map(|value| (header::ETAG, value)))
}
