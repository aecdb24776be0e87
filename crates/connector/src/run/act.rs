//! Changes one conversation: looks whether it is still as it was, runs the steps, and looks whether it was done.

use super::core::Core;
use super::send::Want;
use super::steps::{self, Broken, Ran};
use super::verify::{self, Verdict};
use super::{args, conversation, entry, fault, names, one, session, thread};
use crate::backend::{Act, Done, Fault, FaultKind, Row};
use crate::plan::val::{self, Val};
use crate::plan::{Var, Verify, Write};
use bandeja_model::{ConversationId, Direction, Message, MessageId, MessageKind};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Milliseconds before a conversation that does not show an act yet is read once more: some back ends write behind.
pub(super) const SECOND_LOOK_MS: u32 = 700;

/// Changes one. `from` is the row it was decided on.
pub(super) async fn act(
    core: &Rc<Core>,
    id: ConversationId,
    act: Act,
    from: Option<Row>,
) -> Result<Done, Fault> {
    let Some(write) = core.plan.acts.get(act.name()) else {
        let why = core.plan.off.get(act.name()).cloned();
        return Err(fault::fault(
            FaultKind::Off,
            why.unwrap_or_else(|| format!("the file does not describe {}", act.name())),
        ));
    };
    session::ready(core).await?;
    names::ready_for_act(core, &act).await;
    let before = before(core, &id, &act, write, from.as_ref()).await?;
    let row = before.as_ref().map(|(_, row)| row).or(from.as_ref());
    let known_names = core.names.borrow().clone().unwrap_or_default();
    let token = from.as_ref().or(row).and_then(|row| row.token.clone()).map_or(Val::Null, val::text);
    let vars = core
        .vars()
        .with(Var::Args, args::of(Some(&id), &act, row, &known_names))
        .with(Var::It, before.as_ref().map_or(Val::Null, |(raw, _)| raw.clone()))
        .with(Var::Token, token);
    let known = known_entries(core, &id, &act, write).await?;
    match steps::run(core, &write.steps, vars, Want::Done).await {
        Ok(ran) => after(core, &id, &act, write, ran, known).await,
        Err(broken) => broke(core, &id, &act, row, broken).await,
    }
}

/// Whether others may have changed what the act was decided on.
const fn is_decided_on_state(act: &Act) -> bool {
    !matches!(act, Act::Reply { .. } | Act::Note { .. } | Act::Read | Act::Unread)
}

/// A fresh read, where the file or the comparison needs one.
async fn before(
    core: &Rc<Core>,
    id: &ConversationId,
    act: &Act,
    write: &Write,
    from: Option<&Row>,
) -> Result<Option<(Val, Row)>, Fault> {
    let compares = core.plan.token.is_none() && is_decided_on_state(act);
    let needs_tags = matches!(act, Act::Tags(_)) && from.is_none();
    let needs_token = core.plan.token.is_some() && from.is_none();
    if !(write.reads || needs_tags || needs_token || compares && from.is_some()) {
        return Ok(None);
    }
    let (raw, row) = one::both(core, id).await?;
    if let Some(what) =
        from.filter(|_| compares).and_then(|from| verify::changed(&from.conversation, &row.conversation))
    {
        return Err(fault::fault(FaultKind::Conflict, format!("{what} changed meanwhile")));
    }
    Ok(Some((raw, row)))
}

/// Entries that are there before one is written, where the answer will not say which is the new one.
async fn known_entries(
    core: &Rc<Core>,
    id: &ConversationId,
    act: &Act,
    write: &Write,
) -> Result<Option<BTreeSet<MessageId>>, Fault> {
    let writes = matches!(act, Act::Reply { .. } | Act::Note { .. });
    if !writes
        || write.message.is_some()
        || !matches!(write.verify, Verify::Rule)
        || core.plan.thread.is_none()
    {
        return Ok(None);
    }
    let entries = thread::thread(core, id.clone(), None).await?;
    Ok(Some(entries.items.into_iter().map(|entry| entry.id).collect()))
}

async fn after(
    core: &Rc<Core>,
    id: &ConversationId,
    act: &Act,
    write: &Write,
    ran: Ran,
    known: Option<BTreeSet<MessageId>>,
) -> Result<Done, Fault> {
    let said = said_row(core, write, &ran).filter(|row| row.conversation.id == *id);
    if let Act::Reply { text, client_id } | Act::Note { text, client_id, .. } = act
        && matches!(write.verify, Verify::Rule)
    {
        if let Some(message) = said_message(core, id, write, &ran) {
            return Ok(Done { row: said, message: Some(message), verified: true });
        }
        let wanted = Wanted { note: matches!(act, Act::Note { .. }), text, client_id: client_id.as_deref() };
        return look_for(core, id, said, known, &wanted).await;
    }
    match &write.verify {
        Verify::Never => {
            Ok(Done { row: said, message: said_message(core, id, write, &ran), verified: false })
        }
        Verify::When(rule) => {
            let vars = ran.vars.clone();
            let judge = |raw: &Val, _: &Row| match rule.truthy(raw, &vars.clone().with(Var::It, raw.clone()))
            {
                Ok(true) => Verdict::Holds,
                Ok(false) => Verdict::Not("it is as it was".to_owned()),
                Err(error) => Verdict::Not(error.to_string()),
            };
            let done = look(core, id, &judge).await?;
            Ok(Done { message: said_message(core, id, write, &ran), ..done })
        }
        Verify::Rule => {
            if let Some(row) = said.filter(|row| verify::by_rule(&core.plan, act, row) == Verdict::Holds) {
                return Ok(Done { row: Some(row), message: None, verified: true });
            }
            look(core, id, &|_, row| verify::by_rule(&core.plan, act, row)).await
        }
    }
}

