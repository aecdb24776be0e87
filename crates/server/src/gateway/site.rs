//! The gateway's site: calls of the contract go to the caller's engine, everything else is the app's files.
//!
//! Knows cookies, headers and who may call from where; not what a call means, besides signing in and out.

use super::guests::{Guest, Guests, NoRoom, Seat};
use super::room::{Answered, Asked, Gone};
use super::settings::{GatewayError, Settings};
use super::shelves::Whose;
use crate::api::openapi;
use crate::http::json::is_json;
use crate::http::problem::{ApiError, ApiResult};
use crate::http::rate::RateLimit;
use crate::http::{assets, csrf, headers, limits, log, problem};
use crate::secret::Token;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{any, get};
use bandeja_contract::SignIn;
use bandeja_contract::paths;
use http_body_util::BodyExt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

/// Name of the session cookie.
const COOKIE: &str = "bandeja_gateway";
/// Failed sign-ins per address and mail address in a minute.
const SIGN_INS_A_MINUTE: usize = 10;
/// Bearer tokens per address in a minute that turn out to be nobody's.
const STRANGERS_A_MINUTE: usize = 30;
/// Users signing in at the same time.
const ARRIVING: usize = 8;
/// How often engines that nobody calls are looked for.
const TIDY: Duration = Duration::from_secs(30);
/// How long open calls may take to end after the gateway was told to stop.
const FAREWELL: Duration = Duration::from_secs(10);
/// A session's answer is small; more is none.
const SESSION_BYTES: usize = 1 << 20;

/// What handlers share. Cloning shares it.
#[derive(Clone)]
struct Gateway(Arc<Inside>);

struct Inside {
    settings: Settings,
    guests: Guests,
    sign_ins: RateLimit<(IpAddr, String)>,
    strangers: RateLimit<IpAddr>,
    /// Turns for signing in: each is a process before it is known whose.
    arriving: Semaphore,
    /// The gateway listens to this machine alone.
    is_local: bool,
}

/// The whole site.
fn router(settings: Settings, address: SocketAddr) -> Result<(Gateway, Router), GatewayError> {
    settings.check_address(&address)?;
    let csrf = Token::random().map_err(|error| GatewayError::Refused(error.to_string()))?;
    let gateway = Gateway(Arc::new(Inside {
        guests: Guests::new(settings.clone(), csrf.reveal().to_owned()),
        settings,
        sign_ins: RateLimit::new(SIGN_INS_A_MINUTE, Duration::from_mins(1)),
        strangers: RateLimit::new(STRANGERS_A_MINUTE, Duration::from_mins(1)),
        arriving: Semaphore::new(ARRIVING),
        is_local: address.ip().is_loopback(),
    }));
    let router = Router::new()
        .route(paths::HEALTH, get(|| std::future::ready(StatusCode::OK)))
        .route("/api/v1/openapi.json", get(|| std::future::ready(openapi::answer())))
        .route("/api/v1/{*call}", any(call))
        .fallback(files)
        .layer(from_fn(problem::normalise))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(from_fn(headers::secure_unframed))
        .layer(from_fn(log::calls))
        .with_state(gateway.clone());
    Ok((gateway, router))
}

