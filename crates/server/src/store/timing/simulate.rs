//! What settings of a team would do, counted over live data (P29): by the very rules that then do it. Only
//! reads, and never more than an index holds.

use super::{after_saving, load, team_of, told};
use crate::store::conversations::{coded, id};
use crate::store::filter_sql::Sql;
use crate::store::{Refusal, StoreError, clocks, millis, moment};
use bandeja_contract::{Due, SaveTiming, SimulatedClosing, SimulatedReturns, Simulation};
use bandeja_model::arrival::{Arrival, Before, Ending, LineStart, who_gets_it};
use bandeja_model::closing::ClosingSource;
use bandeja_model::timing::{
    Anchor, Idling, Inactivity, RETURNS_DAYS, Reassignment, Rule, SavedTiming, Step, TimingFault,
};
use bandeja_model::{Actor, Status, TeamId, Timestamp};
use chrono::TimeDelta;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;

/// Rows that are looked at one by one. Where there are more, only every second one is, every third, and so
/// on, each counts for as many, and the numbers are not called exact: so the answer never takes longer.
const MOST: i64 = 100_000;

/// The moments that numbers are of.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    /// Now.
    pub now: Timestamp,
    /// When the installation's day ends.
    pub tonight: Timestamp,
}

impl Moments {
    /// The last moment of the day.
    fn last(self) -> Timestamp {
        self.tonight - TimeDelta::milliseconds(1)
    }
}

/// What `sent` would do if `actor` saved it now. Values out of their range are refused; what is missing for
/// saving is not asked for, since it changes no number.
pub async fn simulate(
    connection: &mut SqliteConnection,
    actor: &Actor,
    team: &TeamId,
    sent: &SaveTiming,
    at: Moments,
) -> Result<Simulation, Refusal> {
    let team = team_of(&mut *connection, actor, team).await?;
    let present = load(&mut *connection, team.key).await?;
    let timing = sent.timing();
    let faults = super::faults(&mut *connection, &team.campaign, &timing).await?;
    let faults: Vec<_> =
        faults.into_iter().filter(|(_, fault)| matches!(fault, TimingFault::OutOfRange(..))).collect();
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults.into_iter().map(told).collect()));
    }
    Ok(Simulation {
        inactivity: closings(&mut *connection, team.key, &present, &timing.inactivity, at).await?,
        reassignment: returns(&mut *connection, team.key, timing.reassignment, at.now).await?,
        at: at.now,
        tonight: at.tonight,
    })
}

async fn closings(
    connection: &mut SqliteConnection,
    team: i64,
    present: &SavedTiming,
    next: &Inactivity,
    at: Moments,
) -> Result<SimulatedClosing, StoreError> {
    // As it would be after saving it with either choice; one of them is the one that was made.
    let rule = |count_time_passed| {
        let mut timing = present.timing();
        timing.inactivity = Inactivity { count_time_passed, ..next.clone() };
        let saved = after_saving(present, timing, at.now);
        Rule::of(&saved.inactivity, saved.clock_since)
    };
    let rules = Rules { with_time_passed: rule(true), from_saving: rule(false) };
    let mut counted = if next.farewell.is_some() && next.after_s.is_some() {
        one_by_one(connection, team, &rules, next.count_time_passed, at).await?
    } else {
        all_at_once(connection, team, &rules, next, at).await?
    };
    let Due { now, by_tonight } =
        if next.count_time_passed { counted.with_time_passed } else { counted.from_saving };
    (counted.now, counted.by_tonight) = (now, by_tonight);
    Ok(counted)
}

/// The rule as it would be with either choice about time that passed.
struct Rules {
    with_time_passed: Option<Rule>,
    from_saving: Option<Rule>,
}

impl Rules {
    fn chosen(&self, count_time_passed: bool) -> Option<&Rule> {
        if count_time_passed { self.with_time_passed.as_ref() } else { self.from_saving.as_ref() }
    }
}

