//! What events and answers do to the order.

use super::before::{matched, may_be_found};
use super::place::Spot;
use super::{From, ListOrder, News, Outcome, Waiting};
use bandeja_model::{Conversation, ConversationId, Viewer};
use std::cmp::Ordering;
use std::sync::Arc;

const MOVED: Outcome = Outcome { moved: true, waiting: false };

impl ListOrder {
    /// A conversation is as `new` now.
    pub fn apply(&mut self, new: &Arc<Conversation>, news: News<'_>, viewer: &Viewer) -> Outcome {
        self.flights.remember(new, news);
        if !self.loaded {
            return Outcome::default();
        }
        let matches = self.filter.matches(new, viewer);
        match (self.rows.position(&new.id), matches) {
            (Some(position), true) => self.update(position, new, news),
            (Some(position), false) => {
                let waiting = self.stop_waiting(&new.id);
                self.remove_at(position);
                Outcome { moved: true, waiting }
            }
            (None, true) => self.enter(new, news, viewer),
            (None, false) => {
                if self.waits(&new.id) {
                    let waiting = self.stop_waiting(&new.id);
                    return Outcome { moved: false, waiting };
                }
                let before = matched(&self.filter, new, news, viewer);
                self.leave_unfetched(before, news.old.map(Arc::as_ref))
            }
        }
    }

    /// A conversation left the viewer's sight; it was `old`, if that is known.
    pub fn remove(&mut self, id: &ConversationId, old: Option<&Conversation>, viewer: &Viewer) -> Outcome {
        self.flights.forget(id);
        if !self.loaded {
            return Outcome::default();
        }
        let waiting = self.stop_waiting(id);
        if let Some(position) = self.rows.position(id) {
            self.remove_at(position);
            return Outcome { moved: true, waiting };
        }
        let before = old.map(|old| self.filter.matches(old, viewer));
        let outcome = self.leave_unfetched(before, old);
        Outcome { waiting, ..outcome }
    }

    /// Time has passed: rows that it took out of the result leave.
    pub fn sweep(&mut self, viewer: &Viewer) -> Outcome {
        if self.filter.window.is_empty() {
            return Outcome::default();
        }
        let mut outcome = Outcome::default();
        let over = |row: &Conversation| !self.filter.matches(row, viewer);
        let gone: Vec<_> =
            self.rows.known().iter().filter(|(_, row)| over(row)).map(|(_, row)| row.id.clone()).collect();
        for id in gone {
            outcome.waiting |= self.stop_waiting(&id);
            if let Some(position) = self.rows.position(&id) {
                self.remove_at(position);
                outcome.moved = true;
            }
        }
        outcome
    }

    /// What waits comes in. Says what that did, and whether the server must be asked.
    pub fn take_waiting(&mut self) -> (Outcome, bool) {
        let taken = std::mem::take(&mut self.waiting);
        let unseen = std::mem::take(&mut self.unseen);
        if taken.is_empty() {
            return (Outcome { moved: false, waiting: unseen > 0 }, false);
        }
        let ask = taken.values().any(|waiting| waiting.from == From::Unsure);
        // Shown ones leave their old places first, so that each is placed among rows that are in order.
        for waiting in taken.values() {
            match self.rows.position(&waiting.row.id) {
                Some(position) => self.remove_at(position),
                // It was shown and lies behind the end of a shorter list since.
                None => self.doubt |= waiting.from == From::Inside,
            }
        }
        for waiting in taken.values().filter(|waiting| waiting.from != From::Unsure) {
            self.insert(&waiting.row);
        }
        (Outcome { moved: true, waiting: true }, ask)
    }

    /// A shown row changed and still belongs here.
    fn update(&mut self, position: usize, new: &Arc<Conversation>, news: News<'_>) -> Outcome {
        let same_key =
            self.rows.get(position).is_some_and(|old| self.sort.compare(old, new) == Ordering::Equal);
        self.rows.set(position, new.clone());
        if let Some(waiting) = self.waiting.get_mut(&new.id) {
            waiting.row = new.clone();
            let announced = !waiting.counted && !news.own;
            waiting.counted |= announced;
            return Outcome { moved: false, waiting: announced };
        }
        if same_key {
            return Outcome::default();
        }
        let (rises, stays) = match self.spot(new) {
            Spot::At(spot) => (spot < position, spot == position || spot == position + 1),
            Spot::Within(range) => (range.end <= position, false),
        };
        if stays {
            return Outcome::default();
        }
        if rises && !self.at_top {
            return self.wait(new, news, From::Inside);
        }
        self.remove_at(position);
        self.insert(new);
        MOVED
    }

    /// A conversation that is not shown belongs here now.
    fn enter(&mut self, new: &Arc<Conversation>, news: News<'_>, viewer: &Viewer) -> Outcome {
        if let Some(waiting) = self.waiting.get_mut(&new.id) {
            waiting.row = new.clone();
            let announced = !waiting.counted && !news.own;
            waiting.counted |= announced;
            return Outcome { moved: false, waiting: announced };
        }
        if self.filter.needs_server() {
            let announce = may_be_found(&self.filter, new);
            return if announce { self.wait(new, news, From::Unsure) } else { Outcome::default() };
        }
        let place_now = self.at_top || news.own;
        // Where everything is known, what is not among it was not in the result.
        if !self.rows.is_whole() {
            match matched(&self.filter, new, news, viewer) {
                Some(false) => {}
                Some(true) if place_now || self.only_the_end_is_unknown() => {
                    self.remove_unfetched(news.old.map(Arc::as_ref));
                }
                // Taking a place away above the view would move what the viewer looks at.
                Some(true) | None => self.doubt = true,
            }
        }
        if !place_now {
            return self.wait(new, news, From::Outside);
        }
        self.insert(new);
        MOVED
    }

    fn only_the_end_is_unknown(&self) -> bool {
        self.rows.only_gap().is_some_and(|gap| gap.end == self.rows.len())
    }

    /// A conversation that is not shown does not belong here now, and did `before`.
    fn leave_unfetched(&mut self, before: Option<bool>, old: Option<&Conversation>) -> Outcome {
        if self.rows.is_whole() {
            return Outcome::default();
        }
        match before {
            Some(false) => Outcome::default(),
            Some(true) => {
                self.remove_unfetched(old);
                MOVED
            }
            None => {
                self.doubt = true;
                Outcome::default()
            }
        }
    }

    fn wait(&mut self, row: &Arc<Conversation>, news: News<'_>, from: From) -> Outcome {
        let counted = !news.own;
        self.waiting.insert(row.id.clone(), Waiting { row: row.clone(), counted, from });
        self.flights.disturb();
        Outcome { moved: false, waiting: counted }
    }
}
