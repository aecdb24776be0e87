//! The ended episodes of a conversation.

use super::conversations::seen;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::ApiResult;
use crate::store::episodes;
use axum::extract::{Path, State};
use bandeja_contract::{All, Episode, Problem};
use bandeja_model::ConversationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(ended))
}

/// Ended episodes with their closing records
///
/// Newest first; closings that were undone are among them and marked.
#[utoipa::path(get, path = "/conversations/{id}/episodes", tag = "conversations",
    params(("id" = String, Path, description = "The conversation")),
    responses(
        (status = 200, description = "Episodes", body = All<Episode>),
        (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
    ))]
async fn ended(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<ConversationId>,
) -> ApiResult<Json<All<Episode>>> {
    let mut reader = app.store.snapshot().await?;
    let conversation = seen(&mut reader, &caller, &id).await?;
    let items = episodes::ended(&mut reader, &conversation.id).await?;
    Ok(Json(All { items }))
}
