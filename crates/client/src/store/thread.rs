//! A thread: pages and live entries merged into one order, pending messages behind them.

use crate::outbox::Pending;
use bandeja_contract::MessagePage;
use bandeja_model::{Message, MessageId};
use std::collections::HashSet;
use std::sync::Arc;

/// One entry of a thread as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreadEntry {
    /// The server has it.
    Sent(Arc<Message>),
    /// On its way, or failed (see its state).
    Pending(Pending),
}

impl ThreadEntry {
    /// Stable through sending: the author's own id where there is one, else the server's.
    pub fn key(&self) -> &str {
        match self {
            Self::Sent(message) => message.client_id.as_deref().unwrap_or(message.id.as_str()),
            Self::Pending(pending) => &pending.client_id,
        }
    }
}

/// What the server has of a thread, as far as it was fetched: always without a gap, up to the newest.
#[derive(Clone, Debug, Default)]
pub struct ThreadStore {
    entries: Vec<Arc<Message>>,
    older: Option<String>,
    loaded: bool,
    /// Entries that events brought while a page was under way: the page may be older than they are.
    touched: HashSet<MessageId>,
    under_way: u32,
}

impl ThreadStore {
    /// The newest page has come.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Where the next older page begins; `None` after the oldest.
    pub fn older(&self) -> Option<&str> {
        self.older.as_deref()
    }

    /// A page is being asked for.
    pub fn asking(&mut self) {
        if self.under_way == 0 {
            self.touched.clear();
        }
        self.under_way += 1;
    }