/// Counts without looking at each: without a farewell message, the start of the clock says everything.
async fn all_at_once(
    connection: &mut SqliteConnection,
    team: i64,
    rules: &Rules,
    next: &Inactivity,
    at: Moments,
) -> Result<SimulatedClosing, StoreError> {
    // Where no start is early enough, an impossible one stands for it.
    let latest = |rule: Option<&Rule>, at: Timestamp| {
        rule.and_then(|rule| rule.started_by(at)).map_or(i64::MIN, millis)
    };
    let (with, from) = (rules.with_time_passed.as_ref(), rules.from_saving.as_ref());
    let mut sql = clocks::idle("count(*)", next.anchor, team);
    let open: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
    let mut counts = [0_u64; 5];
    let awake =
        [latest(with, at.now), latest(with, at.last()), latest(from, at.now), latest(from, at.last())];
    let asleep = latest(rules.chosen(next.count_time_passed), at.last());
    let asked = awake.iter().map(|start| (start, "IS NULL")).chain([(&asleep, "IS NOT NULL")]);
    for (count, (start, sleeps)) in counts.iter_mut().zip(asked) {
        let mut sql = started_by("count(*)", next.anchor, team, *start, 1);
        sql.push(" AND c.snoozed_until ").push(sleeps);
        let counted: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
        *count = counted.unsigned_abs();
    }
    let [with_now, with_tonight, from_now, from_tonight, snoozed] = counts;
    Ok(SimulatedClosing {
        exact: true,
        open: open.unsigned_abs(),
        snoozed,
        with_time_passed: Due { now: with_now, by_tonight: with_tonight },
        from_saving: Due { now: from_now, by_tonight: from_tonight },
        ..SimulatedClosing::default()
    })
}

/// Asks the model about each that may be due, or as many of them as there is time for.
async fn one_by_one(
    connection: &mut SqliteConnection,
    team: i64,
    rules: &Rules,
    count_time_passed: bool,
    at: Moments,
) -> Result<SimulatedClosing, StoreError> {
    let Some(chosen) = rules.chosen(count_time_passed) else { return Ok(SimulatedClosing::default()) };
    let anchor = chosen.anchor;
    let mut sql = clocks::idle("count(*)", anchor, team);
    let open: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
    // Whatever is due by either rule started this early.
    let notice = TimeDelta::seconds(i64::from(chosen.notice_s.unwrap_or_default()));
    let both = [rules.with_time_passed.as_ref(), rules.from_saving.as_ref()];
    let moments = [at.last(), at.now.checked_add_signed(notice).unwrap_or(at.last())];
    let latest = both
        .into_iter()
        .flatten()
        .flat_map(|rule| moments.into_iter().filter_map(|moment| rule.started_by(moment)))
        .max()
        .map_or(i64::MIN, millis);
    let mut sql = started_by("count(*)", anchor, team, latest, 1);
    let candidates: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
    let every = stride(candidates);
    let mut sql = started_by(clocks::IDLING, anchor, team, latest, every);
    let mut counted = SimulatedClosing::default();
    for row in sql.build().fetch_all(connection).await? {
        let asleep = row.try_get::<Option<i64>, _>("snoozed_until")?.is_some();
        let idling = Idling { snoozed_until: None, ..clocks::idling(&row)? };
        let tonight = |rule: &Rule| idling.closes_at(rule, at.now).is_some_and(|due| due <= at.last());
        if asleep {
            counted.snoozed += u64::from(tonight(chosen));
            continue;
        }
        counted.warned += u64::from(idling.step(chosen, at.now) == Step::Warn);
        for (rule, due) in both.into_iter().zip([&mut counted.with_time_passed, &mut counted.from_saving]) {
            let Some(rule) = rule else { continue };
            due.now += u64::from(idling.step(rule, at.now) == Step::Close);
            due.by_tonight += u64::from(tonight(rule));
        }
    }
    let times = |count: &mut u64| *count *= every.unsigned_abs();
    [&mut counted.snoozed, &mut counted.warned].into_iter().for_each(times);
    for due in [&mut counted.with_time_passed, &mut counted.from_saving] {
        [&mut due.now, &mut due.by_tonight].into_iter().for_each(times);
    }
    Ok(SimulatedClosing { exact: every == 1, open: open.unsigned_abs(), ..counted })
}

