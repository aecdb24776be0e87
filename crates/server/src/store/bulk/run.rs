//! The work of jobs, one turn at a time: a turn is one short write transaction that gives some
//! conversations of one job their turn and writes down what became of them. Whatever is cut off between
//! two turns goes on where it was, and nothing is done twice.

use super::job::{self, Job, Later, Stage};
use super::turn::{self, Item, Outcome, Round};
use super::{later, matching};
use crate::store::events::{self, StoredEvent, Touched};
use crate::store::filter_sql::Eyes;
use crate::store::glance::{self, Glance};
use crate::store::{Store, StoreError, Tx, millis};
use bandeja_model::bulk::Trace;
use bandeja_model::{BulkReason, Filter, ItemResult, JobState, Timestamp};
use sqlx::{Row, SqliteConnection};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Conversations that have their turn in one transaction, at most.
const ITEMS: i64 = 100;
/// How long a transaction goes on to the next conversation: nobody else writes meanwhile.
const TIME: Duration = Duration::from_millis(40);
/// Items that are skipped, copied or put back in one transaction.
const SLICE: i64 = 2_000;

/// When a turn is taken, and where.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The moment product rules go by.
    pub now: Timestamp,
    /// The system's time.
    pub wall: Timestamp,
    /// The installation's offset from UTC in seconds.
    pub utc_offset_s: i32,
}

/// Takes one turn. Users take turns too: the one after `last` comes first. `telling` says whether it is
/// time to tell how far a job is. Answers whose turn it was, or nothing if nothing is to be done.
pub async fn turn(
    store: &Store,
    last: i64,
    at: Moment,
    telling: impl FnOnce(i64) -> bool,
) -> Result<Option<i64>, StoreError> {
    let mut reader = store.read().await?;
    let Some(id) = next(&mut reader, last).await? else { return Ok(None) };
    let Some(job) = job::load(&mut reader, id).await? else { return Ok(None) };
    let waits = is_waiting(&mut reader, id).await?;
    drop(reader);
    let user = job.user;
    if job.later == Later::Due && !waits && job.stage == Stage::Job(JobState::Running) && !job.retrying {
        later::pick_up(store, job, at).await?;
        return Ok(Some(user));
    }
    let mut tx = store.begin().await?;
    // Read again: until now somebody else could write.
    let Some(mut job) = job::load(&mut tx, id).await? else { return Ok(Some(user)) };
    let Some(state) = job.state().filter(|state| !state.is_over()) else { return Ok(Some(user)) };
    if state == JobState::Queued {
        job.stage = Stage::Job(JobState::Running);
    }
    step(&mut tx, &mut job, at).await?;
    job.save(&mut tx).await?;
    if job.state() != Some(state) || telling(id) {
        events::append(&mut tx, at.now, &StoredEvent::bulk(&job)).await?;
    }
    tx.commit().await?;
    Ok(Some(user))
}

/// Measures the pace of every job that is under way anew: the server was not running until now.
pub async fn resume(store: &Store, wall: Timestamp) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    sqlx::query(
        "UPDATE bulk_job SET paced_at = $1, paced_turns = done + skipped + failed
         WHERE state IN ('queued', 'running', 'stopping')",
    )
    .bind(millis(wall))
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The job whose turn it is: one that was told to stop, else the oldest of the next user.
async fn next(connection: &mut SqliteConnection, last: i64) -> Result<Option<i64>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, user_id, state FROM bulk_job WHERE state IN ('queued', 'running', 'stopping')
         ORDER BY queued_at, id",
    )
    .fetch_all(connection)
    .await?;
    let mut best: Option<((bool, bool, i64), i64)> = None;
    for row in &rows {
        let (id, user): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let stopping = row.try_get::<&str, _>(2)? == JobState::Stopping.code();
        let rank = (!stopping, user <= last, user);
        if best.is_none_or(|(known, _)| rank < known) {
            best = Some((rank, id));
        }
    }
    Ok(best.map(|(_, id)| id))
}

async fn is_waiting(connection: &mut SqliteConnection, job: i64) -> Result<bool, StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT id FROM bulk_item WHERE job_id = $1 AND result IS NULL LIMIT 1")
            .bind(job)
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

