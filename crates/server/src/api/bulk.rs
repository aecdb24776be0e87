//! Many at a time: preview, job, items.

mod receipt;

use super::conversations::eyes;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::{ApiError, ApiResult};
use crate::store::bulk::items::{self, Wanted};
use crate::store::bulk::job::{self, Job, Stage};
use crate::store::bulk::{orders, preview};
use crate::store::lists::page_rows;
use crate::store::lookups::settings;
use crate::store::{StoreError, Tx};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bandeja_contract::{All, BulkItemPage, BulkJob, BulkPreview, PreviewBulk, Problem, StartBulk, paths};
use bandeja_model::{BulkReason, ItemResult};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The name of the feature among the capabilities (P5).
const FEATURE: &str = "bulk";

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list, start))
        .routes(routes!(look))
        .routes(routes!(one))
        .routes(routes!(stop))
        .routes(routes!(retry))
        .routes(routes!(undo))
        .routes(routes!(items_of))
        .routes(routes!(receipt::receipt))
}

/// Refuses what the installation switched off.
async fn offered(app: &AppState) -> ApiResult<()> {
    let mut all = settings::capabilities(&mut *app.store.read().await?).await?;
    match all.remove(FEATURE).filter(|capability| !capability.on) {
        Some(off) => {
            Err(ApiError::feature_off(off.reason.unwrap_or_else(|| "It is not offered here.".to_owned())))
        }
        None => Ok(()),
    }
}

fn told(app: &AppState, job: &Job) -> Json<BulkJob> {
    Json(job.told(app.clock.now(), app.clock.wall()))
}

/// Makes an order true and lets the runner know.
async fn ordered(app: &AppState, tx: Tx) -> ApiResult<()> {
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    app.jobs.now();
    Ok(())
}

/// What would happen
///
/// Changes nothing and freezes the set for an hour. Of what is out of sight nothing is said but that it
/// was not found.
#[utoipa::path(post, path = "/bulk/preview", tag = "bulk", request_body = PreviewBulk, responses(
    (status = 200, description = "What a job would do", body = BulkPreview),
    (status = 400, description = "A field is wrong", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The feature is off here", body = Problem, content_type = "application/problem+json"),
))]
async fn look(
    State(app): State<AppState>,
    caller: Caller,
    Json(sent): Json<PreviewBulk>,
) -> ApiResult<Json<BulkPreview>> {
    offered(&app).await?;
    Ok(Json(preview::preview(&app.store, &eyes(&app, &caller), &sent).await?))
}

/// Start what was previewed
#[utoipa::path(post, path = "/bulk", tag = "bulk", request_body = StartBulk, responses(
    (status = 202, description = "The job", body = BulkJob, headers(("Location" = String, description = "Where it can be asked for"))),
    (status = 400, description = "A field is wrong, or the closing form is incomplete", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The feature is off here", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such preview of the caller's", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "Nothing would change", body = Problem, content_type = "application/problem+json"),
    (status = 410, description = "The preview is too old, or was started already", body = Problem, content_type = "application/problem+json"),
))]
async fn start(
    State(app): State<AppState>,
    caller: Caller,
    Json(sent): Json<StartBulk>,
) -> ApiResult<Response> {
    offered(&app).await?;
    let mut tx = app.store.begin().await?;
    let job = orders::start(&mut tx, &caller.actor, &sent, app.clock.now(), app.clock.wall()).await?;
    ordered(&app, tx).await?;
    let place = HeaderValue::from_str(&paths::bulk(&job.id.to_string())).map_err(|_| ApiError::internal())?;
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], told(&app, &job)).into_response())
}

/// The caller's jobs
///
/// Those under way and those that ended in the last day, newest first.
#[utoipa::path(get, path = "/bulk", tag = "bulk", responses(
    (status = 200, description = "Jobs", body = All<BulkJob>),
))]
async fn list(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<All<BulkJob>>> {
    let (now, wall) = (app.clock.now(), app.clock.wall());
    let jobs = job::recent(&mut *app.store.read().await?, &caller.actor, now).await?;
    Ok(Json(All { items: jobs.iter().map(|job| job.told(now, wall)).collect() }))
}

/// One job
#[utoipa::path(get, path = "/bulk/{id}", tag = "bulk",
    params(("id" = String, Path, description = "The job")),
    responses(
        (status = 200, description = "The job", body = BulkJob),
        (status = 404, description = "There is none, or it is another user's", body = Problem, content_type = "application/problem+json"),
    ))]
