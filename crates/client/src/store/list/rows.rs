//! Rows of a list of which only some are known: positions up to a million, memory for the known ones.
//!
//! Knows no order and no filter; a row it does not know still has its place.

use bandeja_model::{Conversation, ConversationId};
use std::ops::Range;
use std::sync::Arc;

/// The rows: a length, and the known ones with their positions, in order of position.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    len: usize,
    known: Vec<(usize, Arc<Conversation>)>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn known(&self) -> &[(usize, Arc<Conversation>)] {
        &self.known
    }

    /// Every position has its row.
    pub(super) fn is_whole(&self) -> bool {
        self.known.len() == self.len
    }

    pub(super) fn get(&self, position: usize) -> Option<&Arc<Conversation>> {
        let place = self.known.binary_search_by_key(&position, |(at, _)| *at).ok()?;
        self.known.get(place).map(|(_, row)| row)
    }

    pub(super) fn position(&self, id: &ConversationId) -> Option<usize> {
        self.known.iter().find(|(_, row)| row.id == *id).map(|(at, _)| *at)
    }

    /// Puts a row at a position within the length, in place of whatever was known there; the same
    /// conversation elsewhere is forgotten there.
    pub(super) fn set(&mut self, position: usize, row: Arc<Conversation>) {
        self.known.retain(|(at, other)| other.id != row.id || *at == position);
        match self.known.binary_search_by_key(&position, |(at, _)| *at) {
            Ok(place) => {
                if let Some(slot) = self.known.get_mut(place) {
                    slot.1 = row;
                }
            }
            Err(place) => self.known.insert(place, (position, row)),
        }
    }

    /// A position keeps its place and loses its row.
    pub(super) fn forget(&mut self, position: usize) {
        self.known.retain(|(at, _)| *at != position);
    }

    /// Makes room before `position`, unknown as yet.
    pub(super) fn insert(&mut self, position: usize) {
        self.len += 1;
        for (at, _) in &mut self.known {
            *at += usize::from(*at >= position);
        }
    }

    /// Takes a position away; those behind move up.
    pub(super) fn remove(&mut self, position: usize) {
        if position >= self.len {
            return;
        }
        self.len -= 1;
        self.forget(position);
        for (at, _) in &mut self.known {
            *at -= usize::from(*at > position);
        }
    }

    /// Gives the rows another length; what lies behind it is forgotten.
    pub(super) fn resize(&mut self, len: usize) {
        self.len = len;
        self.known.retain(|(at, _)| *at < len);
    }

    /// Forgets every row that `keep` does not name.
    pub(super) fn retain(&mut self, keep: impl Fn(usize, &Conversation) -> bool) {
        self.known.retain(|(at, row)| keep(*at, row));
    }

    /// The first unknown position in `range`.
    pub(super) fn first_unknown(&self, range: Range<usize>) -> Option<usize> {
        let end = range.end.min(self.len);
        let mut expected = range.start;
        let from = self.known.partition_point(|(at, _)| *at < range.start);
        for (at, _) in self.known.get(from..)? {
            if *at != expected || expected >= end {
                break;
            }
            expected += 1;
        }
        (expected < end).then_some(expected)
    }

    /// The only unknown stretch, if there is exactly one.
    pub(super) fn only_gap(&self) -> Option<Range<usize>> {
        let start = self.first_unknown(0..self.len)?;
        let end = self.known.iter().map(|(at, _)| *at).find(|at| *at > start).unwrap_or(self.len);
        self.first_unknown(end..self.len).is_none().then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::conversation;
    use proptest::prelude::*;

    proptest! {
        /// Against the plain thing: a vector of optional ids.
        #[test]
        fn rows_behave_like_a_vector_with_holes(ops in prop::collection::vec((0u8..5, 0usize..12, 0i64..8), 0..40)) {
            let mut rows = Rows::default();
            let mut plain: Vec<Option<i64>> = Vec::new();
            for (op, at, id) in ops {
                match op {
                    0 => { let at = at.min(plain.len()); rows.insert(at); plain.insert(at, None); }
                    1 if at < plain.len() => { rows.remove(at); plain.remove(at); }
                    2 if at < plain.len() => {
                        rows.set(at, conversation(id).into());
                        for slot in &mut plain { if *slot == Some(id) { *slot = None; } }
                        plain[at] = Some(id);
                    }
                    3 if at < plain.len() => { rows.forget(at); plain[at] = None; }
                    4 => { rows.resize(at); plain.resize(at, None); }
                    _ => {}
                }
                prop_assert_eq!(rows.len(), plain.len());
                for (position, id) in plain.iter().enumerate() {
                    let expected = id.map(|id| id.to_string());
                    let got = rows.get(position).map(|row| row.id.to_string());
                    prop_assert_eq!(got, expected);
                    let hole = plain.iter().enumerate().skip(position).find(|(_, id)| id.is_none()).map(|(at, _)| at);
                    prop_assert_eq!(rows.first_unknown(position..plain.len()), hole);
                }
                let holes: Vec<usize> =
                    plain.iter().enumerate().filter(|(_, id)| id.is_none()).map(|(at, _)| at).collect();
                let one = holes.windows(2).all(|pair| pair[0] + 1 == pair[1]);
                let gap = match (holes.first(), holes.last()) {
                    (Some(first), Some(last)) if one => Some(*first..last + 1),
                    _ => None,
                };
                prop_assert_eq!(rows.only_gap(), gap);
            }
        }
    }
}
