//! The two settings of teams: reading, and saving them. What is wrong with settings and what they do is
//! said by the model.

pub mod simulate;

use super::change::Decided;
use super::events::{self, StoredEvent};
use super::lookups::{categories, settings};
use super::{Refusal, StoreError, Tx, key, millis, moment};
use bandeja_contract::{FieldProblem, SaveTiming, TimingGlance};
use bandeja_model::permission::may_set;
use bandeja_model::timing::{Reassignment, SavedTiming, Timing, TimingFault, TimingField};
use bandeja_model::{Actor, CampaignId, Denial, TeamId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::HashMap;

/// A team whose settings somebody may read and change.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its key.
    pub key: i64,
    /// Its id.
    pub id: TeamId,
    /// Its campaign.
    pub campaign: CampaignId,
}

/// The team, if `actor` may read and change its settings.
pub async fn team_of(connection: &mut SqliteConnection, actor: &Actor, id: &TeamId) -> Result<Team, Refusal> {
    let found: Option<i64> = sqlx::query_scalar("SELECT campaign_id FROM team WHERE id = $1")
        .bind(key(id.as_str()))
        .fetch_optional(connection)
        .await?;
    let (Some(campaign), Some(key)) = (found, key(id.as_str())) else { return Err(Denial::NotFound.into()) };
    let campaign = CampaignId::from(campaign.to_string());
    may_set(actor, &campaign)?;
    Ok(Team { key, id: id.clone(), campaign })
}

/// The settings of a team; as shipped, at version 0, where nobody saved any.
pub async fn load(connection: &mut SqliteConnection, team: i64) -> Result<SavedTiming, StoreError> {
    let row = sqlx::query("SELECT version, clock_since, settings FROM team_timing WHERE team_id = $1")
        .bind(team)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map_or_else(|| Ok(saved(Timing::default(), 0, 0)), read)
}

/// The settings of every team whose idle conversations close, by its key.
pub async fn closing(connection: &mut SqliteConnection) -> Result<Vec<(i64, SavedTiming)>, StoreError> {
    let rows = sqlx::query(
        "SELECT team_id, version, clock_since, settings FROM team_timing WHERE after_s IS NOT NULL
         ORDER BY team_id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.try_get("team_id")?, read(row)?))).collect()
}

/// The rule for contacts who come back to conversations of a team; as shipped where no team governs them.
pub async fn reassignment(
    connection: &mut SqliteConnection,
    team: Option<&TeamId>,
) -> Result<Reassignment, StoreError> {
    match team.and_then(|team| key(team.as_str())) {
        Some(team) => Ok(load(connection, team).await?.reassignment),
        None => Ok(Reassignment::default()),
    }
}

/// The settings of all teams at a glance, by key; those as shipped are missing.
pub async fn glances(connection: &mut SqliteConnection) -> Result<HashMap<i64, TimingGlance>, StoreError> {
    let rows =
        sqlx::query("SELECT team_id, after_s, window_s FROM team_timing").fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let seconds = |column: &str| row.try_get::<Option<u32>, _>(column);
            let glance = TimingGlance { after_s: seconds("after_s")?, window_s: seconds("window_s")? };
            Ok((row.try_get("team_id")?, glance))
        })
        .collect()
}

/// Saves settings in the place of those that were read, in a transaction that the caller commits.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    team: &TeamId,
    sent: &SaveTiming,
    decided: Decided,
    now: Timestamp,
) -> Result<SavedTiming, Refusal> {
    let team = team_of(&mut *tx, actor, team).await?;
    let present = load(&mut *tx, team.key).await?;
    match decided {
        Decided::On(Some(version)) if version == present.version => {}
        Decided::On(_) => return Err(Refusal::StaleTiming(Box::new(present))),
        Decided::Unknown | Decided::Whenever => return Err(Refusal::VersionRequired),
    }
    let timing = sent.timing();
    let faults = faults(&mut *tx, &team.campaign, &timing).await?;
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults.into_iter().map(told).collect()));
    }
    let next = after_saving(&present, timing, now);
    write(tx, team.key, &next).await?;
    events::append(&mut *tx, now, &StoredEvent::Timing { team: team.id, campaign: team.campaign }).await?;
    Ok(next)
}

/// What is saved when `timing` takes the place of `present`.
pub fn after_saving(present: &SavedTiming, timing: Timing, now: Timestamp) -> SavedTiming {
    let restarts = present.inactivity.restarts_clock(&timing.inactivity);
    let Timing { inactivity, reassignment } = timing;
    let clock_since = if restarts { now } else { present.clock_since };
    SavedTiming { inactivity, reassignment, version: present.version + 1, clock_since }
}

/// All that is wrong with settings of a team of `campaign`.
pub async fn faults(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    timing: &Timing,
) -> Result<Vec<(TimingField, TimingFault)>, StoreError> {
    let forms = settings::closing_forms(&mut *connection).await?;
    let form = settings::form_of(&forms, campaign, false);
    Ok(timing.check(&form, &categories(connection).await?))
}

/// How the caller is told what is wrong with a field.
pub fn told((field, fault): (TimingField, TimingFault)) -> FieldProblem {
    let message = match (field, fault) {
        (TimingField::Form(field), TimingFault::Form(fault)) => super::actions::words(field, fault),
        (_, TimingFault::OutOfRange(least, most)) => format!("From {least} to {most} seconds."),
        (_, TimingFault::TooLong(most)) => format!("At most {most} characters."),
        (_, TimingFault::Missing | TimingFault::Form(_)) => "Must not be empty.".to_owned(),
    };
    FieldProblem { field: field.name().to_owned(), code: fault.code().to_owned(), message }
}

/// Writes what is saved.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    team: i64,
    saved: &SavedTiming,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO team_timing (team_id, version, clock_since, settings, after_s, window_s)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team_id) DO UPDATE SET version = excluded.version,
         clock_since = excluded.clock_since, settings = excluded.settings, after_s = excluded.after_s,
         window_s = excluded.window_s",
    )
    .bind(team)
    .bind(i64::try_from(saved.version).unwrap_or(i64::MAX))
    .bind(millis(saved.clock_since))
    .bind(serde_json::to_string(&saved.timing())?)
    .bind(saved.inactivity.after_s)
    .bind(saved.reassignment.window_s)
    .execute(connection)
    .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<SavedTiming, StoreError> {
    let timing = serde_json::from_str(row.try_get("settings")?)?;
    Ok(saved(timing, row.try_get::<i64, _>("version")?.unsigned_abs(), row.try_get("clock_since")?))
}

fn saved(timing: Timing, version: u64, clock_since: i64) -> SavedTiming {
    let Timing { inactivity, reassignment } = timing;
    SavedTiming { inactivity, reassignment, version, clock_since: moment(clock_since) }
}
