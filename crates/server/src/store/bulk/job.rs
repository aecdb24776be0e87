//! A job as it is kept: reading it, writing how far it is, and telling of it.

use super::plan::Plan;
use crate::store::conversations::id as wire_id;
use crate::store::filter_sql::Sql;
use crate::store::{StoreError, key, millis, moment, users};
use bandeja_contract::{BulkJob, Excluded};
use bandeja_model::bulk::{eta_s, undo_until};
use bandeja_model::{Actor, BulkAction, BulkReason, ItemResult, JobState, Role, Timestamp};
use chrono::TimeDelta;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;

/// How long an ended job is listed.
const LISTED: TimeDelta = TimeDelta::days(1);
/// Jobs listed at most.
const MOST: i64 = 50;

const COLUMNS: &str =
    "SELECT id, user_id, state, plan, filter, created_at, queued_at, started_at, finished_at,
    paced_at, paced_turns, matched, done, skipped, failed, reasons, later, retrying, undoes, undoes_id,
    copied_to, undone_by FROM bulk_job WHERE ";

/// Where a job stands, or what it is before it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A preview that can be started.
    Preview,
    /// A preview that is being written, or too old.
    Nothing,
    /// A job.
    Job(JobState),
}

/// The pass at the end, for what came to match meanwhile (P21).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// Not asked for.
    No,
    /// Still to be made.
    Due,
    /// Made.
    Made,
}

/// A job, or a preview.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its key.
    pub id: i64,
    /// Who started it, or looked.
    pub user: i64,
    /// Where it stands.
    pub stage: Stage,
    /// What it does.
    pub plan: Plan,
    /// What its conversations match; `None`: they were named.
    pub filter: Option<String>,
    /// When it was previewed.
    pub created_at: Timestamp,
    /// Its place among jobs.
    pub queued_at: i64,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Since when its pace is measured, by the system's clock.
    pub paced_at: Option<Timestamp>,
    /// How many had had their turn then.
    pub paced_turns: u64,
    /// Conversations in it.
    pub matched: u64,
    /// Done so far.
    pub done: u64,
    /// Skipped so far.
    pub skipped: u64,
    /// Failed so far.
    pub failed: u64,
    /// Why conversations were skipped or failed.
    pub reasons: BTreeMap<BulkReason, u64>,
    /// Whether one more pass is made.
    pub later: Later,
    /// Those that failed wait for another turn.
    pub retrying: bool,
    /// The action it takes back, and the job.
    pub undoes: Option<(BulkAction, i64)>,
    /// The last item of that job which was copied; `None`: all were.
    pub copied_to: Option<i64>,
    /// The job that took it back.
    pub undone_by: Option<i64>,
}

impl Job {
    /// Its state, if it is a job.
    pub const fn state(&self) -> Option<JobState> {
        match self.stage {
            Stage::Job(state) => Some(state),
            Stage::Preview | Stage::Nothing => None,
        }
    }

    /// How many had their turn.
    pub const fn turns(&self) -> u64 {
        self.done + self.skipped + self.failed
    }

    /// Counts what became of `count` conversations.
    pub fn count(&mut self, reason: Option<BulkReason>, count: u64) {
        match reason.map(BulkReason::result) {
            None => self.done += count,
            Some(ItemResult::Failed) => self.failed += count,
            Some(_) => self.skipped += count,
        }
        if let Some(reason) = reason.filter(|_| count > 0) {
            *self.reasons.entry(reason).or_default() += count;
        }
    }

    /// Until when it can be taken back, if ever (P24).
    pub fn undo_until(&self) -> Option<Timestamp> {
        let can = self.plan.action.can_be_undone() && self.done > 0 && self.undone_by.is_none();
        self.finished_at.filter(|_| can).map(undo_until)
    }

