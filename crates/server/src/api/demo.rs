//! Moving the clock of a demo server, so that rules about time can be seen in seconds.

use crate::app::AppState;
use crate::http::json::Json;
use crate::http::problem::{ApiError, ApiResult};
use crate::store::StoreError;
use crate::store::lookups::settings;
use axum::extract::State;
use bandeja_contract::{AdvanceClock, Clock};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Furthest one call goes, in seconds: ten years.
const MOST_S: u64 = 10 * 366 * 86_400;
/// Furthest the clock can be ahead in all, in milliseconds: a hundred years.
const MOST_MS: i64 = 100 * 366 * 86_400_000;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(advance))
}

/// Move the clock forward
///
/// On demo servers only; elsewhere the path does not exist.
#[utoipa::path(post, path = "/demo/clock", tag = "demo", security(()), request_body = AdvanceClock, responses(
    (status = 200, description = "The server's time now", body = Clock),
))]
async fn advance(State(app): State<AppState>, Json(sent): Json<AdvanceClock>) -> ApiResult<Json<Clock>> {
    if sent.advance_s > MOST_S {
        return Err(ApiError::invalid("advance_s", "too_large", format!("At most {MOST_S} seconds.")));
    }
    let by_ms = i64::try_from(sent.advance_s).unwrap_or(i64::MAX).saturating_mul(1_000);
    // Under the writer's lock, so that two calls add up.
    let mut tx = app.store.begin().await?;
    let ahead_ms = app.clock.offset_ms().saturating_add(by_ms);
    if ahead_ms > MOST_MS {
        return Err(ApiError::invalid("advance_s", "too_large", "The clock is far enough ahead already."));
    }
    settings::set_clock_offset_ms(&mut tx, ahead_ms).await?;
    app.clock.set_offset_ms(ahead_ms);
    tx.commit().await.map_err(StoreError::from)?;
    app.nudge.now();
    app.sweeps.now();
    Ok(Json(Clock { now: app.clock.now() }))
}
