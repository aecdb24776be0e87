//! The clocks of a conversation as they are stored, and what the rule for idle ones asks besides. What
//! starts a clock is said by the model.

use super::conversations::coded;
use super::filter_sql::Sql;
use super::{StoreError, moment};
use bandeja_model::timing::{Anchor, Clocks, Idling};
use bandeja_model::{Channel, Status};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// The columns of clocks, of a conversation called `c`.
pub(super) const COLUMNS: &str = "c.clock_any, c.clock_contact, c.clock_agent";
/// What the rule asks of an open conversation called `c`; its status is not among it.
pub(super) const IDLING: &str =
    "c.id, c.snoozed_until, c.clock_any, c.clock_contact, c.clock_agent, c.farewell_at,
    c.channel, c.window_ends_at";

/// The column of an anchor's clock.
pub(super) const fn column(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Any => "c.clock_any",
        Anchor::Contact => "c.clock_contact",
        Anchor::Agent => "c.clock_agent",
    }
}

/// Reads them; the conversation must exist.
pub async fn load(connection: &mut SqliteConnection, conversation: i64) -> Result<Clocks, StoreError> {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(" FROM conversation c WHERE c.id = ").push_bind(conversation);
    read(&sql.build().fetch_one(connection).await?)
}

/// From a row with [`COLUMNS`].
pub(super) fn read(row: &SqliteRow) -> Result<Clocks, StoreError> {
    Ok(Clocks {
        any: moment(row.try_get("clock_any")?),
        contact: moment(row.try_get("clock_contact")?),
        agent: row.try_get::<Option<i64>, _>("clock_agent")?.map(moment),
    })
}

/// From a row with [`IDLING`] of an open conversation: which of the open states it is in makes no difference.
pub(super) fn idling(row: &SqliteRow) -> Result<Idling, StoreError> {
    let maybe_at = |column: &str| row.try_get::<Option<i64>, _>(column);
    Ok(Idling {
        status: Status::InProgress,
        snoozed_until: maybe_at("snoozed_until")?.map(moment),
        clocks: read(row)?,
        farewell_at: maybe_at("farewell_at")?.map(moment),
        channel: coded(row, "channel", Channel::from_code)?,
        window_ends_at: maybe_at("window_ends_at")?.map(moment),
    })
}

/// Open conversations of a team, by the index of the anchor's clock, which holds all of [`IDLING`]. The
/// planner would rather take an index that knows more of open ones and less of clocks.
pub(super) fn idle(columns: &str, anchor: Anchor, team: i64) -> Sql {
    let index = match anchor {
        Anchor::Any => "conversation_idle_any",
        Anchor::Contact => "conversation_idle_contact",
        Anchor::Agent => "conversation_idle_agent",
    };
    let mut sql = Sql::new("SELECT ");
    sql.push(columns).push(" FROM conversation c INDEXED BY ").push(index);
    sql.push(" WHERE c.is_open = 1 AND c.team_id = ").push_bind(team);
    sql
}
