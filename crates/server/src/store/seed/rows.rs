//! Generated conversations as rows of the tables they spread over.

use super::bulk::Value;
use super::story::{Thread, direction};
use super::tables::Tables;
use super::timing::Returns;
use super::{id, key};
use crate::seed::{
    Options, SeedAuthor, SeedClosing, SeedContent, SeedConversation, SeedEvent, SeedLine, SeedMessage, World,
};
use crate::store::{StoreError, millis, moment, search};
use bandeja_model::text::words;
use bandeja_model::timing::{Anchor, ClosingRule};
use bandeja_model::{
    CategoryId, Closing, ClosingSource, Direction, Priority, SystemEvent, TagId, TeamId, UserId,
};
use serde::Serialize;
use sqlx::SqliteConnection;
use std::collections::HashSet;

/// Rows of all tables that wait to be written.
pub(super) struct Rows<'a> {
    world: &'a World,
    tables: Tables,
    returns: Returns,
    /// Contacts written already.
    known: HashSet<usize>,
    /// Who is mentioned where, in the conversations that were taken in since the last writing.
    mentioned: HashSet<(usize, usize, i64)>,
    /// Further addresses of contacts that are on several lines.
    addresses: Vec<(i64, String)>,
    next_episode: i64,
    next_closing: i64,
    next_message: i64,
}

/// The ids that a conversation's episodes and closings got.
struct Spans {
    episodes: Vec<i64>,
    /// By position of the episode.
    closings: Vec<Option<i64>>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(world: &'a World, options: Options) -> Self {
        Self {
            world,
            tables: Tables::new(),
            returns: Returns::new(world, options.now_ms),
            known: HashSet::new(),
            mentioned: HashSet::new(),
            addresses: Vec::new(),
            next_episode: 1,
            next_closing: 1,
            next_message: 1,
        }
    }

    /// Takes a conversation in.
    pub(super) fn add(&mut self, made: &SeedConversation) -> Result<(), StoreError> {
        let world = self.world;
        let Some(line) = world.lines.get(made.line) else {
            return Err(StoreError::Corrupt(format!("generated line {}", made.line)));
        };
        self.contact(made);
        let spans = self.number(made);
        let thread = self.thread(made, &spans)?;
        self.spans(made, &spans);
        self.conversation(made, line, &spans, thread);
        self.returns.add(world, made, made.team.unwrap_or(line.team));
        for tag in &made.tags {
            self.tables.tags.push([id(made.index), id(*tag)]);
        }
        Ok(())
    }

    /// Writes what was taken in.
    pub(super) async fn flush(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        self.tables.flush(&mut *connection).await?;
        self.returns.flush(connection).await?;
        self.mentioned.clear();
        Ok(())
    }

