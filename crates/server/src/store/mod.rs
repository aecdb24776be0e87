//! The database: opening, migrating, read connections and write transactions.
//!
//! SQL stands in this folder only. One connection writes; its transaction is also the lock under
//! which event ids are given, held to the commit. Knows nothing of HTTP.

pub mod actions;
pub mod api_keys;
pub mod arrivals;
pub mod bulk;
pub mod change;
pub mod clocks;
pub mod comebacks;
pub mod conversations;
pub mod deeds;
pub mod episodes;
pub mod events;
pub mod facets;
pub mod filter_sql;
pub mod glance;
pub mod idempotency;
pub mod ledger;
pub mod lines;
pub mod lists;
pub mod lookups;
pub mod members;
mod menu;
pub mod messages;
pub mod refusal;
pub mod search;
pub mod seed;
pub mod sessions;
pub mod state;
pub mod sweep;
pub mod thread;
pub mod timing;
pub mod undo;
pub mod users;

use bandeja_model::Timestamp;
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::fmt;
use std::path::Path;
use std::time::Duration;

pub use refusal::Refusal;

/// A write transaction; dropped without a commit, it leaves nothing behind.
pub type Tx = sqlx::Transaction<'static, Sqlite>;

/// How many connections read at the same time.
const READERS: u32 = 4;
/// How long a connection waits for a lock before the call fails.
const BUSY: Duration = Duration::from_secs(10);
/// The schema's steps, in order; each is applied once.
const STEPS: [&str; 5] = [
    include_str!("schema/0001_start.sql"),
    include_str!("schema/0002_bulk.sql"),
    include_str!("schema/0003_timing.sql"),
    include_str!("schema/0004_lines.sql"),
    include_str!("schema/0005_embed.sql"),
];

/// Why the database did not do what was asked.
#[derive(Debug)]
pub enum StoreError {
    /// The database failed.
    Database(sqlx::Error),
    /// Something stored cannot be read back: what.
    Corrupt(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::Corrupt(what) => write!(f, "stored data cannot be read: {what}"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            Self::Corrupt(_) => None,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// The open database. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Store {
    readers: SqlitePool,
    writer: SqlitePool,
}

impl Store {
    /// Opens the database file, creating it if it is missing, and brings the schema up to date.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY)
            .foreign_keys(true)
            .statement_cache_capacity(256)
            // Pages that many changes touch are then copied into the file once instead of four times.
            .pragma("wal_autocheckpoint", "4000")
            .pragma("cache_size", "-65536")
            .pragma("mmap_size", "1073741824")
            .pragma("temp_store", "memory");
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrate(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(READERS)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self { readers, writer })
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// A read transaction: all that is read through it is of one moment, so that what was in sight when
    /// it was looked for still is when it is read.
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        Ok(self.readers.begin().await?)
    }

    /// Begins the one write transaction there can be; waits for its turn.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Lets the database measure its tables, after much was written at once.
    pub async fn analyze(&self) -> Result<(), StoreError> {
        sqlx::query("ANALYZE").execute(&self.writer).await?;
        Ok(())
    }

    /// Waits for running calls and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Applies the steps that were not applied yet, each in a transaction of its own.
async fn migrate(writer: &SqlitePool) -> Result<(), StoreError> {
    sqlx::query("CREATE TABLE IF NOT EXISTS schema_step (step BIGINT PRIMARY KEY)").execute(writer).await?;
    for (step, sql) in (1_i64..).zip(STEPS) {
        let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
        let known: Option<i64> = sqlx::query_scalar("SELECT step FROM schema_step WHERE step = $1")
            .bind(step)
            .fetch_optional(&mut *tx)
            .await?;
        if known.is_none() {
            sqlx::raw_sql(sql).execute(&mut *tx).await?;
            search::create(&mut tx).await?;
            sqlx::query("INSERT INTO schema_step (step) VALUES ($1)").bind(step).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// A moment as it is stored.
pub fn millis(at: Timestamp) -> i64 {
    at.timestamp_millis()
}

/// A stored moment.
pub fn moment(millis: i64) -> Timestamp {
    Timestamp::from_timestamp_millis(millis).unwrap_or_default()
}

/// A stored key from an id of the wire; `None` is none of ours, so nothing has it.
pub fn key(id: &str) -> Option<i64> {
    let key = id.parse::<i64>().ok()?;
    (key > 0 && key.to_string() == id).then_some(key)
}
