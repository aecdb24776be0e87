//! One line in the log for each call. Says the route, never the path: ids and undo tokens stand
//! there; no header and no body.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Logs calls: failures of the server as warnings, everything else for who asks (`RUST_LOG`).
pub async fn calls(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(a file, or nothing)", MatchedPath::as_str);
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis());
    if response.status().is_server_error() {
        tracing::warn!(%method, route, status, ms, "call");
    } else {
        tracing::debug!(%method, route, status, ms, "call");
    }
    response
}
