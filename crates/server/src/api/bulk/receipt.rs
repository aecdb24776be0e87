//! The receipt of a job: a file that is written while it is read, so that it may be long.

use crate::api::conversations::eyes;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::problem::{ApiError, ApiResult};
use crate::store::StoreError;
use crate::store::bulk::items;
use crate::store::bulk::job;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bandeja_contract::{Problem, RECEIPT_HEAD};
use futures::stream;

/// Lines read at a time.
const LINES: i64 = 500;

/// The receipt of a job as CSV
///
/// Columns `id`, `contact`, `before`, `after`, `owner` (the name of who has it now), `reason`, `result`; a
/// line for each conversation of the job that the caller may see now. UTF-8 with a byte order mark.
#[utoipa::path(get, path = "/bulk/{id}/receipt.csv", tag = "bulk",
    params(("id" = String, Path, description = "The job")),
    responses(
        (status = 200, description = "The receipt", body = String, content_type = "text/csv"),
        (status = 404, description = "There is none, or it is another user's", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn receipt(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Response> {
    let job = job::seen(&mut *app.store.read().await?, &caller.actor, &id).await?;
    let job = job.filter(|job| job.state().is_some()).ok_or_else(ApiError::not_found)?.id;
    let name = format!("attachment; filename=\"bandeja-{job}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| ApiError::internal())?),
    ];
    let parts = stream::try_unfold(Part::Head, move |part| next(app.clone(), caller.clone(), job, part));
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// What of the file comes next.
enum Part {
    Head,
    /// The lines behind this item.
    Lines(i64),
}

async fn next(
    app: AppState,
    caller: Caller,
    job: i64,
    part: Part,
) -> Result<Option<(Bytes, Part)>, StoreError> {
    let after = match part {
        // Without the mark, Excel takes the text for the old code page of its country and spoils every
        // accent; other programs pass over it.
        Part::Head => return Ok(Some((Bytes::from(format!("\u{feff}{RECEIPT_HEAD}\r\n")), Part::Lines(0)))),
        Part::Lines(after) => after,
    };
    let lines = async {
        items::receipt(&mut *app.store.read().await?, job, &eyes(&app, &caller), after, LINES).await
    };
    match lines.await {
        Ok(lines) => Ok(lines.map(|(text, last)| (Bytes::from(text), Part::Lines(last)))),
        Err(error) => {
            // The answer has begun, so all that is left is to cut it off.
            tracing::error!(error = &error as &dyn std::error::Error, "a receipt cannot be written");
            Err(error)
        }
    }
}
