//! The automatic menu at work (P45): what it says in a thread, and who has the conversation once it lets
//! go. What an answer leads to is the rule of `bandeja_model::bot`. It is nobody's answer: the contact waits
//! for a person from their first message on, whatever the menu says in between.

use super::change::Change;
use super::conversations::stored_key;
use super::lines::Line;
use super::state::State;
use super::thread::{self, Entry};
use super::{StoreError, members};
use bandeja_model::arrival::{Arrival, Taking, line_default, taken};
use bandeja_model::bot::Choice;
use bandeja_model::{Author, Direction, MessageKind, Status, SystemEvent, TeamId, UserId};
use sqlx::SqliteConnection;

/// Answers the contact's message that was just added, if the menu has the conversation: it shows itself to
/// who has just come, and otherwise does what `text` asks for.
pub(super) async fn hear(
    change: &mut Change<'_>,
    line: &Line,
    after: &mut State,
    text: &str,
) -> Result<(), StoreError> {
    if after.status != Status::Bot {
        return Ok(());
    }
    let has_just_come = after.episode != change.state.episode;
    if has_just_come {
        return show(change, line, after.episode).await;
    }
    // Switched off in the meantime, it has nothing more to say.
    let is_on = line.start.bot && !after.bot_paused;
    let choice = if is_on {
        let shown = shown(&mut *change.tx, after.episode).await?;
        line.menu.choice(text, shown)
    } else {
        Choice::GiveUp
    };
    match choice {
        Choice::Again => show(change, line, after.episode).await,
        // A team may have gone since the menu was written.
        Choice::Team(team) if members::team_is_of(&mut *change.tx, &team, &line.campaign).await? => {
            after.team_assigned = true;
            give(change, after, None, Some(team)).await
        }
        Choice::Team(_) | Choice::GiveUp => let_go(change, line, after).await,
    }
}

/// Hands the conversation to its line's default: a user, a team, or nobody.
pub(super) async fn let_go(
    change: &mut Change<'_>,
    line: &Line,
    after: &mut State,
) -> Result<(), StoreError> {
    let Arrival::LineDefault { user, team } = line_default(&line.start) else { return Ok(()) };
    after.team_assigned = false;
    give(change, after, user, team).await
}

async fn give(
    change: &mut Change<'_>,
    after: &mut State,
    user: Option<UserId>,
    team: Option<TeamId>,
) -> Result<(), StoreError> {
    let anyone_there = members::anyone_there(&mut *change.tx, user.as_ref(), team.as_ref()).await?;
    after.status = taken(Taking { by_user: user.is_some(), within_hours: true, anyone_there });
    after.owner = user.as_ref().map(|user| stored_key(user.as_str())).transpose()?;
    after.team = team.as_ref().map(|team| stored_key(team.as_str())).transpose()?;
    if user.is_some() || team.is_some() {
        let event = SystemEvent::Assigned { user, team };
        let entry = Entry { event: Some(&event), ..entry(MessageKind::Event, None, "") };
        change.add(after.episode, &entry).await?;
    }
    Ok(())
}

/// Sends the menu. One that nobody has written yet says nothing.
async fn show(change: &mut Change<'_>, line: &Line, episode: i64) -> Result<(), StoreError> {
    let text = line.menu.text();
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    change.add(episode, &entry(MessageKind::Message, Some(Direction::Out), text)).await?;
    thread::show_last(&mut *change.tx, change.key, text, Direction::Out, change.now).await
}

fn entry(kind: MessageKind, direction: Option<Direction>, body: &str) -> Entry<'_> {
    Entry { kind, direction, author: Author::Bot, body, client_id: None, mentions: &[], event: None }
}

/// How often it was shown in an episode.
async fn shown(connection: &mut SqliteConnection, episode: i64) -> Result<usize, StoreError> {
    let shown: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM message WHERE episode_id = $1 AND author_kind = 'bot' AND kind = 'message'",
    )
    .bind(episode)
    .fetch_one(connection)
    .await?;
    Ok(usize::try_from(shown).unwrap_or(usize::MAX))
}
