//! Lists: pages by offset and cursor over a backend's pages, which only lead forward.
//!
//! What was loaded of a list is a *pool*. It grows as far as somebody scrolls, up to a bound; rows that the backend
//! could not filter or order are filtered and ordered over the pool. The total told is one that can be reached: a
//! scrollbar over rows that nobody can get to would lie.

use super::core::Core;
use super::filters::{Here, narrowed};
use super::routes::Call;
use super::wire::{Outcome, Refusal, Whole, read};
use crate::backend::{Fault, ListAsk, Rows};
use bandeja_contract::{ConversationPage, ConversationQuery, Counts, Facets, Partial, Total};
use bandeja_model::limits::{PAGE_ROWS, PAGE_ROWS_DEFAULT};
use bandeja_model::{Conversation, ConversationId, Filter, Sort, Timestamp, View, Viewer};
use chrono::Duration;
use futures::lock::Mutex;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

/// Rows loaded for one list at most, where some are left out or moved here.
const LOADED_HERE: usize = 2_000;
/// Rows loaded for one list at most.
const LOADED: usize = 5_000;
/// Requests made for one answer at most.
const REQUESTS: usize = 20;
/// Pools kept.
const POOLS: usize = 4;
/// How long the first rows of a pool count as those of now, in milliseconds.
const FRESH_MS: i64 = 1_500;
/// How long the other rows do.
const GOOD: Duration = Duration::minutes(5);
/// How long counts do.
const COUNTED: Duration = Duration::seconds(20);
/// Pages without anything new after which a backend is taken to repeat its last page.
const REPEATS: usize = 2;

#[derive(Default)]
pub(super) struct Lists {
    pools: RefCell<Vec<Rc<Pool>>>,
    counts: RefCell<Option<(Timestamp, Counts)>>,
    /// The list that was asked for last, and up to which position.
    pub(super) asked: RefCell<Option<(Filter, Sort, usize)>>,
}

struct Pool {
    filter: Filter,
    sort: Sort,
    loaded: Mutex<Loaded>,
}

/// What was loaded of a list.
#[derive(Debug, Default)]
struct Loaded {
    begun: Option<Timestamp>,
    /// Rows that match, in order.
    ids: Vec<ConversationId>,
    /// Everything that came, matching or not.
    seen: HashSet<ConversationId>,
    next: Option<String>,
    ended: bool,
    repeats: usize,
    total: Option<u64>,
    here: Here,
    /// The order is made here.
    sorts: bool,
    bad: u64,
    first_fault: Option<String>,
    /// An action changed it since.
    disturbed: bool,
}

impl Loaded {
    fn bound(&self) -> usize {
        if self.sorts || !self.here.fields.is_empty() { LOADED_HERE } else { LOADED }
    }

    fn is_full(&self) -> bool {
        self.ended || self.seen.len() >= self.bound()
    }

    fn is_too_old(&self, offset: usize, now: Timestamp) -> bool {
        let Some(begun) = self.begun else { return true };
        let age = now - begun;
        let first = offset == 0 && (self.disturbed || age > Duration::milliseconds(FRESH_MS));
        first || age > GOOD
    }

    fn partial(&self) -> Option<Partial> {
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
    fn told_total(&self, page_size: usize) -> Total {
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
            // One more page to scroll into.
            None => Total { value: known + u64::from(PAGE_ROWS_DEFAULT), exact: false },
        }
    }
}

impl Lists {
    pub(super) fn forget(&self) {
        self.pools.borrow_mut().clear();
        *self.counts.borrow_mut() = None;
        *self.asked.borrow_mut() = None;
    }

