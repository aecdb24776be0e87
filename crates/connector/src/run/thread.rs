//! A part of a thread: entries of all its sources, put together by their moments.

use super::core::Core;
use super::pages::{self, At, Reading};
use super::request::Extra;
use super::{conversation, entry, fault, one, session, steps};
use crate::backend::{Entries, Fault, FaultKind};
use crate::plan::val::{self, Val};
use crate::plan::{Call, Plan, Source, Thread, Var, Vars};
use bandeja_model::{ConversationId, Message, Timestamp};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Where older entries begin.
#[derive(Serialize, Deserialize)]
struct Before {
    #[serde(rename = "t")]
    at: At,
    /// Entries of other sources come up to this moment, in milliseconds.
    #[serde(rename = "u")]
    until: i64,
}

/// What one source gave.
struct Given {
    raw: Vec<(Val, Vars)>,
    next: Option<At>,
    more: bool,
    vars: Vars,
}

/// A part of the thread of `id`: the newest, or what is before `before`.
pub(super) async fn thread(
    core: &Rc<Core>,
    id: ConversationId,
    before: Option<String>,
) -> Result<Entries, Fault> {
    let Some(thread) = &core.plan.thread else {
        return Err(fault::fault(FaultKind::Off, "the file does not say where messages are"));
    };
    let before: Option<Before> = before
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|_| fault::fault(FaultKind::Invalid, "this place in the thread is unknown"))?;
    session::ready(core).await?;
    let mut vars = core.vars().with(Var::Args, val::object([("id", val::text(id.as_str()))]));
    if core.thread_asks_it {
        vars.set(Var::It, one::raw(core, &id).await?.0);
    }
    let mut entries = Entries::default();
    let mut found = Vec::new();
    let mut window: (Option<Timestamp>, Option<Timestamp>) =
        (None, before.as_ref().and_then(|before| Timestamp::from_timestamp_millis(before.until)));
    for (at, source) in thread.sources.iter().enumerate() {
        let leads = at == 0 && thread.newest_first;
        let place = leads
            .then(|| before.as_ref().map_or_else(|| At::first(&source.paging), |before| before.at.clone()));
        let given = match read(core, source, place, &vars).await {
            Ok(given) => given,
            Err(fault) => {
                let what = source.call.as_ref().map_or_else(|| "the thread".to_owned(), steps::words);
                return Err(one::gone_or(core, &id, fault, FaultKind::BadAnswer, &what).await);
            }
        };
        let mut messages = map(source, &id, &given.raw, &mut entries.bad);
        turn(&mut messages);
        if given.more {
            entries.bad.push(format!("there is more than the first {} pages", source.pages));
        }
        if leads {
            // All that is older than what this page begins with belongs to an older part.
            window.0 = given.next.as_ref().and_then(|_| messages.iter().map(|message| message.at).min());
            entries.prev = given.next.as_ref().zip(window.0).and_then(|(next, oldest)| {
                serde_json::to_string(&Before { at: next.clone(), until: oldest.timestamp_millis() }).ok()
            });
        } else {
            messages.retain(|message| {
                window.0.is_none_or(|from| message.at >= from) && window.1.is_none_or(|to| message.at < to)
            });
        }
        vars.set(Var::Steps, given.vars.get(Var::Steps));
        found.extend(messages.into_iter().map(|message| stamp(&core.plan, message, at + 1)));
    }
    if entries.prev.is_none() {
        found.extend(first(core, thread, &id, &vars, &mut entries.bad));
    }
    found.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    entries.items = found;
    Ok(entries)
}

/// The entry made from the conversation itself.
fn first(
    core: &Core,
    thread: &Thread,
    id: &ConversationId,
    vars: &Vars,
    bad: &mut Vec<String>,
) -> Option<Message> {
    let fields = thread.first.as_ref()?;
    let raw = vars.get(Var::It);
    let created = conversation::row(&core.plan, &raw, vars).ok().map(|row| row.conversation.created_at);
    match entry::entry(fields, id, &raw, vars, created, Some("0")) {
        Ok(message) => message.map(|message| stamp(&core.plan, message, 0)),
        Err(wrong) => {
            bad.push(wrong);
            None
        }
    }
}

