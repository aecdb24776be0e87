//! Messages on their way: nothing typed is lost, nothing is sent twice.
//!
//! One at a time per conversation and in order; what the network swallowed is sent again with the same
//! key, what the server refused waits for its author. Pure: the caller sends, and says how it went.

use crate::api::Failure;
use crate::error::ClientError;
use crate::live::backoff;
use bandeja_contract::problem::code;
use bandeja_contract::{NewMessage, NewMessageKind};
use bandeja_model::{ConversationId, Timestamp, UserId};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// A message that the server has not taken in yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The author's own id for it; also its idempotency key.
    pub client_id: String,
    /// Where it goes.
    pub conversation: ConversationId,
    /// To the contact, or private.
    pub kind: NewMessageKind,
    /// Plain text.
    pub body: String,
    /// Users told of a note.
    pub mentions: Vec<UserId>,
    /// When it was written, by the corrected clock.
    pub at: Timestamp,
    /// How far it got.
    pub state: PendingState,
}

/// How far a pending message got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PendingState {
    /// Waits for its turn or for the network.
    Queued,
    /// Under way.
    Sending,
    /// Given up; its author decides.
    Failed {
        /// Why.
        error: ClientError,
        /// Sending it again as it is may succeed.
        can_retry: bool,
    },
}

impl Pending {
    /// The body of the call.
    pub fn message(&self) -> NewMessage {
        NewMessage {
            kind: self.kind,
            body: self.body.clone(),
            mentions: self.mentions.clone(),
            client_id: Some(self.client_id.clone()),
        }
    }
}

/// Calls under way at a time, over all conversations.
const AT_A_TIME: usize = 4;
/// Attempts that reached the server before the author is asked.
const ATTEMPTS: u32 = 6;
/// First and longest wait between attempts, in milliseconds.
const WAITS_MS: (u32, u32) = (1_000, 30_000);
/// A message older than this is not sent by itself after a reload: its author may no longer mean it.
const FRESH: Duration = Duration::hours(1);

#[derive(Clone, Debug)]
struct Item {
    pending: Pending,
    attempts: u32,
    not_before: Option<Timestamp>,
}

/// The queue, in order of writing.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    items: Vec<Item>,
}

impl Outbox {
    /// Everything in it, in order of writing.
    pub fn all(&self) -> impl Iterator<Item = &Pending> {
        self.items.iter().map(|item| &item.pending)
    }

    /// One of them.
    pub fn get(&self, client_id: &str) -> Option<&Pending> {
        self.all().find(|pending| pending.client_id == client_id)
    }

    /// Adds a new message at the end.
    pub fn push(&mut self, pending: Pending) {
        self.items.push(Item { pending, attempts: 0, not_before: None });
    }

    /// Takes in a message that was stored before the page was loaded. One that was under way is sent
    /// again: its key makes that harmless.
    pub fn adopt(&mut self, mut pending: Pending, now: Timestamp) {
        if self.get(&pending.client_id).is_some() {
            return;
        }
        if !matches!(pending.state, PendingState::Failed { .. }) {
            pending.state = if now - pending.at > FRESH {
                PendingState::Failed { error: ClientError::Timeout, can_retry: true }
            } else {
                PendingState::Queued
            };
        }
        let place = self.items.partition_point(|item| item.pending.at <= pending.at);
        self.items.insert(place, Item { pending, attempts: 0, not_before: None });
    }

    /// The next message to send at `now`, marked as under way.
    pub fn next(&mut self, now: Timestamp) -> Option<Pending> {
        let sending = |item: &&Item| item.pending.state == PendingState::Sending;
        if self.items.iter().filter(sending).count() >= AT_A_TIME {
            return None;
        }
        let ready = |(place, item): &(usize, &Item)| {
            let earlier = self.items.iter().take(*place);
            item.pending.state == PendingState::Queued
                && item.not_before.is_none_or(|moment| moment <= now)
                && earlier
                    .filter(|other| other.pending.conversation == item.pending.conversation)
                    .all(|other| matches!(other.pending.state, PendingState::Failed { .. }))
        };
        let (place, _) = self.items.iter().enumerate().find(ready)?;
        let item = self.items.get_mut(place)?;
        item.pending.state = PendingState::Sending;
        Some(item.pending.clone())
    }

    /// When to ask again, if everything that is queued waits for time to pass.
    pub fn wake_at(&self) -> Option<Timestamp> {
        let queued = self.items.iter().filter(|item| item.pending.state == PendingState::Queued);
        queued.filter_map(|item| item.not_before).min()
    }

    /// The server has it.
    pub fn done(&mut self, client_id: &str) -> Option<Pending> {
        self.take(client_id)
    }

    /// Sending it failed. Gives the message as it is now.
    pub fn failed(
        &mut self,
        client_id: &str,
        failure: &Failure,
        now: Timestamp,
        random: u64,
    ) -> Option<&Pending> {
        let item = self.find(client_id)?;
        let error = &failure.error;
        // Without a network nothing was tried; being signed out is no fault of the message either.
        let counts = !matches!(error, ClientError::Offline | ClientError::SignedOut);
        item.attempts += u32::from(counts);
        let again = *error == ClientError::SignedOut || error.is_transient();
        item.pending.state = if again && item.attempts < ATTEMPTS {
            let wait = backoff(item.attempts, WAITS_MS.0, WAITS_MS.1, random);
            let asked = failure.retry_after_s.map_or(0, |seconds| seconds.saturating_mul(1_000));
            item.not_before = Some(now + Duration::milliseconds(i64::from(wait.max(asked))));
            PendingState::Queued
        } else {
            PendingState::Failed { error: error.clone(), can_retry: again || error.code() == code::FORBIDDEN }
        };
        Some(&item.pending)
    }

    /// Whatever was under way broke off with the session or the page; its key makes a repeat harmless.
    pub fn interrupted(&mut self) {
        for item in &mut self.items {
            if item.pending.state == PendingState::Sending {
                item.pending.state = PendingState::Queued;
            }
        }
    }

    /// The network or the session is back: nobody waits any longer.
    pub fn resume(&mut self) {
        for item in &mut self.items {
            item.not_before = None;
        }
    }

    /// The author wants a failed one sent again. Gives the message as it is now.
    pub fn retry(&mut self, client_id: &str) -> Option<&Pending> {
        let item = self.find(client_id)?;
        if !matches!(item.pending.state, PendingState::Failed { .. }) {
            return None;
        }
        item.pending.state = PendingState::Queued;
        item.attempts = 0;
        item.not_before = None;
        Some(&item.pending)
    }

    /// The author gives one up. One that is under way may arrive, so it cannot be given up.
    pub fn discard(&mut self, client_id: &str) -> Option<Pending> {
        match self.get(client_id)?.state {
            PendingState::Sending => None,
            _ => self.take(client_id),
        }
    }

    fn find(&mut self, client_id: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.pending.client_id == client_id)
    }

    fn take(&mut self, client_id: &str) -> Option<Pending> {
        let place = self.items.iter().position(|item| item.pending.client_id == client_id)?;
        Some(self.items.remove(place).pending)
    }
}

#[cfg(test)]
mod tests;
