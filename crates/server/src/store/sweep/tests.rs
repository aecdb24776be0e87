//! How the database goes about looking for idle conversations: by an index that holds all it asks.

use super::*;
use crate::seed::Options;
use crate::store::seed::{Secrets, fill};
use bandeja_model::timing::{Anchor, DAY_S, HOUR_S};
use sqlx::AssertSqlSafe;

/// The steps of the plan for a statement.
pub(in crate::store) async fn plan(store: &Store, sql: &Sql) -> String {
    let mut reader = store.read().await.unwrap();
    let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.sql().as_str()));
    let rows = sqlx::query(explained).fetch_all(&mut *reader).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("; ")
}

/// An empty database, and one that was filled and measured.
pub(in crate::store) async fn stores(folder: &std::path::Path) -> [Store; 2] {
    let empty = Store::open(&folder.join("empty.db")).await.unwrap();
    let full = Store::open(&folder.join("full.db")).await.unwrap();
    let options = Options { seed: 3, now_ms: 1_795_192_920_000, count: 600 };
    fill(&full, options, Secrets::Derived, "bandeja-demo", |_| {}).await.unwrap();
    [empty, full]
}

#[tokio::test]
async fn candidates_are_searched_by_an_index_and_no_conversation_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let now = crate::store::moment(1_795_192_920_000);
    for store in stores(folder.path()).await {
        for (anchor, index) in [(Anchor::Any, "any"), (Anchor::Contact, "contact"), (Anchor::Agent, "agent")]
        {
            for notice_s in [None, Some(HOUR_S)] {
                let rule = Rule { after_s: 7 * DAY_S, anchor, since: None, notice_s };
                let plan = plan(&store, &question(1, &rule, Place::START, now).unwrap()).await;
                let search = format!("SEARCH c USING COVERING INDEX conversation_idle_{index} (team_id=?");
                assert!(plan.starts_with(&search), "{plan}");
                assert!(plan.contains(&format!("clock_{index}")), "the range is searched for: {plan}");
                assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }
}
