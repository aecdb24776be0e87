//! Messages by the ids that their senders gave them, so that none is sent twice where the foreign API knows no repeats.
//!
//! What became of each is written down in what outlives the engine: a repeat may come after a reload, or from another
//! tab. Their texts are not: whoever repeats one brings it again.

use super::core::Core;
use super::thread::is_meant;
use super::wire::{Refusal, Whole};
use crate::backend::{FaultKind, Row};
use crate::host::{Host, Local, Storage};
use bandeja_contract::{NewMessage, NewMessageKind, SessionUser};
use bandeja_model::limits::PREVIEW_CHARS;
use bandeja_model::{ConversationId, Direction, Message, MessageId, Timestamp, UserId, text};
use chrono::Duration;
use futures::FutureExt;
use futures::future::Shared;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Messages remembered of one user; of more, the oldest go.
const KEPT: usize = 300;
/// Foreign clocks are behind ours by less than that, in minutes.
const BEHIND_MIN: i64 = 15;
/// Foreign moments are less exact than that, in seconds.
const COARSE_S: i64 = 60;
/// Milliseconds before a thread that does not show a message yet is read once more.
const SECOND_LOOK_MS: u32 = 700;

/// What is known of one message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Trace {
    /// When it was tried first.
    at: Timestamp,
    /// It is in the thread not before that, by the foreign clock.
    after: Timestamp,
    /// An entry of the same words stood there before it, at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    twin: Option<Timestamp>,
    /// The entry that it became; nothing while that is not known.
    #[serde(default, rename = "is", skip_serializing_if = "Option::is_none")]
    pub(super) entry: Option<MessageId>,
}

impl Trace {
    fn begin(now: Timestamp, before: &Row, sent: &NewMessage) -> Self {
        let conversation = &before.conversation;
        let after = conversation.last_activity_at.max(now - Duration::minutes(BEHIND_MIN));
        let last = conversation.last_message.as_ref();
        let twin = last
            .filter(|last| last.direction == direction(sent) && preview(&last.text) == preview(&sent.body));
        Self {
            at: now,
            after: after - Duration::seconds(COARSE_S),
            twin: twin.map(|twin| twin.at),
            entry: None,
        }
    }

    fn may_be(&self, at: Timestamp) -> bool {
        at >= self.after && self.twin != Some(at)
    }
}

fn preview(body: &str) -> String {
    text::preview(body, PREVIEW_CHARS)
}

const fn direction(sent: &NewMessage) -> Direction {
    match sent.kind {
        NewMessageKind::Reply => Direction::Out,
        NewMessageKind::Note => Direction::Note,
    }
}

/// Whether nothing of it was sent, so that trying it again sends nothing twice.
pub(super) const fn is_surely_unsent(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Auth
            | FaultKind::Forbidden
            | FaultKind::NotFound
            | FaultKind::Conflict
            | FaultKind::Invalid
            | FaultKind::RateLimited { .. }
            | FaultKind::Off
    )
}

/// Where the trace of a message stands.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// Of all messages that the user sent to the conversation.
    conversation: String,
    key: String,
}

impl Slot {
    pub(super) fn of(user: &UserId, id: &ConversationId, client_id: &str) -> Self {
        // Ids may hold anything, and one must not be the beginning of another.
        let conversation = format!("{}{}:{id}/", prefix(user), id.as_str().len());
        Self { key: format!("{conversation}{client_id}"), conversation }
    }
}

fn prefix(user: &UserId) -> String {
    format!("connector.{user}.sent.")
}

type Kept = Shared<Local<'static, Whole>>;

/// Messages under way.
#[derive(Default)]
pub(super) struct Posts(RefCell<Vec<(String, Kept)>>);

impl Posts {
    pub(super) fn trace(host: &Host, slot: &Slot) -> Option<Trace> {
        serde_json::from_str(&host.storage.get(&slot.key)?).ok()
    }

    /// It is tried now, for the first time or again.
    pub(super) fn begin(host: &Host, user: &UserId, slot: &Slot, before: &Row, sent: &NewMessage) {
        if Self::trace(host, slot).is_none() {
            make_room(host.storage.as_ref(), user);
            write(host, slot, &Trace::begin(host.clock.now(), before, sent));
        }
    }