/// The conversation in the last answer.
fn said_row(core: &Core, write: &Write, ran: &Ran) -> Option<Row> {
    let answer = ran.last.as_ref()?;
    let raw = write.conversation.as_ref()?.one(&answer.body, &ran.vars).ok()??;
    conversation::row(&core.plan, &raw, &ran.vars).ok()
}

/// The entry in the last answer.
fn said_message(core: &Core, id: &ConversationId, write: &Write, ran: &Ran) -> Option<Message> {
    let answer = ran.last.as_ref()?;
    let raw = write.message.as_ref()?.one(&answer.body, &ran.vars).ok()?.filter(val::truthy)?;
    let source = core.plan.thread.as_ref()?.sources.first()?;
    let message = entry::entry(&source.fields, id, &raw, &ran.vars, None, None).ok()??;
    Some(thread::stamp(&core.plan, message, 1))
}

/// Reads again until the act shows, twice at most. What cannot be read afterwards was done all the same.
async fn look(
    core: &Rc<Core>,
    id: &ConversationId,
    judge: &dyn Fn(&Val, &Row) -> Verdict,
) -> Result<Done, Fault> {
    let mut looks = 2;
    loop {
        let Ok((raw, row)) = one::both(core, id).await else { return Ok(Done::default()) };
        looks -= 1;
        match judge(&raw, &row) {
            Verdict::Holds => return Ok(Done { row: Some(row), message: None, verified: true }),
            Verdict::Unknown => return Ok(Done { row: Some(row), message: None, verified: false }),
            Verdict::Not(still) if looks == 0 => return Err(verify::not_applied(still)),
            Verdict::Not(_) => core.host.clock.sleep(SECOND_LOOK_MS).await,
        }
    }
}

/// An entry that was written.
struct Wanted<'a> {
    note: bool,
    text: &'a str,
    client_id: Option<&'a str>,
}

impl Wanted<'_> {
    fn is(&self, entry: &Message) -> bool {
        let fits = if self.note {
            entry.kind == MessageKind::Note
        } else {
            entry.kind == MessageKind::Message && entry.direction == Some(Direction::Out)
        };
        let same_text = || entry.body.split_whitespace().eq(self.text.split_whitespace());
        fits && (self.client_id.is_some() && entry.client_id.as_deref() == self.client_id || same_text())
    }
}

/// Finds the new entry by reading the thread again.
async fn look_for(
    core: &Rc<Core>,
    id: &ConversationId,
    row: Option<Row>,
    known: Option<BTreeSet<MessageId>>,
    wanted: &Wanted<'_>,
) -> Result<Done, Fault> {
    let known = known.unwrap_or_default();
    let mut looks = 2;
    loop {
        let Ok(entries) = thread::thread(core, id.clone(), None).await else {
            return Ok(Done { row, message: None, verified: false });
        };
        looks -= 1;
        let mut new = entries.items.into_iter().rev().filter(|entry| !known.contains(&entry.id));
        if let Some(message) = new.find(|entry| wanted.is(entry)) {
            return Ok(Done { row, message: Some(message), verified: true });
        }
        if looks == 0 {
            return Err(verify::not_applied("the thread does not show it".to_owned()));
        }
        core.host.clock.sleep(SECOND_LOOK_MS).await;
    }
}

/// Without an answer to the last step nothing says whether it was done, unless the conversation does.
async fn broke(
    core: &Rc<Core>,
    id: &ConversationId,
    act: &Act,
    before: Option<&Row>,
    broken: Broken,
) -> Result<Done, Fault> {
    let unanswered =
        broken.fault.kind == FaultKind::Unavailable && broken.fault.status.is_none_or(|s| s < 400);
    let was_so = before.is_none_or(|row| verify::by_rule(&core.plan, act, row) == Verdict::Holds);
    if unanswered
        && broken.was_last
        && !was_so
        && let Ok((_, row)) = one::both(core, id).await
        && verify::by_rule(&core.plan, act, &row) == Verdict::Holds
    {
        return Ok(Done { row: Some(row), message: None, verified: true });
    }
    let what = broken.failed.clone();
    Err(one::gone_or(core, id, broken.told(), FaultKind::NotApplied, &what).await)
}
