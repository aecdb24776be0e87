//! Which other sites' pages may show the page for frames: those of live API keys, and those the installation names.
//! Browsers are told in a header; the page itself asks for the same list, and speaks with nobody else.

use super::json::Json;
use super::problem::ApiError;
use crate::app::AppState;
use crate::store::{StoreError, api_keys};
use axum::extract::State;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Where the page for frames reads the list. It is no secret: the header says the same to whoever asks.
pub const HOSTS: &str = "/embed/hosts.json";

/// The origins, in the order of the alphabet.
pub async fn hosts_of(app: &AppState) -> Result<BTreeSet<String>, StoreError> {
    let mut all = api_keys::origins(&mut *app.store.read().await?).await?;
    all.extend(app.settings.frame_ancestors.iter().map(ToString::to_string));
    Ok(all)
}

/// Answers the page for frames.
pub async fn hosts(State(app): State<AppState>) -> Result<Json<Value>, ApiError> {
    Ok(Json(json!({ "origins": hosts_of(&app).await? })))
}