/// Raw entries of one source: a page of it from `place` on if that is said, else all.
async fn read(core: &Rc<Core>, source: &Source, place: Option<At>, vars: &Vars) -> Result<Given, Fault> {
    let Some(call) = &source.call else {
        let items =
            pages::list(&source.items, &vars.get(Var::It), vars).map_err(|error| fault::of_expr(&error))?;
        let raw = items.into_iter().map(|raw| (raw, vars.clone())).collect();
        return Ok(Given { raw, next: None, more: false, vars: vars.clone() });
    };
    let reading = Reading {
        call,
        items: &source.items,
        total: None,
        paging: &source.paging,
        size_param: None,
        size: 0,
        end: source.end.as_ref(),
    };
    if let Some(at) = place {
        let page = pages::page(core, &reading, &at, vars, &Extra::default(), &key_of(source, vars)).await?;
        let vars = kept(call, page.answer.as_ref(), &page.vars)?;
        let raw = page.items.into_iter().map(|raw| (raw, vars.clone())).collect();
        return Ok(Given { raw, next: page.next, more: false, vars });
    }
    let rounds = match &call.each {
        None => vec![Val::Null],
        Some(each) => each.list(&vars.get(Var::It), vars).map_err(|error| fault::of_expr(&error))?,
    };
    let asks = rounds.into_iter().map(|each| {
        let vars = vars.clone().with(Var::Each, each);
        let reading = &reading;
        async move { pages::all(core, reading, &vars, source.pages, &key_of(source, &vars)).await }
    });
    let mut given = Given { raw: Vec::new(), next: None, more: false, vars: vars.clone() };
    for read in join_all(asks).await {
        let read = read?;
        let vars = kept(call, read.answer.as_ref(), &read.vars)?;
        given.vars.set(Var::Steps, vars.get(Var::Steps));
        given.more |= read.more;
        given.raw.extend(read.items.into_iter().map(|raw| (raw, vars.clone())));
    }
    Ok(given)
}

fn kept(call: &Call, answer: Option<&super::answer::Answer>, vars: &Vars) -> Result<Vars, Fault> {
    answer
        .map_or_else(|| Ok(vars.clone()), |answer| steps::keep(call, answer, vars))
        .map_err(|e| fault::of_expr(&e))
}

/// What names a raw entry.
fn key_of<'a>(source: &'a Source, vars: &'a Vars) -> impl Fn(&Val) -> String + 'a {
    let id = source.fields.0.iter().find(|(name, _)| name == "id").map(|(_, field)| &field.value);
    move |raw| {
        id.and_then(|expr| expr.text(raw, vars).ok().flatten()).unwrap_or_else(|| val::scalar_text(raw))
    }
}

fn map(source: &Source, id: &ConversationId, raw: &[(Val, Vars)], bad: &mut Vec<String>) -> Vec<Message> {
    let mut messages = Vec::new();
    for (raw, vars) in raw {
        match entry::entry(&source.fields, id, raw, vars, None, None) {
            Ok(message) => messages.extend(message),
            Err(wrong) => bad.push(wrong),
        }
    }
    messages
}

/// Newest first becomes oldest first, so that entries of one moment stand in their order.
fn turn(messages: &mut [Message]) {
    if let (Some(first), Some(last)) = (messages.first(), messages.last())
        && first.at > last.at
    {
        messages.reverse();
    }
}

/// Widest foreign id that is kept as it is.
const ID_CHARS: usize = 40;

/// The contract's ids of one thread rise with time. Numbers of a single source do so by themselves; else the moment
/// stands before the foreign id, all in one width.
pub(super) fn stamp(plan: &Plan, mut message: Message, source: usize) -> Message {
    let joined =
        plan.thread.as_ref().is_some_and(|thread| thread.sources.len() > 1 || thread.first.is_some());
    let own = message.id.as_str();
    if !joined && own.bytes().all(|byte| byte.is_ascii_digit()) {
        return message;
    }
    let own: String = own.chars().rev().take(ID_CHARS).collect::<Vec<_>>().into_iter().rev().collect();
    let millis = message.at.timestamp_millis().clamp(0, 99_999_999_999_999);
    message.id = format!("{millis:014}.{:02}.{own:0>ID_CHARS$}", source % 100).into();
    message
}
