//! Which back end calls: the API key of a call, for the calls that are made with one.

use super::caller;
use super::problem::ApiError;
use crate::app::AppState;
use crate::secret;
use crate::store::api_keys::{self, ApiKey};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

/// What every API key begins with.
pub const KEY: &str = "bandeja_key_";
/// What every token for embedding begins with.
pub const EMBED: &str = "bandeja_embed_";

/// The API key of a call; handlers that take it are closed to everybody else, and to every page.
#[derive(Clone, Debug)]
pub struct KeyHolder(pub ApiKey);

impl FromRequestParts<AppState> for KeyHolder {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        // What a page can send, its visitors can read.
        if caller::origin(&parts.headers).is_some() {
            return Err(ApiError::key_in_page());
        }
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, sent) = value.and_then(|value| value.split_once(' ')).unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(ApiError::api_key());
        }
        let found = api_keys::live(&mut *app.store.read().await?, &secret::hash(sent.trim())).await?;
        found.map(Self).ok_or_else(ApiError::api_key)
    }
}
