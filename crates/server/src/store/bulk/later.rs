//! The pass at the end, if it was asked for: what came to match while the job ran, and is due the action,
//! joins the job (P21).

use super::job::{self, Job, Later, Stage};
use super::matching;
use super::run::{EXCLUDED, Moment};
use super::write::{Frozen, SLICE, add};
use crate::store::filter_sql::Eyes;
use crate::store::{Store, StoreError, Tx, glance};
use bandeja_model::{Filter, JobState};
use std::collections::HashSet;

/// Conversations looked at with one statement.
const CHUNK: usize = 500;

/// Looks for them and adds them, in slices. Cut off in the middle, it begins anew and finds the rest.
pub(super) async fn pick_up(store: &Store, job: Job, at: Moment) -> Result<(), StoreError> {
    let found = find(store, &job, at).await?;
    for slice in found.chunks(SLICE) {
        let mut tx = store.begin().await?;
        let Some(mut job) = running(&mut tx, job.id).await? else { return Ok(()) };
        add(&mut tx, job.id, slice).await?;
        job.matched += slice.len() as u64;
        job.save(&mut tx).await?;
        tx.commit().await?;
    }
    let mut tx = store.begin().await?;
    let Some(mut job) = running(&mut tx, job.id).await? else { return Ok(()) };
    job.later = Later::Made;
    job.save(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The job, unless it was told to stop meanwhile.
async fn running(tx: &mut Tx, id: i64) -> Result<Option<Job>, StoreError> {
    Ok(job::load(&mut *tx, id).await?.filter(|job| job.stage == Stage::Job(JobState::Running)))
}

/// What matches now and is due, and is neither in the job nor was taken out of the selection.
async fn find(store: &Store, job: &Job, at: Moment) -> Result<Vec<Frozen>, StoreError> {
    let mut tx = store.snapshot().await?;
    let (Some(filter), Some(actor)) = (&job.filter, job.worker(&mut tx).await?) else {
        return Ok(Vec::new());
    };
    let filter = Filter::parse(filter).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let eyes = Eyes::new(&actor, at.now, at.utc_offset_s);
    let known = known(&mut tx, job.id).await?;
    let mut keys = matching::all(&mut tx, &filter, &eyes).await?;
    keys.retain(|key| !known.contains(key));
    let deed = job.plan.deed();
    let mut found = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        let glances = glance::load_many(&mut tx, chunk, Some(&actor.id)).await?;
        let due = chunk.iter().filter_map(|key| glances.get(key));
        let due = due.filter(|glance| deed.due(&actor, &glance.conversation).is_ok());
        found.extend(due.map(|glance| Frozen {
            conversation: glance.key,
            status: glance.state.status,
            excluded: None,
        }));
    }
    Ok(found)
}

/// What is in the job, and what was taken out of the selection. What the preview left out for a reason
/// that no longer holds is in neither.
async fn known(tx: &mut Tx, job: i64) -> Result<HashSet<i64>, StoreError> {
    let except: String = sqlx::query_scalar("SELECT except_ids FROM bulk_job WHERE id = $1")
        .bind(job)
        .fetch_one(&mut **tx)
        .await?;
    let except: Vec<i64> = serde_json::from_str(&except)?;
    let inside: Vec<i64> = sqlx::query_scalar(
        "SELECT conversation_id FROM bulk_item WHERE job_id = $1 AND (result IS NULL OR result <> $2)",
    )
    .bind(job)
    .bind(EXCLUDED)
    .fetch_all(&mut **tx)
    .await?;
    Ok(inside.into_iter().chain(except).collect())
}
