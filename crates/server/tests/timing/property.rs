//! Whatever is in the database and whatever is set: what the simulator says is what the sweep then does (P29).

use crate::meanwhile::{NOW, empty, now, save};
use bandeja_contract::SaveTiming;
use bandeja_model::timing::{Anchor, DAY_S, Farewell, HOUR_S, Inactivity, Timing};
use bandeja_model::{Status, TeamId};
use bandeja_server::store::sweep;
use bandeja_server::store::timing::simulate::{Moments, simulate};
use bandeja_server::store::{Store, users};
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const HOUR: i64 = 3_600_000;

/// Moments are whole hours before now, so that a pass every hour misses none.
#[derive(Clone, Debug)]
struct Row {
    status: &'static str,
    team: i64,
    channel: &'static str,
    any: i64,
    contact: i64,
    agent: Option<i64>,
    farewell: Option<i64>,
    window_end: i64,
    snoozed: bool,
}

fn row() -> impl Strategy<Value = Row> {
    let codes = Status::ALL.map(Status::code).to_vec();
    let ago = 0_i64..24 * 9;
    (
        prop::sample::select(codes),
        1_i64..=2,
        prop::sample::select(vec!["whatsapp", "webchat"]),
        (ago.clone(), ago.clone(), prop::option::of(ago)),
        prop::option::weighted(0.4, 0_i64..60),
        -40_i64..40,
        prop::bool::weighted(0.2),
    )
        .prop_map(|(status, team, channel, (any, contact, agent), farewell, window_end, snoozed)| Row {
            status,
            team,
            channel,
            any: any.min(contact).min(agent.unwrap_or(i64::MAX)),
            contact,
            agent,
            farewell,
            window_end,
            snoozed,
        })
}

fn settings() -> impl Strategy<Value = SaveTiming> {
    let notice = prop::option::of(1_u32..40);
    (1_u32..5, prop::sample::select(Anchor::ALL.to_vec()), any::<bool>(), notice).prop_map(
        |(days, anchor, count_time_passed, notice)| {
            let mut inactivity = Inactivity {
                after_s: Some(days * DAY_S),
                anchor,
                count_time_passed,
                ..Inactivity::default()
            };
            "x".clone_into(&mut inactivity.form.description);
            inactivity.farewell = notice.map(|hours| Farewell {
                text: "Adiós".to_owned(),
                notice_s: hours.min(days * 24 - 1) * HOUR_S,
            });
            Timing { inactivity, ..Timing::default() }.into()
        },
    )
}

async fn insert(store: &Store, rows: &[Row]) {
    let mut tx = store.begin().await.unwrap();
    for table in ["event", "message_search", "message", "closing", "episode", "conversation", "team_timing"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await.unwrap();
    }
    for (id, row) in (1_i64..).zip(rows) {
        sqlx::query(
            "INSERT INTO conversation (id, status, channel, line_id, campaign_id, team_id, team_assigned, contact_id,
             address, created_at, last_activity_at, touched_at, episode_id, clock_any, clock_contact, clock_agent,
             farewell_at, window_ends_at, snoozed_until)
             VALUES ($1, $2, $3, 4, 1, $4, 1, 1, $1, 0, 0, 0, $1, $5, $6, $7, $8, $9, $10)",
        )
        .bind(id)
        .bind(row.status)
        .bind(row.channel)
        .bind(row.team)
        .bind(NOW - row.any * HOUR)
        .bind(NOW - row.contact * HOUR)
        .bind(row.agent.map(|ago| NOW - ago * HOUR))
        .bind(row.farewell.map(|ago| NOW - ago * HOUR))
        .bind((row.channel == "whatsapp").then_some(NOW + row.window_end * HOUR))
        .bind(row.snoozed.then_some(NOW * 2))
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

async fn tell(store: &Store, rows: &[Row], sent: &SaveTiming, before: Option<&SaveTiming>, hours: i64) {
    insert(store, rows).await;
    if let Some(before) = before {
        save(store, before).await;
    }
    let moments = Moments { now: now(), tonight: now() + TimeDelta::hours(hours) };
    let ask = async || {
        let mut reader = store.snapshot().await.unwrap();
        let boss = users::actor(&mut reader, 1).await.unwrap().unwrap();
        simulate(&mut reader, &boss, &TeamId::new("1"), sent, moments).await.unwrap().inactivity
    };
    let said = ask().await;
    assert!(said.exact);
    let chosen = if sent.inactivity.count_time_passed { said.with_time_passed } else { said.from_saving };
    assert_eq!((said.now, said.by_tonight), (chosen.now, chosen.by_tonight));
    let open = rows.iter().filter(|row| row.team == 1 && !["closed", "cancelled"].contains(&row.status));
    assert_eq!(said.open, open.count() as u64);
    save(store, sent).await;
    let mut closed = 0;
    for hour in 0..hours {
        let swept = sweep::pass(store, || now() + TimeDelta::hours(hour), || true).await.unwrap();
        closed += swept.closed as u64;
        if hour == 0 {
            assert_eq!((said.now, said.warned), (swept.closed as u64, swept.warned as u64), "{said:?}");
        }
    }
    assert_eq!(said.by_tonight, closed, "{said:?}");
    // And were those awake that sleep…
    insert(store, &rows.iter().map(|row| Row { snoozed: false, ..row.clone() }).collect::<Vec<_>>()).await;
    if let Some(before) = before {
        save(store, before).await;
    }
    assert_eq!(ask().await.by_tonight, said.by_tonight + said.snoozed);
}

#[test]
fn what_the_simulator_says_is_what_the_sweep_does() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = runtime.block_on(empty(folder.path()));
    let config = Config { cases: 60, failure_persistence: None, ..Config::default() };
    let strategy = (prop::collection::vec(row(), 1..60), settings(), prop::option::of(settings()), 1_i64..25);
    let result = TestRunner::new(config).run(&strategy, |(rows, sent, before, hours)| {
        runtime.block_on(tell(&store, &rows, &sent, before.as_ref(), hours));
        Ok(())
    });
    result.unwrap();
}
