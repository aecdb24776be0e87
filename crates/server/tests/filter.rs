//! The filter in SQL says the same as the filter in `bandeja-model`: random conversations, random
//! filters, every user of the small world, narrowed sessions, every order, pages walked both ways, facets and counts.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail as tests do")]

use bandeja_model::filter::{Filter, Viewer};
use bandeja_model::permission::can_see;
use bandeja_model::{Actor, ContactScope, Conversation, LineId, Scopes, Sort, Timestamp, View};
use bandeja_server::store::filter_sql::Eyes;
use bandeja_server::store::lists::{self, Wanted};
use bandeja_server::store::{Store, Tx, conversations, facets, millis, users};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// When the random conversations are looked at, in epoch milliseconds.
const NOW: i64 = 1_760_000_000_000;
/// West of Greenwich, so that days begin later.
const OFFSET_S: i32 = -6 * 3600;

#[derive(Clone, Debug)]
struct Row {
    status: &'static str,
    archived: bool,
    line: i64,
    team: Option<i64>,
    owner: Option<i64>,
    contact: i64,
    priority: i64,
    unread: i64,
    /// Hours around now, few of them, so that there are ties.
    created: i64,
    activity: i64,
    waiting: Option<i64>,
    window: Option<i64>,
    snoozed: Option<i64>,
    tags: Vec<i64>,
    /// Users mentioned, and whether in the running episode.
    mentions: Vec<(i64, bool)>,
    /// When it was closed, and where it was filed.
    closing: Option<(i64, Option<i64>, Option<i64>)>,
}

fn row() -> impl Strategy<Value = Row> {
    let hours = || -30_i64..30;
    let codes = bandeja_model::Status::ALL.map(bandeja_model::Status::code).to_vec();
    let who = (
        prop::sample::select(codes),
        prop::bool::weighted(0.2),
        1_i64..=4,
        prop::option::weighted(0.8, 1_i64..=3),
        prop::option::of(1_i64..=8),
        1_i64..=3,
        0_i64..4,
        0_i64..3,
    );
    let when = (
        hours(),
        -3_i64..3,
        prop::option::of(-3_i64..3),
        prop::option::of(-2_i64..=2),
        prop::option::weighted(0.2, hours()),
        prop::sample::subsequence(vec![1_i64, 2, 3], 0..=3),
        prop::collection::vec((4_i64..=7, any::<bool>()), 0..2),
        prop::option::of((hours(), prop::option::of(1_i64..=2), prop::option::of(3_i64..=5))),
    );
    (who, when).prop_map(|(who, when)| {
        let (status, archived, line, team, owner, contact, priority, unread) = who;
        let (created, activity, waiting, window, snoozed, tags, mentions, closing) = when;
        Row {
            status,
            archived,
            line,
            team,
            owner,
            contact,
            priority,
            unread,
            created,
            activity,
            waiting,
            window,
            snoozed,
            tags,
            mentions,
            closing,
        }
    })
}

fn part() -> impl Strategy<Value = (&'static str, &'static str, bool)> {
    const DAYS: [&str; 5] = [
        "2025-10-09..",
        "..2025-10-09",
        "2025-10-08..2025-10-10",
        "2025-10-09T08:53:20.0004Z..",
        "2025-10-09T06:53:20Z..2025-10-09T10:53:20Z",
    ];
    const FIELDS: [(&str, &[&str]); 20] = [
        ("channel", &["whatsapp", "email", "webchat", "sms"]),
        ("line", &["1", "2", "3", "01", "x"]),
        ("status", &["new", "bot", "in_progress", "closed", "cancelled"]),
        ("group", &["open", "new", "in_progress", "ended"]),
        ("owner", &["me", "none", "any", "4", "7", "x"]),
        ("team", &["mine", "none", "1", "3", "x"]),
        ("tag", &["1", "2", "3", "9", "x"]),
        ("campaign", &["1", "2", "x"]),
        ("category", &["1", "2", "3", "5", "x"]),
        ("contact", &["1", "2", "x"]),
        ("priority", &["none", "low", "high", "urgent"]),
        ("unread", &["yes", "no"]),
        ("window", &["open", "closed"]),
        ("archived", &["yes", "no"]),
        ("snoozed", &["yes", "no"]),
        ("mentioned", &["yes", "no"]),
        ("activity", &DAYS),
        ("created", &DAYS),
        ("closed", &DAYS),
        ("view", &["mine", "unassigned", "my_teams", "all", "mentions", "snoozed", "closed", "archived"]),
    ];
    (prop::sample::select(FIELDS.to_vec()), any::<prop::sample::Index>(), prop::bool::weighted(0.3))
        .prop_map(|((field, values), index, negated)| (field, *index.get(values), negated))
}

fn filter() -> impl Strategy<Value = Filter> {
    prop::collection::vec(part(), 0..4).prop_map(|parts| {
        let mut filter = Filter::default();
        for (field, value, negated) in parts {
            // A second view is refused, and that is well.
            let _ = filter.add(&format!("{}{field}", if negated { "-" } else { "" }), value);
        }
        filter
    })
}

