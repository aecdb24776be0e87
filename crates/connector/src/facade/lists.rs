//! Lists: pages by offset and cursor over a backend's pages, which only lead forward. Rows that the backend could not
//! filter or order are filtered and ordered over the pool of what was loaded.

use super::core::Core;
use super::filters::narrowed;
use super::listed::Read;
use super::pools::{Loaded, REQUESTS};
use super::routes::Call;
use super::wire::{Outcome, Refusal, Whole, read};
use crate::backend::{Fault, ListAsk, Rows};
use bandeja_contract::{ConversationPage, ConversationQuery};
use bandeja_model::limits::{PAGE_ROWS, PAGE_ROWS_DEFAULT};
use bandeja_model::{ConversationId, Filter, Sort, Viewer};

/// Pages without anything new after which a backend is taken to repeat its last page.
const REPEATS: usize = 2;

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
            let (row, _) = self.take_in(row, Read::Listed);
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
}