/// Open conversations of a team whose clock started by then, or every so many-th of them.
fn started_by(columns: &str, anchor: Anchor, team: i64, latest: i64, every: i64) -> Sql {
    let mut sql = clocks::idle(columns, anchor, team);
    sql.push(" AND ").push(clocks::column(anchor)).push(" <= ").push_bind(latest);
    if every > 1 {
        sql.push(" AND c.id % ").push_bind(every).push(" = 0");
    }
    sql
}

/// Every how many-th of so many is looked at.
fn stride(rows: i64) -> i64 {
    rows.div_euclid(MOST) + i64::from(rows.rem_euclid(MOST) > 0 || rows == 0)
}

/// Whom those who came back would have met.
async fn returns(
    connection: &mut SqliteConnection,
    team: i64,
    rule: Reassignment,
    now: Timestamp,
) -> Result<SimulatedReturns, StoreError> {
    let since = now - TimeDelta::days(RETURNS_DAYS);
    let all: i64 =
        came_back("count(*)", team, since, 1).build_query_scalar().fetch_one(&mut *connection).await?;
    let every = stride(all);
    let mut sql = came_back(COMEBACK, team, since, every);
    let bots: Vec<(i64, bool)> =
        sqlx::query_as("SELECT id, bot FROM line").fetch_all(&mut *connection).await?;
    let bots: BTreeMap<i64, bool> = bots.into_iter().collect();
    let (mut same_agent, mut bot, mut line_default) = (0, 0, 0);
    for row in sql.build().fetch_all(connection).await? {
        let line: i64 = row.try_get("line_id")?;
        // Which team or user it is makes no difference here.
        let line = LineStart { bot: bots.get(&line).copied().unwrap_or_default(), team: None, user: None };
        match who_gets_it(Some(&before(&row)?), &line, rule, moment(row.try_get("at")?)) {
            Arrival::Owner(_) => same_agent += every.unsigned_abs(),
            Arrival::Bot => bot += every.unsigned_abs(),
            Arrival::LineDefault { .. } => line_default += every.unsigned_abs(),
            Arrival::Stays => {}
        }
    }
    Ok(SimulatedReturns { same_agent, bot, line_default, since, exact: every == 1 })
}

/// What decided who got a conversation whose contact came back.
const COMEBACK: &str =
    "b.line_id, b.owner_id, b.cancelled, b.source, b.has_reason, b.closed_at, b.at, b.bot_paused";

/// Contacts who came back since then, or every so many-th of them.
fn came_back(columns: &str, team: i64, since: Timestamp, every: i64) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(columns).push(" FROM comeback b WHERE b.team_id = ").push_bind(team);
    sql.push(" AND b.at >= ").push_bind(millis(since));
    if every > 1 {
        sql.push(" AND b.id % ").push_bind(every).push(" = 0");
    }
    sql
}

/// What was known of a conversation whose contact came back.
fn before(row: &SqliteRow) -> Result<Before, StoreError> {
    let ending = match row.try_get::<Option<i64>, _>("closed_at")? {
        Some(at) => Some(Ending {
            source: coded(row, "source", ClosingSource::from_code)?,
            at: moment(at),
            has_reason: row.try_get("has_reason")?,
        }),
        None => None,
    };
    let cancelled: bool = row.try_get("cancelled")?;
    Ok(Before {
        status: if cancelled { Status::Cancelled } else { Status::Closed },
        owner: row.try_get::<Option<i64>, _>("owner_id")?.map(id),
        bot_paused: row.try_get("bot_paused")?,
        ending,
    })
}

#[cfg(test)]
mod tests;