    /// Whether `actor` may look at it: who started it, and super admins. Its counts speak of what was in sight
    /// where it was started, so a narrowed session sees only jobs of its like.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        let is_theirs = actor.role == Role::SuperAdmin || key(actor.id.as_str()) == Some(self.user);
        is_theirs && actor.scopes.show_work_of(&self.plan.scopes)
    }

    /// In whose name its work is done: who started it, with their rights of now, narrowed like the session it
    /// was started in. `None` if they were deactivated.
    pub async fn worker(&self, connection: &mut SqliteConnection) -> Result<Option<Actor>, StoreError> {
        let actor = users::actor(connection, self.user).await?;
        Ok(actor.map(|actor| Actor { scopes: self.plan.scopes.clone(), ..actor }))
    }

    /// As it is told at `now`, which the system's clock calls `wall`; a preview counts as waiting.
    pub fn told(&self, now: Timestamp, wall: Timestamp) -> BulkJob {
        let state = self.state().unwrap_or(JobState::Queued);
        let elapsed = self.paced_at.filter(|_| !state.is_over()).map(|since| wall - since);
        let (turns, all) =
            (self.turns().saturating_sub(self.paced_turns), self.matched.saturating_sub(self.paced_turns));
        BulkJob {
            id: self.id.to_string(),
            action: self.plan.action,
            undoes: self.undoes.map(|(action, _)| action),
            by: wire_id(self.user),
            state,
            matched: self.matched,
            done: self.done,
            skipped: self.skipped,
            failed: self.failed,
            eta_s: elapsed.and_then(|elapsed| eta_s(turns, all, elapsed.as_seconds_f64())),
            started_at: self.started_at,
            finished_at: self.finished_at,
            undo_until: self.undo_until().filter(|until| now < *until),
            undone_by: self.undone_by.map(|job| job.to_string()),
            reasons: self
                .reasons
                .iter()
                .map(|(reason, count)| Excluded { reason: *reason, count: *count })
                .collect(),
        }
    }

    /// Writes how far it is.
    pub async fn save(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let stored = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        sqlx::query(
            "UPDATE bulk_job SET state = $1, finished_at = $2, paced_at = $3, paced_turns = $4, matched = $5,
             done = $6, skipped = $7, failed = $8, reasons = $9, later = $10, retrying = $11, copied_to = $12,
             queued_at = $13 WHERE id = $14",
        )
        .bind(self.state().map_or("over", JobState::code))
        .bind(self.finished_at.map(millis))
        .bind(self.paced_at.map(millis))
        .bind(stored(self.paced_turns))
        .bind(stored(self.matched))
        .bind(stored(self.done))
        .bind(stored(self.skipped))
        .bind(stored(self.failed))
        .bind(serde_json::to_string(&self.reasons)?)
        .bind(self.later as i64)
        .bind(self.retrying)
        .bind(self.copied_to)
        .bind(self.queued_at)
        .bind(self.id)
        .execute(connection)
        .await?;
        Ok(())
    }
}

/// The job or preview with that key.
pub async fn load(connection: &mut SqliteConnection, id: i64) -> Result<Option<Job>, StoreError> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("id = ").push_bind(id);
    sql.build().fetch_optional(connection).await?.as_ref().map(read).transpose()
}

/// The job or preview of that id, if `actor` may look at it.
pub async fn seen(
    connection: &mut SqliteConnection,
    actor: &Actor,
    id: &str,
) -> Result<Option<Job>, StoreError> {
    let Some(key) = key(id) else { return Ok(None) };
    Ok(load(connection, key).await?.filter(|job| job.is_seen_by(actor)))
}

/// The jobs of a user that are under way or ended in the last day and that they may look at, newest first.
pub async fn recent(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Job>, StoreError> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("user_id = ").push_bind(key(actor.id.as_str()));
    sql.push(" AND started_at IS NOT NULL AND (finished_at IS NULL OR finished_at > ");
    sql.push_bind(millis(now - LISTED));
    sql.push(") ORDER BY started_at DESC, id DESC LIMIT ").push_bind(MOST);
    let jobs: Result<Vec<Job>, StoreError> =
        sql.build().fetch_all(connection).await?.iter().map(read).collect();
    Ok(jobs?.into_iter().filter(|job| job.is_seen_by(actor)).collect())
}

fn read(row: &SqliteRow) -> Result<Job, StoreError> {
    let count = |column: &str| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
    let at = |column: &str| row.try_get::<Option<i64>, _>(column).map(|at| at.map(moment));
    let created_at = moment(row.try_get("created_at")?);
    let undoes = match row.try_get::<Option<&str>, _>("undoes")? {
        Some(code) => Some((undone_action(code)?, row.try_get("undoes_id")?)),
        None => None,
    };
    Ok(Job {
        id: row.try_get("id")?,
        user: row.try_get("user_id")?,
        stage: match row.try_get("state")? {
            "preview" => Stage::Preview,
            code => JobState::from_code(code).map_or(Stage::Nothing, Stage::Job),
        },
        plan: serde_json::from_str(row.try_get("plan")?)?,
        filter: row.try_get("filter")?,
        created_at,
        queued_at: row.try_get::<Option<i64>, _>("queued_at")?.unwrap_or_default(),
        started_at: at("started_at")?.unwrap_or(created_at),
        finished_at: at("finished_at")?,
        paced_at: at("paced_at")?,
        paced_turns: count("paced_turns")?,
        matched: count("matched")?,
        done: count("done")?,
        skipped: count("skipped")?,
        failed: count("failed")?,
        reasons: serde_json::from_str(row.try_get("reasons")?)?,
        later: match row.try_get::<i64, _>("later")? {
            0 => Later::No,
            1 => Later::Due,
            _ => Later::Made,
        },
        retrying: row.try_get("retrying")?,
        undoes,
        copied_to: row.try_get("copied_to")?,
        undone_by: row.try_get("undone_by")?,
    })
}

fn undone_action(code: &str) -> Result<BulkAction, StoreError> {
    let action = BulkAction::ALL.into_iter().find(|action| action.code() == code);
    action.ok_or_else(|| StoreError::Corrupt(format!("action {code}")))
}
