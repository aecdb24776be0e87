//! The task that closes what nothing happens to (P26, P30). Owns when it is looked for; what is found and
//! what becomes of it is said in `store::sweep`.

use crate::app::AppState;
use crate::store::sweep;
use std::time::Duration;

/// How long at most after its time an idle conversation is closed, or its contact warned.
const EVERY: Duration = Duration::from_secs(15);

/// Starts the task; it ends with the hub. What became idle while no server ran is found at once.
pub fn start(app: AppState) {
    tokio::spawn(async move {
        while !app.hub.is_closed() {
            let told = || {
                app.hub.ring();
                !app.hub.is_closed()
            };
            if let Err(error) = sweep::pass(&app.store, || app.clock.now(), told).await
                && !app.hub.is_closed()
            {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "looking for idle conversations failed"
                );
            }
            app.sweeps.within(EVERY).await;
        }
    });
}
