//! A page of a list: which way to list, what is asked for there, one request or several, and rows out of them.

use super::conditions::{self, Applied, Conditions};
use super::core::Core;
use super::pages::{self, At, Page, Reading};
use super::request::Extra;
use super::{conversation, fault, fill, session};
use crate::backend::{BadRow, Fault, FaultKind, ListAsk, Row, Rows};
use crate::plan::val::{self, Val};
use crate::plan::{List, Var, Vars};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

/// Requests that one page of a fan-out takes at most.
const BRANCHES: usize = 50;

/// Where a list goes on.
#[derive(Serialize, Deserialize)]
struct Cursor {
    /// Which way to list.
    #[serde(rename = "w")]
    way: usize,
    /// Rows a page.
    #[serde(rename = "s")]
    size: u32,
    /// One for each request.
    #[serde(rename = "b")]
    branches: Vec<Branch>,
}

/// How far one request of a fan-out got.
#[derive(Clone, Serialize, Deserialize)]
struct Branch {
    /// Which value of the fan-out it is for.
    #[serde(rename = "e", default)]
    each: serde_json::Value,
    #[serde(rename = "t")]
    at: At,
    /// Rows of that page that were given already.
    #[serde(rename = "k", default)]
    skip: usize,
    #[serde(rename = "d", default)]
    over: bool,
}

/// A page of a list.
pub(super) async fn list(core: &Rc<Core>, ask: ListAsk) -> Result<Rows, Fault> {
    session::ready(core).await?;
    let conditions = Conditions::of(&ask.filter);
    let vars = core.vars().with(Var::Filter, conditions.value()).with(Var::Sort, val::text(ask.sort.code()));
    let cursor = ask.at.as_deref().map(read_cursor).transpose()?;
    let (way, list) = match &cursor {
        Some(cursor) => (cursor.way, core.plan.lists.get(cursor.way)),
        None => choose(core, &vars)?,
    };
    let list =
        list.ok_or_else(|| fault::fault(FaultKind::Off, "no list of the file holds for this filter"))?;
    let Some(applied) = conditions::apply(&core.plan, list, conditions, &vars) else {
        return Ok(Rows { total: Some(0), sorted: true, ..Rows::default() });
    };
    let cursor = cursor.unwrap_or_else(|| Cursor {
        way,
        size: ask.size.min(list.size).max(1),
        branches: begin(list, &applied),
    });
    let vars = vars.with(Var::Clauses, val::list(applied.clauses.iter().cloned()));
    let order = match list.sorts.get(ask.sort.code()) {
        Some(shapes) => Some(
            fill::pairs(shapes, &vars, core.plan.transport.arrays).map_err(|error| fault::of_expr(&error))?,
        ),
        None => None,
    };
    let sorted = order.is_some();
    let pages = read_pages(core, list, &applied, &cursor, &vars, order.unwrap_or_default()).await?;
    let mut rows = gather(core, &cursor, pages, ask.sort, sorted);
    rows.left = applied.left;
    Ok(rows)
}

fn read_cursor(text: &str) -> Result<Cursor, Fault> {
    serde_json::from_str(text)
        .map_err(|_| fault::fault(FaultKind::Invalid, "this place in the list is unknown"))
}

/// The first way whose condition holds.
fn choose<'a>(core: &'a Core, vars: &Vars) -> Result<(usize, Option<&'a List>), Fault> {
    for (way, list) in core.plan.lists.iter().enumerate() {
        if fill::holds(list.when.as_ref(), vars).map_err(|error| fault::of_expr(&error))? {
            return Ok((way, Some(list)));
        }
    }
    Ok((0, None))
}

fn begin(list: &List, applied: &Applied<'_>) -> Vec<Branch> {
    let first = At::first(&list.paging);
    let branch = |each: &Val| Branch { each: val::to_json(each), at: first.clone(), skip: 0, over: false };
    match &applied.each {
        Some(each) => each.iter().take(BRANCHES).map(branch).collect(),
        None => vec![branch(&Val::Null)],
    }
}