fn at(hours: i64) -> i64 {
    NOW + hours * 3_600_000
}

async fn insert(tx: &mut Tx, rows: &[Row]) {
    for contact in 1_i64..=3 {
        sqlx::query("INSERT INTO contact (id) VALUES ($1)").bind(contact).execute(&mut **tx).await.unwrap();
    }
    for (id, row) in (1_i64..).zip(rows) {
        let (channel, campaign) = match row.line {
            1 => ("whatsapp", 1),
            2 => ("instagram", 1),
            3 => ("email", 2),
            _ => ("webchat", 1),
        };
        let episode: i64 = sqlx::query_scalar(
            "INSERT INTO conversation (id, status, archived, channel, line_id, campaign_id, team_id, owner_id, contact_id,
             address, priority, unread, created_at, last_activity_at, touched_at, waiting_since, window_ends_at,
             snoozed_until, closing_id, closed_at, closed_category_id, closed_subcategory_id, episode_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $1, $10, $11, $12, $13, $13, $14, $15, $16, $17, $18, $19, $20, $1)
             RETURNING episode_id",
        )
        .bind(id)
        .bind(row.status)
        .bind(row.archived)
        .bind(channel)
        .bind(row.line)
        .bind(campaign)
        .bind(row.team)
        .bind(row.owner)
        .bind(row.contact)
        .bind(row.priority)
        .bind(row.unread)
        .bind(at(row.created))
        .bind(at(row.activity))
        .bind(row.waiting.map(at))
        .bind(row.window.map(at))
        .bind(row.snoozed.map(at))
        .bind(row.closing.map(|_| id))
        .bind(row.closing.map(|closing| at(closing.0)))
        .bind(row.closing.and_then(|closing| closing.1))
        .bind(row.closing.and_then(|closing| closing.2))
        .fetch_one(&mut **tx)
        .await
        .unwrap();
        sqlx::query("INSERT INTO episode (id, conversation_id, opened_at) VALUES ($1, $1, $2)")
            .bind(id)
            .bind(at(row.created))
            .execute(&mut **tx)
            .await
            .unwrap();
        for tag in &row.tags {
            sqlx::query("INSERT INTO conversation_tag VALUES ($1, $2)")
                .bind(id)
                .bind(tag)
                .execute(&mut **tx)
                .await
                .unwrap();
        }
        for (user, running) in &row.mentions {
            sqlx::query("INSERT INTO mention VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(id)
                .bind(user)
                .bind(if *running { episode } else { episode + 1000 })
                .execute(&mut **tx)
                .await
                .unwrap();
        }
        if let Some((closed, category, subcategory)) = row.closing {
            sqlx::query(
                "INSERT INTO closing (id, conversation_id, episode_id, at, source, category_id, subcategory_id)
                 VALUES ($1, $1, $1, $2, 'user', $3, $4)",
            )
            .bind(id)
            .bind(at(closed))
            .bind(category)
            .bind(subcategory)
            .execute(&mut **tx)
            .await
            .unwrap();
        }
    }
}

/// What `bandeja-model` says the viewer finds.
fn expected<'a>(
    all: &'a [Conversation],
    filter: &Filter,
    actor: &Actor,
    viewer: &Viewer,
) -> Vec<&'a Conversation> {
    all.iter().filter(|c| can_see(actor, c) && filter.matches(c, viewer)).collect()
}

/// What a session is narrowed to, if it is.
fn scopes() -> impl Strategy<Value = Scopes> {
    let line = prop::sample::select(vec!["1", "2", "3", "4", "x"]);
    let lines = prop::option::weighted(0.3, prop::collection::btree_set(line.prop_map(LineId::from), 0..3));
    let id = prop::sample::select(vec!["1", "2", "x"]).prop_map(|id| ContactScope::Id(id.into()));
    // Addresses are the numbers of the rows.
    let address = (1_u8..40).prop_map(|row| ContactScope::Address(row.to_string()));
    (lines, prop::option::weighted(0.3, prop_oneof![id, address]), any::<bool>())
        .prop_map(|(lines, contact, readonly)| Scopes { readonly, lines, contact })
}

