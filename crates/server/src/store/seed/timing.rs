//! The settings of the demo's teams, saved the moment it is made, and the contacts who came back: those that
//! threads tell of, and made-up ones where those are few.

use super::bulk::{Bulk, Value};
use super::rows::{next_owner, subcategory_key};
use super::{id, key};
use crate::seed::{Options, SeedConversation, World, returns};
use crate::store::{StoreError, moment, timing};
use bandeja_model::CategoryId;
use bandeja_model::closing::ClosingDraft;
use bandeja_model::timing::{Farewell, Inactivity, RETURNS_DAYS, Reassignment, SavedTiming};
use sqlx::SqliteConnection;

/// So many contacts came back to each team at least.
const RETURNS: usize = 240;
/// Milliseconds that the simulator looks back.
const KEPT: i64 = RETURNS_DAYS * 86_400_000;

/// Saves the settings of all teams. Time that passed before is not counted: else a good part of the demo
/// would close the moment it is started.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    world: &World,
    now_ms: i64,
) -> Result<(), StoreError> {
    for (position, team) in world.teams.iter().enumerate() {
        let made = team.timing;
        let (description, category, subcategory) = made.form;
        let form = ClosingDraft {
            description: description.to_owned(),
            category_id: Some(wire(key(category))),
            subcategory_id: subcategory_key(world, category, subcategory).map(wire),
            summary: String::new(),
        };
        let farewell = made.farewell.map(|(text, notice_s)| Farewell { text: text.to_owned(), notice_s });
        let saved = SavedTiming {
            inactivity: Inactivity { after_s: made.after_s, form, farewell, ..Inactivity::default() },
            reassignment: Reassignment { window_s: made.window_s, ..Reassignment::default() },
            version: 1,
            clock_since: moment(now_ms),
        };
        timing::write(&mut *connection, key(position), &saved).await?;
    }
    Ok(())
}

fn wire(key: i64) -> CategoryId {
    CategoryId::from(key.to_string())
}

/// Contacts who came back, collected while conversations are taken in.
pub(super) struct Returns {
    rows: Bulk,
    now_ms: i64,
    /// By team: how many there are, and conversations with their lines, for made-up ones.
    teams: Vec<(usize, Vec<(usize, usize)>)>,
}

impl Returns {
    pub(super) fn new(world: &World, now_ms: i64) -> Self {
        let columns = "conversation_id, team_id, line_id, owner_id, cancelled, source, has_reason, closed_at, at, \
                       bot_paused";
        Self {
            rows: Bulk::new("comeback", columns),
            now_ms,
            teams: world.teams.iter().map(|_| (0, Vec::new())).collect(),
        }
    }

    /// Takes in who came back to a conversation.
    pub(super) fn add(&mut self, world: &World, made: &SeedConversation, team: usize) {
        let Some((count, known)) = self.teams.get_mut(team) else { return };
        if known.len() < RETURNS {
            known.push((made.index, made.line));
        }
        for (position, (ended, next)) in made.episodes.iter().zip(made.episodes.iter().skip(1)).enumerate() {
            let (Some(closing), Some(ended_at)) = (&ended.closing, ended.ended_at) else { continue };
            if next.opened_at < self.now_ms - KEPT {
                continue;
            }
            *count += 1;
            let still_there = |user: &usize| world.users.get(*user).is_some_and(|user| user.active);
            let has_reason = !closing.description.is_empty() || closing.category.is_some();
            self.rows.push([
                id(made.index),
                id(team),
                id(made.line),
                next_owner(made, position, closing).filter(still_there).map_or(Value::Null, id),
                Value::Int(i64::from(closing.cancelled)),
                Value::text(closing.source.code()),
                Value::Int(i64::from(has_reason)),
                Value::Int(ended_at),
                Value::Int(next.opened_at),
                Value::Int(0),
            ]);
        }
    }

    /// Writes what was taken in, the conversations being there.
    pub(super) async fn flush(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        self.rows.flush(connection).await
    }

    /// Writes made-up ones for teams that few came back to.
    pub(super) async fn finish(
        &mut self,
        connection: &mut SqliteConnection,
        world: &World,
        options: Options,
    ) -> Result<(), StoreError> {
        for (team, (count, known)) in self.teams.iter().enumerate() {
            let owner = world.teams.get(team).and_then(|team| team.members.first());
            let made = returns(options.seed, team).zip(known.iter().cycle());
            for (made, (conversation, line)) in made.take(RETURNS.saturating_sub(*count)) {
                let at = self.now_ms - made.ago;
                self.rows.push([
                    id(*conversation),
                    id(team),
                    id(*line),
                    owner.filter(|_| made.has_owner).map_or(Value::Null, |owner| id(*owner)),
                    Value::Int(i64::from(made.cancelled)),
                    Value::text(made.source.code()),
                    Value::Int(i64::from(made.has_reason)),
                    Value::Int(at - made.delay),
                    Value::Int(at),
                    Value::Int(0),
                ]);
            }
        }
        self.rows.flush(connection).await
    }
}
