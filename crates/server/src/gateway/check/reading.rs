//! Everything that only reads: names, lists with their filters and orders, one conversation, its thread.

use super::report::Report;
use super::{Bench, words};
use bandeja_connector::backend::{Fault, FaultKind, ListAsk, Lookups, Row, Rows};
use bandeja_connector::plan::{Paging, Place};
use bandeja_contract::SessionUser;
use bandeja_model::{ConversationId, Filter, Sort, Timestamp, Viewer};
use chrono::TimeDelta;

/// Rows and entries shown.
const SHOWN: usize = 3;
/// Rows asked for.
const SIZE: u32 = 25;
/// An id that no API gives.
const NOBODYS: &str = "999999999";

impl Bench {
    pub(super) async fn try_lookups(&self, report: &mut Report) -> Lookups {
        match self.backend.lookups().await {
            Ok(lookups) => {
                let counts = [
                    ("users", lookups.users.len()),
                    ("teams", lookups.teams.len()),
                    ("tags", lookups.tags.len()),
                    ("categories", lookups.categories.len()),
                    ("lines", lookups.lines.len()),
                    ("campaigns", lookups.campaigns.len()),
                ];
                let counts = counts.map(|(kind, count)| format!("{count} {kind}"));
                let first = lookups.users.iter().take(SHOWN);
                let first = first.map(|user| format!("user {}: {}", user.id, user.name)).collect();
                report.works("names", counts.join(", ")).shown = first;
                lookups
            }
            Err(fault) => {
                let place = self.plan.lookups.sources.first();
                let place = place.and_then(|(_, source)| source.call.as_ref()).map(|call| &call.place);
                report.fails("names", &fault, place);
                Lookups::default()
            }
        }
    }

    /// Lists, and gives the first conversation.
    pub(super) async fn try_lists(
        &self,
        report: &mut Report,
        user: Option<&SessionUser>,
        lookups: &Lookups,
    ) -> Option<ConversationId> {
        let place = self.plan.lists.first().map(|list| list.call.place.clone());
        let all = self.list(Filter::default(), Sort::default(), None).await;
        let all = match all {
            Ok(rows) => rows,
            Err(fault) => {
                report.fails("list", &fault, place.as_ref());
                return None;
            }
        };
        say_rows(report, &all, place.as_ref());
        self.try_fields(report);
        self.try_next_page(report, &all).await;
        let first = all.items.first().map(|row| row.conversation.id.clone());
        self.try_filters(report, user, &all, lookups).await;
        for sort in self.backend.abilities().sorts.clone() {
            let operation = format!("list in order {}", sort.code());
            match self.list(Filter::default(), sort, None).await {
                Ok(rows) if rows.sorted && !is_sorted(&rows, sort) => {
                    let said = "the rows came in another order";
                    report.doubtful(operation, said, place.as_ref());
                }
                Ok(rows) => {
                    report.works(operation, format!("{} rows", rows.items.len()));
                }
                Err(fault) => report.fails(operation, &fault, place.as_ref()),
            }
        }
        first
    }

    pub(super) async fn list(&self, filter: Filter, sort: Sort, at: Option<String>) -> Result<Rows, Fault> {
        let size = SIZE.min(self.backend.abilities().page_size.max(1));
        self.backend.list(ListAsk { filter, sort, at, size }).await
    }

    async fn try_next_page(&self, report: &mut Report, rows: &Rows) {
        let Some(next) = rows.next.clone() else {
            return report.not_tried("next page", "the first page was the last");
        };
        let place = self.at("/paging").or_else(|| self.at("/call"));
        match self.list(Filter::default(), Sort::default(), Some(next)).await {
            Ok(more) => {
                let first = rows.items.first().map(|row| &row.conversation.id);
                let begins_alike =
                    first.is_some() && more.items.first().map(|row| &row.conversation.id) == first;
                let said = if more.repeats {
                    let ignored = self.page_parameter().map_or_else(
                        || "the address that it gives leads to it again".to_owned(),
                        |name| format!("the API ignores the parameter `{name}`"),
                    );
                    format!("it is the first page once more: {ignored}, or knows it by another name")
                } else if begins_alike {
                    "it begins as the first page does: check `paging`".to_owned()
                } else if more.items.is_empty() && more.bad.is_empty() {
                    "no rows, though the first page says that there are more: is `end` right?".to_owned()
                } else {
                    report.works("next page", format!("{} rows", more.items.len()));
                    return;
                };
                report.doubtful("next page", said, place.as_ref());
            }
            Err(fault) => report.fails("next page", &fault, place.as_ref()),
        }
    }