/// Serves until `stop` is ready, then lets running calls end and ends every engine.
pub async fn serve(
    listener: TcpListener,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), GatewayError> {
    let io = |error| GatewayError::Io("serving failed".to_owned(), error);
    let (gateway, router) = router(settings, listener.local_addr().map_err(io)?)?;
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let (told, mut telling) = tokio::sync::watch::channel(false);
    let ending = gateway.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        // Calls come to their end; streams would go on for ever.
        ending.0.guests.end_streams();
        told.send_replace(true);
    });
    let late = async move {
        if telling.wait_for(|told| *told).await.is_ok() {
            tokio::time::sleep(FAREWELL).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let tidying = async {
        let mut often = tokio::time::interval(TIDY.min(gateway.0.settings.idle));
        loop {
            often.tick().await;
            gateway.0.guests.tidy();
        }
    };
    let served = tokio::select! {
        result = serving.into_future() => result.map_err(io),
        () = late => Ok(()),
        () = tidying => Ok(()),
    };
    gateway.0.guests.end_all();
    served
}

async fn files(State(gateway): State<Gateway>, request: Request) -> Response {
    assets::answer(gateway.0.settings.dist.as_deref(), request).await
}

/// A call as it came, read whole.
struct Came {
    peer: IpAddr,
    method: Method,
    headers: HeaderMap,
    asked: Asked,
}

async fn call(
    State(gateway): State<Gateway>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> ApiResult<Response> {
    let (parts, body) = request.into_parts();
    let bytes = limits::read(body).await?;
    if !bytes.is_empty() && !is_json(&parts.headers) {
        return Err(ApiError::media_type());
    }
    let body = String::from_utf8(bytes.to_vec())
        .map_err(|_| ApiError::invalid("", "utf8", "The body is not UTF-8."))?;
    let url = parts.uri.path_and_query().map_or("/", |url| url.as_str()).to_owned();
    let text = |name: &HeaderName, value: &HeaderValue| {
        value.to_str().ok().map(|value| (name.as_str().to_owned(), value.to_owned()))
    };
    let secret = [header::AUTHORIZATION, header::COOKIE];
    let headers = parts
        .headers
        .iter()
        .filter(|(name, _)| !secret.contains(name))
        .filter_map(|(n, v)| text(n, v))
        .collect();
    let asked = Asked {
        method: parts.method.as_str().to_owned(),
        url,
        headers,
        body: (!body.is_empty()).then_some(body),
    };
    let peer = gateway.address_of(peer.ip(), &parts.headers);
    gateway.answer(Came { peer, method: parts.method, headers: parts.headers, asked }).await
}

impl Gateway {
    async fn answer(&self, came: Came) -> ApiResult<Response> {
        let is_session = came.asked.url.split('?').next() == Some(paths::SESSION);
        if let Some(value) = came.headers.get(header::AUTHORIZATION) {
            let token = bearer(value).ok_or_else(|| self.nobody())?.to_owned();
            if self.0.settings.bearer_secret.is_some() {
                return self.by_bearer(came, &token).await;
            }
            // A token that proves nothing to the foreign API proves nothing here.
            if !self.0.settings.shared {
                return Err(self.nobody());
            }
        }
        if self.0.settings.shared {
            self.check_host(&came.headers)?;
            let seat = self.0.guests.shared().map_err(refused)?;
            return self.by_seat(came, seat, is_session).await;
        }
        if is_session && came.method == Method::POST {
            return self.sign_in(came).await;
        }
        let cookie = cookie(&came.headers).ok_or_else(|| self.nobody())?;
        let guest = Guest::of_cookie(cookie);
        let seat = self.0.guests.seated(&guest).ok_or_else(|| self.nobody())?;
        let leaves = is_session && came.method == Method::DELETE;
        let secure = self.is_https(&came.headers);
        let mut response = self.by_seat(came, seat, is_session).await?;
        if leaves && response.status().is_success() {
            self.0.guests.end(&guest);
            response.headers_mut().insert(header::SET_COOKIE, set_cookie("", secure)?);
        }
        Ok(response)
    }

    async fn by_seat(&self, came: Came, seat: Seat, is_session: bool) -> ApiResult<Response> {
        if let Some(expected) = &seat.csrf {
            csrf::check(&came.method, &came.headers, expected)?;
        }
        let answered = seat.room.call(came.asked).await.map_err(gone)?;
        if is_session && came.method == Method::GET && answered.status == 200 {
            return Ok(session(answered, seat.csrf.as_deref()).await?.0);
        }
        Ok(respond(answered))
    }

    async fn by_bearer(&self, came: Came, token: &str) -> ApiResult<Response> {
        let guest = Guest::of_bearer(token);
        let peer = came.peer;
        let is_new = self.0.guests.seated(&guest).is_none();
        if is_new {
            self.0.strangers.attempt(peer, Instant::now()).map_err(ApiError::rate_limited)?;
        }
        let seat = self.0.guests.bearer(guest.clone(), token).map_err(refused)?;
        let answered = seat.room.call(came.asked).await.map_err(gone)?;
        if answered.status == 401 {
            // A stranger's engine is not kept; whoever has a new token gets another one.
            self.0.guests.give_up(&guest);
        } else if is_new {
            self.0.strangers.forgive(&peer);
        }
        Ok(respond(answered))
    }

    /// 401, and how one signs in here.
    fn nobody(&self) -> ApiError {
        ApiError::unauthenticated().with_sign_in(self.0.settings.sign_in)
    }

    /// A new engine signs in; it is kept if that goes well, in the place of the one that this browser had.
    async fn sign_in(&self, came: Came) -> ApiResult<Response> {
        let form = came.asked.body.as_deref().and_then(|body| serde_json::from_str::<SignIn>(body).ok());
        let name = form.map(|form| form.email.trim().to_lowercase()).unwrap_or_default();
        let attempt = (came.peer, name.clone());
        self.0.sign_ins.attempt(attempt.clone(), Instant::now()).map_err(ApiError::rate_limited)?;
        let turn = self.0.arriving.acquire().await.map_err(|_| ApiError::unavailable())?;
        let room = self.0.guests.newcomer().map_err(refused)?;
        let answered = room.call(came.asked).await.map_err(gone)?;
        if answered.status != 200 {
            return Ok(respond(answered));
        }
        drop(turn);
        self.0.sign_ins.forgive(&attempt);
        if let Some(before) = cookie(&came.headers) {
            self.0.guests.end(&Guest::of_cookie(before));
        }
        let (token, csrf) = (random()?, random()?);
        let (mut response, id) = session(answered, Some(csrf.reveal())).await?;
        let cookie = set_cookie(token.reveal(), self.is_https(&came.headers))?;
        response.headers_mut().insert(header::SET_COOKIE, cookie);
        let seat = Seat { room, csrf: Some(csrf.reveal().to_owned()) };
        self.0.guests.keep(Guest::of_cookie(token.reveal()), seat, Whose::User { name, id });
        Ok(response)
    }

    /// Where nobody signs in, a page of another name that leads to this machine gets nothing.
    fn check_host(&self, headers: &HeaderMap) -> ApiResult<()> {
        if !self.0.is_local || self.0.settings.trust_network {
            return Ok(());
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        if is_this_machine(host) {
            return Ok(());
        }
        let detail = "This gateway answers to this machine's own names only.";
        Err(ApiError::new(StatusCode::FORBIDDEN, "host", "Wrong host", detail))
    }

    fn is_https(&self, headers: &HeaderMap) -> bool {
        let proto = headers.get("x-forwarded-proto");
        self.0.settings.behind_proxy
            && proto.is_some_and(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"))
    }

    /// Whom an attempt is counted against: the peer, or whom the proxy in front names last.
    fn address_of(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all("x-forwarded-for").iter().next_back();
        let last = lines.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        if self.0.settings.behind_proxy { last.unwrap_or(peer) } else { peer }
    }
}

fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| value).next()
}

fn set_cookie(value: &str, secure: bool) -> ApiResult<HeaderValue> {
    let (secure, age) =
        (if secure { "; Secure" } else { "" }, if value.is_empty() { "; Max-Age=0" } else { "" });
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    HeaderValue::from_str(&text).map_err(|_| ApiError::internal())
}

/// Whether a `Host` header names this machine.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn random() -> ApiResult<Token> {
    Token::random().map_err(|error| {
        tracing::error!(%error, "no token can be made");
        ApiError::internal()
    })
}

fn refused(why: NoRoom) -> ApiError {
    match why {
        NoRoom::Full => tracing::warn!("there are as many engines as there may be"),
        NoRoom::System(error) => tracing::error!(%error, "no engine can be started"),
    }
    ApiError::unavailable()
}

fn gone(_: Gone) -> ApiError {
    ApiError::unavailable()
}

fn respond(answered: Answered) -> Response {
    let mut response = Response::new(Body::from_stream(answered.body));
    dress(&mut response, answered.status, answered.headers);
    response
}

/// The session with what changing calls have to send back, and who it is.
async fn session(answered: Answered, csrf: Option<&str>) -> ApiResult<(Response, String)> {
    let body = http_body_util::Limited::new(Body::from_stream(answered.body), SESSION_BYTES);
    let bytes = body.collect().await.map_err(|_| ApiError::unavailable())?.to_bytes();
    let mut session: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|_| ApiError::unavailable())?;
    if let (Some(csrf), Some(members)) = (csrf, session.as_object_mut()) {
        members.insert("csrf".to_owned(), csrf.into());
    }
    let id = session.pointer("/user/id").and_then(|id| id.as_str()).unwrap_or_default().to_owned();
    let mut response = Response::new(Body::from(session.to_string()));
    dress(&mut response, answered.status, answered.headers);
    Ok((response, id))
}

fn dress(response: &mut Response, status: u16, headers: Vec<(String, String)>) {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in headers {
        // How long the body is and how it travels is this side's business.
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            continue;
        };
        if ![header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::SET_COOKIE].contains(&name) {
            response.headers_mut().append(name, value);
        }
    }
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
    {
        // Asks proxies not to collect the stream before passing it on.
        headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        assert!(["localhost", "localhost:80", "127.0.0.1:8080", "[::1]:80"].into_iter().all(is_this_machine));
        assert!(!["evil.test", "localhost.evil.test:80", "10.0.0.1", ""].into_iter().any(is_this_machine));
    }

    #[test]
    fn only_a_bearer_token_is_one() {
        let of = |text: &'static str| bearer(&HeaderValue::from_static(text)).map(str::to_owned);
        assert_eq!(of("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(of("bearer  abc ").as_deref(), Some("abc"));
        assert!(of("Basic abc").is_none() && of("Bearer ").is_none() && of("abc").is_none());
    }
}