    /// It became that entry.
    pub(super) fn became(host: &Host, slot: &Slot, entry: &MessageId) {
        if let Some(trace) = Self::trace(host, slot) {
            write(host, slot, &Trace { entry: Some(entry.clone()), ..trace });
        }
    }

    /// It surely was not sent.
    pub(super) fn unsent(host: &Host, slot: &Slot) {
        host.storage.remove(&slot.key);
    }

    /// What `make` brings. Whoever repeats a message while it is under way gets the same.
    pub(super) async fn once(&self, slot: &Slot, make: Local<'static, Whole>) -> Whole {
        let find = |(key, _): &&(String, Kept)| *key == slot.key;
        let known = self.0.borrow().iter().find(find).map(|(_, kept)| kept.clone());
        let going = known.unwrap_or_else(|| {
            let going = make.shared();
            self.0.borrow_mut().push((slot.key.clone(), going.clone()));
            going
        });
        let whole = going.clone().await;
        self.0.borrow_mut().retain(|(_, other)| !other.ptr_eq(&going));
        whole
    }
}

fn write(host: &Host, slot: &Slot, trace: &Trace) {
    if let Ok(text) = serde_json::to_string(trace) {
        // Without room it holds as long as the engine lives.
        let _ = host.storage.set(&slot.key, &text);
    }
}

fn make_room(storage: &dyn Storage, user: &UserId) {
    let keys = storage.keys(&prefix(user));
    if keys.len() < KEPT {
        return;
    }
    let at = |key: &String| {
        serde_json::from_str::<Trace>(&storage.get(key).unwrap_or_default()).ok().map(|trace| trace.at)
    };
    if let Some(oldest) = keys.iter().min_by_key(|key| at(key)) {
        storage.remove(oldest);
    }
}

impl Core {
    /// Looks whether a message arrived of which that is not known.
    pub(super) async fn arrived(
        &self,
        me: &SessionUser,
        id: &ConversationId,
        slot: &Slot,
        trace: &Trace,
        sent: &NewMessage,
    ) -> Result<Option<Message>, Refusal> {
        let taken = self.entries_of_others(slot);
        for look in 0..2 {
            if look > 0 {
                self.host.clock.sleep(SECOND_LOOK_MS).await;
            }
            let entries = match self.backend.thread(id.clone(), None).await {
                Ok(entries) => entries.items,
                Err(fault) if fault.kind == FaultKind::Off => return self.shows(me, id, trace, sent).await,
                // As long as it cannot be seen it is not sent again.
                Err(fault) => return Err(self.refuse(fault)),
            };
            let mut own = entries.into_iter().rev().filter(|entry| is_meant(entry, sent));
            let found = own.find(|entry| {
                let by_id = sent.client_id.is_some() && entry.client_id == sent.client_id;
                by_id || (trace.may_be(entry.at) && !taken.contains(&entry.id))
            });
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// What a conversation without a thread shows of it.
    async fn shows(
        &self,
        me: &SessionUser,
        id: &ConversationId,
        trace: &Trace,
        sent: &NewMessage,
    ) -> Result<Option<Message>, Refusal> {
        let row = self.fresh(id).await.map_err(|fault| self.refuse(fault))?;
        let last = row.conversation.last_message.filter(|last| {
            last.direction == direction(sent)
                && preview(&last.text) == preview(&sent.body)
                && trace.may_be(last.at)
        });
        Ok(last.map(|last| Message { at: last.at, ..self.supposed(id, me, sent) }))
    }

    /// Entries of the conversation that other messages became.
    fn entries_of_others(&self, slot: &Slot) -> BTreeSet<MessageId> {
        let storage: &Rc<dyn Storage> = &self.host.storage;
        let others = storage.keys(&slot.conversation).into_iter().filter(|key| *key != slot.key);
        let traces = others.filter_map(|key| serde_json::from_str::<Trace>(&storage.get(&key)?).ok());
        traces.filter_map(|trace| trace.entry).collect()
    }
}
