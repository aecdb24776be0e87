//! Lines: as conversations come in on them, and as admins set them (P2, P45). Knows nothing of what a
//! conversation makes of its line.

pub mod follow;

use super::change::Decided;
use super::conversations::{coded, id, stored_key};
use super::{Refusal, StoreError, Tx, key, members};
use bandeja_contract::{FieldProblem, LineSettings, SaveLine};
use bandeja_model::arrival::LineStart;
use bandeja_model::bot::{BotMenu, MenuFault};
use bandeja_model::limits::{GREETING_CHARS, MENU_OPTIONS, OPTION_CHARS};
use bandeja_model::permission::may_set;
use bandeja_model::{Actor, CampaignId, Channel, Denial, LineId, TeamId, Timestamp, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeSet;

/// A line that a conversation is on.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its key.
    pub(super) key: i64,
    /// Its campaign.
    pub(super) campaign: CampaignId,
    /// Its kind.
    pub(super) channel: Channel,
    /// Who takes what goes to the start; no user who cannot.
    pub(super) start: LineStart,
    /// What the automatic menu says.
    pub(super) menu: BotMenu,
}

const COLUMNS: &str =
    "SELECT id, campaign_id, channel, bot, team_id, user_id, menu, version FROM line WHERE id = $1";

/// Reads a line that must exist.
pub(super) async fn load(connection: &mut SqliteConnection, line: i64) -> Result<Line, StoreError> {
    let row = sqlx::query(COLUMNS).bind(line).fetch_one(&mut *connection).await?;
    let campaign: CampaignId = id(row.try_get("campaign_id")?);
    let LineSettings { team, user, bot, menu, .. } = read(&row)?;
    let user = match user {
        Some(user) if members::can_take(connection, &user, &campaign).await? => Some(user),
        _ => None,
    };
    let channel = coded(&row, "channel", Channel::from_code)?;
    Ok(Line { key: line, campaign, channel, start: LineStart { bot, team, user }, menu })
}

/// A line's settings, for who may set them: 404 before 403, so that nobody learns of what they may not
/// know (P4).
pub async fn settings(
    connection: &mut SqliteConnection,
    actor: &Actor,
    line: &LineId,
) -> Result<LineSettings, Refusal> {
    Ok(permitted(connection, actor, line).await?.1)
}

async fn permitted(
    connection: &mut SqliteConnection,
    actor: &Actor,
    line: &LineId,
) -> Result<(CampaignId, LineSettings), Refusal> {
    let row = sqlx::query(COLUMNS).bind(key(line.as_str())).fetch_optional(connection).await?;
    let row = row.ok_or(Denial::NotFound)?;
    let campaign: CampaignId = id(row.try_get("campaign_id")?);
    may_set(actor, &campaign)?;
    Ok((campaign, read(&row)?))
}

fn read(row: &SqliteRow) -> Result<LineSettings, StoreError> {
    Ok(LineSettings {
        id: id(row.try_get("id")?),
        team: row.try_get::<Option<i64>, _>("team_id")?.map(id::<TeamId>),
        user: row.try_get::<Option<i64>, _>("user_id")?.map(id::<UserId>),
        bot: row.try_get("bot")?,
        menu: serde_json::from_str(row.try_get("menu")?)?,
        version: row.try_get::<i64, _>("version")?.unsigned_abs(),
    })
}

/// Saves a line's settings: 404, 403, 428, 412 and 400 in this order. If it gets another team, its first
/// conversations follow at once; see [`follow`] for the others.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    line: &LineId,
    sent: &SaveLine,
    decided: Decided,
    now: Timestamp,
) -> Result<LineSettings, Refusal> {
    let (campaign, before) = permitted(&mut *tx, actor, line).await?;
    match decided {
        Decided::On(Some(version)) if version == before.version => {}
        Decided::On(_) => return Err(Refusal::StaleLine(Box::new(before))),
        Decided::Whenever | Decided::Unknown => return Err(Refusal::VersionRequired),
    }
    let faults = faults(&mut *tx, &campaign, sent).await?;
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults));
    }
    let stored = |id: Option<&str>| id.map(stored_key).transpose();
    let line = stored_key(before.id.as_str())?;
    sqlx::query(
        "UPDATE line SET team_id = $1, user_id = $2, bot = $3, menu = $4, version = version + 1 WHERE id = $5",
    )
    .bind(stored(sent.team.as_ref().map(TeamId::as_str))?)
    .bind(stored(sent.user.as_ref().map(UserId::as_str))?)
    .bind(sent.bot)
    .bind(serde_json::to_string(&sent.menu)?)
    .bind(line)
    .execute(&mut **tx)
    .await?;
    if sent.team != before.team {
        follow::begin(&mut *tx, line, &actor.id).await?;
        follow::step(&mut *tx, line, now).await?;
    }
    let SaveLine { team, user, bot, menu } = sent.clone();
    Ok(LineSettings { id: before.id, team, user, bot, menu, version: before.version + 1 })
}

/// Everything that is wrong with what was sent for a line of the campaign.
async fn faults(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    sent: &SaveLine,
) -> Result<Vec<FieldProblem>, StoreError> {
    let teams = teams_of(&mut *connection, campaign).await?;
    let mut faults = Vec::new();
    let mut fault = |field: &str, words: &str| {
        let (field, code, message) = (field.to_owned(), "unknown".to_owned(), words.to_owned());
        faults.push(FieldProblem { field, code, message });
    };
    if sent.team.as_ref().is_some_and(|team| !teams.contains(team)) {
        fault("team", "Not a team of the line's campaign.");
    }
    if let Some(user) = &sent.user
        && !members::can_take(connection, user, campaign).await?
    {
        fault("user", "Not an active member of the line's campaign.");
    }
    faults.extend(sent.menu.check(sent.bot, |team| teams.contains(team)).into_iter().map(explain));
    Ok(faults)
}

fn explain(fault: MenuFault) -> FieldProblem {
    let message = match fault.code {
        "required" => "Required where the automatic menu is on.".to_owned(),
        "too_long" if fault.field == "menu.greeting" => format!("At most {GREETING_CHARS} characters."),
        "too_long" => format!("At most {OPTION_CHARS} characters."),
        "too_many" => format!("At most {MENU_OPTIONS} options."),
        _ => "Not a team of the line's campaign.".to_owned(),
    };
    FieldProblem { field: fault.field, code: fault.code.to_owned(), message }
}

async fn teams_of(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
) -> Result<BTreeSet<TeamId>, StoreError> {
    let teams: Vec<i64> = sqlx::query_scalar("SELECT id FROM team WHERE campaign_id = $1")
        .bind(key(campaign.as_str()))
        .fetch_all(connection)
        .await?;
    Ok(teams.into_iter().map(id).collect())
}
