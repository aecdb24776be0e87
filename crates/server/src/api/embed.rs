//! Tokens for embedding: given to back ends with an API key, in the name of a user, short and narrowed.

use crate::app::AppState;
use crate::http::api_key::{EMBED, KeyHolder};
use crate::http::json::Json;
use crate::http::problem::{ApiError, ApiResult};
use crate::secret::Token;
use crate::store::{StoreError, Tx, api_keys, lookups, sessions, users};
use axum::extract::State;
use bandeja_contract::{EMBED_TTL_S, EmbedToken, EmbedTokenRequest, FieldProblem, Problem};
use bandeja_model::limits::{ADDRESS_CHARS, FILTER_VALUES};
use bandeja_model::{ContactScope, Scopes};
use chrono::TimeDelta;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(embed_token))
}

/// Ask for a token for embedding
///
/// For a back end, with its API key as the bearer token; refused from a page. The token is a bearer token of
/// that user, narrowed to `scopes` and to the bounds of the key, and good on the pages of the key's origins:
/// a call from another page is 403 `origin`, and so is one without an `Origin`, unless the key lets programs
/// in. Calls of a page of this server itself are taken. What lies outside of `lines` or `contact` does not
/// exist for it, not even as a count. It ends with its time, with the key, and when the user is deactivated.
#[utoipa::path(post, path = "/session/embed-token", tag = "session", request_body = EmbedTokenRequest,
    security(("api_key" = [])), responses(
        (status = 200, description = "The token", body = EmbedToken),
        (status = 400, description = "A field is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The API key is missing, unknown or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The call comes from a page", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no active user with this mail address", body = Problem, content_type = "application/problem+json"),
    ))]
async fn embed_token(
    State(app): State<AppState>,
    KeyHolder(key): KeyHolder,
    Json(mut sent): Json<EmbedTokenRequest>,
) -> ApiResult<Json<EmbedToken>> {
    check(&sent)?;
    if let Some(ContactScope::Address(address)) = &mut sent.scopes.contact {
        // As addresses are taken in.
        *address = address.trim().to_owned();
    }
    let scopes = sent.scopes.within(&key.scopes).map_err(|line| {
        ApiError::invalid(
            "scopes.lines",
            "not_permitted",
            format!("The API key does not reach line “{line}”."),
        )
    })?;
    let token = Token::random_named(EMBED).map_err(|error| {
        tracing::error!(%error, "no token can be made");
        ApiError::internal()
    })?;
    let now = app.clock.wall();
    let expires_at = now + TimeDelta::seconds(i64::from(sent.ttl_s));
    let mut tx = app.store.begin().await?;
    know_lines(&mut tx, &scopes).await?;
    let account = users::account(&mut tx, &sent.user_email).await?.filter(|account| account.active);
    let user = account.ok_or_else(ApiError::no_such_user)?.key;
    if !api_keys::touch(&mut tx, key.id, now).await? {
        return Err(ApiError::api_key());
    }
    let new = sessions::New {
        token_hash: &token.hash(),
        user,
        kind: sessions::Kind::Bearer,
        csrf: None,
        expires_at,
        api_key: Some(key.id),
        scopes: &scopes,
    };
    sessions::begin(&mut tx, new, now).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(Json(EmbedToken { token: token.reveal().to_owned(), expires_at }))
}

/// Every field within its limits; all that are wrong are named.
fn check(sent: &EmbedTokenRequest) -> ApiResult<()> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, code: &str, message: String| {
        faults.push(FieldProblem { field: field.to_owned(), code: code.to_owned(), message });
    };
    if sent.user_email.trim().is_empty() {
        fault("user_email", "required", "Must not be empty.".to_owned());
    } else if sent.user_email.chars().nth(ADDRESS_CHARS).is_some() {
        fault("user_email", "too_long", format!("At most {ADDRESS_CHARS} characters."));
    }
    if !(1..=EMBED_TTL_S).contains(&sent.ttl_s) {
        fault("ttl_s", "range", format!("From 1 to {EMBED_TTL_S} seconds."));
    }
    match sent.scopes.lines.as_ref().map(std::collections::BTreeSet::len) {
        Some(0) => fault("scopes.lines", "required", "Name at least one line, or leave it out.".to_owned()),
        Some(count) if count > FILTER_VALUES => {
            fault("scopes.lines", "too_many", format!("At most {FILTER_VALUES} lines."));
        }
        _ => {}
    }
    let contact = match &sent.scopes.contact {
        Some(ContactScope::Id(id)) => Some(("scopes.contact.id", id.as_str())),
        Some(ContactScope::Address(address)) => Some(("scopes.contact.address", address.as_str())),
        None => None,
    };
    if let Some((field, value)) = contact {
        if value.trim().is_empty() {
            fault(field, "required", "Must not be empty.".to_owned());
        } else if value.chars().nth(ADDRESS_CHARS).is_some() {
            fault(field, "too_long", format!("At most {ADDRESS_CHARS} characters."));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid_fields(faults)) }
}

/// A line that does not exist is a mistake of who asks; left alone, it would show as an empty inbox.
async fn know_lines(tx: &mut Tx, scopes: &Scopes) -> ApiResult<()> {
    let Some(lines) = &scopes.lines else { return Ok(()) };
    let known = lookups::line_ids(&mut *tx).await?;
    match lines.iter().find(|line| !known.contains(line)) {
        None => Ok(()),
        Some(line) => {
            Err(ApiError::invalid("scopes.lines", "unknown", format!("There is no line “{line}”.")))
        }
    }
}
