//! What every change of one conversation has in common: it is seen, permitted, decided on the present
//! version, written with its entries in the thread and its events, and answered with.

use super::conversations::{self, id, stored_key};
use super::events::{self, Sight, StoredEvent};
use super::glance::Glance;
use super::ledger::Ledger;
use super::state::{Standing, State};
use super::thread::{self, Entry};
use super::{Refusal, StoreError, Tx, clocks, episodes};
use bandeja_model::permission::allowed;
use bandeja_model::timing::Clocks;
use bandeja_model::{
    Action, Actor, Author, Closing, Conversation, ConversationId, Denial, MessageKind, SystemEvent,
    Timestamp, UserId,
};

/// The version a caller decided on, as far as they said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// They need not say.
    Whenever,
    /// They should have said.
    Unknown,
    /// This one; `None` is none that there ever was.
    On(Option<u64>),
}

/// One conversation in the middle of a change.
pub struct Change<'t> {
    /// Everything is written here.
    pub tx: &'t mut Tx,
    /// Its key.
    pub key: i64,
    /// As the actor saw it before.
    pub before: Conversation,
    /// The part that actions change, before.
    pub state: State,
    /// The moment of the change.
    pub now: Timestamp,
    by: Option<UserId>,
    is_new: bool,
    /// Its clocks before.
    clocks: Clocks,
    /// Its clocks after what was said to start some.
    started: Option<Clocks>,
    /// Holds back what is added, if others are changed in the same breath.
    ledger: Option<&'t mut Ledger>,
    /// Keys of what was added to the thread.
    entries: Vec<i64>,
}

impl<'t> Change<'t> {
    /// Begins a change by `actor`: 404, 403, 428, 412 and 409 in this order, so that nobody learns of
    /// what they may not see, and that who was overtaken learns so before anything else (P4, P18).
    pub async fn begin(
        tx: &'t mut Tx,
        actor: &Actor,
        conversation: &ConversationId,
        action: Action,
        decided: Decided,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let Some(before) = conversations::load(&mut *tx, conversation, Some(&actor.id)).await? else {
            return Err(Denial::NotFound.into());
        };
        let permitted = allowed(actor, action, &before);
        if let Err(denial @ (Denial::NotFound | Denial::NotPermitted(_))) = permitted {
            return Err(denial.into());
        }
        match decided {
            Decided::Whenever => {}
            Decided::On(Some(version)) if version == before.version => {}
            Decided::On(_) => return Err(Refusal::Stale(Box::new(before))),
            Decided::Unknown => return Err(Refusal::VersionRequired),
        }
        permitted?;
        Ok(Self::of(tx, before, Some(actor.id.clone()), now).await?)
    }

    /// Begins a change that nobody in particular makes.
    pub async fn by_system(tx: &'t mut Tx, before: Conversation, now: Timestamp) -> Result<Self, StoreError> {
        Self::of(tx, before, None, now).await
    }

    /// Begins a change that `actor` was found to be allowed.
    pub async fn by_user(
        tx: &'t mut Tx,
        before: Conversation,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        Self::of(tx, before, Some(actor.id.clone()), now).await
    }

    async fn of(
        tx: &'t mut Tx,
        before: Conversation,
        by: Option<UserId>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let key = stored_key(before.id.as_str())?;
        let state = State::load(&mut *tx, key).await?;
        let clocks = clocks::load(&mut *tx, key).await?;
        let (started, ledger, entries) = (None, None, Vec::new());
        Ok(Self { tx, key, before, state, now, by, is_new: false, clocks, started, ledger, entries })
    }

    /// Begins one of many changes that `actor` was found to be allowed, or that nobody in particular makes, of
    /// a conversation that was read in this transaction. What it adds is held back in `ledger`; it is ended by
    /// [`keep`](Self::keep).
    pub fn one_of_many(
        tx: &'t mut Tx,
        ledger: &'t mut Ledger,
        known: Glance,
        actor: Option<&Actor>,
        now: Timestamp,
    ) -> Self {
        let Glance { key, conversation: before, state, clocks } = known;
        let (by, ledger) = (actor.map(|actor| actor.id.clone()), Some(ledger));
        let (started, entries) = (None, Vec::new());
        Self { tx, key, before, state, now, by, is_new: false, clocks, started, ledger, entries }
    }

