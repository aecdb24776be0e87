//! Signing in and out, and who is signed in.

use crate::app::{AppState, Peer};
use crate::http::caller::{COOKIE, Caller, MaybeCaller};
use crate::http::json::Json;
use crate::http::problem::{ApiError, ApiResult};
use crate::secret::{self, Token};
use crate::store::events::{self, StoredEvent};
use crate::store::lookups::settings;
use crate::store::{StoreError, sessions, users};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bandeja_contract::{Capability, Problem, Session, SessionUser, SetAvailability, SignIn};
use bandeja_model::{Actor, Scopes};
use chrono::TimeDelta;
use std::net::IpAddr;
use std::sync::OnceLock;
use std::time::Instant;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The password of every demo user; good on demo servers only.
pub const DEMO_PASSWORD: &str = "bandeja-demo";
/// How long a browser stays signed in.
const LASTS: TimeDelta = TimeDelta::days(7);
/// Longest mail address and password read, in characters: hashing more would only cost time.
const CREDENTIAL_CHARS: usize = 320;
/// What the contract names and this server does not have.
const NOT_HERE: [&str; 3] = ["attachments", "automations", "reports"];

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(sign_in, current, sign_out)).routes(routes!(set_availability))
}

/// Sign in
///
/// Sets the session cookie; each sign-in begins a new session and ends the one the browser had. At
/// most 10 failed attempts a minute for one address and mail address.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, security(()), responses(
    (status = 200, description = "Signed in", body = Session),
    (status = 401, description = "Mail address or password is wrong", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
))]
async fn sign_in(
    State(app): State<AppState>,
    peer: Peer,
    before: MaybeCaller,
    headers: HeaderMap,
    Json(sent): Json<SignIn>,
) -> ApiResult<Response> {
    for (field, value) in [("email", &sent.email), ("password", &sent.password)] {
        if value.chars().nth(CREDENTIAL_CHARS).is_some() {
            let words = format!("At most {CREDENTIAL_CHARS} characters.");
            return Err(ApiError::invalid(field, "too_long", words));
        }
    }
    let attempt = (client_address(&app, &peer, &headers), users::normal_email(&sent.email));
    app.sign_ins.attempt(attempt.clone(), Instant::now()).map_err(ApiError::rate_limited)?;
    let actor = verified(&app, &sent).await?;
    app.sign_ins.forgive(&attempt);

    let (token, csrf) = (random()?, random()?);
    let user = crate::store::key(actor.id.as_str()).ok_or_else(ApiError::internal)?;
    let now = app.clock.wall();
    let new = sessions::New {
        token_hash: &token.hash(),
        user,
        kind: sessions::Kind::Cookie,
        csrf: Some(csrf.reveal()),
        expires_at: now + LASTS,
        api_key: None,
        scopes: &Scopes::default(),
    };
    let mut tx = app.store.begin().await?;
    sessions::begin(&mut tx, new, now).await?;
    let before = before.0.filter(|before| before.session.csrf.is_some());
    if let Some(before) = &before {
        sessions::end(&mut tx, &before.session.token_hash).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    if let Some(before) = &before {
        app.hub.end_session(&before.session.token_hash);
    }
    let session = describe(&app, &actor, Some(csrf.reveal().to_owned())).await?;
    let cookie = set_cookie(&app, &headers, token.reveal(), LASTS.num_seconds())?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session)).into_response())
}