async fn step(tx: &mut Tx, job: &mut Job, at: Moment) -> Result<(), StoreError> {
    if let (Some(from), Some((_, original))) = (job.copied_to, job.undoes) {
        job.copied_to = copy(tx, job.id, original, from).await?;
        return Ok(());
    }
    if job.retrying {
        job.retrying = put_back(tx, job.id).await?;
        return Ok(());
    }
    if job.stage == Stage::Job(JobState::Stopping) {
        return leave(tx, job, BulkReason::Stopped, JobState::Stopped, at).await;
    }
    match job.worker(&mut *tx).await? {
        Some(actor) => {
            let eyes = Eyes::new(&actor, at.now, at.utc_offset_s);
            batch(tx, job, &eyes).await
        }
        // Who was deactivated may do nothing any more, and neither may their jobs.
        None => leave(tx, job, BulkReason::NotPermitted, JobState::Finished, at).await,
    }
}

/// Copies a slice of what the original did; answers with the last one, or nothing if that was all.
async fn copy(tx: &mut Tx, job: i64, original: i64, from: i64) -> Result<Option<i64>, StoreError> {
    let last: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(id) FROM (SELECT id FROM bulk_item WHERE job_id = $1 AND result = 'done' AND id > $2
         ORDER BY id LIMIT $3) AS slice",
    )
    .bind(original)
    .bind(from)
    .bind(SLICE)
    .fetch_one(&mut **tx)
    .await?;
    let Some(last) = last else { return Ok(None) };
    sqlx::query(
        "INSERT INTO bulk_item (job_id, conversation_id, status_before, before, version_after, unread_after,
         newest_after) SELECT $1, conversation_id, status_after, before, version_after, unread_after, newest_after
         FROM bulk_item WHERE job_id = $2 AND result = 'done' AND id > $3 AND id <= $4 ORDER BY id",
    )
    .bind(job)
    .bind(original)
    .bind(from)
    .bind(last)
    .execute(&mut **tx)
    .await?;
    Ok(Some(last))
}

/// Lets a slice of those that failed wait again; false if that was all.
async fn put_back(tx: &mut Tx, job: i64) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE bulk_item SET result = NULL, reason = NULL WHERE id IN
         (SELECT id FROM bulk_item WHERE job_id = $1 AND result = 'failed' ORDER BY id LIMIT $2)",
    )
    .bind(job)
    .bind(SLICE)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Skips a slice of those that wait; when none is left, the job is over.
async fn leave(
    tx: &mut Tx,
    job: &mut Job,
    reason: BulkReason,
    end: JobState,
    at: Moment,
) -> Result<(), StoreError> {
    let left = sqlx::query(
        "UPDATE bulk_item SET result = $1, reason = $2 WHERE id IN
         (SELECT id FROM bulk_item WHERE job_id = $3 AND result IS NULL ORDER BY id LIMIT $4)",
    )
    .bind(reason.result().code())
    .bind(reason.code())
    .bind(job.id)
    .bind(SLICE)
    .execute(&mut **tx)
    .await?;
    job.count(Some(reason), left.rows_affected());
    if !is_waiting(&mut *tx, job.id).await? {
        job.stage = Stage::Job(end);
        job.finished_at = Some(at.now);
    }
    Ok(())
}

/// Gives the next conversations their turn, each with the rights and the state of this moment (P21).
async fn batch(tx: &mut Tx, job: &mut Job, eyes: &Eyes) -> Result<(), StoreError> {
    let since = Instant::now();
    let items = waiting(&mut *tx, job.id).await?;
    if items.is_empty() {
        if job.later != Later::Due {
            job.stage = Stage::Job(JobState::Finished);
            job.finished_at = Some(eyes.viewer.now);
        }
        return Ok(());
    }
    let keys: Vec<i64> = items.iter().map(|item| item.conversation).collect();
    let glances = glance::load_many(&mut *tx, &keys, Some(&eyes.actor.id)).await?;
    let mut round = Round::begin(tx, &job.plan, &eyes.actor, eyes.viewer.now, &keys).await?;
    let verdicts = verdicts(tx, job, eyes, &round, &items, &glances).await?;
    // A savepoint for each costs a third of the time, so at first there is one for all.
    sqlx::query("SAVEPOINT batch").execute(&mut **tx).await?;
    let outcomes = match work(tx, &mut round, &verdicts, since, false).await {
        Ok(outcomes) => outcomes,
        Err(error) => {
            tracing::warn!(%error, job = job.id, "a batch failed and is done one by one");
            sqlx::query("ROLLBACK TO batch").execute(&mut **tx).await?;
            work(tx, &mut round, &verdicts, Instant::now(), true).await?
        }
    };
    sqlx::query("RELEASE batch").execute(&mut **tx).await?;
    let mut touched = Vec::new();
    for (item, outcome) in &outcomes {
        job.count(outcome.reason(), 1);
        if outcome.reason().is_none() {
            touched.extend(glances.get(&item.conversation).map(Touched::from));
        }
    }
    turn::write(&mut *tx, job.id, &outcomes).await?;
    if !touched.is_empty() {
        let event = StoredEvent::Conversations { touched, by: Some(eyes.actor.id.clone()) };
        events::append(&mut *tx, eyes.viewer.now, &event).await?;
    }
    Ok(())
}

