//! The two settings of a team: reading and saving them, and what they would do.

use super::actions::decided;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::ApiResult;
use crate::store::change::Decided;
use crate::store::timing::{self, simulate};
use crate::store::{Refusal, StoreError};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use bandeja_contract::{Problem, SaveTiming, Simulation, etag};
use bandeja_model::TeamId;
use bandeja_model::timing::SavedTiming;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(settings, save)).routes(routes!(simulation))
}

/// A team's two settings
///
/// For super admins, and for admins of the team's campaign.
#[utoipa::path(get, path = "/teams/{id}/timing", tag = "settings",
    params(("id" = String, Path, description = "The team")),
    responses(
        (status = 200, description = "As they are now", body = SavedTiming, headers(("ETag" = String, description = "Their quoted version"))),
        (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be known", body = Problem, content_type = "application/problem+json"),
    ))]
async fn settings(
    State(app): State<AppState>,
    caller: Caller,
    Path(team): Path<TeamId>,
) -> ApiResult<impl IntoResponse> {
    let mut reader = app.store.snapshot().await?;
    let team = timing::team_of(&mut reader, &caller.actor, &team).await?;
    let saved = timing::load(&mut reader, team.key).await?;
    Ok((tagged(&saved), Json(saved)))
}

/// Save a team's two settings
///
/// Both at once. What was read may be sent back with changes: its `version` is taken where `If-Match` is
/// missing. `timing.changed` tells of it.
#[utoipa::path(put, path = "/teams/{id}/timing", tag = "settings", request_body = SaveTiming,
    params(
        ("id" = String, Path, description = "The team"),
        ("If-Match" = Option<String>, Header, description = "The quoted version that was read"),
    ),
    responses(
        (status = 200, description = "As they are now", body = SavedTiming, headers(("ETag" = String, description = "Their quoted version"))),
        (status = 400, description = "A field is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be known", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else saved meanwhile; the problem carries the members of StaleTiming besides", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "Neither If-Match nor a version was sent", body = Problem, content_type = "application/problem+json"),
    ))]
async fn save(
    State(app): State<AppState>,
    caller: Caller,
    Path(team): Path<TeamId>,
    headers: HeaderMap,
    Json(sent): Json<SaveTiming>,
) -> ApiResult<impl IntoResponse> {
    let read = sent.version.map(|version| Decided::On(Some(version)));
    let decided = decided(&headers).or(read).unwrap_or(Decided::Unknown);
    let mut tx = app.store.begin().await?;
    let saved = timing::save(&mut tx, &caller.actor, &team, &sent, decided, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    app.sweeps.now();
    Ok((tagged(&saved), Json(saved)))
}

/// Say what settings of a team would do
///
/// Counted over live data, by the rules that act once they are saved: what would close now and before the
/// installation's day ends, and whom the contacts who came back in the last 30 days would have met. Above
/// 100,000 rows, and with a farewell message, a part of them is looked at; then `exact` is false.
#[utoipa::path(post, path = "/teams/{id}/timing/simulate", tag = "settings", request_body = SaveTiming,
    params(("id" = String, Path, description = "The team")),
    responses(
        (status = 200, description = "What they would do", body = Simulation),
        (status = 400, description = "A value is out of its range", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it may not be known", body = Problem, content_type = "application/problem+json"),
    ))]
async fn simulation(
    State(app): State<AppState>,
    caller: Caller,
    Path(team): Path<TeamId>,
    Json(sent): Json<SaveTiming>,
) -> ApiResult<Json<Simulation>> {
    let now = app.clock.now();
    let at = simulate::Moments { now, tonight: app.settings.tonight(now) };
    let mut reader = app.store.snapshot().await.map_err(Refusal::from)?;
    Ok(Json(simulate::simulate(&mut reader, &caller.actor, &team, &sent, at).await?))
}

fn tagged(saved: &SavedTiming) -> AppendHeaders<Option<(HeaderName, HeaderValue)>> {
    AppendHeaders(HeaderValue::from_str(&etag(saved.version)).ok().map(|value| (header::ETAG, value)))
}
