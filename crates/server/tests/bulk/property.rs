//! Whatever is in the database, whatever is selected, and whatever others do meanwhile: every
//! conversation of the frozen set has its turn once, and taking a job back restores what nobody touched.

use bandeja_contract::{BulkSelection, Close, PreviewBulk, StartBulk};
use bandeja_model::{BulkAction, ConversationId, JobState, Timestamp};
use bandeja_server::store::actions::{self, Command};
use bandeja_server::store::bulk::job::{self, Job};
use bandeja_server::store::bulk::run::{self, Moment};
use bandeja_server::store::bulk::{orders, preview};
use bandeja_server::store::change::Decided;
use bandeja_server::store::filter_sql::Eyes;
use bandeja_server::store::state::State;
use bandeja_server::store::{Refusal, Store, users};
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

const NOW: i64 = 1_760_000_000_000;

#[derive(Clone, Debug)]
struct Row {
    status: &'static str,
    team: i64,
    owner: Option<i64>,
    unread: i64,
    archived: bool,
    snoozed: bool,
    tags: Vec<i64>,
}

fn row() -> impl Strategy<Value = Row> {
    let codes = bandeja_model::Status::ALL.map(bandeja_model::Status::code).to_vec();
    (
        prop::sample::select(codes),
        1_i64..=3,
        prop::option::of(4_i64..=7),
        0_i64..3,
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        prop::sample::subsequence(vec![1_i64, 2, 3], 0..=3),
    )
        .prop_map(|(status, team, owner, unread, archived, snoozed, tags)| Row {
            status,
            team,
            owner,
            unread,
            archived: archived && ["closed", "cancelled"].contains(&status),
            snoozed,
            tags,
        })
}

/// Something another user does to one conversation, before this step of the story.
#[derive(Clone, Debug)]
struct Other {
    step: usize,
    which: usize,
    what: usize,
}

const STEPS: usize = 5;

fn others() -> impl Strategy<Value = Vec<Other>> {
    let other = (0..STEPS, 0_usize..400, 0_usize..5);
    prop::collection::vec(other.prop_map(|(step, which, what)| Other { step, which, what }), 0..12)
}

async fn insert(store: &Store, rows: &[Row]) {
    let mut tx = store.begin().await.unwrap();
    for table in [
        "bulk_item",
        "bulk_job",
        "event",
        "undo",
        "conversation_tag",
        "message",
        "closing",
        "episode",
        "conversation",
        "contact",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await.unwrap();
    }
    sqlx::query("INSERT INTO contact (id) VALUES (1)").execute(&mut *tx).await.unwrap();
    for (id, row) in (1_i64..).zip(rows) {
        sqlx::query(
            "INSERT INTO conversation (id, status, archived, channel, line_id, campaign_id, team_id, owner_id, contact_id,
             address, unread, created_at, last_activity_at, touched_at, snoozed_until, waiting_since, episode_id)
             VALUES ($1, $2, $3, 'whatsapp', $4, $5, $6, $7, 1, $1, $8, 0, 0, 0, $9, $10, $1)",
        )
        .bind(id)
        .bind(row.status)
        .bind(row.archived)
        .bind(row.team)
        .bind(if row.team == 3 { 2 } else { 1 })
        .bind(row.team)
        .bind(row.owner)
        .bind(row.unread)
        .bind(row.snoozed.then_some(NOW * 2))
        .bind((row.unread > 0).then_some(NOW - 5))
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query("INSERT INTO episode (id, conversation_id, opened_at) VALUES ($1, $1, 0)")
            .bind(id)
            .execute(&mut *tx)
            .await
            .unwrap();
        for tag in &row.tags {
            sqlx::query("INSERT INTO conversation_tag VALUES ($1, $2)")
                .bind(id)
                .bind(tag)
                .execute(&mut *tx)
                .await
                .unwrap();
        }
    }
    tx.commit().await.unwrap();
}

