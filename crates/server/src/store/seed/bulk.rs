//! Rows of one table, collected and then written many at a time.

use crate::store::StoreError;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::fmt::Write;

/// Values per statement, roughly: more of them make naming each take longer than is won.
const VALUES: usize = 96;

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// A number, moment, key or yes-or-no.
    Int(i64),
    /// Text.
    Text(String),
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn maybe_text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    pub(super) fn maybe_int(int: Option<i64>) -> Self {
        int.map_or(Self::Null, Self::Int)
    }
}

/// Rows that wait to be written.
#[derive(Debug)]
pub(super) struct Bulk {
    columns: usize,
    /// Rows per statement, many first, and its text: few statements, so that each is prepared once.
    statements: [(usize, String); 2],
    values: Vec<Value>,
}

impl Bulk {
    /// No rows yet. `table` and `columns` (separated by commas) are names in our own schema, never anything that was sent.
    pub(super) fn new(table: &str, columns: &str) -> Self {
        let count = columns.split(',').count();
        let sizes = [(VALUES / count).max(1), 1];
        let statements = sizes.map(|rows| (rows, statement(table, columns, count, rows)));
        Self { columns: count, statements, values: Vec::new() }
    }

    /// Adds a row, its values in the order of the columns.
    pub(super) fn push<const COLUMNS: usize>(&mut self, row: [Value; COLUMNS]) {
        debug_assert_eq!(COLUMNS, self.columns);
        self.values.extend(row);
    }

    /// Writes what was added.
    pub(super) async fn flush(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut values = std::mem::take(&mut self.values).into_iter();
        for (rows, sql) in &self.statements {
            let wanted = rows * self.columns;
            while values.len() >= wanted && wanted > 0 {
                let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
                for value in values.by_ref().take(wanted) {
                    query = match value {
                        Value::Null => query.bind(None::<i64>),
                        Value::Int(int) => query.bind(int),
                        Value::Text(text) => query.bind(text),
                    };
                }
                query.execute(&mut *connection).await?;
            }
        }
        Ok(())
    }
}

fn statement(table: &str, columns: &str, count: usize, rows: usize) -> String {
    let mut sql = format!("INSERT INTO {table} ({columns}) VALUES ");
    for row in 0..rows {
        let first = row * count + 1;
        let numbers: Vec<_> = (first..first + count).map(|number| format!("${number}")).collect();
        let comma = if row == 0 { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(sql, "{comma}({})", numbers.join(", "));
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_a_place_for_every_value() {
        let sql = statement("tag", "id, name", 2, 2);
        assert_eq!(sql, "INSERT INTO tag (id, name) VALUES ($1, $2), ($3, $4)");
    }
}