async fn check(tx: &mut Tx, keys: &[i64], (user, scopes): (i64, &Scopes), filter: &Filter, sort: Sort) {
    let actor = users::actor(&mut *tx, user).await.unwrap();
    // A deactivated user has no rights to look with.
    let Some(actor) = actor else { return };
    let actor = Actor { scopes: scopes.clone(), ..actor };
    let now = Timestamp::from_timestamp_millis(NOW).unwrap();
    assert_eq!(millis(now), NOW);
    let eyes = Eyes::new(&actor, now, OFFSET_S);
    let all = conversations::load_many(&mut *tx, keys, Some(&actor.id)).await.unwrap();
    assert_eq!(all.len(), keys.len());
    let mut wanted = expected(&all, filter, &actor, &eyes.viewer);
    wanted.sort_by(|a, b| sort.compare(a, b));
    let wanted: Vec<&str> = wanted.iter().map(|c| c.id.as_str()).collect();

    let query = filter.to_query();
    let ids = |page: &bandeja_contract::ConversationPage| -> Vec<String> {
        page.items.iter().map(|c| c.id.to_string()).collect()
    };
    let whole = Wanted::new(sort, Some(200), None, None).unwrap();
    let page = lists::page(&mut *tx, filter, &eyes, &whole).await.unwrap();
    assert_eq!(ids(&page), wanted, "user {user} in {scopes:?}, {query}, {sort:?}");
    assert_eq!(page.total.value, wanted.len() as u64);
    assert!(page.total.exact && page.next.is_none() && page.prev.is_none());

    // Forward page by page, and the whole way back.
    let (mut forward, mut cursor, mut last) = (Vec::new(), None, None);
    loop {
        let step = Wanted::new(sort, Some(7), cursor.as_deref(), None).unwrap();
        let page = lists::page(&mut *tx, filter, &eyes, &step).await.unwrap();
        forward.extend(ids(&page));
        last = page.prev.or(last);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(forward, wanted, "forward: user {user}, {query}, {sort:?}");
    let mut back = Vec::new();
    while let Some(cursor) = last {
        let step = Wanted::new(sort, Some(7), Some(&cursor), None).unwrap();
        let page = lists::page(&mut *tx, filter, &eyes, &step).await.unwrap();
        back.splice(0..0, ids(&page));
        last = page.prev;
    }
    let before_the_last = wanted.len().saturating_sub(1) / 7 * 7;
    assert_eq!(back, wanted[..before_the_last], "back: user {user}, {query}, {sort:?}");
    let skipped = Wanted::new(sort, Some(3), None, Some(2)).unwrap();
    let page = lists::page(&mut *tx, filter, &eyes, &skipped).await.unwrap();
    assert_eq!(ids(&page), wanted.iter().skip(2).take(3).copied().collect::<Vec<_>>());
    check_numbers(tx, &all, filter, &actor, &eyes).await;
}

async fn check_numbers(tx: &mut Tx, all: &[Conversation], filter: &Filter, actor: &Actor, eyes: &Eyes) {
    let found = facets::facets(&mut *tx, filter, eyes).await.unwrap();
    let sample: [(&str, &[&str]); 12] = [
        ("campaign", &["1", "2"]),
        ("category", &["1", "2", "3", "4", "5"]),
        ("channel", &["whatsapp", "instagram", "email", "webchat", "sms"]),
        ("group", &["open", "new", "in_progress", "ended"]),
        ("line", &["1", "2", "3", "4"]),
        ("owner", &["me", "none", "1", "4", "7"]),
        ("priority", &["none", "low", "high", "urgent"]),
        ("status", &["new", "bot", "agents_offline", "closed"]),
        ("tag", &["1", "2", "3"]),
        ("team", &["none", "mine", "1", "2", "3"]),
        ("unread", &["yes", "no"]),
        ("window", &["open", "closed"]),
    ];
    for (field, options) in sample {
        for option in options {
            let mut only = filter.clone();
            for condition in filter.conditions().iter().filter(|condition| condition.field == field) {
                only.remove(field, &condition.value);
            }
            only.add(field, option).unwrap();
            let wanted = expected(all, &only, actor, &eyes.viewer).len() as u64;
            let counted = found.facets.get(field).and_then(|counts| counts.get(*option)).copied();
            assert_eq!(counted.unwrap_or(0), wanted, "facet {field}={option} under {}", filter.to_query());
            assert_ne!(counted, Some(0), "options with none are left out");
        }
    }
    let counts = lists::counts(&mut *tx, eyes).await.unwrap();
    for view in View::ALL {
        let wanted = expected(all, &view.filter(), actor, &eyes.viewer).len() as u64;
        assert_eq!(counts.views[view.code()], wanted, "{}", view.code());
    }
}

#[test]
fn sql_and_model_find_the_same_in_the_same_order() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = runtime.block_on(async {
        let store = Store::open(&folder.path().join("filter.db")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        sqlx::raw_sql(include_str!("common/world.sql")).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        store
    });
    let cases = (
        prop::collection::vec(row(), 1..40),
        prop::collection::vec((filter(), 1_i64..=8, scopes(), prop::sample::select(Sort::ALL.to_vec())), 12),
    );
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let result = runner.run(&cases, |(rows, questions)| {
        runtime.block_on(async {
            let mut tx = store.begin().await.unwrap();
            insert(&mut tx, &rows).await;
            let keys: Vec<i64> = (1..).take(rows.len()).collect();
            for (filter, user, scopes, sort) in &questions {
                check(&mut tx, &keys, (*user, scopes), filter, *sort).await;
            }
            // Rolled back: the next case begins with an empty table.
            drop(tx);
        });
        Ok(())
    });
    result.unwrap();
}
