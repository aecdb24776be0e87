//! Writing a set of conversations down as items of a job, many rows in a statement.

use crate::store::filter_sql::Sql;
use crate::store::{StoreError, Tx};
use bandeja_model::{BulkReason, ItemResult, Status};

/// Rows in a statement: with more, naming their values takes longer than is won.
const ROWS: usize = 50;
/// Rows in a transaction, so that nobody else waits for long.
pub(super) const SLICE: usize = 2_000;

/// A conversation as it was when the set was frozen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frozen {
    /// Its key.
    pub(super) conversation: i64,
    /// Its state.
    pub(super) status: Status,
    /// Why it is left out; `None`: it would change.
    pub(super) excluded: Option<BulkReason>,
}

/// Adds a slice to a job.
pub(super) async fn add(tx: &mut Tx, job: i64, slice: &[Frozen]) -> Result<(), StoreError> {
    for rows in slice.chunks(ROWS) {
        let mut sql =
            Sql::new("INSERT INTO bulk_item (job_id, conversation_id, result, reason, status_before) ");
        sql.push_values(rows, |mut row, item| {
            let result = item.excluded.map(|_| ItemResult::Excluded.code());
            row.push_bind(job).push_bind(item.conversation).push_bind(result);
            row.push_bind(item.excluded.map(BulkReason::code)).push_bind(item.status.code());
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}
