//! The task that lets conversations follow their line to another team, slice by slice. What a slice does is
//! said in `store::lines::follow`.

use crate::app::AppState;
use crate::store::StoreError;
use crate::store::lines::follow;
use std::time::Duration;

/// It is looked for this often even if nobody says that a line was changed.
const LOOK: Duration = Duration::from_secs(15);
/// How long it waits after a failure: the database may be full, or gone.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Starts the task; it ends with the hub. What was under way when the server stopped goes on.
pub fn start(app: AppState) {
    tokio::spawn(async move {
        while !app.hub.is_closed() {
            match turn(&app).await {
                // Writers stand in line, so whoever waits comes before the next slice.
                Ok(true) => tokio::task::yield_now().await,
                Ok(false) => app.follows.within(LOOK).await,
                Err(_) if app.hub.is_closed() => {}
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "conversations do not follow");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    });
}

async fn turn(app: &AppState) -> Result<bool, StoreError> {
    let moved = follow::turn(&app.store, app.clock.now()).await?;
    if moved {
        app.hub.ring();
    }
    Ok(moved)
}
