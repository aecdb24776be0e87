//! Pages of anything: how to ask for the next one, and when there is none.
//!
//! Knows no conversations. An answer that repeats the page before it ends a list, whatever the file says: some back
//! ends repeat their last page for ever.

use super::answer::Answer;
use super::core::Core;
use super::request::Extra;
use super::send::{self, Want};
use super::{address, fault, fill};
use crate::backend::Fault;
use crate::plan::val::{self, Val};
use crate::plan::{Call, Expr, ExprError, Paging, Var, Vars};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What is read page by page.
pub(super) struct Reading<'a> {
    pub(super) call: &'a Call,
    pub(super) items: &'a Expr,
    pub(super) total: Option<&'a Expr>,
    pub(super) paging: &'a Paging,
    pub(super) size_param: Option<&'a str>,
    /// Things a page; 0 is not known.
    pub(super) size: u32,
    pub(super) end: Option<&'a Expr>,
}

/// Where a page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct At {
    /// Pages before it.
    #[serde(rename = "n", default)]
    number: u64,
    /// Things before it.
    #[serde(rename = "o", default)]
    offset: u64,
    /// Parameters that lead to it.
    #[serde(rename = "q", default)]
    go: Vec<(String, String)>,
    /// They stand instead of all others.
    #[serde(rename = "a", default)]
    alone: bool,
    /// What the page before it held.
    #[serde(rename = "p", default)]
    print: Option<u64>,
}

/// A page.
pub(super) struct Page {
    /// Raw things.
    pub(super) items: Vec<Val>,
    /// How many there are in all, if the answer says.
    pub(super) total: Option<u64>,
    /// The next page.
    pub(super) next: Option<At>,
    /// It held what the page before it held, and nothing of it is given again.
    pub(super) repeats: bool,
    /// Variables with those of this answer.
    pub(super) vars: Vars,
    /// The answer.
    pub(super) answer: Option<Answer>,
}

impl At {
    /// The first page.
    pub(super) fn first(paging: &Paging) -> Self {
        let go = match paging {
            Paging::Page(param, first) => vec![(param.clone(), first.to_string())],
            Paging::Offset(param) => vec![(param.clone(), "0".to_owned())],
            _ => Vec::new(),
        };
        Self { go, ..Self::default() }
    }

    fn number(&self, paging: &Paging) -> u64 {
        self.number + if let Paging::Page(_, first) = paging { *first } else { 1 }
    }

    fn vars(&self, paging: &Paging, size: u32, count: Option<usize>) -> Val {
        let whole = |number: u64| val::int(i64::try_from(number).unwrap_or(i64::MAX));
        let cursor = self.go.first().filter(|_| !matches!(paging, Paging::Page(..) | Paging::Offset(_)));
        val::object([
            ("number", whole(self.number(paging))),
            ("offset", whole(self.offset)),
            ("size", if size == 0 { Val::Null } else { val::int(i64::from(size)) }),
            ("count", count.map_or(Val::Null, |count| val::int(i64::try_from(count).unwrap_or(i64::MAX)))),
            ("cursor", cursor.map_or(Val::Null, |(_, value)| val::text(value.as_str()))),
        ])
    }
}

/// Reads one page. `key` names a raw thing, so that a repeated page is recognised.
pub(super) async fn page(
    core: &Rc<Core>,
    reading: &Reading<'_>,
    at: &At,
    vars: &Vars,
    extra: &Extra,
    key: &dyn Fn(&Val) -> String,
) -> Result<Page, Fault> {
    let vars = vars.clone().with(Var::Page, at.vars(reading.paging, reading.size, None));
    if !fill::holds(reading.call.when.as_ref(), &vars).map_err(|error| fault::of_expr(&error))? {
        return Ok(Page { items: Vec::new(), total: None, next: None, repeats: false, vars, answer: None });
    }
    let mut extra = extra.clone();
    if let Some(param) = reading.size_param {
        extra.pairs.push((param.to_owned(), reading.size.to_string()));
    }
    if at.alone {
        extra.alone = true;
        extra.pairs.clone_from(&at.go);
    } else {
        super::request::replace(&mut extra.pairs, at.go.clone());
    }
    let answer = send::send(core, reading.call, &vars, &extra, Want::Json).await?;
    let vars = vars.with(Var::Headers, answer.headers.clone());
    read(reading, at, vars, answer, key).map_err(|error| fault::of_expr(&error))
}

