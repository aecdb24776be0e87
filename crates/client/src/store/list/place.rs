//! Where a row belongs among rows of which only some are known.

use super::ListOrder;
use bandeja_model::{Conversation, ConversationId};
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// Where a row belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Before the row at this position.
    At(usize),
    /// Somewhere among these positions, not all of which are known.
    Within(Range<usize>),
}

impl ListOrder {
    /// Where `row` belongs. Waiting ones are shown out of order, so they are not compared with, nor is
    /// `row` itself.
    pub(super) fn spot(&self, row: &Conversation) -> Spot {
        let (mut after, mut before, mut skipped) = (0, self.rows.len(), 0);
        for (at, other) in self.rows.known() {
            if other.id == row.id || self.waits(&other.id) {
                skipped += 1;
            } else if self.sort.compare(other, row) == Ordering::Less {
                (after, skipped) = (at + 1, 0);
            } else {
                before = *at;
                break;
            }
        }
        if before <= after + skipped { Spot::At(before) } else { Spot::Within(after..before) }
    }

    /// Puts a row that is not shown where it belongs; within a gap only its place is made.
    pub(super) fn insert(&mut self, row: &Arc<Conversation>) {
        match self.spot(row) {
            Spot::At(position) => {
                self.insert_at(position);
                self.rows.set(position, row.clone());
            }
            Spot::Within(range) => self.insert_at(range.end),
        }
    }

    fn insert_at(&mut self, position: usize) {
        self.rows.insert(position);
        self.flights.shift_in(position);
    }

    pub(super) fn remove_at(&mut self, position: usize) {
        self.rows.remove(position);
        self.flights.shift_out(position);
    }

    /// Takes away the place of a row that was in the result but never fetched: it was `old`, if that is
    /// known. Whatever cannot be told leaves the list in doubt.
    pub(super) fn remove_unfetched(&mut self, old: Option<&Conversation>) {
        let len = self.rows.len();
        let gap = match old.map(|old| self.spot(old)) {
            Some(Spot::Within(range)) => Some(range),
            // What was known of it had been overtaken, or it was shown once and dropped.
            Some(Spot::At(_)) | None => self.rows.only_gap(),
        };
        self.doubt |= gap.is_none();
        if let Some(unknown) = self.rows.first_unknown(gap.unwrap_or(0..len)) {
            self.remove_at(unknown);
        }
    }

    /// Drops the waiting mark of a conversation. Says whether it was counted.
    pub(super) fn stop_waiting(&mut self, id: &ConversationId) -> bool {
        self.waiting.remove(id).is_some_and(|waiting| waiting.counted)
    }
}
