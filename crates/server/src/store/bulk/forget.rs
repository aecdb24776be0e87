//! Dropping previews nobody started and jobs that are long over, a little at a time.

use crate::store::{StoreError, Tx, millis};
use bandeja_model::Timestamp;
use bandeja_model::bulk::PREVIEW_S;
use chrono::TimeDelta;

/// How long an ended job can be looked at.
const KEPT: TimeDelta = TimeDelta::days(30);
/// How long who starts a preview too late is told so.
const TOLD: TimeDelta = TimeDelta::days(1);
/// Items dropped in one transaction.
const SLICE: i64 = 1_000;

/// Drops a slice; true if there may be more.
pub async fn forget_old(tx: &mut Tx, now: Timestamp) -> Result<bool, StoreError> {
    sqlx::query(
        "UPDATE bulk_job SET state = 'over' WHERE state IN ('making', 'preview') AND created_at < $1",
    )
    .bind(millis(now - TimeDelta::seconds(i64::from(PREVIEW_S))))
    .execute(&mut **tx)
    .await?;
    let old = millis(now - KEPT);
    let job: Option<i64> = sqlx::query_scalar(
        "SELECT j.id FROM bulk_job j WHERE (j.state = 'over' OR (j.state IN ('stopped', 'finished') AND j.finished_at < $1))
         AND EXISTS (SELECT 1 FROM bulk_item i WHERE i.job_id = j.id) LIMIT 1",
    )
    .bind(old)
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(job) = job {
        sqlx::query(
            "DELETE FROM bulk_item WHERE id IN (SELECT id FROM bulk_item WHERE job_id = $1 ORDER BY id LIMIT $2)",
        )
        .bind(job)
        .bind(SLICE)
        .execute(&mut **tx)
        .await?;
        return Ok(true);
    }
    sqlx::query(
        "DELETE FROM bulk_job WHERE (state = 'over' AND created_at < $1)
         OR (state IN ('stopped', 'finished') AND finished_at < $2)",
    )
    .bind(millis(now - TOLD))
    .bind(old)
    .execute(&mut **tx)
    .await?;
    Ok(false)
}