/// One story; everything it needs.
struct Story<'a> {
    store: &'a Store,
    rows: usize,
    others: &'a [Other],
    step: usize,
    /// Conversations that somebody else changed, and in which step first and last.
    touched: BTreeMap<i64, (usize, usize)>,
}

impl Story<'_> {
    /// Others do what they do before the next step.
    async fn others_act(&mut self) {
        let now = Timestamp::from_timestamp_millis(NOW).unwrap() + TimeDelta::seconds(1);
        for other in self.others.iter().filter(|other| other.step == self.step) {
            let which = i64::try_from(other.which % self.rows).unwrap() + 1;
            let id = ConversationId::from(which.to_string());
            let mut tx = self.store.begin().await.unwrap();
            let boss = users::actor(&mut tx, 1).await.unwrap().unwrap();
            let form =
                Close { description: "Otro".to_owned(), category_id: Some("1".into()), ..Close::default() };
            let command = match other.what {
                0 => Command::Close(form),
                1 => Command::Cancel(form),
                2 => Command::Reopen,
                3 => Command::Unassign,
                _ => Command::Priority(bandeja_contract::SetPriority {
                    priority: bandeja_model::Priority::Urgent,
                }),
            };
            match actions::act(&mut tx, &boss, &id, &command, Decided::Whenever, now).await {
                Ok(_) => {
                    tx.commit().await.unwrap();
                    let step = self.step;
                    self.touched.entry(which).and_modify(|it| it.1 = step).or_insert((step, step));
                }
                Err(Refusal::Denied(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        self.step += 1;
    }

    /// Lets jobs have their turns, with others in between, to the end.
    async fn finish(&mut self, id: i64) -> Job {
        let now = Timestamp::from_timestamp_millis(NOW).unwrap();
        let at = Moment { now, wall: now, utc_offset_s: 0 };
        for _ in 0..1_000 {
            self.others_act().await;
            if run::turn(self.store, 0, at, |_| false).await.unwrap().is_none() {
                break;
            }
        }
        let job = job::load(&mut self.store.read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!(job.state(), Some(JobState::Finished));
        assert_eq!(job.turns(), job.matched);
        let mut reader = self.store.read().await.unwrap();
        let counted: Vec<(String, i64)> = sqlx::query_as(
            "SELECT result, count(*) FROM bulk_item WHERE job_id = $1 AND result <> 'excluded' GROUP BY result",
        )
        .bind(id)
        .fetch_all(&mut *reader)
        .await
        .unwrap();
        let counted: BTreeMap<_, _> = counted.into_iter().collect();
        for (result, count) in [("done", job.done), ("skipped", job.skipped), ("failed", job.failed)] {
            assert_eq!(counted.get(result).copied().unwrap_or(0).unsigned_abs(), count, "{result}");
        }
        let pending: i64 =
            sqlx::query_scalar("SELECT count(*) FROM bulk_item WHERE job_id = $1 AND result IS NULL")
                .bind(id)
                .fetch_one(&mut *reader)
                .await
                .unwrap();
        assert_eq!(pending, 0);
        job
    }

    async fn states(&self) -> BTreeMap<i64, State> {
        let mut reader = self.store.read().await.unwrap();
        let mut all = BTreeMap::new();
        for id in 1..=i64::try_from(self.rows).unwrap() {
            all.insert(id, State::load(&mut reader, id).await.unwrap());
        }
        all
    }

    async fn done_by(&self, job: i64) -> BTreeSet<i64> {
        let done: Vec<i64> =
            sqlx::query_scalar("SELECT conversation_id FROM bulk_item WHERE job_id = $1 AND result = 'done'")
                .bind(job)
                .fetch_all(&mut *self.store.read().await.unwrap())
                .await
                .unwrap();
        let all: BTreeSet<i64> = done.iter().copied().collect();
        assert_eq!(all.len(), done.len(), "each once");
        all
    }
}

async fn tell(store: &Store, rows: &[Row], user: i64, sent: &PreviewBulk, others: &[Other]) {
    insert(store, rows).await;
    let mut tale = Story { store, rows: rows.len(), others, step: 0, touched: BTreeMap::new() };
    let now = Timestamp::from_timestamp_millis(NOW).unwrap();
    let actor = users::actor(&mut store.read().await.unwrap(), user).await.unwrap().unwrap();
    let before = tale.states().await;
    let seen = preview::preview(store, &Eyes::new(&actor, now, 0), sent).await.unwrap();
    let excluded: u64 = seen.excluded.iter().map(|it| it.count).sum();
    assert_eq!(seen.matched, seen.changes + excluded);
    if seen.changes == 0 {
        return;
    }
    let mut tx = store.begin().await.unwrap();
    let start = StartBulk { preview_id: seen.preview_id.clone(), include_later: false, form: None };
    let started = orders::start(&mut tx, &actor, &start, now, now).await.unwrap();
    tx.commit().await.unwrap();
    let job = tale.finish(started.id).await;
    assert_eq!(job.matched, seen.changes, "the frozen set");
    if tale.touched.is_empty() {
        assert_eq!(job.done, seen.changes, "nobody came in between");
    }
    let done = tale.done_by(job.id).await;
    let after = tale.states().await;
    for (id, state) in &after {
        if !done.contains(id) && !tale.touched.contains_key(id) {
            assert_eq!(state, &before[id], "{id} is none of the job's");
        }
    }
    if job.done == 0 {
        return;
    }
    let mut tx = store.begin().await.unwrap();
    let undoing = orders::undo(&mut tx, &actor, &job.id.to_string(), now, now).await.unwrap();
    tx.commit().await.unwrap();
    tale.step = tale.step.max(3);
    let undoing = tale.finish(undoing.id).await;
    assert_eq!(undoing.matched, job.done);
    for (id, state) in tale.states().await {
        if !tale.touched.contains_key(&id) {
            assert_eq!(state, before[&id], "{id} is as it was");
        }
    }
}

#[test]
fn every_turn_is_had_once_and_undo_restores_what_nobody_touched() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = runtime.block_on(async {
        let store = Store::open(&folder.path().join("bulk.db")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        sqlx::raw_sql(include_str!("../common/world.sql")).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        store
    });
    let filters = [
        "",
        "group=open",
        "owner=me",
        "owner=none&group=open",
        "view=all",
        "-status=bot&team=1",
        "unread=yes",
        "tag=1",
    ];
    let actions = vec![
        BulkAction::Close,
        BulkAction::Close,
        BulkAction::Cancel,
        BulkAction::Reopen,
        BulkAction::Archive,
        BulkAction::Unassign,
        BulkAction::Read,
        BulkAction::Unread,
        BulkAction::AddTags,
        BulkAction::RemoveTags,
    ];
    let cases = (
        prop::collection::vec(row(), 1..230),
        prop::sample::select(vec![1_i64, 2, 3, 4, 5, 6]),
        prop::sample::select(actions),
        prop::sample::select(filters.to_vec()),
        prop::collection::vec(1_u32..230, 0..20),
        any::<bool>(),
        others(),
    );
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let result = runner.run(&cases, |(rows, user, action, filter, ids, named, others)| {
        let ids: Vec<ConversationId> = ids.iter().map(|id| id.to_string().into()).collect();
        let selection = if named && !ids.is_empty() {
            BulkSelection { ids: Some(ids), ..BulkSelection::default() }
        } else {
            BulkSelection { ids: None, filter: Some(filter.to_owned()), except: ids }
        };
        let form = Close { description: "x".to_owned(), category_id: Some("1".into()), ..Close::default() };
        let form = action.ends().then_some(form);
        let labels = matches!(action, BulkAction::AddTags | BulkAction::RemoveTags);
        let tags = if labels { vec!["1".into(), "2".into()] } else { Vec::new() };
        let sent = PreviewBulk { action, selection, form, assign: None, tags };
        runtime.block_on(tell(&store, &rows, user, &sent, &others));
        Ok(())
    });
    result.unwrap();
}