fn read(
    reading: &Reading<'_>,
    at: &At,
    vars: Vars,
    answer: Answer,
    key: &dyn Fn(&Val) -> String,
) -> Result<Page, ExprError> {
    let mut items = list(reading.items, &answer.body, &vars)?;
    let total = match reading.total {
        Some(expr) => expr.number(&answer.body, &vars)?.filter(|total| *total >= 0.0),
        None => None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
    let total = total.map(|total| total as u64);
    let print = fingerprint(items.iter().map(key));
    let vars = vars.with(Var::Page, at.vars(reading.paging, reading.size, Some(items.len())));
    let repeats = !items.is_empty() && at.print == Some(print);
    let next = if repeats {
        items.clear();
        None
    } else {
        let seen = at.offset.saturating_add(u64::try_from(items.len()).unwrap_or(u64::MAX));
        let next = go_on(reading, at, &items, &answer, &vars, total, seen)?;
        next.map(|(go, alone)| At { number: at.number + 1, offset: seen, go, alone, print: Some(print) })
    };
    Ok(Page { items, total, next, repeats, vars, answer: Some(answer) })
}

/// The things of an answer; anything but a list is not what the file describes.
pub(super) fn list(expr: &Expr, body: &Val, vars: &Vars) -> Result<Vec<Val>, ExprError> {
    let mut found = expr.all(body, vars)?;
    match found.as_slice() {
        [Val::Arr(items)] => Ok(items.as_ref().clone()),
        [Val::Null] => Err(expr.other("a list", &Val::Null)),
        [single @ (Val::Bool(_) | Val::Num(_) | Val::TStr(_) | Val::BStr(_))] => {
            Err(expr.other("a list", single))
        }
        _ => Ok(std::mem::take(&mut found)),
    }
}

type Go = (Vec<(String, String)>, bool);

fn go_on(
    reading: &Reading<'_>,
    at: &At,
    items: &[Val],
    answer: &Answer,
    vars: &Vars,
    total: Option<u64>,
    seen: u64,
) -> Result<Option<Go>, ExprError> {
    if let Some(end) = reading.end
        && end.truthy(&answer.body, vars)?
    {
        return Ok(None);
    }
    let all_seen = items.is_empty() || total.is_some_and(|total| seen >= total);
    let go = match reading.paging {
        Paging::Whole => None,
        Paging::Page(..) | Paging::Offset(_) if all_seen => None,
        Paging::Page(param, first) => {
            Some((vec![(param.clone(), (first + at.number + 1).to_string())], false))
        }
        Paging::Offset(param) => Some((vec![(param.clone(), seen.to_string())], false)),
        Paging::Cursor(param, expr) => {
            let next = expr.one(&answer.body, vars)?.filter(val::truthy).map(|next| val::scalar_text(&next));
            next.filter(|next| !next.is_empty()).map(|next| (vec![(param.clone(), next)], false))
        }
        Paging::Address(expr) => {
            let next = expr.one(&answer.body, vars)?.filter(val::truthy).map(|next| val::scalar_text(&next));
            next.map(|next| (address::parameters(&next), true))
        }
        Paging::Link => {
            let header = answer.header("link").unwrap_or_default();
            address::next_link(&header).map(|next| (address::parameters(next), true))
        }
        Paging::Last(param, expr) => match items.last() {
            Some(last) => expr.text(last, vars)?.map(|last| (vec![(param.clone(), last)], false)),
            None => None,
        },
    };
    // A next page that is this one would never end.
    Ok(go.filter(|(go, _)| !go.is_empty() && (at.go != *go || at.number == 0 && at.go.is_empty())))
}

/// FNV-1a over the names of all things, in their order.
fn fingerprint(keys: impl Iterator<Item = String>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for key in keys {
        for byte in key.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// All pages together.
pub(super) struct All {
    /// Raw things.
    pub(super) items: Vec<Val>,
    /// Variables with those of the last answer.
    pub(super) vars: Vars,
    /// The last answer.
    pub(super) answer: Option<Answer>,
    /// There are more pages than were read.
    pub(super) more: bool,
}

/// All things of all pages, `pages` at most.
pub(super) async fn all(
    core: &Rc<Core>,
    reading: &Reading<'_>,
    vars: &Vars,
    pages: u32,
    key: &dyn Fn(&Val) -> String,
) -> Result<All, Fault> {
    let mut at = At::first(reading.paging);
    let mut items = Vec::new();
    let mut left = pages.max(1);
    loop {
        let page = page(core, reading, &at, vars, &Extra::default(), key).await?;
        items.extend(page.items);
        left -= 1;
        match page.next {
            Some(next) if left > 0 => at = next,
            next => return Ok(All { items, vars: page.vars, answer: page.answer, more: next.is_some() }),
        }
    }
}
