//! What was loaded of lists: pools, which grow as far as somebody scrolls, up to a bound.
//!
//! The total told is one that can be reached: a scrollbar over rows that nobody can get to would lie.

use super::filters::Here;
use bandeja_contract::{Counts, Partial, Total};
use bandeja_model::{Conversation, ConversationId, Filter, Sort, Timestamp, Viewer};
use chrono::Duration;
use futures::lock::Mutex;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

/// Requests made for one answer at most.
pub(super) const REQUESTS: usize = 20;
/// Rows loaded for one list at most, where some are left out or moved here.
const LOADED_HERE: usize = 2_000;
/// Rows loaded for one list at most.
const LOADED: usize = 5_000;
/// Pools kept.
const POOLS: usize = 4;
/// How long the first rows of a pool count as those of now, in milliseconds.
const FRESH_MS: i64 = 1_500;
/// How long the other rows do.
const GOOD: Duration = Duration::minutes(5);

#[derive(Default)]
pub(super) struct Lists {
    pub(super) pools: RefCell<Vec<Rc<Pool>>>,
    pub(super) counts: RefCell<Option<(Timestamp, Counts)>>,
    /// The list that was asked for last, and up to which position.
    pub(super) asked: RefCell<Option<(Filter, Sort, usize)>>,
}

pub(super) struct Pool {
    pub(super) filter: Filter,
    pub(super) sort: Sort,
    pub(super) loaded: Mutex<Loaded>,
}

/// What was loaded of a list.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) begun: Option<Timestamp>,
    /// Rows that match, in order.
    pub(super) ids: Vec<ConversationId>,
    /// Everything that came, matching or not.
    pub(super) seen: HashSet<ConversationId>,
    pub(super) next: Option<String>,
    pub(super) ended: bool,
    pub(super) repeats: usize,
    pub(super) total: Option<u64>,
    pub(super) here: Here,
    /// The order is made here.
    pub(super) sorts: bool,
    pub(super) bad: u64,
    pub(super) first_fault: Option<String>,
    /// An action changed it since.
    pub(super) disturbed: bool,
}

impl Loaded {
    fn bound(&self) -> usize {
        if self.sorts || !self.here.fields.is_empty() { LOADED_HERE } else { LOADED }
    }

    pub(super) fn is_full(&self) -> bool {
        self.ended || self.seen.len() >= self.bound()
    }

    pub(super) fn is_too_old(&self, offset: usize, now: Timestamp) -> bool {
        let Some(begun) = self.begun else { return true };
        let age = now - begun;
        let first = offset == 0 && (self.disturbed || age > Duration::milliseconds(FRESH_MS));
        first || age > GOOD
    }

    pub(super) fn partial(&self) -> Option<Partial> {
        let more = !self.ended;
        let told = self.bad > 0 || (more && (self.sorts || !self.here.fields.is_empty() || self.is_full()));
        told.then(|| Partial {
            loaded: self.seen.len() as u64,
            more,
            of: self.total,
            fields: self.here.fields.clone(),
            sorted: self.sorts,
            bad: self.bad,
            first_fault: self.first_fault.clone(),
        })
    }

    /// How many positions the list has, as far as they can be reached.
    pub(super) fn told_total(&self, page_size: usize) -> Total {
        let known = self.ids.len() as u64;
        if self.ended {
            return Total { value: known, exact: true };
        }
        if self.is_full() || self.sorts {
            return Total { value: known, exact: false };
        }
        match self.total.filter(|_| self.here.fields.is_empty()) {
            Some(total) => {
                let total = total.saturating_sub(self.bad).max(known + 1);
                let within_reach = (self.ids.len() + REQUESTS * page_size).min(LOADED) as u64;
                Total { value: total.min(within_reach), exact: total <= within_reach }
            }
            // One more row to scroll to, which brings the next page.
            None => Total { value: known + 1, exact: false },
        }
    }
}

impl Lists {
    pub(super) fn forget(&self) {
        self.pools.borrow_mut().clear();
        *self.counts.borrow_mut() = None;
        *self.asked.borrow_mut() = None;
    }

    pub(super) fn pool(&self, filter: &Filter, sort: Sort) -> Rc<Pool> {
        let mut pools = self.pools.borrow_mut();
        let place = pools.iter().position(|pool| pool.sort == sort && pool.filter == *filter);
        let pool = match place {
            Some(place) => pools.remove(place),
            None => Rc::new(Pool { filter: filter.clone(), sort, loaded: Mutex::default() }),
        };
        pools.insert(0, pool.clone());
        pools.truncate(POOLS);
        pool
    }

    /// A conversation changed: lists that it does not belong to any more let it go at once.
    pub(super) fn changed(&self, conversation: &Conversation, viewer: &Viewer) {
        for pool in self.pools.borrow().iter() {
            if let Some(mut loaded) = pool.loaded.try_lock() {
                let matches = pool.filter.matches(conversation, viewer);
                let_go(&mut loaded, &conversation.id, !matches);
                loaded.disturbed = true;
            }
        }
        self.recount();
    }

    pub(super) fn removed(&self, id: &ConversationId) {
        for pool in self.pools.borrow().iter() {
            if let Some(mut loaded) = pool.loaded.try_lock() {
                let_go(&mut loaded, id, true);
                loaded.disturbed = true;
            }
        }
        self.recount();
    }

    /// Rows that a new read of the first ones, or of `all`, did not bring.
    pub(super) fn strays(
        &self,
        filter: &Filter,
        sort: Sort,
        seen: &BTreeSet<ConversationId>,
        all: bool,
    ) -> Vec<ConversationId> {
        let pools = self.pools.borrow();
        let pool = pools.iter().find(|pool| pool.sort == sort && pool.filter == *filter);
        let Some(loaded) = pool.and_then(|pool| pool.loaded.try_lock()) else { return Vec::new() };
        let first = loaded.ids.iter().take(if all { usize::MAX } else { seen.len() });
        first.filter(|id| !seen.contains(*id)).cloned().collect()
    }

    /// Counts are asked for again at the next question.
    fn recount(&self) {
        *self.counts.borrow_mut() = None;
    }
}

fn let_go(loaded: &mut Loaded, id: &ConversationId, gone: bool) {
    if gone && let Some(place) = loaded.ids.iter().position(|other| other == id) {
        loaded.ids.remove(place);
        loaded.total = loaded.total.map(|total| total.saturating_sub(1));
    }
}
