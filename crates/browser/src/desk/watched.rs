//! One signal per conversation that somebody looks at.

use super::core::Core;
use bandeja_client::store::conversations::{Merged, Tick};
use bandeja_client::store::list::News;
use bandeja_model::{Conversation, ConversationId};
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Signals kept; a list shows some tens of rows at a time, so that the oldest are long unused.
const KEPT: usize = 1_000;
/// Ids of those that left sight, kept for who takes them.
const GONE: usize = 500;
/// Conversations kept beside those that are shown.
const SPARE: usize = 2_000;

/// A signal, and when it was asked for last.
struct Seat {
    signal: ArcRwSignal<Option<Arc<Conversation>>>,
    asked: u64,
}

/// The signals.
#[derive(Default)]
pub(super) struct Watched {
    seats: HashMap<ConversationId, Seat>,
    clock: u64,
    /// Conversations known at which it is time to forget some.
    full: usize,
}

impl Core {
    /// The signal of a conversation.
    pub(super) fn watch(&self, id: &ConversationId) -> ArcRwSignal<Option<Arc<Conversation>>> {
        let known = self.conversations.borrow().get(id).cloned();
        let mut watched = self.watched.borrow_mut();
        watched.clock += 1;
        let clock = watched.clock;
        let seat = watched
            .seats
            .entry(id.clone())
            .or_insert_with(|| Seat { signal: ArcRwSignal::new(known), asked: clock });
        seat.asked = clock;
        let signal = seat.signal.clone();
        if watched.seats.len() > KEPT {
            self.drop_oldest(&mut watched);
        }
        signal
    }

    fn drop_oldest(&self, watched: &mut Watched) {
        let recent = watched.clock.saturating_sub(KEPT as u64 / 2);
        let threads = self.threads.borrow();
        let open = |id: &ConversationId| threads.get(id).is_some_and(super::Thread::is_held);
        watched.seats.retain(|id, seat| seat.asked > recent || open(id));
    }

    /// Tells the signal of a conversation what it is now.
    pub(super) fn show_conversation(&self, id: &ConversationId, now: Option<Arc<Conversation>>) {
        let signal = self.watched.borrow().seats.get(id).map(|seat| seat.signal.clone());
        if let Some(signal) = signal {
            signal.set(now);
        }
    }

    /// Takes in an answer asked for at `asked`, or an event (`asked`: now), with what changed as far
    /// as it says so. Gives the conversation as it is now. The list's signals follow at
    /// [`Core::flush`].
    pub(super) fn take_in(
        self: &Rc<Self>,
        conversation: Conversation,
        asked: Tick,
        changed: &[String],
        own: bool,
    ) -> Option<Arc<Conversation>> {
        let merged = self.conversations.borrow_mut().merge(conversation, asked);
        if let Merged::News { new, old } = &merged {
            if let Some(viewer) = self.viewer() {
                let news = News { old: old.as_ref(), changed, own };
                self.on_list(|list| list.apply(new, news, &viewer));
            }
            self.show_conversation(&new.id, Some(new.clone()));
            self.forget_some();
        }
        merged.current()
    }

    /// As [`Core::take_in`], for a row of a page: its place comes with the page.
    pub(super) fn take_in_row(&self, row: Conversation, asked: Tick) -> Option<Arc<Conversation>> {
        let merged = self.conversations.borrow_mut().merge(row, asked);
        if let Merged::News { new, .. } = &merged {
            self.show_conversation(&new.id, Some(new.clone()));
        }
        merged.current()
    }

    /// A conversation left the viewer's sight.
    pub(super) fn take_away(self: &Rc<Self>, id: &ConversationId) {
        let old = self.conversations.borrow_mut().remove(id);
        if let Some(viewer) = self.viewer() {
            self.on_list(|list| list.remove(id, old.as_deref(), &viewer));
        }
        self.show_conversation(id, None);
        self.signals.gone.update(|gone| {
            // Nobody has to take them; then the last ones stay.
            gone.truncate(GONE);
            gone.push(id.clone());
        });
    }

    /// Events about conversations that nobody looks at must not fill memory.
    pub(super) fn forget_some(&self) {
        let mut watched = self.watched.borrow_mut();
        let mut conversations = self.conversations.borrow_mut();
        if conversations.len() <= watched.full.max(SPARE) {
            return;
        }
        let mut wanted: HashSet<ConversationId> = watched.seats.keys().cloned().collect();
        wanted.extend(self.threads.borrow().keys().cloned());
        if let Some(list) = &*self.list.order.borrow() {
            wanted.extend(list.held().cloned());
        }
        conversations.retain(|id| wanted.contains(id));
        watched.full = conversations.len() + SPARE;
    }

    /// The desk changes hands.
    pub(super) fn forget_conversations(&self) {
        *self.conversations.borrow_mut() = bandeja_client::store::conversations::Conversations::default();
        let seats = std::mem::take(&mut self.watched.borrow_mut().seats);
        for seat in seats.into_values() {
            seat.signal.set(None);
        }
    }
}
