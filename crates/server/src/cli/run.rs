//! Serving and seeding.

use super::{Failure, Seed, Serve};
use crate::api::session::DEMO_PASSWORD;
use crate::app::{self, AppState, Settings};
use crate::clock::Clock;
use crate::seed::Options;
use crate::store::lookups::settings;
use crate::store::seed::{Secrets, fill};
use crate::store::{Store, users};
use std::io::Write;
use std::path::Path;
use tokio::net::TcpListener;

pub(super) async fn serve(asked: Serve) -> Result<(), Failure> {
    let store = open(&asked.at.database).await?;
    if asked.demo && users::is_empty(&mut *store.read().await?).await? {
        generate(&store, asked.conversations, asked.seed, Secrets::Derived).await?;
    }
    let settings = Settings {
        demo: asked.demo,
        zone: asked.zone(),
        dist: asked.dist,
        behind_proxy: asked.behind_proxy,
        allow_origins: asked.allow_origin,
        frame_ancestors: asked.frame_ancestors,
    };
    if let Some(dist) = settings.dist.as_deref().filter(|dist| !dist.join("index.html").is_file()) {
        return Err(Failure::Refused(format!("there is no index.html in {}", dist.display())));
    }
    let io = |error| Failure::Io(format!("cannot listen on {}", asked.listen), error);
    let listener = TcpListener::bind(&asked.listen).await.map_err(io)?;
    let address = listener.local_addr().map_err(io)?;
    let app = AppState::start(store.clone(), settings).await?;
    super::admin::print(&format!("listening on http://{address}\n"))?;
    let served = app::serve(listener, app, told_to_stop()).await;
    store.close().await;
    served.map_err(|error| Failure::Io("serving failed".to_owned(), error))
}

pub(super) async fn seed(asked: Seed) -> Result<(), Failure> {
    let store = open(&asked.at.database).await?;
    generate(&store, asked.conversations, asked.number, Secrets::Random).await?;
    store.close().await;
    Ok(())
}

/// Opens the database, making its folder if need be.
pub(super) async fn open(path: &Path) -> Result<Store, Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let io = |error| Failure::Io(format!("cannot make {}", folder.display()), error);
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    Ok(Store::open(path).await?)
}

async fn generate(store: &Store, count: usize, seed: u64, secrets: Secrets) -> Result<(), Failure> {
    let mut reader = store.read().await?;
    let clock = Clock::ahead_by(settings::clock_offset_ms(&mut reader).await?);
    drop(reader);
    let options = Options { seed, now_ms: clock.now().timestamp_millis(), count };
    fill(store, options, secrets, DEMO_PASSWORD, |done| {
        // Somebody who closed stderr does not want to know.
        let _ = write!(std::io::stderr(), "\rdemo data: {done} of {count} conversations");
    })
    .await?;
    let _ = writeln!(std::io::stderr());
    Ok(())
}

/// Ready when the process is asked to stop.
pub(super) async fn told_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot hear Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => interrupted.await,
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
    tracing::info!("stopping");
}
