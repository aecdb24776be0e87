//! A server that is killed in the middle of a job goes on where it was.

use crate::furnish_store;
use bandeja_contract::{BulkSelection, Close, PreviewBulk, StartBulk};
use bandeja_model::{BulkAction, JobState};
use bandeja_server::app::{AppState, Settings};
use bandeja_server::store::bulk::{job, orders, preview};
use bandeja_server::store::filter_sql::Eyes;
use bandeja_server::store::{Store, users};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Runtime;

const COUNT: i64 = 1_500;

/// Fills the database and starts the job; nobody works on it yet.
async fn begin(path: &Path) -> i64 {
    let store = Store::open(path).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    sqlx::raw_sql(include_str!("../common/world.sql")).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    furnish_store(&store, COUNT, Some(4)).await;
    let now = bandeja_server::clock::Clock::default().now();
    let actor = users::actor(&mut store.read().await.unwrap(), 4).await.unwrap().unwrap();
    let form = Close { description: "x".to_owned(), ..Close::default() };
    let selection =
        BulkSelection { filter: Some("owner=me&group=open".to_owned()), ..BulkSelection::default() };
    let (form, tags) = (Some(form), Vec::new());
    let sent = PreviewBulk { action: BulkAction::Close, selection, form, assign: None, tags };
    let seen = preview::preview(&store, &Eyes::new(&actor, now, 0), &sent).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let sent = StartBulk { preview_id: seen.preview_id, include_later: true, form: None };
    let job = orders::start(&mut tx, &actor, &sent, now, now).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    job.id
}

/// Lets a server work for that long and kills it; answers with how far the job is then.
fn work_and_die(path: &Path, job: i64, time: Duration) -> (u64, bool) {
    let runtime = Runtime::new().unwrap();
    let turns = runtime.block_on(async {
        let store = Store::open(path).await.unwrap();
        let app = AppState::start(store, Settings::default()).await.unwrap();
        tokio::time::sleep(time).await;
        let job = job::load(&mut app.store.read().await.unwrap(), job).await.unwrap().unwrap();
        (job.turns(), job.state().is_some_and(JobState::is_over))
    });
    // Every task is dropped where it stands, whatever transaction it was in.
    runtime.shutdown_background();
    turns
}

#[test]
fn a_job_survives_any_number_of_deaths_and_nothing_is_done_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let job = Runtime::new().unwrap().block_on(begin(&path));
    let (mut last, mut lives) = (0, 0);
    loop {
        let (turns, over) = work_and_die(&path, job, Duration::from_millis(120));
        assert!(turns >= last, "what was written down stays written down");
        (last, lives) = (turns, lives + 1);
        if over {
            break;
        }
        assert!(lives < 300, "{turns} turns");
    }
    assert!(lives > 1, "it was killed in the middle");
    Runtime::new().unwrap().block_on(async {
        let store = Store::open(&path).await.unwrap();
        let mut reader = store.read().await.unwrap();
        let job = job::load(&mut reader, job).await.unwrap().unwrap();
        let matched = COUNT.unsigned_abs();
        assert_eq!((job.matched, job.done, job.skipped, job.failed), (matched, matched, 0, 0));
        for (what, sql) in [
            ("done", "SELECT count(*) FROM bulk_item WHERE result = 'done'"),
            ("closed", "SELECT count(*) FROM conversation WHERE status = 'closed' AND version = 2"),
            ("recorded", "SELECT count(DISTINCT conversation_id) FROM closing"),
            ("recorded once", "SELECT count(*) FROM closing"),
            ("told once", "SELECT count(*) FROM message WHERE event LIKE '%\"closed\"%'"),
        ] {
            let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut *reader).await.unwrap();
            assert_eq!(count, COUNT, "{what}");
        }
    });
}
