//! Taking an action back.

use super::conversations::tagged;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::ApiResult;
use crate::store::{StoreError, undo};
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bandeja_contract::{Changed, Problem};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(take_back))
}

/// Take an action back
///
/// For who acted, once, within 15 seconds, and only if nothing happened since.
#[utoipa::path(post, path = "/undo/{token}", tag = "conversations",
    params(("token" = String, Path, description = "From the answer to the action")),
    responses(
        (status = 200, description = "As it was", body = Changed, headers(("ETag" = String, description = "Its quoted version"))),
        (status = 404, description = "There is no such action of the caller's", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Used, too late, or something happened since", body = Problem, content_type = "application/problem+json"),
    ))]
async fn take_back(
    State(app): State<AppState>,
    caller: Caller,
    Path(token): Path<String>,
) -> ApiResult<impl IntoResponse> {
    let mut tx = app.store.begin().await?;
    let changed = undo::take_back(&mut tx, &caller.actor, &token, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    Ok((tagged(&changed.conversation), Json(changed)))
}
