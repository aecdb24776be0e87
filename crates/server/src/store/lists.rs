//! Pages of conversations: keyset cursors both ways, random access by offset, bounded totals.

use super::conversations::load_many;
use super::filter_sql::{Eyes, Sql, push_where, sort_key};
use super::{Refusal, StoreError};
use bandeja_contract::{ConversationPage, Counts, Page, Total};
use bandeja_model::limits::{PAGE_ROWS, PAGE_ROWS_DEFAULT};
use bandeja_model::{Filter, Sort, View};
use sqlx::{Row, SqliteConnection};

/// Totals are exact up to here.
pub const EXACT_TOTAL: i64 = 100_000;

/// Which part of a list is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Order.
    pub sort: Sort,
    /// Rows at most.
    pub limit: u32,
    /// Where it begins.
    pub from: From,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug)]
pub enum From {
    /// So many rows after the start.
    Offset(i64),
    /// At an edge of another page.
    Cursor(Cursor),
}

/// An edge between two rows of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    sort: Sort,
    forward: bool,
    key: i64,
    id: i64,
}

impl Cursor {
    /// As it stands in answers; nothing may be read out of it.
    pub fn write(self) -> String {
        let way = if self.forward { 'n' } else { 'p' };
        format!("{way}.{}.{}.{}", self.sort.code(), self.key, self.id)
    }

    /// Reads it back; `None` was never given out.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let forward = match parts.next()? {
            "n" => true,
            "p" => false,
            _ => return None,
        };
        let sort = Sort::from_code(parts.next()?)?;
        let (key, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some(Self { sort, forward, key, id })
    }
}

impl Wanted {
    /// Checks what a caller asked for.
    pub fn new(
        sort: Sort,
        limit: Option<u32>,
        cursor: Option<&str>,
        offset: Option<u64>,
    ) -> Result<Self, Refusal> {
        let limit = page_rows(limit)?;
        let from = match (cursor, offset) {
            (Some(_), Some(_)) => {
                return Err(Refusal::invalid(
                    "offset",
                    "together",
                    "An offset cannot stand beside a cursor.",
                ));
            }
            (None, offset) => From::Offset(i64::try_from(offset.unwrap_or(0)).unwrap_or(i64::MAX)),
            (Some(text), None) => match Cursor::read(text) {
                Some(cursor) if cursor.sort == sort => From::Cursor(cursor),
                Some(_) => {
                    return Err(Refusal::invalid("cursor", "other_sort", "The cursor is of another order."));
                }
                None => {
                    return Err(Refusal::invalid("cursor", "unknown", "This cursor was never given out."));
                }
            },
        };
        Ok(Self { sort, limit, from })
    }
}

/// The number of rows of a page, within its limits.
pub fn page_rows(limit: Option<u32>) -> Result<u32, Refusal> {
    let limit = limit.unwrap_or(PAGE_ROWS_DEFAULT);
    if (1..=PAGE_ROWS).contains(&limit) {
        Ok(limit)
    } else {
        Err(Refusal::invalid("limit", "range", format!("From 1 to {PAGE_ROWS} rows.")))
    }
}

/// A page of what `filter` matches in the sight of `eyes`.
pub async fn page(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
    wanted: &Wanted,
) -> Result<ConversationPage, StoreError> {
    let total = total(&mut *connection, filter, eyes).await?;
    let mut rows = edges(&mut *connection, filter, eyes, wanted).await?;
    let forward = !matches!(wanted.from, From::Cursor(Cursor { forward: false, .. }));
    let more = rows.len() > usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    if !forward {
        rows.reverse();
    }
    let at_start = matches!(wanted.from, From::Offset(0));
    let edge = |forward, row: Option<&(i64, i64)>| {
        row.map(|(key, id)| Cursor { sort: wanted.sort, forward, key: *key, id: *id }.write())
    };
    // Whoever came with a cursor has rows behind them; ahead there are some if one more was found.
    let next = if forward && !more { None } else { edge(true, rows.last()) };
    let prev = if at_start || (!forward && !more) { None } else { edge(false, rows.first()) };
    let keys: Vec<i64> = rows.into_iter().map(|(_, id)| id).collect();
    let items = load_many(connection, &keys, Some(&eyes.viewer.id)).await?;
    Ok(Page { items, total, next, prev, partial: None })
}

/// Order key and id of the rows wanted, and of one more.
async fn edges(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
    wanted: &Wanted,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let column = sort_key(wanted.sort);
    let mut sql = Sql::new("SELECT ");
    sql.push(column).push(", c.id FROM conversation c");
    push_where(&mut sql, filter, eyes);
    let mut order = "DESC";
    if let From::Cursor(cursor) = wanted.from {
        let side = if cursor.forward { " < (" } else { " > (" };
        sql.push(" AND (").push(column).push(", c.id)").push(side);
        sql.push_bind(cursor.key).push(", ").push_bind(cursor.id).push(")");
        order = if cursor.forward { "DESC" } else { "ASC" };
    }
    // A limit that can be read in the text leads to the index of the order; a bound one does not.
    let rows = wanted.limit.saturating_add(1);
    sql.push(format_args!(" ORDER BY {column} {order}, c.id {order} LIMIT {rows}"));
    if let From::Offset(offset) = wanted.from {
        sql.push(" OFFSET ").push_bind(offset);
    }
    let rows = sql.build().fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// How many there are: exact up to [`EXACT_TOTAL`], else that number and not exact.
pub async fn total(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
) -> Result<Total, StoreError> {
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT 1 FROM conversation c");
    push_where(&mut sql, filter, eyes);
    sql.push(" LIMIT ").push_bind(EXACT_TOTAL + 1).push(") AS found");
    let count: i64 = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(Total { value: count.min(EXACT_TOTAL).unsigned_abs(), exact: count <= EXACT_TOTAL })
}

/// How many each view shows when it is opened.
pub async fn counts(connection: &mut SqliteConnection, eyes: &Eyes) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for view in View::ALL {
        let mut sql = Sql::new("SELECT count(*) FROM conversation c");
        push_where(&mut sql, &view.filter(), eyes);
        let count: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
        counts.views.insert(view.code().to_owned(), count.unsigned_abs());
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_others_are_refused() {
        let cursor = Cursor { sort: Sort::Waiting, forward: false, key: -5, id: 7 };
        assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
        for text in ["", "n", "n.waiting.1", "x.waiting.1.2", "n.waiting.1.2.3", "n.colour.1.2"] {
            assert_eq!(Cursor::read(text), None, "{text}");
        }
        let other = Wanted::new(Sort::Activity, None, Some(&cursor.write()), None);
        assert!(matches!(other, Err(Refusal::Invalid(fields)) if fields[0].field == "cursor"));
    }

    #[test]
    fn a_page_has_between_one_row_and_the_limit() {
        for limit in [0, PAGE_ROWS + 1] {
            assert!(
                matches!(page_rows(Some(limit)), Err(Refusal::Invalid(fields)) if fields[0].field == "limit")
            );
        }
        assert!(page_rows(Some(PAGE_ROWS)).is_ok());
    }
}