    /// Makes contacts findable by their further addresses, and up who came back where few did.
    pub(super) async fn finish(
        &mut self,
        connection: &mut SqliteConnection,
        options: Options,
    ) -> Result<(), StoreError> {
        self.returns.finish(&mut *connection, self.world, options).await?;
        for (contact, address) in self.addresses.drain(..) {
            sqlx::query("UPDATE contact SET search = search || ' ' || $1 WHERE id = $2")
                .bind(address)
                .bind(contact)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    fn contact(&mut self, made: &SeedConversation) {
        let contact = &made.contact;
        if !self.known.insert(contact.key) {
            self.addresses.push((key(contact.key), search::contact_text([made.address.as_str()])));
            return;
        }
        let parts = [Some(contact.name.as_str()), contact.phone.as_deref(), contact.email.as_deref()];
        let search = search::contact_text(parts.into_iter().flatten().chain([made.address.as_str()]));
        self.tables.contacts.push([
            id(contact.key),
            Value::text(&contact.name),
            Value::maybe_text(contact.phone.as_deref()),
            Value::maybe_text(contact.email.as_deref()),
            Value::maybe_text(contact.company),
            Value::text(contact.city),
            Value::text(contact.language.code()),
            Value::Text(search),
        ]);
    }

    /// Gives ids to episodes and closings.
    fn number(&mut self, made: &SeedConversation) -> Spans {
        let mut spans = Spans { episodes: Vec::new(), closings: Vec::new() };
        for episode in &made.episodes {
            spans.episodes.push(self.next_episode);
            self.next_episode += 1;
            spans.closings.push(episode.closing.as_ref().map(|_| self.next_closing));
            self.next_closing += i64::from(episode.closing.is_some());
        }
        spans
    }

    fn thread(&mut self, made: &SeedConversation, spans: &Spans) -> Result<Thread, StoreError> {
        let mut thread = Thread::of(made);
        for message in &made.messages {
            let message_id = self.next_message;
            self.next_message += 1;
            thread.take(message);
            let running = made.episodes.iter().rposition(|episode| episode.opened_at <= message.at);
            let episode =
                running.and_then(|running| spans.episodes.get(running)).copied().unwrap_or_default();
            self.message(made, spans, message, (message_id, episode))?;
        }
        Ok(thread)
    }

    fn message(
        &mut self,
        made: &SeedConversation,
        spans: &Spans,
        message: &SeedMessage,
        (message_id, episode): (i64, i64),
    ) -> Result<(), StoreError> {
        let (author_kind, author_id) = match message.author {
            SeedAuthor::Contact => ("contact", Value::Null),
            SeedAuthor::User(user) => ("user", id(user)),
            SeedAuthor::Bot => ("bot", Value::Null),
            SeedAuthor::System => ("system", Value::Null),
        };
        let (mut delivered, mut mentioned, mut event) = (Value::Null, Value::Null, Value::Null);
        let (kind, direction, body) = match &message.content {
            SeedContent::Text { body, delivery } => {
                delivered = Value::maybe_text(delivery.map(code).transpose()?);
                ("message", Value::text(code(direction(message.author))?), body.as_str())
            }
            SeedContent::Note { body, mentions } => {
                if !mentions.is_empty() {
                    let ids: Vec<UserId> = mentions.iter().map(|user| wire(*user)).collect();
                    mentioned = Value::Text(serde_json::to_string(&ids)?);
                    self.mention(made, mentions, episode);
                }
                ("note", Value::text(code(Direction::Note)?), body.as_str())
            }
            SeedContent::Event(happened) => {
                event = Value::Text(serde_json::to_string(&system_event(self.world, made, happened))?);
                if let SeedEvent::Closed { episode } | SeedEvent::Cancelled { episode } = happened {
                    self.closing(made, spans, *episode, message_id);
                }
                ("event", Value::Null, "")
            }
        };
        let words = words(body).collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.tables.words.push((message_id, words, key(made.index)));
        }
        self.tables.messages.push([
            Value::Int(message_id),
            id(made.index),
            Value::Int(episode),
            Value::text(kind),
            direction,
            Value::text(author_kind),
            author_id,
            Value::text(body),
            Value::Int(message.at),
            delivered,
            mentioned,
            event,
        ]);
        Ok(())
    }

    fn mention(&mut self, made: &SeedConversation, users: &[usize], episode: i64) {
        for user in users {
            if self.mentioned.insert((made.index, *user, episode)) {
                self.tables.mentions.push([id(made.index), id(*user), Value::Int(episode)]);
            }
        }
    }

    fn closing(&mut self, made: &SeedConversation, spans: &Spans, episode: usize, message_id: i64) {
        let found = made.episodes.get(episode);
        let Some((closing, ended_at)) =
            found.and_then(|found| Some((found.closing.as_ref()?, found.ended_at?)))
        else {
            return;
        };
        let (Some(Some(closing_id)), Some(episode_id)) =
            (spans.closings.get(episode), spans.episodes.get(episode))
        else {
            return;
        };
        let rule = rule(self.world, made, closing);
        self.tables.closings.push([
            Value::Int(*closing_id),
            id(made.index),
            Value::Int(*episode_id),
            Value::Int(ended_at),
            Value::text(closing.source.code()),
            closing.by.map_or(Value::Null, id),
            Value::text(&closing.description),
            closing.category.map_or(Value::Null, id),
            Value::maybe_int(subcategory(self.world, closing)),
            Value::text(&closing.summary),
            next_owner(made, episode, closing).map_or(Value::Null, id),
            Value::Int(i64::from(closing.transfer_to.is_some())),
            Value::Int(i64::from(closing.cancelled)),
            Value::Int(message_id),
            Value::maybe_int(rule.map(|rule| i64::from(rule.after_s))),
            Value::maybe_text(rule.map(|rule| rule.anchor.code())),
        ]);
    }

    fn spans(&mut self, made: &SeedConversation, spans: &Spans) {
        for (episode, episode_id) in made.episodes.iter().zip(&spans.episodes) {
            self.tables.episodes.push([
                Value::Int(*episode_id),
                id(made.index),
                Value::Int(episode.opened_at),
                Value::maybe_int(episode.first_response_at),
                Value::maybe_int(episode.ended_at),
            ]);
        }
    }

    fn conversation(&mut self, made: &SeedConversation, line: &SeedLine, spans: &Spans, thread: Thread) {
        let last_closed = made.episodes.iter().rposition(|episode| episode.closing.is_some());
        let closing = last_closed.and_then(|position| {
            let episode = made.episodes.get(position)?;
            Some((spans.closings.get(position).copied()??, episode.ended_at?, episode.closing.as_ref()?))
        });
        let window = line.channel.window_end(thread.last_inbound_at.map(moment));
        let (last_text, last_at, last_direction) = match thread.last {
            Some((text, at, direction)) => {
                (Value::Text(text), Value::Int(at), Value::maybe_text(code(direction).ok()))
            }
            None => (Value::Null, Value::Null, Value::Null),
        };
        let waiting = if made.status.is_open() { thread.waiting_since } else { None };
        self.tables.conversations.push([
            id(made.index),
            Value::text(made.status.code()),
            Value::Int(i64::from(made.archived)),
            Value::text(line.channel.code()),
            id(made.line),
            id(line.campaign),
            id(made.team.unwrap_or(line.team)),
            Value::Int(i64::from(made.team.is_some())),
            made.owner.map_or(Value::Null, id),
            id(made.contact.key),
            Value::text(&made.address),
            Value::Int(rank(made.priority)),
            Value::Int(i64::from(made.unread)),
            last_text,
            last_at,
            last_direction,
            Value::Int(made.created_at),
            Value::Int(made.last_activity_at),
            Value::Int(thread.touched_at),
            Value::maybe_int(waiting),
            Value::maybe_int(thread.last_inbound_at),
            Value::maybe_int(window.map(|end| end.timestamp_millis())),
            Value::maybe_int(made.snoozed_until),
            Value::maybe_int(spans.episodes.last().copied()),
            Value::maybe_int(closing.map(|(id, _, _)| id)),
            Value::maybe_int(closing.map(|(_, at, _)| at)),
            closing.and_then(|(_, _, closing)| closing.category).map_or(Value::Null, id),
            Value::maybe_int(closing.and_then(|(_, _, closing)| subcategory(self.world, closing))),
            Value::Int(millis(thread.clocks.any)),
            Value::Int(millis(thread.clocks.contact)),
            Value::maybe_int(thread.clocks.agent.map(millis)),
        ]);
    }
}

/// The word on the wire of a plain enum.
fn code(value: impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(code) => Ok(code),
        other => Err(StoreError::Corrupt(format!("{other} is no code"))),
    }
}

