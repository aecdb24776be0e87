//! The hub: hears that something was committed, reads it from the event table in order, and hands it
//! to every open stream. Owns the order and the bounds; rights are asked in `receiver`.
//!
//! Ringing carries nothing: what is sent comes from the table, so that two commits cannot overtake
//! each other on the way, and a call that was cut between its commit and its ring loses nothing.

use super::receiver::{LiveEvent, prepare};
use crate::clock::Clock;
use crate::store::{Store, StoreError, events, users};
use bandeja_model::Actor;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, broadcast, watch};

/// Batches a stream may lag behind before it is told to reload: with full ones, some 16 MB in all.
const LAG: usize = 256;
/// Events read at a time.
const BATCH: i64 = 32;
/// The table is looked at this often even if nobody rings.
const LOOK: Duration = Duration::from_secs(1);
/// Streams one user may have open.
const STREAMS: usize = 64;

/// What streams hear.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Something happened.
    Batch(Arc<Batch>),
    /// The session with this token hash is over.
    SessionOver(Arc<str>),
}

/// Events, with all that is needed to send them.
#[derive(Debug)]
pub struct Batch {
    /// In order.
    pub events: Vec<LiveEvent>,
    /// The rights of those who listen, as they were when the events were read; a deactivated user
    /// is missing.
    pub actors: HashMap<i64, Actor>,
    /// Who listened then.
    pub asked: Vec<i64>,
}

/// The hub. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Hub(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    bell: Notify,
    speaker: broadcast::Sender<Heard>,
    listeners: Mutex<HashMap<i64, usize>>,
    closed: watch::Sender<bool>,
}

impl Hub {
    /// Starts the hub on the events of `store` that come from now on.
    pub async fn start(store: Store, clock: Clock) -> Result<Self, StoreError> {
        let last = events::last_id(&mut *store.read().await?).await?;
        let hub = Self(Arc::new(Inner {
            bell: Notify::new(),
            speaker: broadcast::Sender::new(LAG),
            listeners: Mutex::default(),
            closed: watch::Sender::new(false),
        }));
        tokio::spawn(hub.clone().run(store, clock, last));
        Ok(hub)
    }

    /// To be called after a commit that appended events.
    pub fn ring(&self) {
        self.0.bell.notify_one();
    }

    /// Tells the streams of a session that it is over.
    pub fn end_session(&self, token_hash: &str) {
        // An error means that nobody listens.
        let _ = self.0.speaker.send(Heard::SessionOver(token_hash.into()));
    }

    /// Ends every stream, because the server stops.
    pub fn close(&self) {
        self.0.closed.send_replace(true);
        self.0.bell.notify_one();
    }

    /// Whether the server stops.
    pub fn is_closed(&self) -> bool {
        *self.0.closed.borrow()
    }

    /// Listens on behalf of a user; `None` if too many streams of theirs are open.
    pub fn listen(&self, user: i64) -> Option<Listener> {
        let mut listeners = self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let count = listeners.entry(user).or_default();
        if *count >= STREAMS {
            return None;
        }
        *count += 1;
        drop(listeners);
        Some(Listener {
            user,
            hub: self.clone(),
            heard: self.0.speaker.subscribe(),
            closed: self.0.closed.subscribe(),
        })
    }

    async fn run(self, store: Store, clock: Clock, mut last: i64) {
        while !self.is_closed() {
            // Either reason is good.
            let _ = tokio::time::timeout(LOOK, self.0.bell.notified()).await;
            loop {
                match self.read(&store, &clock, last).await {
                    Ok(Some(batch)) => {
                        last = batch.events.last().map_or(last, |event| event.id);
                        let _ = self.0.speaker.send(Heard::Batch(Arc::new(batch)));
                    }
                    Ok(None) => break,
                    Err(error) => {
                        tracing::error!(error = &error as &dyn std::error::Error, "events cannot be read");
                        break;
                    }
                }
            }
        }
    }

    /// The next batch after `last`, all of one moment.
    async fn read(&self, store: &Store, clock: &Clock, last: i64) -> Result<Option<Batch>, StoreError> {
        let mut tx = store.snapshot().await?;
        let events = events::after(&mut tx, last, BATCH).await?;
        if events.is_empty() {
            return Ok(None);
        }
        let asked = self.listening();
        let events = prepare(&mut tx, events, clock).await?;
        let mut actors = HashMap::new();
        for user in &asked {
            if let Some(actor) = users::actor(&mut tx, *user).await? {
                actors.insert(*user, actor);
            }
        }
        Ok(Some(Batch { events, actors, asked }))
    }

    fn listening(&self) -> Vec<i64> {
        self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }
}

/// One open stream's ear; dropping it stops listening.
#[derive(Debug)]
pub struct Listener {
    user: i64,
    hub: Hub,
    heard: broadcast::Receiver<Heard>,
    closed: watch::Receiver<bool>,
}

impl Listener {
    /// What comes next; an error says that too much was missed. `None`: the server stops.
    pub async fn next(&mut self) -> Option<Result<Heard, Missed>> {
        tokio::select! {
            _ = self.closed.wait_for(|closed| *closed) => None,
            heard = self.heard.recv() => match heard {
                Ok(heard) => Some(Ok(heard)),
                Err(broadcast::error::RecvError::Lagged(_)) => Some(Err(Missed)),
                Err(broadcast::error::RecvError::Closed) => None,
            },
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut listeners = self.hub.0.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = listeners.get_mut(&self.user) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                listeners.remove(&self.user);
            }
        }
    }
}

/// The stream was too slow and has gaps now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_listener_that_is_too_slow_hears_that_it_missed_something() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("test.db")).await.unwrap();
        let hub = Hub::start(store, Clock::default()).await.unwrap();
        let mut listener = hub.listen(1).unwrap();
        for _ in 0..=LAG {
            hub.end_session("of somebody");
        }
        assert!(matches!(listener.next().await, Some(Err(Missed))));
        assert!(matches!(listener.next().await, Some(Ok(Heard::SessionOver(_)))));
        hub.close();
        assert!(hub.is_closed());
    }

    #[tokio::test]
    async fn one_user_has_a_limited_number_of_streams_until_some_end() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("test.db")).await.unwrap();
        let hub = Hub::start(store, Clock::default()).await.unwrap();
        let mut open: Vec<_> = (0..STREAMS).map(|_| hub.listen(1).unwrap()).collect();
        assert!(hub.listen(1).is_none() && hub.listen(2).is_some());
        open.pop();
        assert!(hub.listen(1).is_some());
    }
}
