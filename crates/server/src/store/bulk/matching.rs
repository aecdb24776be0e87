//! Which conversations a selection is about, asked of the database at once: what a filter matches in
//! sight, and which of them another job has before it.

use crate::store::StoreError;
use crate::store::conversations::push_keys;
use crate::store::filter_sql::{Eyes, Sql, push_where};
use bandeja_model::Filter;
use sqlx::SqliteConnection;
use std::collections::HashSet;

/// The keys of all that `filter` matches in the sight of `eyes`, newest activity first: as people read a
/// list, and as most indexes have them, so that a batch writes few pages.
pub(super) async fn all(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
) -> Result<Vec<i64>, StoreError> {
    let mut sql = Sql::new("SELECT c.id FROM conversation c");
    push_where(&mut sql, filter, eyes);
    sql.push(" ORDER BY c.last_activity_at DESC, c.id DESC");
    Ok(sql.build_query_scalar().fetch_all(connection).await?)
}

/// Those of `keys` that `filter` still matches in the sight of `eyes`.
///
/// Text is not looked for again: to a thread or a contact it is only ever added, so what was found by
/// its words still would be, and finding it would cost as much as at first, at every batch.
pub(super) async fn among(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
    keys: &[i64],
) -> Result<HashSet<i64>, StoreError> {
    let filter = Filter { q: None, ..filter.clone() };
    let mut sql = Sql::new("SELECT c.id FROM conversation c");
    push_where(&mut sql, &filter, eyes);
    sql.push(" AND c.id IN (");
    push_keys(&mut sql, keys);
    let found: Vec<i64> = sql.build_query_scalar().fetch_all(connection).await?;
    Ok(found.into_iter().collect())
}

/// A job's place in the order of jobs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// When it was started, or told to try again.
    pub(super) queued_at: i64,
    /// Which job.
    pub(super) job: i64,
}

/// Those of `keys` that another job has before it: any that is under way, or only those before `place`.
pub(super) async fn elsewhere(
    connection: &mut SqliteConnection,
    keys: &[i64],
    place: Option<Place>,
) -> Result<HashSet<i64>, StoreError> {
    let mut jobs = Sql::new("SELECT id FROM bulk_job WHERE state IN ('queued', 'running', 'stopping')");
    if let Some(Place { queued_at, job }) = place {
        jobs.push(" AND (queued_at, id) < (").push_bind(queued_at).push(", ").push_bind(job).push(")");
    }
    let jobs: Vec<i64> = jobs.build_query_scalar().fetch_all(&mut *connection).await?;
    if jobs.is_empty() || keys.is_empty() {
        return Ok(HashSet::new());
    }
    // The plus sign leads to the index by conversation: a job may have very many.
    let mut sql = Sql::new("SELECT conversation_id FROM bulk_item WHERE result IS NULL AND +job_id IN (");
    push_keys(&mut sql, &jobs);
    sql.push(" AND conversation_id IN (");
    push_keys(&mut sql, keys);
    let found: Vec<i64> = sql.build_query_scalar().fetch_all(connection).await?;
    Ok(found.into_iter().collect())
}
