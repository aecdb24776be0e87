//! The security headers that every answer carries.

use super::assets::{self, EMBED};
use super::frames;
use crate::app::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// What a page of ours may load and run: its own files and WebAssembly, nothing inline (quality bar).
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";
/// Who may show our pages in a frame: nobody.
const NOBODY: &str = "'none'";

const ALL: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Puts the security headers on an answer, but where a file says itself who may load it.
pub async fn secure(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let is_frame = assets::is_below(request.uri().path(), EMBED);
    let response = next.run(request).await;
    let framed_by = if is_frame { ancestors(&app).await } else { NOBODY.to_owned() };
    dressed(response, &framed_by)
}

/// The same for a site of which nothing may stand in a frame.
pub async fn secure_unframed(request: Request, next: Next) -> Response {
    dressed(next.run(request).await, NOBODY)
}

fn dressed(mut response: Response, framed_by: &str) -> Response {
    let headers = response.headers_mut();
    // Origins are plain ASCII, so this cannot fail; if it did, nobody could frame it.
    let policy = HeaderValue::from_str(&format!("{CONTENT_SECURITY_POLICY}{framed_by}"));
    let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in ALL {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Who may show the page for frames. Where that cannot be read, nobody but those the installation names.
async fn ancestors(app: &AppState) -> String {
    let all = frames::hosts_of(app).await.unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "origins of API keys cannot be read");
        app.settings.frame_ancestors.iter().map(ToString::to_string).collect()
    });
    if all.is_empty() { NOBODY.to_owned() } else { Vec::from_iter(all).join(" ") }
}