/// Who is signed in
///
/// With role, campaigns, capabilities (and why one is off), closing forms and the server's time.
#[utoipa::path(get, path = "/session", tag = "session", responses(
    (status = 200, description = "The signed-in user", body = Session),
))]
async fn current(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<Session>> {
    Ok(Json(describe(&app, &caller.actor, caller.session.csrf.clone()).await?))
}

/// Sign out
///
/// Ends the session or bearer token of the call.
#[utoipa::path(delete, path = "/session", tag = "session", responses(
    (status = 204, description = "Signed out"),
))]
async fn sign_out(State(app): State<AppState>, caller: Caller, headers: HeaderMap) -> ApiResult<Response> {
    let mut tx = app.store.begin().await?;
    sessions::end(&mut tx, &caller.session.token_hash).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.end_session(&caller.session.token_hash);
    let cookie = set_cookie(&app, &headers, "", 0)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Say whether I am there
///
/// Colleagues of the same campaigns are told by an event.
#[utoipa::path(put, path = "/me/availability", tag = "people", request_body = SetAvailability, responses(
    (status = 200, description = "The user as they are now", body = SessionUser),
))]
async fn set_availability(
    State(app): State<AppState>,
    caller: Caller,
    Json(sent): Json<SetAvailability>,
) -> ApiResult<Json<SessionUser>> {
    let mut tx = app.store.begin().await?;
    if users::set_availability(&mut tx, caller.key, sent.availability).await? {
        let event = StoredEvent::Availability { user: caller.id().clone(), availability: sent.availability };
        events::append(&mut tx, app.clock.now(), &event).await?;
    }
    let profile = users::profile(&mut tx, &caller.actor).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    Ok(Json(profile))
}

/// The active user with these credentials. Takes as long for a user that does not exist.
async fn verified(app: &AppState, sent: &SignIn) -> ApiResult<Actor> {
    let account = users::account(&mut *app.store.read().await?, &sent.email).await?;
    let kept = account.as_ref().map(|account| account.password_hash.clone());
    let password = sent.password.clone();
    let turn = app.passwords.acquire().await.map_err(|_| ApiError::unavailable())?;
    let verifying = tokio::task::spawn_blocking(move || {
        let kept = kept.as_deref().unwrap_or_else(|| nobodys_hash());
        secret::is_password(&password, kept)
    });
    let is_right = verifying.await.map_err(|_| ApiError::internal())?;
    drop(turn);
    let may = app.settings.demo || sent.password != DEMO_PASSWORD;
    let account = account.filter(|account| is_right && may && account.active);
    let Some(account) = account else { return Err(ApiError::wrong_credentials()) };
    let actor = users::actor(&mut *app.store.read().await?, account.key).await?;
    actor.ok_or_else(ApiError::wrong_credentials)
}

/// The hash that the passwords of unknown users are compared with.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let password = Token::random().map(|token| token.hash()).unwrap_or_default();
        secret::hash_password(&password).unwrap_or_default()
    })
}

async fn describe(app: &AppState, actor: &Actor, csrf: Option<String>) -> ApiResult<Session> {
    let mut reader = app.store.read().await?;
    let off = |name: &str| (name.to_owned(), Capability { on: false, reason: None });
    let mut capabilities = settings::capabilities(&mut reader).await?;
    capabilities.extend(NOT_HERE.map(off));
    let now = app.clock.now();
    Ok(Session {
        user: users::profile(&mut reader, actor).await?,
        capabilities,
        closing_forms: settings::closing_forms(&mut reader).await?,
        server_time: now,
        utc_offset_s: app.settings.utc_offset_s(now),
        csrf,
        demo: app.settings.demo,
        unruled: false,
        scopes: actor.scopes.clone(),
    })
}

fn random() -> ApiResult<Token> {
    Token::random().map_err(|error| {
        tracing::error!(%error, "no token can be made");
        ApiError::internal()
    })
}

/// `Secure` only where the browser came by https, which a proxy in front has to say.
fn set_cookie(app: &AppState, headers: &HeaderMap, token: &str, age_s: i64) -> ApiResult<HeaderValue> {
    let by_https = app.settings.behind_proxy
        && headers
            .get("x-forwarded-proto")
            .is_some_and(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"));
    let secure = if by_https { "; Secure" } else { "" };
    let text = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_s}{secure}");
    HeaderValue::from_str(&text).map_err(|_| ApiError::internal())
}

/// Whom an attempt is counted against: the peer, or whom the proxy in front names last.
fn client_address(app: &AppState, peer: &Peer, headers: &HeaderMap) -> IpAddr {
    let forwarded =
        headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|value| value.rsplit(',').next()).and_then(|ip| ip.trim().parse().ok());
    match last {
        Some(ip) if app.settings.behind_proxy => ip,
        _ => peer.0.ip(),
    }
}