/// The page at which each request of the fan-out is.
async fn read_pages(
    core: &Rc<Core>,
    list: &List,
    applied: &Applied<'_>,
    cursor: &Cursor,
    vars: &Vars,
    order: Vec<(String, String)>,
) -> Result<Vec<Option<Page>>, Fault> {
    let reading = Reading {
        call: &list.call,
        items: &list.items,
        total: list.total.as_ref(),
        paging: &list.paging,
        size_param: list.size_param.as_deref(),
        size: cursor.size,
        end: list.end.as_ref(),
    };
    let key = |raw: &Val| {
        conversation::id_of(&core.plan, raw, vars).map_or_else(|| val::scalar_text(raw), |id| id.to_string())
    };
    let asks = cursor.branches.iter().map(|branch| {
        let each = val::from_json(&branch.each);
        let mut pairs = applied.pairs(&each, core.plan.transport.arrays);
        pairs.extend(order.iter().cloned());
        let vars = vars.clone().with(Var::Each, each);
        let (reading, key) = (&reading, &key);
        async move {
            if branch.over {
                return Ok(None);
            }
            pages::page(core, reading, &branch.at, &vars, &Extra { pairs, alone: false }, key).await.map(Some)
        }
    });
    join_all(asks).await.into_iter().collect()
}

/// A raw row with where it stands.
struct Standing {
    row: Result<Row, BadRow>,
    branch: usize,
}

/// Puts the pages together: in the order that was asked if each of them has it, as far as that is known.
fn gather(
    core: &Core,
    cursor: &Cursor,
    pages: Vec<Option<Page>>,
    sort: bandeja_model::Sort,
    sorted: bool,
) -> Rows {
    let mut rows = Rows { sorted, ..Rows::default() };
    let mut branches = cursor.branches.clone();
    let mut nexts = Vec::new();
    let mut queues = Vec::new();
    let mut totals = Some(0_u64);
    for (at, page) in pages.into_iter().enumerate() {
        let Some(page) = page else {
            nexts.push(None);
            queues.push(VecDeque::new());
            continue;
        };
        rows.repeats |= page.repeats;
        totals = totals.zip(page.total).map(|(all, one)| all + one);
        let skip = branches.get(at).map_or(0, |branch| branch.skip);
        queues.push(
            page.items
                .iter()
                .skip(skip)
                .map(|raw| Standing { row: conversation::row(&core.plan, raw, &page.vars), branch: at })
                .collect::<VecDeque<_>>(),
        );
        nexts.push(page.next);
    }
    // Of a request that is over already nothing says how many it had.
    rows.total = totals.filter(|_| !branches.iter().any(|branch| branch.over));
    let merging = sorted && queues.len() > 1;
    let mut seen = BTreeSet::new();
    while let Some(standing) = take(&mut queues, sort, merging) {
        if let Some(branch) = branches.get_mut(standing.branch) {
            branch.skip += 1;
        }
        match standing.row {
            Ok(row) if seen.insert(row.conversation.id.clone()) => rows.items.push(row),
            Ok(_) => {}
            Err(bad) => rows.bad.push(bad),
        }
        let dry = |at: usize| queues.get(at).is_none_or(VecDeque::is_empty);
        let goes_on = |at: usize| nexts.get(at).is_some_and(Option::is_some);
        // What a request gives next may come before what the others have left.
        if merging && (0..queues.len()).any(|at| dry(at) && goes_on(at)) {
            break;
        }
    }
    for ((branch, next), queue) in branches.iter_mut().zip(nexts).zip(&queues) {
        if queue.is_empty() && !branch.over {
            branch.skip = 0;
            match next {
                Some(next) => branch.at = next,
                None => branch.over = true,
            }
        }
    }
    if branches.iter().any(|branch| !branch.over) {
        let next = Cursor { way: cursor.way, size: cursor.size, branches };
        rows.next = serde_json::to_string(&next).ok();
    }
    rows
}

/// The row that comes next: a bad one at once, else the first in order of the requests' first ones.
fn take(queues: &mut [VecDeque<Standing>], sort: bandeja_model::Sort, merging: bool) -> Option<Standing> {
    let mut best: Option<(usize, &Row)> = None;
    let mut place = None;
    for (at, queue) in queues.iter().enumerate() {
        match queue.front().map(|standing| &standing.row) {
            None => {}
            Some(Err(_)) => {
                place = Some(at);
                break;
            }
            Some(Ok(row)) => {
                let first = best.is_none_or(|(_, other)| {
                    merging && sort.compare(&row.conversation, &other.conversation).is_lt()
                });
                if first {
                    best = Some((at, row));
                }
            }
        }
    }
    let place = place.or_else(|| best.map(|(at, _)| at))?;
    queues.get_mut(place)?.pop_front()
}
