//! The work of every quarter of a minute, and of the moment after a demo clock was moved: waking
//! snoozed conversations, dropping what is too old.

use crate::app::AppState;
use crate::store::bulk::forget;
use crate::store::{StoreError, actions, comebacks, events, idempotency, sessions, undo};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How long at most after its time a snoozed conversation wakes.
const EVERY: Duration = Duration::from_secs(15);
/// Slices of old jobs and returns dropped at a time.
const SLICES: usize = 20;

/// Asks for some work to be done now rather than at its next turn. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Nudge(Arc<Notify>);

impl Nudge {
    /// Asks for it.
    pub fn now(&self) {
        self.0.notify_one();
    }

    /// Waits until somebody asks, at most that long.
    pub(super) async fn within(&self, time: Duration) {
        // Either reason is good.
        let _ = tokio::time::timeout(time, self.0.notified()).await;
    }
}

/// Starts the task; it ends with the hub.
pub fn start(app: AppState) {
    tokio::spawn(async move {
        while !app.hub.is_closed() {
            app.nudge.within(EVERY).await;
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
    tx.commit().await?;
    for _ in 0..SLICES {
        let mut tx = app.store.begin().await?;
        let more = forget::forget_old(&mut tx, now).await? | comebacks::forget_old(&mut tx, now).await?;
        tx.commit().await?;
        if !more {
            break;
        }
    }
    Ok(())
}
