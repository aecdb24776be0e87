//! How much a body may weigh. Owns reading bodies within the limit.

use super::problem::ApiError;
use axum::body::{Body, Bytes};
use bandeja_model::limits::BODY_BYTES;
use http_body_util::BodyExt;

/// How much of a body that is too large is still read and thrown away, so that the sender is able to
/// read the answer instead of finding the connection cut.
const DRAINED_BYTES: usize = 8 * 1024 * 1024;

/// The whole body, at most [`BODY_BYTES`].
pub async fn read(mut body: Body) -> Result<Bytes, ApiError> {
    let mut taken = Vec::new();
    let mut seen = 0usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            ApiError::invalid("", "incomplete", "The body ended before its announced length.")
        })?;
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen <= BODY_BYTES {
            taken.extend_from_slice(&data);
        } else if seen > DRAINED_BYTES {
            break;
        }
    }
    if seen > BODY_BYTES { Err(ApiError::too_large(BODY_BYTES)) } else { Ok(Bytes::from(taken)) }
}
