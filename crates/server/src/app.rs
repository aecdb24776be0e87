//! The running server: what handlers share, the router around them, and the tasks beside them.

use crate::api;
use crate::clock::Clock;
use crate::http::{assets, caller, cors, frames, headers, idempotency, log, problem, rate::RateLimit};
use crate::live::hub::Hub;
use crate::live::{bulk, follow, housekeeping, sweep};
use crate::origin::Origin;
use crate::store::lookups::settings;
use crate::store::{Store, StoreError};
use crate::zone::Zone;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use bandeja_model::Timestamp;
use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

/// Failed sign-ins per address and mail address in a minute.
const SIGN_INS_A_MINUTE: usize = 10;
/// Passwords verified at the same time: each takes a core and 19 MiB.
const PASSWORDS_AT_ONCE: usize = 2;
/// How long open calls may take to end after the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// How an installation wants its server.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Demo data: demo users may sign in and the clock can be moved.
    pub demo: bool,
    /// Where the installation's days begin and end.
    pub zone: Zone,
    /// The app's files; without them only the API is served.
    pub dist: Option<PathBuf>,
    /// A proxy stands in front: `X-Forwarded-Proto` and `X-Forwarded-For` are its words.
    pub behind_proxy: bool,
    /// Sites whose pages may call the API with a token of their own, besides those of API keys.
    pub allow_origins: Vec<Origin>,
    /// Sites that may show the page for embedding in a frame, besides those of API keys.
    pub frame_ancestors: Vec<Origin>,
}

impl Settings {
    /// How many seconds the installation's clocks are ahead of UTC at that moment.
    pub fn utc_offset_s(&self, at: Timestamp) -> i32 {
        self.zone.utc_offset_s(at)
    }

    /// When the installation's day ends.
    pub fn tonight(&self, now: Timestamp) -> Timestamp {
        self.zone.tonight(now)
    }
}

/// What handlers share. Cloning shares it.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The insides of [`AppState`].
pub struct Shared {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// The event streams.
    pub hub: Hub,
    /// Asks for housekeeping.
    pub nudge: housekeeping::Nudge,
    /// Says that a job waits.
    pub jobs: housekeeping::Nudge,
    /// Says that conversations follow a line.
    pub follows: housekeeping::Nudge,
    /// Asks for idle conversations to be looked for.
    pub sweeps: housekeeping::Nudge,
    /// How the installation wants it.
    pub settings: Settings,
    /// Failed sign-ins by address and mail address.
    pub sign_ins: RateLimit<(IpAddr, String)>,
    /// Turns for verifying passwords.
    pub passwords: Semaphore,
    /// Calls with an `Idempotency-Key` that run right now.
    pub running: idempotency::Running,
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl AppState {
    /// Everything handlers need, on an open database, with the tasks that run beside them. To be
    /// called within a tokio runtime.
    pub async fn start(store: Store, settings: Settings) -> Result<Self, StoreError> {
        let mut reader = store.read().await?;
        let offset_ms = if settings.demo { settings::clock_offset_ms(&mut reader).await? } else { 0 };
        drop(reader);
        let clock = Clock::ahead_by(offset_ms);
        let app = Self(Arc::new(Shared {
            hub: Hub::start(store.clone(), clock.clone()).await?,
            clock,
            nudge: housekeeping::Nudge::default(),
            jobs: housekeeping::Nudge::default(),
            follows: housekeeping::Nudge::default(),
            sweeps: housekeeping::Nudge::default(),
            store,
            settings,
            sign_ins: RateLimit::new(SIGN_INS_A_MINUTE, Duration::from_mins(1)),
            passwords: Semaphore::new(PASSWORDS_AT_ONCE),
            running: idempotency::Running::default(),
        }));
        housekeeping::start(app.clone());
        bulk::start(app.clone());
        follow::start(app.clone());
        sweep::start(app.clone());
        Ok(app)
    }
}

/// The whole site: API, files, and what every call goes through on the way.
pub fn router(app: AppState) -> Router {
    let (api, _) = api::routes(app.settings.demo).split_for_parts();
    api.route(frames::HOSTS, get(frames::hosts))
        .fallback(assets::serve)
        .layer(from_fn_with_state(app.clone(), idempotency::remember))
        .layer(from_fn_with_state(app.clone(), caller::identify))
        .layer(from_fn(problem::normalise))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(from_fn_with_state(app.clone(), cors::share))
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .layer(from_fn(log::calls))
        .with_state(app)
}

/// Serves until `stop` is ready, then lets running calls end.
pub async fn serve(
    listener: TcpListener,
    app: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let (told, mut telling) = tokio::sync::watch::channel(false);
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        app.hub.close();
        app.nudge.now();
        app.jobs.now();
        app.follows.now();
        app.sweeps.now();
        told.send_replace(true);
    });
    let late = async move {
        // An error means that serving ended by itself.
        if telling.wait_for(|told| *told).await.is_ok() {
            tokio::time::sleep(FAREWELL).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        result = serving.into_future() => result,
        () = late => Ok(()),
    }
}

/// The address a call came from, as the server itself saw it.
pub type Peer = ConnectInfo<SocketAddr>;
