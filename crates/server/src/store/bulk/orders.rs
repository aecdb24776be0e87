//! What users tell jobs: to start, to stop, to try again what failed, to take it back. Owns who may and
//! when; the work itself is done turn by turn in `run`.

use super::job::{self, Job, Later, Stage};
use super::plan::{Plan, cancel_faults};
use crate::store::actions::{fault, form_fault};
use crate::store::events::{self, StoredEvent};
use crate::store::lookups::{categories, settings};
use crate::store::{Refusal, StoreError, Tx, key, members, millis};
use bandeja_contract::{FieldProblem, StartBulk};
use bandeja_model::bulk::PREVIEW_S;
use bandeja_model::{Actor, Denial, ItemResult, JobState, Timestamp};
use chrono::Duration;

/// Starts what was previewed, once and within the hour.
pub async fn start(
    tx: &mut Tx,
    actor: &Actor,
    sent: &StartBulk,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Job, Refusal> {
    let preview = job::seen(&mut *tx, actor, &sent.preview_id).await?;
    let preview = preview.filter(|preview| Some(preview.user) == key(actor.id.as_str()));
    let mut job = preview.ok_or(Denial::NotFound)?;
    if job.stage != Stage::Preview || now > job.created_at + Duration::seconds(i64::from(PREVIEW_S)) {
        return Err(Refusal::PreviewOver);
    }
    if sent.form.is_some() {
        job.plan.form.clone_from(&sent.form);
    }
    let mut faults = form_faults(tx, &mut job.plan).await?;
    if sent.form.is_some() && !job.plan.action.ends() {
        faults.push(fault("form", "not_asked_for", "Not asked for by this action."));
    }
    if sent.include_later && job.filter.is_none() {
        faults.push(fault("include_later", "not_asked_for", "Only a filter comes to match more."));
    }
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults));
    }
    if job.matched == 0 {
        return Err(Refusal::NothingToDo);
    }
    job.stage = Stage::Job(JobState::Queued);
    job.later = if sent.include_later { Later::Due } else { Later::No };
    job.started_at = now;
    sqlx::query("UPDATE bulk_job SET started_at = $1, plan = $2 WHERE id = $3")
        .bind(millis(now))
        .bind(serde_json::to_string(&job.plan)?)
        .bind(job.id)
        .execute(&mut **tx)
        .await?;
    queue(tx, &mut job, now, wall).await?;
    Ok(job)
}

/// What is wrong with the closing form, in any of the campaigns it is for.
async fn form_faults(tx: &mut Tx, plan: &mut Plan) -> Result<Vec<FieldProblem>, StoreError> {
    let mut faults: Vec<FieldProblem> = Vec::new();
    if !plan.action.ends() {
        return Ok(faults);
    }
    let form = plan.form.get_or_insert_default().clone();
    let forms = settings::closing_forms(&mut *tx).await?;
    let categories = categories(&mut *tx).await?;
    for campaign in &plan.campaigns {
        let asked = settings::form_of(&forms, campaign, plan.cancels());
        for (field, what) in form.draft().only_asked(&asked).check(&asked, &categories) {
            let mut fault = form_fault(field, what);
            fault.field = format!("form.{}", fault.field);
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
    if plan.cancels() {
        cancel_faults(&form, &mut faults);
    } else if let Some(target) = &form.transfer_to {
        let taker = members::taker(&mut *tx, target).await?;
        if !plan.campaigns.iter().any(|campaign| members::takes(taker.as_ref(), campaign)) {
            let words = "Not an active member of a campaign of these conversations.";
            faults.push(fault("form.transfer_to", "unknown", words));
        }
    }
    Ok(faults)
}

/// Tells a job to stop; the batch under way still ends.
pub async fn stop(tx: &mut Tx, actor: &Actor, id: &str, now: Timestamp) -> Result<Job, Refusal> {
    let (mut job, state) = started(tx, actor, id).await?;
    if state.is_over() {
        return Err(Refusal::JobState("The job is over already."));
    }
    if state != JobState::Stopping {
        job.stage = Stage::Job(JobState::Stopping);
        job.save(&mut *tx).await?;
        events::append(&mut *tx, now, &StoredEvent::bulk(&job)).await?;
    }
    Ok(job)
}

/// Gives those that failed another turn.
pub async fn retry(
    tx: &mut Tx,
    actor: &Actor,
    id: &str,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Job, Refusal> {
    let (mut job, state) = started(tx, actor, id).await?;
    if !state.is_over() {
        return Err(Refusal::JobState("The job is still under way."));
    }
    if job.undone_by.is_some() {
        return Err(Refusal::JobState("The job was taken back."));
    }
    if job.failed == 0 {
        return Err(Refusal::NothingToDo);
    }
    job.stage = Stage::Job(JobState::Queued);
    job.finished_at = None;
    job.retrying = true;
    job.failed = 0;
    job.reasons.retain(|reason, _| reason.result() != ItemResult::Failed);
    queue(tx, &mut job, now, wall).await?;
    Ok(job)
}

/// Starts the job that takes another back: for who started it, for a day, once (P24).
pub async fn undo(
    tx: &mut Tx,
    actor: &Actor,
    id: &str,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Job, Refusal> {
    let (original, state) = started(tx, actor, id).await?;
    if key(actor.id.as_str()) != Some(original.user) {
        return Err(Refusal::NotTheStarter);
    }
    if !original.plan.action.can_be_undone() {
        return Err(Refusal::JobState("What was taken back is not taken back again."));
    }
    if !state.is_over() {
        return Err(Refusal::JobState("The job is still under way."));
    }
    if original.undone_by.is_some() {
        return Err(Refusal::UndoOver);
    }
    match original.undo_until() {
        None => return Err(Refusal::NothingToDo),
        Some(until) if now >= until => return Err(Refusal::UndoOver),
        Some(_) => {}
    }
    let plan = Plan::undo(&actor.scopes);
    let undoing: i64 = sqlx::query_scalar(
        "INSERT INTO bulk_job (user_id, action, state, plan, created_at, started_at, matched, undoes, undoes_id,
         copied_to) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, 0) RETURNING id",
    )
    .bind(original.user)
    .bind(plan.action.code())
    .bind(JobState::Queued.code())
    .bind(serde_json::to_string(&plan)?)
    .bind(millis(now))
    .bind(i64::try_from(original.done).unwrap_or(i64::MAX))
    .bind(original.plan.action.code())
    .bind(original.id)
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query("UPDATE bulk_job SET undone_by = $1 WHERE id = $2")
        .bind(undoing)
        .bind(original.id)
        .execute(&mut **tx)
        .await?;
    let mut job = job::load(&mut *tx, undoing).await?.ok_or(Denial::NotFound)?;
    queue(tx, &mut job, now, wall).await?;
    Ok(job)
}

/// A job, not a preview, that `actor` may look at.
async fn started(tx: &mut Tx, actor: &Actor, id: &str) -> Result<(Job, JobState), Refusal> {
    let job = job::seen(&mut *tx, actor, id).await?.ok_or(Denial::NotFound)?;
    let state = job.state().ok_or(Denial::NotFound)?;
    Ok((job, state))
}

/// Puts a job behind those that wait already, and measures its pace from now on.
async fn queue(tx: &mut Tx, job: &mut Job, now: Timestamp, wall: Timestamp) -> Result<(), StoreError> {
    job.queued_at = millis(now);
    job.paced_at = Some(wall);
    job.paced_turns = job.turns();
    job.save(&mut *tx).await?;
    events::append(&mut *tx, now, &StoredEvent::bulk(job)).await
}
