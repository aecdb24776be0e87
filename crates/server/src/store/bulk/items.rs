//! The account of a job: its conversations one by one, cut to those that who asks may see now (P4, P25).

use super::run::EXCLUDED;
use crate::store::conversations::{coded, id};
use crate::store::filter_sql::{Eyes, Sql, push_where};
use crate::store::{Refusal, StoreError};
use bandeja_contract::{BulkItem, BulkItemPage, Page, Total, receipt_line};
use bandeja_model::{BulkReason, Channel, Filter, ItemResult, Status};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// Which items are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// With this result; `None`: any of the job's.
    pub result: Option<ItemResult>,
    /// With this reason.
    pub reason: Option<BulkReason>,
    /// Behind this one.
    pub after: i64,
}

impl Wanted {
    /// Reads a cursor.
    pub fn read_cursor(text: &str) -> Result<i64, Refusal> {
        let after = text.strip_prefix("n.").and_then(|id| id.parse().ok());
        after.ok_or_else(|| Refusal::invalid("cursor", "unknown", "This cursor was never given out."))
    }

    fn push(&self, sql: &mut Sql) {
        match self.result {
            Some(result) => sql.push(" AND i.result = ").push_bind(result.code()),
            None => sql.push(" AND (i.result IS NULL OR i.result <> ").push_bind(EXCLUDED).push(")"),
        };
        if let Some(reason) = self.reason {
            sql.push(" AND i.reason = ").push_bind(reason.code());
        }
    }
}

/// A page of a job's items, in the order of their turns.
pub async fn page(
    connection: &mut SqliteConnection,
    job: i64,
    eyes: &Eyes,
    wanted: Wanted,
    limit: u32,
) -> Result<BulkItemPage, StoreError> {
    let mut sql = Sql::new("SELECT count(*) FROM bulk_item i WHERE i.job_id = ");
    sql.push_bind(job);
    wanted.push(&mut sql);
    let total: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
    let mut rows = rows(connection, job, eyes, wanted, i64::from(limit) + 1).await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let last = rows.last().filter(|_| more).map(|row| row.try_get::<i64, _>("id")).transpose()?;
    Ok(Page {
        items: rows.iter().map(read).collect::<Result<_, _>>()?,
        total: Total { value: total.unsigned_abs(), exact: true },
        next: last.map(|last| format!("n.{last}")),
        prev: None,
        partial: None,
    })
}

/// Lines of a receipt behind an item, and the last one's; nothing if there are none.
pub async fn receipt(
    connection: &mut SqliteConnection,
    job: i64,
    eyes: &Eyes,
    after: i64,
    limit: i64,
) -> Result<Option<(String, i64)>, StoreError> {
    let rows = rows(connection, job, eyes, Wanted { after, ..Wanted::default() }, limit).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let last: i64 = last.try_get("id")?;
    let mut text = String::with_capacity(rows.len() * 64);
    for row in &rows {
        let item = read(row)?;
        let owner: Option<&str> = row.try_get("owner_name")?;
        text.push_str(&receipt_line(&item, owner.unwrap_or_default()));
        text.push_str("\r\n");
    }
    Ok(Some((text, last)))
}

async fn rows(
    connection: &mut SqliteConnection,
    job: i64,
    eyes: &Eyes,
    wanted: Wanted,
    limit: i64,
) -> Result<Vec<SqliteRow>, StoreError> {
    let mut sql = Sql::new(
        "SELECT i.id, i.conversation_id, i.result, i.reason, i.status_before, i.status_after, c.channel,
         c.owner_id, c.address, k.name, u.name AS owner_name
         FROM bulk_item i JOIN conversation c ON c.id = i.conversation_id JOIN contact k ON k.id = c.contact_id
         LEFT JOIN app_user u ON u.id = c.owner_id",
    );
    push_where(&mut sql, &Filter::default(), eyes);
    sql.push(" AND i.job_id = ").push_bind(job).push(" AND i.id > ").push_bind(wanted.after);
    wanted.push(&mut sql);
    sql.push(" ORDER BY i.id LIMIT ").push_bind(limit);
    Ok(sql.build().fetch_all(connection).await?)
}

fn read(row: &SqliteRow) -> Result<BulkItem, StoreError> {
    let status = |column: &str| -> Result<Option<Status>, StoreError> {
        let code: Option<&str> = row.try_get(column)?;
        Ok(code.and_then(Status::from_code))
    };
    let name: &str = row.try_get("name")?;
    let address: &str = row.try_get("address")?;
    Ok(BulkItem {
        conversation_id: id(row.try_get("conversation_id")?),
        contact: if name.is_empty() { address } else { name }.to_owned(),
        channel: coded(row, "channel", Channel::from_code)?,
        result: row.try_get::<Option<&str>, _>("result")?.and_then(ItemResult::from_code),
        reason: row.try_get::<Option<&str>, _>("reason")?.and_then(BulkReason::from_code),
        before: status("status_before")?,
        after: status("status_after")?,
        owner: row.try_get::<Option<i64>, _>("owner_id")?.map(id),
        detail: None,
    })
}