    /// The conversation came into being in this transaction: nobody saw it before.
    #[must_use]
    pub fn of_a_new_one(mut self) -> Self {
        self.is_new = true;
        self
    }

    /// Says which clocks it starts, by one of the functions of [`Clocks`]. Where nothing is said, whatever the
    /// version or the thread tells of touches the conversation.
    pub fn starts(&mut self, start: impl FnOnce(Clocks, Timestamp) -> Clocks) {
        self.started = Some(start(self.started.unwrap_or(self.clocks), self.now));
    }

    /// How its clocks stand afterwards.
    fn clocks_after(&self, rises: bool) -> Clocks {
        let told = rises || !self.entries.is_empty();
        self.started.unwrap_or_else(|| if told { self.clocks.touched(self.now) } else { self.clocks })
    }

    /// Who makes it, as threads say it.
    pub fn author(&self) -> Author {
        self.by.clone().map_or(Author::System, |id| Author::User { id })
    }

    /// Adds an event to the thread and answers with its key.
    pub async fn tell(&mut self, episode: i64, event: &SystemEvent) -> Result<i64, StoreError> {
        if let Some(ledger) = &mut self.ledger {
            let entry = ledger.tell(self.key, episode, event)?;
            self.entries.push(entry);
            return Ok(entry);
        }
        let entry = Entry {
            kind: MessageKind::Event,
            direction: None,
            author: self.author(),
            body: "",
            client_id: None,
            mentions: &[],
            event: Some(event),
        };
        self.add(episode, &entry).await
    }

    /// Begins an episode and answers with its key.
    pub async fn open_episode(&mut self) -> Result<i64, StoreError> {
        match &mut self.ledger {
            Some(ledger) => Ok(ledger.open_episode(self.key)),
            None => episodes::open(&mut *self.tx, self.key, self.now).await,
        }
    }

    /// Ends the running episode with a closing record; `entry` of the thread tells of it.
    pub async fn end_episode(
        &mut self,
        closing: &Closing,
        cancelled: bool,
        entry: i64,
    ) -> Result<Standing, StoreError> {
        let episode = self.state.episode;
        let id = match &mut self.ledger {
            Some(ledger) => ledger.end_episode(self.key, episode, closing, cancelled, entry),
            None => episodes::end(&mut *self.tx, self.key, episode, closing, cancelled, entry).await?,
        };
        Ok(Standing::of(id, closing))
    }

    /// Adds an entry to the thread and answers with its key.
    pub async fn add(&mut self, episode: i64, entry: &Entry<'_>) -> Result<i64, StoreError> {
        let entry = thread::add(&mut *self.tx, self.key, episode, entry, self.now).await?;
        self.entries.push(entry);
        Ok(entry)
    }

    /// Writes what is now so and announces nothing: whoever changes many at a time tells of all of them
    /// at once. Answers with the newest entry of the thread.
    pub async fn keep(self, after: &State, rises: bool) -> Result<i64, StoreError> {
        let clocks = self.clocks_after(rises);
        after.save(&mut *self.tx, self.key, &self.state, (rises, clocks), self.now).await?;
        match self.entries.last() {
            Some(entry) => Ok(*entry),
            None => thread::newest(&mut *self.tx, self.key).await,
        }
    }

    /// Writes what is now so. `extra` names changes that are not of the state; `rises` says whether
    /// the version does. Appends the events and answers with the conversation as it is now.
    pub async fn finish(
        self,
        after: &State,
        extra: &[&'static str],
        rises: bool,
    ) -> Result<Conversation, StoreError> {
        let clocks = self.clocks_after(rises);
        after.save(&mut *self.tx, self.key, &self.state, (rises, clocks), self.now).await?;
        let mut changed = after.differences(&self.state);
        changed.extend(extra);
        let conversation = &self.before.id;
        let sight = (!self.is_new).then(|| Sight::from(&self.before));
        let event = StoredEvent::conversation(conversation, sight, &changed, self.by.as_ref());
        events::append(&mut *self.tx, self.now, &event).await?;
        for entry in &self.entries {
            let event = StoredEvent::message_created(conversation, &id(*entry));
            events::append(&mut *self.tx, self.now, &event).await?;
        }
        let now = conversations::load(&mut *self.tx, conversation, self.by.as_ref()).await?;
        now.ok_or_else(|| StoreError::Corrupt(format!("conversation {conversation}")))
    }
}