/// An item with why it is left alone, or the conversation that is due.
type Verdict<'a> = (&'a Item, Result<&'a Glance, BulkReason>);

/// What is due and what is left alone. Whether it is due goes before what others do: who finds it done
/// already is told so.
async fn verdicts<'a>(
    tx: &mut Tx,
    job: &Job,
    eyes: &Eyes,
    round: &Round,
    items: &'a [Item],
    glances: &'a HashMap<i64, Glance>,
) -> Result<Vec<Verdict<'a>>, StoreError> {
    let keys: Vec<i64> = items.iter().map(|item| item.conversation).collect();
    let matching = match &job.filter {
        Some(filter) => {
            let filter = Filter::parse(filter).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            Some(matching::among(&mut *tx, &filter, eyes, &keys).await?)
        }
        None => None,
    };
    let place = matching::Place { queued_at: job.queued_at, job: job.id };
    let elsewhere = matching::elsewhere(&mut *tx, &keys, Some(place)).await?;
    let verdict = |item: &'a Item| {
        let glance = glances.get(&item.conversation).ok_or(BulkReason::NotFound)?;
        if let Some(reason) = round.against(item, glance) {
            return Err(reason);
        }
        if matching.as_ref().is_some_and(|matching| !matching.contains(&item.conversation)) {
            return Err(BulkReason::NoMatch);
        }
        if elsewhere.contains(&item.conversation) {
            return Err(BulkReason::OtherJob);
        }
        Ok(glance)
    };
    Ok(items.iter().map(|item| (item, verdict(item))).collect())
}

/// Does what is due until the time is over; one at least.
async fn work<'a>(
    tx: &mut Tx,
    round: &mut Round,
    verdicts: &[Verdict<'a>],
    since: Instant,
    carefully: bool,
) -> Result<Vec<(&'a Item, Outcome)>, StoreError> {
    let mut outcomes = Vec::with_capacity(verdicts.len());
    let mut ledger = round.ledger(tx).await?;
    for (item, verdict) in verdicts {
        if since.elapsed() > TIME && !outcomes.is_empty() {
            break;
        }
        let outcome = match verdict {
            Err(reason) => Outcome::Left(*reason),
            Ok(glance) if carefully => round.careful_turn(tx, item, Glance::clone(glance)).await?,
            Ok(glance) => round.turn(tx, &mut ledger, item, Glance::clone(glance)).await?,
        };
        outcomes.push((*item, outcome));
    }
    // Done carefully, each wrote its own and nothing is left here.
    ledger.write(tx).await?;
    Ok(outcomes)
}

async fn waiting(connection: &mut SqliteConnection, job: i64) -> Result<Vec<Item>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, conversation_id, before, version_after, unread_after, newest_after FROM bulk_item
         WHERE job_id = $1 AND result IS NULL ORDER BY id LIMIT $2",
    )
    .bind(job)
    .bind(ITEMS)
    .fetch_all(connection)
    .await?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        let before: Option<&str> = row.try_get(2)?;
        let trace = match row.try_get::<Option<i64>, _>(3)? {
            Some(version) => Some(Trace {
                version: version.unsigned_abs(),
                unread: row.try_get(4)?,
                newest: row.try_get(5)?,
            }),
            None => None,
        };
        let before = before.map(serde_json::from_str).transpose()?;
        Ok(Item { id: row.try_get(0)?, conversation: row.try_get(1)?, left: before.zip(trace) })
    };
    rows.iter().map(read).collect()
}

/// The code of items that are no part of the job.
pub(super) const EXCLUDED: &str = ItemResult::Excluded.code();