    fn pool(&self, filter: &Filter, sort: Sort) -> Rc<Pool> {
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

    /// Rows among the first that a new read of them did not bring.
    pub(super) fn strays(
        &self,
        filter: &Filter,
        sort: Sort,
        seen: &BTreeSet<ConversationId>,
        most: usize,
    ) -> Vec<ConversationId> {
        let pools = self.pools.borrow();
        let pool = pools.iter().find(|pool| pool.sort == sort && pool.filter == *filter);
        let Some(loaded) = pool.and_then(|pool| pool.loaded.try_lock()) else { return Vec::new() };
        let first = loaded.ids.iter().take(seen.len());
        first.filter(|id| !seen.contains(*id)).take(most).cloned().collect()
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

impl Core {
    pub(super) async fn list(&self, call: &Call) -> Outcome {
        let mut wanted = ConversationQuery::default();
        let mut filter = Vec::new();
        for part in call.query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let number = || Refusal::field(name, "type", "Must be a whole number.");
            match name {
                "limit" => wanted.limit = Some(value.parse().map_err(|_| number())?),
                "offset" => wanted.offset = Some(value.parse().map_err(|_| number())?),
                "cursor" => wanted.cursor = Some(value.to_owned()),
                "sort" => {
                    let unknown = || Refusal::field("sort", "unknown_value", "There is no such order.");
                    wanted.sort = Sort::from_code(value).ok_or_else(unknown)?;
                }
                _ => filter.push(part),
            }
        }
        wanted.filter = filter.join("&");
        self.answer_list(&wanted).await
    }

    pub(super) async fn query(&self, call: &Call) -> Outcome {
        self.answer_list(&read(call.body.as_deref())?).await
    }

    async fn answer_list(&self, wanted: &ConversationQuery) -> Outcome {
        let filter = Filter::parse(&wanted.filter)?;
        let limit = wanted.limit.unwrap_or(PAGE_ROWS_DEFAULT);
        if limit == 0 || limit > PAGE_ROWS {
            return Err(Refusal::field("limit", "range", format!("From 1 to {PAGE_ROWS}.")));
        }
        let offset = match (&wanted.cursor, wanted.offset) {
            (Some(_), Some(_)) => {
                return Err(Refusal::field("cursor", "together", "Not together with an offset."));
            }
            (Some(cursor), None) => {
                let read = cursor.strip_prefix("o.").and_then(|at| at.parse().ok());
                read.ok_or_else(|| Refusal::field("cursor", "unknown", "This cursor was never given out."))?
            }
            (None, offset) => usize::try_from(offset.unwrap_or_default()).unwrap_or(usize::MAX),
        };
        let page = self.page(&filter, wanted.sort, offset, limit as usize).await?;
        Ok(Whole::json(200, &page))
    }

    async fn page(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> Result<ConversationPage, Refusal> {
        self.check_filter(filter, sort)?;
        let viewer = self.viewer().await?;
        let end = offset.saturating_add(limit);
        *self.lists.asked.borrow_mut() = Some((filter.clone(), sort, end));
        let pool = self.lists.pool(filter, sort);
        let mut loaded = pool.loaded.lock().await;
        let now = self.now();
        if loaded.is_too_old(offset, now) {
            *loaded = Loaded { begun: Some(now), ..Loaded::default() };
        }
        let mut requests = 0;
        // An order made here needs everything first, and then stays: later rows would move those already shown.
        let frozen = loaded.sorts;
        while !frozen && !loaded.is_full() && requests < REQUESTS && (loaded.ids.len() < end || loaded.sorts)
        {
            self.load(filter, sort, &mut loaded, &viewer).await.map_err(|fault| self.refuse(fault))?;
            requests += 1;
        }
        let book = self.book.borrow();
        if loaded.sorts && requests > 0 {
            let row = |id: &ConversationId| book.get(id).map(|row| &row.conversation);
            loaded.ids.sort_by(|a, b| match (row(a), row(b)) {
                (Some(a), Some(b)) => sort.compare(a, b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
        }
        let shown = loaded.ids.iter().skip(offset).take(limit);
        let items: Vec<_> = shown.filter_map(|id| book.get(id).map(|row| row.conversation.clone())).collect();
        let total = loaded.told_total(self.page_size());
        let next = (total.value > end as u64).then(|| format!("o.{end}"));
        let prev = (offset > 0).then(|| format!("o.{}", offset.saturating_sub(limit)));
        Ok(ConversationPage { items, total, next, prev, partial: loaded.partial() })
    }

    pub(super) fn page_size(&self) -> usize {
        self.backend.abilities().page_size.clamp(1, 500) as usize
    }

    /// One page of the backend.
    pub(super) async fn ask(&self, filter: &Filter, sort: Sort, at: Option<String>) -> Result<Rows, Fault> {
        let filter = narrowed(filter, &self.backend.abilities().filters_there);
        let size = u32::try_from(self.page_size()).unwrap_or(50);
        self.backend.list(ListAsk { filter, sort, at, size }).await
    }

    async fn load(
        &self,
        filter: &Filter,
        sort: Sort,
        loaded: &mut Loaded,
        viewer: &Viewer,
    ) -> Result<(), Fault> {
        let rows = self.ask(filter, sort, loaded.next.clone()).await?;
        loaded.here = self.here(filter, &rows.left);
        loaded.sorts = !rows.sorted;
        loaded.total = rows.total;
        loaded.bad += rows.bad.len() as u64;
        if loaded.first_fault.is_none() {
            loaded.first_fault = rows.bad.first().map(|bad| bad.fault.clone());
        }
        let mut any_new = !rows.bad.is_empty();
        for row in rows.items {
            let (row, _) = self.take_in(row);
            let conversation = &row.conversation;
            if loaded.seen.insert(conversation.id.clone()) {
                any_new = true;
                if loaded.here.matches(conversation, viewer) {
                    loaded.ids.push(conversation.id.clone());
                }
            }
        }
        loaded.repeats = if any_new { 0 } else { loaded.repeats + 1 };
        loaded.ended = rows.next.is_none() || rows.next == loaded.next || loaded.repeats >= REPEATS;
        loaded.next = rows.next;
        Ok(())
    }

    /// Options of fields that the filter leaves free, counted where the whole list is loaded; a count that is not
    /// known is absent.
    pub(super) async fn facets(&self, call: &Call) -> Outcome {
        let filter = Filter::parse(&call.query)?;
        self.check_filter(&filter, Sort::Activity)?;
        let pools = self.lists.pools.borrow().clone();
        let pool = pools.into_iter().find(|pool| pool.filter == filter);
        let mut facets = Facets::default();
        if let Some(loaded) = pool.as_ref().and_then(|pool| pool.loaded.try_lock()) {
            facets.total = loaded.told_total(self.page_size());
            if loaded.ended {
                let book = self.book.borrow();
                let rows = loaded.ids.iter().filter_map(|id| book.get(id)).map(|row| &row.conversation);
                facets.facets = options(rows, &filter);
            }
        }
        Ok(Whole::json(200, &facets))
    }

    /// How many each view shows, where the backend says it, or all of the view is loaded.
    pub(super) async fn counts(&self) -> Outcome {
        let now = self.now();
        if let Some((at, counts)) = &*self.lists.counts.borrow()
            && now - *at < COUNTED
        {
            return Ok(Whole::json(200, counts));
        }
        self.me().await?;
        let mut counts = Counts::default();
        for view in View::ALL {
            if let Some(count) = self.count(view).await? {
                counts.views.insert(view.code().to_owned(), count);
            }
        }
        *self.lists.counts.borrow_mut() = Some((now, counts.clone()));
        Ok(Whole::json(200, &counts))
    }

    async fn count(&self, view: View) -> Result<Option<u64>, Refusal> {
        let filter = view.filter();
        let pools = self.lists.pools.borrow().clone();
        for pool in pools.iter().filter(|pool| pool.filter == filter) {
            if let Some(loaded) = pool.loaded.try_lock()
                && loaded.ended
            {
                return Ok(Some(loaded.ids.len() as u64));
            }
        }
        let can = self.backend.abilities();
        if !can.totals {
            return Ok(None);
        }
        let ask = ListAsk {
            filter: narrowed(&filter, &can.filters_there),
            sort: Sort::Activity,
            at: None,
            size: 1,
        };
        let rows = self.backend.list(ask).await.map_err(|fault| self.refuse(fault))?;
        // The total counts what is to be left out here.
        let whole = self.here(&filter, &rows.left).fields.is_empty();
        let all = rows.next.is_none() && rows.bad.is_empty();
        let count = if all { None } else { rows.total };
        Ok(count.filter(|_| whole))
    }
}

/// Counts by field and value, of fields that the filter leaves free.
fn options<'a>(
    rows: impl Iterator<Item = &'a Conversation>,
    filter: &Filter,
) -> BTreeMap<String, BTreeMap<String, u64>> {
    let taken: HashSet<&str> = filter.conditions().iter().map(|condition| condition.field).collect();
    let mut facets: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for row in rows {
        let mut values = vec![
            ("channel", row.channel.code().to_owned()),
            ("status", row.status.code().to_owned()),
            ("line", row.line.to_string()),
            ("campaign", row.campaign.to_string()),
            ("priority", row.priority.code().to_owned()),
            ("owner", row.owner.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)),
            ("team", row.team.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)),
            ("unread", if row.unread > 0 { "yes" } else { "no" }.to_owned()),
        ];
        values.extend(row.tags.iter().map(|tag| ("tag", tag.to_string())));
        for (field, value) in values {
            if !taken.contains(field) {
                *facets.entry(field.to_owned()).or_default().entry(value).or_default() += 1;
            }
        }
    }
    facets
}
