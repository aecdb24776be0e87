//! Closing what nothing happens to, and warning its contact before (P26, P30). An index leads to the
//! candidates, the model says what is to be done with each, and it is asked again in the transaction that
//! does it: so two sweeps at the same time, of one server or of several, do nothing twice.

mod batch;

use super::conversations::{id, push_keys};
use super::events::{self, StoredEvent};
use super::filter_sql::Sql;
use super::{Store, StoreError, clocks, glance, millis, timing};
use bandeja_model::Timestamp;
use bandeja_model::timing::{Rule, Step};
use batch::Batch;
use sqlx::{Row, SqliteConnection};
use std::collections::HashMap;

/// Candidates looked at in one go.
const PAGE: usize = 2_000;
/// Conversations that are closed or warned in one transaction, at most.
const ITEMS: usize = 100;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// So many conversations were closed.
    pub closed: usize,
    /// So many contacts were sent the farewell message.
    pub warned: usize,
}

/// Does all that is due in every team. `told` hears of each commit and says whether to go on.
pub async fn pass(
    store: &Store,
    now: impl Fn() -> Timestamp,
    told: impl Fn() -> bool,
) -> Result<Swept, StoreError> {
    let mut swept = Swept::default();
    let teams = timing::closing(&mut *store.read().await?).await?;
    for (team, saved) in teams {
        let Some(rule) = Rule::of(&saved.inactivity, saved.clock_since) else { continue };
        let mut place = Some(Place::START);
        while let Some(from) = place {
            let (due, next) = candidates(&mut *store.read().await?, team, &rule, from, now()).await?;
            place = next;
            let mut due = due.as_slice();
            while !due.is_empty() {
                let turn = turn(store, team, due, now()).await?;
                swept.closed += turn.swept.closed;
                swept.warned += turn.swept.warned;
                due = due.get(turn.looked_at..).unwrap_or_default();
                if !told() {
                    return Ok(swept);
                }
                // Writers stand in line, so whoever waits comes before the next turn.
                tokio::task::yield_now().await;
            }
        }
    }
    Ok(swept)
}

/// How far the candidates of a team were looked at: the start of a clock and a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(i64, i64);

impl Place {
    /// Before the first.
    pub const START: Self = Self(i64::MIN, i64::MIN);
}

/// What leads to the candidates behind `from`; nothing if there can be none.
pub fn question(team: i64, rule: &Rule, from: Place, now: Timestamp) -> Option<Sql> {
    let notice = chrono::Duration::seconds(i64::from(rule.notice_s.unwrap_or_default()));
    let latest = rule.started_by(now.checked_add_signed(notice)?)?;
    let clock = clocks::column(rule.anchor);
    let mut sql = clocks::idle(clocks::IDLING, rule.anchor, team);
    // Those whose time to sleep is over are woken first, which starts their clocks anew.
    sql.push(" AND c.snoozed_until IS NULL AND ").push(clock).push(" <= ").push_bind(millis(latest));
    if rule.notice_s.is_some() {
        // Who was warned, did not answer, and has time left is not looked at in every pass.
        sql.push(" AND (c.farewell_at IS NULL OR c.farewell_at <= ").push_bind(millis(now - notice));
        sql.push(" OR c.farewell_at < MAX(").push(clock).push(", ");
        sql.push_bind(rule.since.map_or(i64::MIN, millis));
        sql.push(") OR c.clock_contact > c.farewell_at)");
    }
    sql.push(" AND (").push(clock).push(", c.id) > (").push_bind(from.0).push(", ").push_bind(from.1);
    sql.push(") ORDER BY ")
        .push(clock)
        .push(", c.id LIMIT ")
        .push_bind(i64::try_from(PAGE).unwrap_or(i64::MAX));
    Some(sql)
}

