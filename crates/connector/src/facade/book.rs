//! The conversations that were read, each as it was read last, and their versions.
//!
//! A foreign API has no versions, so they are made here: a version rises when what [`Standing`] holds differs from the
//! read before. They begin at the clock, so that a restart gives no number a second time.

use super::standing::{Standing, differences};
use crate::backend::Row;
use bandeja_model::{ConversationId, Timestamp};
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
    known: HashMap<ConversationId, Row>,
    /// Oldest first.
    order: VecDeque<ConversationId>,
    newest: u64,
}

impl Book {
    pub(super) fn new(start: Timestamp) -> Self {
        let newest = u64::try_from(start.timestamp()).unwrap_or_default().saturating_mul(1_000);
        Self { known: HashMap::new(), order: VecDeque::new(), newest }
    }

    /// Takes in what was read; gives it with its version.
    pub(super) fn take(&mut self, mut row: Row) -> (Row, News) {
        let id = row.conversation.id.clone();
        row.conversation.tags.sort();
        row.conversation.label.clone_from(&row.label);
        let news = match self.known.get(&id) {
            None => {
                row.conversation.version = self.newest;
                self.order.push_back(id.clone());
                News::New
            }
            Some(old) => {
                let stays = Standing::of(&old.conversation) == Standing::of(&row.conversation);
                if !stays {
                    self.newest += 1;
                }
                row.conversation.version = if stays { old.conversation.version } else { self.newest };
                if old.conversation == row.conversation {
                    News::Same
                } else {
                    News::Changed(differences(&old.conversation, &row.conversation))
                }
            }
        };
        self.known.insert(id, row.clone());
        while self.order.len() > KEPT {
            let oldest = self.order.pop_front();
            oldest.map(|oldest| self.known.remove(&oldest));
        }
        (row, news)
    }

    pub(super) fn get(&self, id: &ConversationId) -> Option<&Row> {
        self.known.get(id)
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
