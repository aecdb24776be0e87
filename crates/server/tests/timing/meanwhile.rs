//! Several at the same time: two sweeps, and a server that was down meanwhile (P30).

use bandeja_contract::SaveTiming;
use bandeja_model::timing::{DAY_S, Inactivity, Timing};
use bandeja_model::{TeamId, Timestamp};
use bandeja_server::store::change::Decided;
use bandeja_server::store::sweep::{self, Swept};
use bandeja_server::store::{Store, timing, users};
use chrono::TimeDelta;
use serde_json::json;

pub(crate) const NOW: i64 = 1_760_000_000_000;

pub(crate) fn now() -> Timestamp {
    Timestamp::from_timestamp_millis(NOW).unwrap()
}

/// An empty database with the small world.
pub(crate) async fn empty(folder: &std::path::Path) -> Store {
    let store = Store::open(&folder.join("test.db")).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    sqlx::raw_sql(include_str!("../common/world.sql")).execute(&mut *tx).await.unwrap();
    sqlx::query("INSERT INTO contact (id) VALUES (1)").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    store
}

/// Open conversations of team 1 that nothing happened to since 1970.
pub(crate) async fn furnish(store: &Store, count: i64) {
    let mut tx = store.begin().await.unwrap();
    for id in 1..=count {
        sqlx::query(
            "INSERT INTO conversation (id, status, channel, line_id, campaign_id, team_id, contact_id, address, created_at,
             last_activity_at, touched_at, episode_id) VALUES ($1, 'new', 'webchat', 4, 1, 1, 1, $1, 0, 0, 0, $1)",
        )
        .bind(id)
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query("INSERT INTO episode (id, conversation_id, opened_at) VALUES ($1, $1, 0)")
            .bind(id)
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Saves settings of team 1.
pub(crate) async fn save(store: &Store, sent: &SaveTiming) {
    let mut tx = store.begin().await.unwrap();
    let boss = users::actor(&mut tx, 1).await.unwrap().unwrap();
    let version = timing::load(&mut tx, 1).await.unwrap().version;
    let decided = Decided::On(Some(version));
    timing::save(&mut tx, &boss, &TeamId::new("1"), sent, decided, now()).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn week() -> SaveTiming {
    let form = serde_json::from_value(json!({ "description": "x" })).unwrap();
    let inactivity =
        Inactivity { after_s: Some(7 * DAY_S), count_time_passed: true, form, ..Inactivity::default() };
    Timing { inactivity, ..Timing::default() }.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sweeps_at_the_same_time_close_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = empty(folder.path()).await;
    // Another server on the same file, with connections of its own.
    let other = Store::open(&folder.path().join("test.db")).await.unwrap();
    furnish(&store, 700).await;
    let mut sent = week();
    save(&store, &sent).await;
    let one = tokio::spawn({
        let store = store.clone();
        async move { sweep::pass(&store, now, || true).await.unwrap() }
    });
    let two = tokio::spawn(async move { sweep::pass(&other, now, || true).await.unwrap() });
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    assert_eq!(one.closed + two.closed, 700, "{one:?} {two:?}");
    let mut reader = store.read().await.unwrap();
    let count = |sql: &'static str| sqlx::query_scalar::<_, i64>(sql);
    assert_eq!(count("SELECT count(*) FROM closing").fetch_one(&mut *reader).await.unwrap(), 700);
    let records = "SELECT count(DISTINCT conversation_id) FROM closing WHERE source = 'inactivity' AND rule_after_s = 604800";
    assert_eq!(count(records).fetch_one(&mut *reader).await.unwrap(), 700);
    assert_eq!(count("SELECT count(*) FROM message").fetch_one(&mut *reader).await.unwrap(), 700);
    assert_eq!(
        count("SELECT count(*) FROM conversation WHERE version <> 2").fetch_one(&mut *reader).await.unwrap(),
        0
    );
    // Each is told once, in a few events for all.
    let told = "SELECT count(*) FROM event, json_each(event.data ->> '$.touched') WHERE data ->> '$.kind' = 'conversations'";
    assert_eq!(count(told).fetch_one(&mut *reader).await.unwrap(), 700);
    let events = count("SELECT count(*) FROM event").fetch_one(&mut *reader).await.unwrap();
    assert!(events < 300, "{events}");
    sent.inactivity.after_s = None;
    save(&store, &sent).await;
}

#[tokio::test]
async fn two_that_warn_at_the_same_time_send_one_message() {
    let folder = tempfile::tempdir().unwrap();
    let store = empty(folder.path()).await;
    let other = Store::open(&folder.path().join("test.db")).await.unwrap();
    furnish(&store, 150).await;
    let mut sent = week();
    sent.inactivity.farewell =
        serde_json::from_value(json!({ "text": "Adiós", "notice_s": 86_400 })).unwrap();
    save(&store, &sent).await;
    let (one, two) = tokio::join!(sweep::pass(&store, now, || true), sweep::pass(&other, now, || true));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one.warned + two.warned, one.closed + two.closed), (150, 0));
    let later = || now() + TimeDelta::days(1);
    assert_eq!(
        sweep::pass(&store, || later() - TimeDelta::seconds(1), || true).await.unwrap(),
        Swept::default()
    );
    assert_eq!(sweep::pass(&store, later, || true).await.unwrap(), Swept { closed: 150, warned: 0 });
}

#[tokio::test]
async fn one_that_is_stopped_in_the_middle_leaves_the_rest_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let store = empty(folder.path()).await;
    furnish(&store, 250).await;
    save(&store, &week()).await;
    let first = sweep::pass(&store, now, || false).await.unwrap();
    assert!((1..=100).contains(&first.closed), "{first:?}");
    let rest = sweep::pass(&store, || now() + TimeDelta::days(40), || true).await.unwrap();
    assert_eq!(first.closed + rest.closed, 250, "a server that was down for weeks goes on there");
}
