//! Counts: of options under a filter, and of views. One that is not known is absent.

use super::core::Core;
use super::filters::narrowed;
use super::routes::Call;
use super::wire::{Outcome, Refusal, Whole};
use crate::backend::ListAsk;
use bandeja_contract::{Counts, Facets};
use bandeja_model::{Conversation, Filter, Sort, View};
use chrono::Duration;
use std::collections::{BTreeMap, HashSet};

/// How long counts do.
const COUNTED: Duration = Duration::seconds(20);

impl Core {
    /// Options of fields that the filter leaves free, counted where the whole list is loaded.
    pub(super) fn facets(&self, call: &Call) -> Outcome {
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
        // Where some are left out here, the total counts too many.
        let whole = self.here(&filter, &rows.left).fields.is_empty();
        Ok(rows.total.filter(|_| whole))
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