    /// The page did not come.
    pub fn failed(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// The newest page came. What is known and does not reach up to it is dropped: there would be a
    /// gap between.
    pub fn newest(&mut self, page: MessagePage) {
        self.under_way = self.under_way.saturating_sub(1);
        let first = page.items.first().map(|message| message.id.clone());
        let meets = match &first {
            Some(first) => {
                let known = self.entries.iter().filter(|entry| !self.touched.contains(&entry.id));
                known.map(|entry| &entry.id).max().is_some_and(|newest| newest >= first)
            }
            None => false,
        };
        if !self.loaded || !meets || page.prev.is_none() {
            if let Some(first) = first {
                self.entries.retain(|entry| entry.id > first || self.touched.contains(&entry.id));
            }
            self.older.clone_from(&page.prev);
        }
        self.loaded = true;
        self.merge(page.items);
    }

    /// The page that `cursor` leads to came.
    pub fn older_page(&mut self, cursor: &str, page: MessagePage) {
        self.under_way = self.under_way.saturating_sub(1);
        // After a gap was found meanwhile, the page no longer meets what is known.
        if self.older.as_deref() == Some(cursor) {
            self.older = page.prev;
            self.merge(page.items);
        }
    }

    fn merge(&mut self, items: Vec<Message>) {
        for message in items {
            if !self.touched.contains(&message.id) {
                self.put(message);
            }
        }
    }

    /// An event or an answer brought a new entry. Says whether that is news.
    pub fn created(&mut self, message: Message) -> bool {
        self.touched.insert(message.id.clone());
        self.put(message)
    }

    /// An event changed an entry; one that was not fetched is not fetched by this. Says whether that
    /// is news.
    pub fn changed(&mut self, message: Message) -> bool {
        let known = self.entries.binary_search_by(|entry| entry.id.cmp(&message.id)).is_ok();
        (known || self.under_way > 0) && self.created(message)
    }

    fn put(&mut self, message: Message) -> bool {
        match self.entries.binary_search_by(|entry| entry.id.cmp(&message.id)) {
            Ok(place) => match self.entries.get_mut(place) {
                Some(entry) if **entry != message => {
                    *entry = Arc::new(message);
                    true
                }
                _ => false,
            },
            Err(place) => {
                self.entries.insert(place, Arc::new(message));
                true
            }
        }
    }

    /// What to show: the server's entries, oldest first, then those of `pending` that are not among
    /// them yet.
    pub fn entries<'a>(&'a self, pending: impl Iterator<Item = &'a Pending>) -> Vec<ThreadEntry> {
        let sent = self.entries.iter().map(|message| ThreadEntry::Sent(message.clone()));
        let mut all: Vec<_> = sent.collect();
        for pending in pending {
            // Recent ones only can be the same: the search stops early in a long thread.
            let recent = self.entries.iter().rev().take(200);
            let arrived = recent.filter_map(|m| m.client_id.as_deref()).any(|id| id == pending.client_id);
            if !arrived {
                all.push(ThreadEntry::Pending(pending.clone()));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::PendingState;
    use crate::store::sample::{at, message};
    use bandeja_contract::{NewMessageKind, Total};
    use proptest::prelude::*;

    fn page(numbers: std::ops::Range<u32>) -> MessagePage {
        let prev = (numbers.start > 0).then(|| numbers.start.to_string());
        MessagePage {
            items: numbers.map(message).collect(),
            total: Total::default(),
            next: None,
            prev,
            partial: None,
        }
    }

    fn shown(thread: &ThreadStore) -> Vec<u32> {
        thread.entries.iter().map(|message| message.id.as_str().parse().unwrap()).collect()
    }

    #[test]
    fn a_gap_is_never_shown() {
        let mut thread = ThreadStore::default();
        thread.newest(page(10..20));
        thread.asking();
        thread.newest(page(50..60));
        assert_eq!(shown(&thread), (50..60).collect::<Vec<_>>());
        assert_eq!(thread.older(), Some("50"));
    }

    #[test]
    fn a_reload_that_meets_what_is_known_keeps_the_older_ones() {
        let mut thread = ThreadStore::default();
        thread.newest(page(20..30));
        thread.older_page("20", page(10..20));
        thread.newest(page(25..35));
        assert_eq!(shown(&thread), (10..35).collect::<Vec<_>>());
        assert_eq!(thread.older(), Some("10"));
    }

    #[test]
    fn an_older_page_that_no_longer_meets_is_left_out() {
        let mut thread = ThreadStore::default();
        thread.newest(page(20..30));
        thread.newest(page(80..90));
        thread.older_page("20", page(10..20));
        assert_eq!(shown(&thread), (80..90).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_does_not_take_back_what_an_event_changed_while_it_was_under_way() {
        let mut thread = ThreadStore::default();
        thread.newest(page(0..3));
        thread.asking();
        thread.changed(Message { delivery_error: Some("no".into()), ..message(2) });
        thread.newest(page(0..3));
        assert_eq!(thread.entries[2].delivery_error.as_deref(), Some("no"));
    }

    #[test]
    fn a_pending_message_is_shown_once_also_when_its_event_comes_before_its_answer() {
        let pending = Pending {
            client_id: "mine".into(),
            conversation: "1".into(),
            kind: NewMessageKind::Reply,
            body: "hola".into(),
            mentions: Vec::new(),
            at: at(0),
            state: PendingState::Sending,
        };
        let mut thread = ThreadStore::default();
        thread.newest(page(0..2));
        assert_eq!(thread.entries([&pending].into_iter()).len(), 3);
        thread.created(Message { client_id: Some("mine".into()), ..message(2) });
        let entries = thread.entries([&pending].into_iter());
        assert_eq!(entries.len(), 3);
        assert_eq!(entries[2].key(), "mine");
    }

    proptest! {
        /// A thread of 100 entries, of which the last `live` come as events, some twice, in any order,
        /// before, between and after the pages: in the end it is whole and in order.
        #[test]
        fn pages_and_events_in_any_order_make_the_whole_thread(
            live in 0u32..30,
            order in prop::collection::vec(0u32..200, 0..80),
            turns in prop::collection::vec(any::<bool>(), 200),
        ) {
            let fetched = 100 - live;
            let mut events: Vec<u32> = order.into_iter().filter(|n| (fetched..100).contains(n)).collect();
            events.extend(fetched..100);
            let mut events = events.into_iter();
            let mut thread = ThreadStore::default();
            thread.asking();
            let mut newest = Some(fetched.saturating_sub(20)..fetched);
            for turn in turns {
                if turn {
                    if let Some(number) = events.next() { thread.created(message(number)); }
                } else if let Some(range) = newest.take() {
                    thread.newest(page(range));
                } else if let Some(cursor) = thread.older().map(str::to_owned) {
                    thread.asking();
                    let end: u32 = cursor.parse().unwrap();
                    thread.older_page(&cursor, page(end.saturating_sub(20)..end));
                }
            }
            for number in events { thread.created(message(number)); }
            if let Some(range) = newest { thread.newest(page(range)); }
            while let Some(cursor) = thread.older().map(str::to_owned) {
                let end: u32 = cursor.parse().unwrap();
                thread.older_page(&cursor, page(end.saturating_sub(20)..end));
            }
            prop_assert_eq!(shown(&thread), (0..100).collect::<Vec<_>>());
        }
    }
}
