//! The order of the list that is shown, kept as a fresh query would give it.
//!
//! Positions are those of the whole result; only the rows that were looked at are known. Events move
//! what is known at once while the viewer is at the top; elsewhere nothing moves under the viewer's
//! eyes: what would enter or rise waits, is counted, and comes in when the viewer takes it (P35).

mod before;
mod events;
mod pages;
mod place;
mod quiet;
mod rows;
#[cfg(test)]
mod tests;

pub use before::News;
pub use pages::{Ask, Landed};

use bandeja_contract::Total;
use bandeja_model::{Conversation, ConversationId, Filter, Sort};
use rows::Rows;
use std::collections::HashMap;
use std::sync::Arc;

/// Most positions a list has; a longer result is cut there.
pub const LONGEST: usize = 1_000_000;

/// What a step did to the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows are at other positions, or their number changed.
    pub moved: bool,
    /// The number of those that wait changed.
    pub waiting: bool,
}

/// A conversation whose entering or rising waits for the viewer.
#[derive(Clone, Debug)]
struct Waiting {
    row: Arc<Conversation>,
    /// Counted in the announcement.
    counted: bool,
    /// How it came.
    from: From,
}

/// Where a waiting one comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// It was not in the result.
    Outside,
    /// It is shown at its old place.
    Inside,
    /// Only the server knows whether it is in the result (text search).
    Unsure,
}

/// The list.
// Each is a fact of its own; no two of them exclude each other.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug)]
pub struct ListOrder {
    filter: Filter,
    sort: Sort,
    rows: Rows,
    exact: bool,
    loaded: bool,
    at_top: bool,
    waiting: HashMap<ConversationId, Waiting>,
    /// Positions behind the first gap may be off, and so may the total: to be asked for again.
    doubt: bool,
    /// Of those that waited, how many an answer has placed above the view since.
    unseen: usize,
    quiet: quiet::Quiet,
    flights: pages::Flights,
}

impl ListOrder {
    /// A list of nothing yet.
    pub fn new(filter: Filter, sort: Sort) -> Self {
        Self {
            filter,
            sort,
            rows: Rows::default(),
            exact: true,
            loaded: false,
            at_top: true,
            waiting: HashMap::new(),
            doubt: false,
            unseen: 0,
            quiet: quiet::Quiet::default(),
            flights: pages::Flights::default(),
        }
    }

    /// What it lists.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// In what order.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The first answer has come.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// The number of positions.
    pub fn total(&self) -> Total {
        Total { value: self.rows.len() as u64, exact: self.exact }
    }

    /// The row at a position, if known.
    pub fn get(&self, position: usize) -> Option<&Arc<Conversation>> {
        self.rows.get(position)
    }

    /// Where a conversation stands, if it is known to stand anywhere.
    pub fn position(&self, id: &ConversationId) -> Option<usize> {
        self.rows.position(id)
    }

    /// How many are announced: those that wait, and those that came in above the view.
    pub fn waiting(&self) -> usize {
        self.unseen + self.waiting.values().filter(|waiting| waiting.counted).count()
    }

    /// Whether the shown part should be asked for again: an event could not be placed with certainty.
    pub fn is_in_doubt(&self) -> bool {
        self.doubt
    }

    /// An event was missed or could not be read.
    pub fn set_in_doubt(&mut self) {
        self.doubt = true;
    }

    /// The viewer is at the top, or has left it.
    pub fn set_at_top(&mut self, at_top: bool) {
        self.at_top = at_top;
    }

    /// The viewer is at the top.
    pub fn is_at_top(&self) -> bool {
        self.at_top
    }

    /// Whether the list holds on to the conversation.
    pub fn holds(&self, id: &ConversationId) -> bool {
        self.position(id).is_some() || self.waits(id)
    }

    /// The ids the list holds on to.
    pub fn held(&self) -> impl Iterator<Item = &ConversationId> {
        let known = self.rows.known().iter().map(|(_, row)| &row.id);
        known.chain(self.waiting.keys())
    }

    fn waits(&self, id: &ConversationId) -> bool {
        self.waiting.contains_key(id)
    }
}
