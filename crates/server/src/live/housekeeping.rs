//! The work of every quarter of a minute, and of the moment after a demo clock was moved: waking
//! snoozed conversations, dropping what is too old.

use crate::app::AppState;
use crate::store::{StoreError, actions, events, idempotency, sessions, undo};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How long at most after its time a snoozed conversation wakes.
const EVERY: Duration = Duration::from_secs(15);

/// Asks for the work to be done now rather than at its next turn. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Nudge(Arc<Notify>);

impl Nudge {
    /// Asks for it.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// Starts the task; it ends with the hub.
pub fn start(app: AppState) {
    tokio::spawn(async move {
        while !app.hub.is_closed() {
            // Either reason is good.
            let _ = tokio::time::timeout(EVERY, app.nudge.0.notified()).await;
            if let Err(error) = work(&app).await {
                tracing::error!(error = &error as &dyn std::error::Error, "housekeeping failed");
            }
        }
    });
}

/// Does the work once.
pub async fn work(app: &AppState) -> Result<(), StoreError> {
    let (now, wall) = (app.clock.now(), app.clock.wall());
    let mut tx = app.store.begin().await?;
    actions::wake_due(&mut tx, now).await?;
    tx.commit().await?;
    app.hub.ring();
    let mut tx = app.store.begin().await?;
    sessions::forget_old(&mut tx, wall).await?;
    idempotency::forget_old(&mut tx, now).await?;
    events::forget_old(&mut tx, now).await?;
    undo::forget_old(&mut tx, now).await?;
    tx.commit().await.map_err(StoreError::from)
}
