//! The app's files: compressed ones where the browser takes them, kept for ever where the name holds
//! a hash, and the page itself for every path that is a place within the app: the admins' page for what
//! is below `/admin`, where the build made one, and the page for frames below `/embed`. Files other than
//! pages may be loaded from any site: they are the same for everybody.

use super::problem::ApiError;
use crate::app::AppState;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::path::Path;
use tower::ServiceExt;
use tower_http::services::ServeDir;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "no-cache";
const PAGE: &str = "index.html";
const ADMINS_PAGE: &str = "admin.html";
const EMBED_PAGE: &str = "embed.html";
/// Where the page for frames is, and what is below.
pub const EMBED: &str = "/embed";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Answers what no route of the API did.
pub async fn serve(State(app): State<AppState>, request: Request) -> Response {
    answer(app.settings.dist.as_deref(), request).await
}

/// Answers with a file of the folder, if there is one.
pub async fn answer(dist: Option<&Path>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let Some(dist) = dist else { return ApiError::not_found().into_response() };
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::not_found().into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    // The page and its doors: a name without a dot is a place within the app.
    if name.contains('.') { file(dist, request, name).await } else { page(dist, request).await }
}

async fn page(dist: &Path, mut request: Request) -> Response {
    let place = request.uri().path();
    let (is_admins, is_embed) = (is_below(place, "/admin"), is_below(place, EMBED));
    let (name, uri) = if is_embed {
        // No other page may stand in: this one alone is made to be shown in a frame.
        (EMBED_PAGE, Uri::from_static("/embed.html"))
    } else if is_admins && dist.join(ADMINS_PAGE).is_file() {
        (ADMINS_PAGE, Uri::from_static("/admin.html"))
    } else {
        (PAGE, Uri::from_static("/index.html"))
    };
    *request.uri_mut() = uri;
    let mut response = file(dist, request, name).await;
    if is_embed {
        // A host page that isolates itself shows only frames that say so.
        response.headers_mut().insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    response
}

/// Whether a place is `folder` or below it.
pub fn is_below(place: &str, folder: &str) -> bool {
    place.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

async fn file(dist: &Path, request: Request, name: &str) -> Response {
    let is_for_ever = is_hashed(name) || request.uri().path().split('/').any(is_hashed_folder);
    let files = ServeDir::new(dist).precompressed_br().append_index_html_on_directories(false);
    let Ok(response) = files.oneshot(request).await;
    let mut response = response.map(Body::new);
    if response.status() == StatusCode::NOT_FOUND {
        return ApiError::not_found().into_response();
    }
    let caching = if is_for_ever { FOR_EVER } else { ASK_FIRST };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !is_page(name) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    response
}

/// Whether it is a page, which no other site has to load as a file.
fn is_page(name: &str) -> bool {
    name.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("html"))
}

/// Whether the name holds a hash of the content, as the build writes it: `app-0123456789abcdef.js`,
/// `app-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit('-').next().unwrap_or_default();
    stem.contains('-') && hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a folder is named by the hash of what it holds: `app-0123456789abcdef`.
fn is_hashed_folder(name: &str) -> bool {
    !name.contains('.') && is_hashed(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_in_a_folder_named_by_its_content_is_kept_for_ever() {
        assert!(is_hashed_folder("app-9f86d081884c7d65"));
        assert!(
            !is_hashed_folder("app")
                && !is_hashed_folder("api-v1")
                && !is_hashed_folder("a-9f86d081884c7d65.js")
        );
    }

    #[test]
    fn only_what_is_below_admin_is_the_admins() {
        let is_admins = |place: &&str| is_below(place, "/admin");
        assert!(["/admin", "/admin/", "/admin/teams/7"].iter().all(is_admins));
        assert!(!["/", "/administer", "/c/admin", "/inbox/admin/"].iter().any(is_admins));
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("bandeja-9f86d081884c7d65.js"));
        assert!(is_hashed("bandeja-9f86d081884c7d65_bg.wasm"));
        for name in ["index.html", "favicon.svg", "robots.txt", "some-page.html", "9f86d081884c7d65.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