async fn one(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<BulkJob>> {
    let job = job::seen(&mut *app.store.read().await?, &caller.actor, &id).await?;
    let job = job.filter(|job| job.state().is_some()).ok_or_else(ApiError::not_found)?;
    Ok(told(&app, &job))
}

/// One order to a job: its documentation, its path, and what it does.
macro_rules! order {
    ($(#[$doc:meta])* $path:literal $name:ident($tx:ident, $actor:ident, $id:ident, $now:ident, $wall:ident) => $order:expr) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "bulk",
            params(("id" = String, Path, description = "The job")),
            responses(
                (status = 200, description = "The job", body = BulkJob),
                (status = 403, description = "It is for who started it", body = Problem, content_type = "application/problem+json"),
                (status = 404, description = "There is none, or it is another user's", body = Problem, content_type = "application/problem+json"),
                (status = 409, description = "The job does not stand where this can be done", body = Problem, content_type = "application/problem+json"),
            ))]
        async fn $name(
            State(app): State<AppState>,
            caller: Caller,
            Path($id): Path<String>,
        ) -> ApiResult<Json<BulkJob>> {
            let ($now, $wall) = (app.clock.now(), app.clock.wall());
            let mut tx = app.store.begin().await?;
            let ($tx, $actor, $id) = (&mut tx, &caller.actor, $id.as_str());
            let job = $order.await?;
            ordered(&app, tx).await?;
            Ok(told(&app, &job))
        }
    };
}

order! {
    /// Stop a job
    ///
    /// What is done stays done; what had not had its turn is skipped.
    "/bulk/{id}/stop" stop(tx, actor, id, now, _wall) => orders::stop(tx, actor, id, now)
}
order! {
    /// Try again what failed
    "/bulk/{id}/retry" retry(tx, actor, id, now, wall) => orders::retry(tx, actor, id, now, wall)
}
order! {
    /// Take a job back
    ///
    /// For who started it, once, for a day: a new job, which restores what nobody changed since.
    "/bulk/{id}/undo" undo(tx, actor, id, now, wall) => orders::undo(tx, actor, id, now, wall)
}

/// The conversations of a job or preview
///
/// In the order of their turns, and only those that the caller may see now. `excluded` ones are what the
/// preview left out.
#[utoipa::path(get, path = "/bulk/{id}/items", tag = "bulk",
    params(
        ("id" = String, Path, description = "The job or preview"),
        ("result" = Option<ItemResult>, Query, description = "Only with this result"),
        ("reason" = Option<BulkReason>, Query, description = "Only for this reason"),
        ("limit" = Option<u32>, Query, description = "Rows wanted, 50 unless told", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next` of an earlier answer"),
    ),
    responses(
        (status = 200, description = "A page", body = BulkItemPage),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, or it is another user's", body = Problem, content_type = "application/problem+json"),
    ))]
async fn items_of(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> ApiResult<Json<BulkItemPage>> {
    let (wanted, limit) = wanted(&raw.unwrap_or_default())?;
    let mut reader = app.store.snapshot().await?;
    let job = job::seen(&mut reader, &caller.actor, &id).await?;
    let job = job.filter(|job| job.stage != Stage::Nothing).ok_or_else(ApiError::not_found)?;
    Ok(Json(items::page(&mut reader, job.id, &eyes(&app, &caller), wanted, limit).await?))
}

fn wanted(raw: &str) -> ApiResult<(Wanted, u32)> {
    let (mut wanted, mut limit) = (Wanted::default(), None);
    for part in raw.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let unknown = || ApiError::invalid(name, "unknown_value", "There is no such value.");
        match name {
            "result" => wanted.result = Some(ItemResult::from_code(value).ok_or_else(unknown)?),
            "reason" => wanted.reason = Some(BulkReason::from_code(value).ok_or_else(unknown)?),
            "cursor" => wanted.after = Wanted::read_cursor(value)?,
            "limit" => {
                let read = value.parse();
                limit = Some(read.map_err(|_| ApiError::invalid(name, "type", "Must be a whole number."))?);
            }
            _ => return Err(ApiError::invalid(name, "unknown", "There is no such parameter.")),
        }
    }
    Ok((wanted, page_rows(limit)?))
}
