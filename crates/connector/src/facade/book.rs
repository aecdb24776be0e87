//! The conversations that were read, each as it was read last, and their versions.
//!
//! A foreign API has no versions, so they are made here: a version rises when what [`Standing`] holds differs from the
//! read before. They begin at the clock, so that a restart gives no number a second time. Rows of lists may hold less
//! than a conversation read by itself; [`super::listed`] says what is made of that.

use super::listed::{Read, Said};
use super::standing::{Standing, differences};
use crate::backend::Row;
use bandeja_model::{Conversation, ConversationId, Timestamp};
use std::collections::{HashMap, VecDeque};

/// Conversations kept; lists together hold fewer.
const KEPT: usize = 25_000;

/// What a read brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It was not known.
    New,
    /// These parts differ, by the names that events carry; empty: something that events do not name.
    Changed(Vec<String>),
    /// It is as it was.
    Same,
}

pub(super) struct Book {
    known: HashMap<ConversationId, Known>,
    /// Oldest first.
    order: VecDeque<ConversationId>,
    newest: u64,
    said: Said,
}

struct Known {
    /// As it is told.
    row: Row,
    whole: Whole,
}

/// Whether it was read by itself.
enum Whole {
    /// Only rows of lists came.
    Never,
    /// It was; with what lists said of it last, as they said it.
    Once(Option<Box<Conversation>>),
}

impl Book {
    pub(super) fn new(start: Timestamp) -> Self {
        let newest = u64::try_from(start.timestamp()).unwrap_or_default().saturating_mul(1_000);
        Self { known: HashMap::new(), order: VecDeque::new(), newest, said: Said::default() }
    }

    /// Takes in what was read; gives it with its version.
    pub(super) fn take(&mut self, mut row: Row, how: Read) -> (Row, News) {
        let id = row.conversation.id.clone();
        row.conversation.tags.sort();
        row.conversation.label.clone_from(&row.label);
        if how == Read::Listed {
            self.said.learn(&row.conversation);
        }
        let (whole, news) = match self.known.remove(&id) {
            None => {
                row.conversation.version = self.newest;
                self.order.push_back(id.clone());
                (if how == Read::Whole { Whole::Once(None) } else { Whole::Never }, News::New)
            }
            Some(known) => self.compare(known, &mut row, how),
        };
        self.known.insert(id, Known { row: row.clone(), whole });
        while self.order.len() > KEPT {
            let oldest = self.order.pop_front();
            oldest.map(|oldest| self.known.remove(&oldest));
        }
        (row, news)
    }

    /// Completes what was read by what was known, and gives it its version.
    fn compare(&mut self, known: Known, row: &mut Row, how: Read) -> (Whole, News) {
        let Known { row: Row { conversation: old, .. }, whole } = known;
        // What the new one is compared with.
        let mut was = old.clone();
        let whole = match (how, whole) {
            (Read::Listed, Whole::Never) => Whole::Never,
            (Read::Listed, Whole::Once(before)) => {
                let complete = self.said.complete(&row.conversation, &old, before.as_deref());
                let said = std::mem::replace(&mut row.conversation, complete);
                row.label.clone_from(&row.conversation.label);
                Whole::Once(Some(Box::new(said)))
            }
            (Read::Whole, Whole::Never) => {
                self.said.fill(&row.conversation, &mut was);
                Whole::Once(Some(Box::new(old.clone())))
            }
            (Read::Whole, once) => once,
        };
        let now = &mut row.conversation;
        let stays = Standing::of(&was) == Standing::of(now);
        if !stays {
            self.newest += 1;
        }
        now.version = if stays { old.version } else { self.newest };
        let news = if old == *now { News::Same } else { News::Changed(differences(&was, now)) };
        (whole, news)
    }

    pub(super) fn get(&self, id: &ConversationId) -> Option<&Row> {
        self.known.get(id).map(|known| &known.row)
    }

    /// Forgets a conversation that is gone, or all of them. Versions go on.
    pub(super) fn forget(&mut self, id: Option<&ConversationId>) {
        if let Some(id) = id {
            self.known.remove(id);
            self.order.retain(|other| other != id);
        } else {
            self.known.clear();
            self.order.clear();
        }
        self.newest += 1;
    }
}
