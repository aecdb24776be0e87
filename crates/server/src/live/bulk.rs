//! The task that works through jobs over many conversations, turn by turn. Owns whose turn is next and
//! how often progress is told; what a turn does is said in `store::bulk::run`.

use crate::app::AppState;
use crate::store::StoreError;
use crate::store::bulk::run::{self, Moment};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Jobs are looked for this often even if nobody says that one waits.
const LOOK: Duration = Duration::from_secs(1);
/// How long it waits after a failure: the database may be full, or gone.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How often the progress of a job is told at most.
const TOLD_EVERY: Duration = Duration::from_millis(500);
/// Jobs whose progress is remembered; forgetting one only means that it is told once more.
const REMEMBERED: usize = 1_000;

/// Starts the task; it ends with the hub. What was under way when the server stopped goes on.
pub fn start(app: AppState) {
    tokio::spawn(async move {
        if let Err(error) = run::resume(&app.store, app.clock.wall()).await {
            tracing::error!(error = &error as &dyn std::error::Error, "jobs cannot be resumed");
        }
        let mut runner = Runner::default();
        while !app.hub.is_closed() {
            match runner.turn(&app).await {
                // Writers stand in line, so whoever waits comes before the next turn.
                Ok(true) => tokio::task::yield_now().await,
                Ok(false) => app.jobs.within(LOOK).await,
                Err(_) if app.hub.is_closed() => {}
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a turn of a job failed");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    });
}

/// What is remembered between turns.
#[derive(Debug, Default)]
struct Runner {
    /// Whose turn it was.
    last: i64,
    /// When the progress of each job was told.
    told: HashMap<i64, Instant>,
}

impl Runner {
    /// Takes one turn; false if nothing is to be done.
    async fn turn(&mut self, app: &AppState) -> Result<bool, StoreError> {
        let now = app.clock.now();
        let at = Moment { now, wall: app.clock.wall(), utc_offset_s: app.settings.utc_offset_s(now) };
        let told = &mut self.told;
        let turn = run::turn(&app.store, self.last, at, |job| is_time(told, job)).await?;
        let Some(user) = turn else { return Ok(false) };
        self.last = user;
        app.hub.ring();
        Ok(true)
    }
}

/// Whether the progress of the job is to be told now.
fn is_time(told: &mut HashMap<i64, Instant>, job: i64) -> bool {
    let now = Instant::now();
    if told.get(&job).is_some_and(|at| now.duration_since(*at) < TOLD_EVERY) {
        return false;
    }
    if told.len() >= REMEMBERED {
        told.clear();
    }
    told.insert(job, now);
    true
}