/// Keys of conversations with which something is to be done, and where to go on.
async fn candidates(
    connection: &mut SqliteConnection,
    team: i64,
    rule: &Rule,
    from: Place,
    now: Timestamp,
) -> Result<(Vec<i64>, Option<Place>), StoreError> {
    let Some(mut sql) = question(team, rule, from, now) else { return Ok((Vec::new(), None)) };
    let rows = sql.build().fetch_all(connection).await?;
    let mut due = Vec::new();
    let mut place = None;
    for row in &rows {
        let key: i64 = row.try_get("id")?;
        let idling = clocks::idling(row)?;
        if idling.step(rule, now) != Step::Wait {
            due.push(key);
        }
        place = idling.clocks.of(rule.anchor).map(|start| Place(millis(start), key));
    }
    Ok((due, place.filter(|_| rows.len() == PAGE)))
}

/// What became of a turn.
struct Turn {
    swept: Swept,
    /// So many of the keys had their turn, done or not.
    looked_at: usize,
}

/// Asks again about some of `keys` and does what is due, all in one transaction.
async fn turn(store: &Store, team: i64, keys: &[i64], now: Timestamp) -> Result<Turn, StoreError> {
    let keys = keys.get(..ITEMS).unwrap_or(keys);
    let mut turn = Turn { swept: Swept::default(), looked_at: keys.len() };
    let mut tx = store.begin().await?;
    // Until now somebody else could write, also the settings.
    let saved = timing::load(&mut tx, team).await?;
    let Some(rule) = Rule::of(&saved.inactivity, saved.clock_since) else { return Ok(turn) };
    let steps = steps(&mut tx, team, keys, &rule, now).await?;
    let due: Vec<i64> = keys.iter().filter(|key| steps.contains_key(key)).copied().collect();
    let glances = glance::load_many(&mut tx, &due, None).await?;
    let mut batch = Batch::new(&saved, &rule, now);
    // A savepoint for each costs a third of the time, so at first there is one for all.
    sqlx::query("SAVEPOINT batch").execute(&mut *tx).await?;
    let done = match batch.work(&mut tx, &due, &steps, &glances).await {
        Ok(done) => done,
        Err(error) => {
            tracing::warn!(%error, team, "a batch of idle conversations failed and is done one by one");
            sqlx::query("ROLLBACK TO batch").execute(&mut *tx).await?;
            batch.work_carefully(&mut tx, &due, &steps, &glances).await?
        }
    };
    sqlx::query("RELEASE batch").execute(&mut *tx).await?;
    if let Some(next) = due.get(done.turns) {
        turn.looked_at = keys.iter().position(|key| key == next).unwrap_or(keys.len());
    }
    turn.swept = Swept { closed: done.touched.len() - done.told.len(), warned: done.told.len() };
    if !done.touched.is_empty() {
        let event = StoredEvent::Conversations { touched: done.touched, by: None };
        events::append(&mut tx, now, &event).await?;
    }
    for (conversation, message) in &done.told {
        let event = StoredEvent::message_created(&id(*conversation), &id(*message));
        events::append(&mut tx, now, &event).await?;
    }
    tx.commit().await?;
    Ok(turn)
}

/// What is to be done with those of the conversations that are still open, awake and of the team; with those
/// that are missing, nothing.
async fn steps(
    connection: &mut SqliteConnection,
    team: i64,
    keys: &[i64],
    rule: &Rule,
    now: Timestamp,
) -> Result<HashMap<i64, Step>, StoreError> {
    let mut sql = Sql::new("SELECT ");
    sql.push(clocks::IDLING).push(" FROM conversation c WHERE c.is_open = 1 AND c.snoozed_until IS NULL");
    sql.push(" AND c.team_id = ").push_bind(team).push(" AND c.id IN (");
    push_keys(&mut sql, keys);
    let mut steps = HashMap::with_capacity(keys.len());
    for row in sql.build().fetch_all(connection).await? {
        let step = clocks::idling(&row)?.step(rule, now);
        if step != Step::Wait {
            steps.insert(row.try_get("id")?, step);
        }
    }
    Ok(steps)
}

#[cfg(test)]
pub(in crate::store) mod tests;
