//! Conversations by id, each as new as any answer or event told.

use bandeja_model::{Conversation, ConversationId};
use std::collections::HashMap;
use std::sync::Arc;

/// Ids remembered as gone from sight, so that a late answer does not bring them back.
const GONE: usize = 1_000;

/// A moment in the order in which news came in; not a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick(u64);

/// What became of a piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// It is news.
    News {
        /// As it is now.
        new: Arc<Conversation>,
        /// As it was, where it was known.
        old: Option<Arc<Conversation>>,
    },
    /// Known, or older than what is known.
    Known(Arc<Conversation>),
    /// It has left the viewer's sight since.
    Gone,
}

impl Merged {
    /// The conversation as it is now, unless it is gone.
    pub fn current(self) -> Option<Arc<Conversation>> {
        match self {
            Self::News { new: current, .. } | Self::Known(current) => Some(current),
            Self::Gone => None,
        }
    }
}

#[derive(Clone, Debug)]
struct Entry {
    value: Arc<Conversation>,
    at: Tick,
}

/// The conversations.
#[derive(Clone, Debug, Default)]
pub struct Conversations {
    known: HashMap<ConversationId, Entry>,
    gone: HashMap<ConversationId, Tick>,
    clock: Tick,
}

impl Conversations {
    /// The present moment, to be kept by who asks the server something.
    pub fn tick(&self) -> Tick {
        self.clock
    }

    /// How many are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// None is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The conversation, if known.
    pub fn get(&self, id: &ConversationId) -> Option<&Arc<Conversation>> {
        self.known.get(id).map(|entry| &entry.value)
    }

    /// Takes in what the server said when asked at `asked` (an event: now).
    ///
    /// `version` and last activity never fall, so they decide. Reads change neither: then an answer
    /// counts only if nothing came in since it was asked for.
    pub fn merge(&mut self, news: Conversation, asked: Tick) -> Merged {
        if self.gone.get(&news.id).is_some_and(|gone| asked < *gone) {
            return Merged::Gone;
        }
        if let Some(entry) = self.known.get(&news.id) {
            let age = |c: &Conversation| (c.version, c.last_activity_at);
            let older = age(&news) < age(&entry.value);
            let in_doubt = age(&news) == age(&entry.value) && asked < entry.at;
            if older || in_doubt || news == *entry.value {
                return Merged::Known(entry.value.clone());
            }
        }
        self.clock.0 += 1;
        self.gone.remove(&news.id);
        let new = Arc::new(news);
        let entry = Entry { value: new.clone(), at: self.clock };
        let old = self.known.insert(new.id.clone(), entry).map(|entry| entry.value);
        Merged::News { new, old }
    }

    /// It left the viewer's sight.
    pub fn remove(&mut self, id: &ConversationId) -> Option<Arc<Conversation>> {
        self.clock.0 += 1;
        if self.gone.len() >= GONE {
            self.gone.clear();
        }
        self.gone.insert(id.clone(), self.clock);
        self.known.remove(id).map(|entry| entry.value)
    }

    /// Forgets what was known of one: it changed, and how was not said.
    pub fn forget(&mut self, id: &ConversationId) {
        self.known.remove(id);
    }

    /// Forgets those that nobody wants.
    pub fn retain(&mut self, wanted: impl Fn(&ConversationId) -> bool) {
        self.known.retain(|id, _| wanted(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::conversation;
    use chrono::Duration;
    use proptest::prelude::*;

    #[test]
    fn an_answer_that_was_overtaken_by_an_event_changes_nothing() {
        let mut store = Conversations::default();
        store.merge(conversation(1), store.tick());
        let asked = store.tick();
        store.merge(Conversation { unread: 3, ..conversation(1) }, store.tick());
        let answer = store.merge(Conversation { unread: 1, ..conversation(1) }, asked);
        assert_eq!(answer.current().unwrap().unread, 3);
    }

    #[test]
    fn a_late_answer_does_not_bring_back_what_left_sight_and_a_new_event_does() {
        let mut store = Conversations::default();
        let asked = store.tick();
        store.remove(&"1".into());
        assert_eq!(store.merge(conversation(1), asked), Merged::Gone);
        assert!(store.merge(conversation(1), store.tick()).current().is_some());
    }

    proptest! {
        /// Each state follows from the one before by raising the version, the activity, or both;
        /// in whatever order they come in, the newest stays.
        #[test]
        fn the_newest_state_wins_in_any_order(
            steps in prop::collection::vec(0u8..3, 1..12),
            order in any::<prop::sample::Index>(),
            seed in any::<u64>(),
        ) {
            let mut state = conversation(1);
            let mut states = vec![state.clone()];
            for step in steps {
                if step != 0 { state.version += 1; }
                if step != 1 { state.last_activity_at += Duration::seconds(1); }
                states.push(state.clone());
            }
            let newest = state;
            let turn = order.index(states.len());
            states.rotate_left(turn);
            if seed % 2 == 0 { states.reverse(); }
            let mut store = Conversations::default();
            for state in states { store.merge(state, store.tick()); }
            prop_assert_eq!(&**store.get(&newest.id).unwrap(), &newest);
        }
    }
}
