//! Who calls: the bearer token or session cookie of a call, turned once into the user behind it with
//! their present rights. Handlers that take a [`Caller`] are closed to everybody else.

use super::csrf;
use super::problem::ApiError;
use crate::app::AppState;
use crate::secret;
use crate::store::{StoreError, api_keys, sessions, users};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bandeja_contract::paths;
use bandeja_model::permission::WRITE;
use bandeja_model::{Actor, Timestamp, UserId};
use std::convert::Infallible;
use std::sync::Arc;

/// Name of the session cookie.
pub const COOKIE: &str = "bandeja_session";

/// The signed-in user behind a call.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Id, role, campaigns and teams as they are now, and what the session is narrowed to.
    pub actor: Actor,
    /// The user's key in the store.
    pub key: i64,
    /// What they came with.
    pub session: Arc<SessionRef>,
}

/// The session of a call.
#[derive(Clone, Debug)]
pub struct SessionRef {
    /// Hash of the token; the token itself is forgotten.
    pub token_hash: String,
    /// When it is over, by the system's clock.
    pub expires_at: Timestamp,
    /// To be proven by changing calls; absent for bearer tokens.
    pub csrf: Option<String>,
}

impl Caller {
    /// The user's id.
    pub fn id(&self) -> &UserId {
        &self.actor.id
    }

    /// Checks that a changing call by cookie comes from our own page, and that a read-only session changes
    /// nothing.
    pub fn check(&self, parts: &Parts) -> Result<(), ApiError> {
        if let Some(expected) = &self.session.csrf {
            csrf::check(&parts.method, &parts.headers, expected)?;
        }
        if self.actor.scopes.readonly && !only_reads(parts) {
            return Err(ApiError::forbidden(WRITE));
        }
        Ok(())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Self>().cloned().ok_or_else(ApiError::unauthenticated)?;
        caller.check(parts)?;
        Ok(caller)
    }
}

/// Whether a call changes nothing but, for signing out, the session it comes with. Every other method and
/// path counts as a change, so that a new call is refused until it is named here.
fn only_reads(parts: &Parts) -> bool {
    let path = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    csrf::is_safe(&parts.method)
        || match parts.method {
            Method::POST => path == paths::CONVERSATIONS_QUERY || path.ends_with("/timing/simulate"),
            Method::DELETE => path == paths::SESSION,
            _ => false,
        }
}

/// A call that anybody may make; says who it was if somebody is signed in.
#[derive(Clone, Debug)]
pub struct MaybeCaller(pub Option<Caller>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeCaller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Caller>().cloned()))
    }
}

/// Finds out who calls and leaves it with the request; whether that is enough is for handlers to say.
pub async fn identify(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    if let Some(sent) = credentials(request.headers()) {
        match caller_of(&app, &sent, request.headers()).await {
            Ok(Some(caller)) => {
                request.extensions_mut().insert(caller);
            }
            Ok(None) => {}
            Err(error) => return error.into_response(),
        }
    }
    next.run(request).await
}

/// What a call came with.
struct Credentials {
    token_hash: String,
    kind: sessions::Kind,
}

/// A bearer token goes before a cookie: scripts that send one mean it.
fn credentials(headers: &HeaderMap) -> Option<Credentials> {
    let of = |token: &str, kind| Credentials { token_hash: secret::hash(token), kind };
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| of(token.trim(), sessions::Kind::Bearer));
    }
    cookie(headers).map(|token| of(token, sessions::Kind::Cookie))
}

/// The session cookie's value.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE && !value.is_empty()).then_some(value))
}

/// The active user behind the credentials, if they are still good. A cookie's token is not accepted
/// as a bearer token: that would be a way around the CSRF header. A token for embedding is good on the pages
/// of its key only.
async fn caller_of(
    app: &AppState,
    sent: &Credentials,
    headers: &HeaderMap,
) -> Result<Option<Caller>, ApiError> {
    let mut reader = app.store.read().await?;
    let found = sessions::find(&mut reader, &sent.token_hash, app.clock.wall()).await?;
    let Some(found) = found.filter(|found| found.kind == sent.kind) else { return Ok(None) };
    let Some(actor) = users::actor(&mut reader, found.user).await? else { return Ok(None) };
    if let Some(key) = found.api_key
        && !is_at_home(&mut reader, key, headers).await?
    {
        return Err(ApiError::origin(origin(headers)));
    }
    let actor = Actor { scopes: found.scopes, ..actor };
    let session =
        SessionRef { token_hash: sent.token_hash.clone(), expires_at: found.expires_at, csrf: found.csrf };
    Ok(Some(Caller { actor, key: found.user, session: Arc::new(session) }))
}

/// Whether a call with a token of `key` comes from where it may: a page of the key's, our own page in a frame
/// of theirs, or, where the key lets them, a program. Browsers write both headers themselves, and no script
/// can; they leave `Origin` out of our own page's reading calls.
async fn is_at_home(
    reader: &mut sqlx::SqliteConnection,
    key: sessions::Key,
    headers: &HeaderMap,
) -> Result<bool, StoreError> {
    if headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin") {
        return Ok(true);
    }
    match origin(headers) {
        None => Ok(key.native),
        Some(origin) => api_keys::has_origin(reader, key.id, origin).await,
    }
}

/// The page a call comes from, if its browser says so.
pub fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; bandeja_session=abc; x=1"));
        assert_eq!(cookie(&headers), Some("abc"));
        headers.insert(header::COOKIE, HeaderValue::from_static("not_bandeja_session=abc"));
        assert_eq!(cookie(&headers), None);
    }

    #[test]
    fn a_broken_authorization_header_is_nobody_even_with_a_cookie() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("bandeja_session=abc"));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic abc"));
        assert!(credentials(&headers).is_none());
    }
}