fn rank(priority: Priority) -> i64 {
    Priority::ALL
        .iter()
        .position(|other| *other == priority)
        .and_then(|rank| i64::try_from(rank).ok())
        .unwrap_or(0)
}

/// The id on the wire of the thing at `position`.
fn wire<T: From<String>>(position: usize) -> T {
    T::from(key(position).to_string())
}

/// Sub-categories have the keys after all categories, in the order of their parents.
pub(super) fn subcategory_key(world: &World, parent: usize, position: usize) -> Option<i64> {
    world.categories.get(parent)?.subcategories.get(position)?;
    let before: usize =
        world.categories.iter().take(parent).map(|category| category.subcategories.len()).sum();
    Some(key(world.categories.len() + before + position))
}

fn subcategory(world: &World, closing: &SeedClosing) -> Option<i64> {
    subcategory_key(world, closing.category?, closing.subcategory?)
}

/// The rule that closed it, where inactivity did.
fn rule(world: &World, made: &SeedConversation, closing: &SeedClosing) -> Option<ClosingRule> {
    if closing.source != ClosingSource::Inactivity {
        return None;
    }
    let team = made.team.or_else(|| world.lines.get(made.line).map(|line| line.team))?;
    let after_s = u32::try_from(world.teams.get(team)?.inactivity_s?).ok()?;
    Some(ClosingRule { after_s, anchor: Anchor::Any })
}

/// Who attends next: whom it was transferred to, else the owner the episode ended with (P12).
pub(super) fn next_owner(made: &SeedConversation, episode: usize, closing: &SeedClosing) -> Option<usize> {
    let owner = made.episodes.get(episode).and_then(|episode| episode.owner);
    closing.transfer_to.or(owner).or(closing.by)
}

/// The closing record as the thread tells it.
fn record(world: &World, made: &SeedConversation, episode: usize) -> Option<Closing> {
    let found = made.episodes.get(episode)?;
    let closing = found.closing.as_ref()?;
    Some(Closing {
        by: closing.by.map(wire::<UserId>),
        source: closing.source,
        at: moment(found.ended_at?),
        description: closing.description.clone(),
        category_id: closing.category.map(wire::<CategoryId>),
        subcategory_id: subcategory(world, closing).map(|key| CategoryId::from(key.to_string())),
        summary: closing.summary.clone(),
        next_owner: next_owner(made, episode, closing).map(wire::<UserId>),
        transferred: closing.transfer_to.is_some(),
        undone: false,
        rule: rule(world, made, closing),
    })
}

fn system_event(world: &World, made: &SeedConversation, event: &SeedEvent) -> Option<SystemEvent> {
    Some(match event {
        SeedEvent::Opened { bot } => SystemEvent::Opened { bot: *bot },
        SeedEvent::Assigned { user, team } => {
            SystemEvent::Assigned { user: user.map(wire::<UserId>), team: team.map(wire::<TeamId>) }
        }
        SeedEvent::Tagged { added } => SystemEvent::Tagged {
            added: added.iter().map(|tag| wire::<TagId>(*tag)).collect(),
            removed: Vec::new(),
        },
        SeedEvent::Closed { episode } => SystemEvent::Closed { closing: record(world, made, *episode)? },
        SeedEvent::Cancelled { episode } => {
            SystemEvent::Cancelled { closing: record(world, made, *episode)? }
        }
        SeedEvent::Reopened { owner } => {
            SystemEvent::Reopened { by_contact: true, owner: owner.map(wire::<UserId>) }
        }
        SeedEvent::Archived => SystemEvent::Archived,
        SeedEvent::Snoozed { until } => SystemEvent::Snoozed { until: moment(*until) },
    })
}