    /// The parameter that says which page.
    fn page_parameter(&self) -> Option<&str> {
        match &self.plan.lists.first()?.paging {
            Paging::Page(name, _)
            | Paging::Offset(name)
            | Paging::Cursor(name, _)
            | Paging::Last(name, _) => Some(name),
            Paging::Whole | Paging::Address(_) | Paging::Link => None,
        }
    }

    /// Reads one conversation and its thread.
    pub(super) async fn try_conversation(
        &self,
        report: &mut Report,
        id: Option<&ConversationId>,
    ) -> Option<Row> {
        let Some(id) = id else {
            report.not_tried("conversation", "the list gave none: name one by --conversation");
            report.not_tried("thread", "there is no conversation");
            return None;
        };
        let place = &self.plan.one.0.place;
        let row = match self.backend.one(id.clone()).await {
            Ok(row) => {
                report.works("conversation", words::row(&row));
                Some(row)
            }
            Err(fault) => {
                report.fails("conversation", &fault, Some(place));
                None
            }
        };
        match self.backend.one(NOBODYS.into()).await {
            Err(fault) if fault.kind == FaultKind::NotFound => {
                report.works("unknown conversation", "told as not found");
            }
            Err(fault) => {
                let said = format!("told as {:?}, not as not found: see `errors`", fault.kind);
                report.doubtful("unknown conversation", said, Some(place));
            }
            Ok(_) => {
                let said = format!("#{NOBODYS} was found: is the id in the call's path?");
                report.doubtful("unknown conversation", said, Some(place));
            }
        }
        self.try_thread(report, id).await;
        row
    }

    async fn try_thread(&self, report: &mut Report, id: &ConversationId) {
        let Some(thread) = &self.plan.thread else {
            return report.not_tried("thread", "the file describes none");
        };
        let place = thread.sources.first().and_then(|source| source.call.as_ref()).map(|call| &call.place);
        match self.backend.thread(id.clone(), None).await {
            Ok(entries) => {
                let said =
                    format!("{} entries, older ones: {}", entries.items.len(), yes(entries.prev.is_some()));
                let shown = entries.items.iter().rev().take(SHOWN).map(words::entry);
                let bad = entries.bad.iter().take(SHOWN).map(|bad| format!("not understood: {bad}"));
                let shown = shown.chain(bad).collect();
                let is_sorted = entries.items.is_sorted_by_key(|entry| entry.at);
                if entries.bad.is_empty() && is_sorted {
                    report.works("thread", said).shown = shown;
                } else {
                    let why = if is_sorted { "some could not be understood" } else { "not in order of time" };
                    report.doubtful("thread", format!("{said}; {why}"), place).shown = shown;
                }
            }
            Err(fault) => report.fails("thread", &fault, place),
        }
    }
}

fn say_rows(report: &mut Report, rows: &Rows, place: Option<&Place>) {
    let total = rows.total.map_or_else(|| "no total".to_owned(), |total| format!("{total} in all"));
    let said = format!("{} rows, {total}", rows.items.len());
    let shown = rows.items.iter().take(SHOWN).map(words::row);
    let bad = rows.bad.iter().take(SHOWN).map(|bad| {
        let id = bad.id.as_ref().map_or("?", |id| id.as_str());
        format!("not understood: #{id}: {}", bad.fault)
    });
    let shown = shown.chain(bad).collect();
    if rows.bad.is_empty() && !rows.items.is_empty() {
        report.works("list", said).shown = shown;
    } else {
        let said = match rows.bad.len() {
            0 => "no rows: is `items` right, and has this user any conversation?".to_owned(),
            bad => format!("{said}, {bad} could not be understood"),
        };
        report.doubtful("list", said, place).shown = shown;
    }
}

pub(super) fn viewer(user: &SessionUser) -> Viewer {
    let teams = user.teams.iter().cloned().collect();
    Viewer { id: user.id.clone(), teams, now: now(), utc_offset_s: 0 }
}

fn now() -> Timestamp {
    chrono::Utc::now()
}

fn yes(so: bool) -> &'static str {
    if so { "yes" } else { "no" }
}

fn is_sorted(rows: &Rows, sort: Sort) -> bool {
    // Ties are the API's own business; the moments it sorts by may be finer than those it tells.
    let near = |a: Timestamp, b: Timestamp| (a - b).abs() <= TimeDelta::seconds(1);
    rows.items.is_sorted_by(|a, b| {
        let (a, b) = (&a.conversation, &b.conversation);
        let is_tie = match sort {
            Sort::Created => near(a.created_at, b.created_at),
            Sort::Priority => a.priority == b.priority,
            Sort::Activity => near(a.last_activity_at, b.last_activity_at),
            Sort::Waiting => a.waiting_since == b.waiting_since,
        };
        is_tie || sort.compare(a, b).is_le()
    })
}
