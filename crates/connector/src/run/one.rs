//! One conversation, read by itself.

use super::core::Core;
use super::request::Extra;
use super::send::{self, Want};
use super::{conversation, fault};
use crate::backend::{BadRow, Fault, FaultKind, Row};
use crate::plan::val::{self, Val};
use crate::plan::{Var, Vars};
use bandeja_model::ConversationId;
use std::rc::Rc;

/// The raw conversation, with the variables of its answer.
pub(super) async fn raw(core: &Rc<Core>, id: &ConversationId) -> Result<(Val, Vars), Fault> {
    let (call, item) = &core.plan.one;
    let vars = core.vars().with(Var::Args, val::object([("id", val::text(id.as_str()))]));
    let answer = send::send(core, call, &vars, &Extra::default(), Want::Json).await?;
    let vars = vars.with(Var::Headers, answer.headers);
    let raw = item.one(&answer.body, &vars).map_err(|error| fault::of_expr(&error))?;
    match raw {
        Some(raw) if val::truthy(&raw) => Ok((raw, vars)),
        _ => Err(fault::fault(FaultKind::NotFound, "the answer holds no such conversation")),
    }
}

/// A 404 of another call than the conversation's own: only that one says whether the conversation is gone.
pub(super) async fn gone_or(
    core: &Rc<Core>,
    id: &ConversationId,
    fault: Fault,
    otherwise: FaultKind,
    what: &str,
) -> Fault {
    let gone = |read: Result<_, Fault>| read.is_err_and(|fault| fault.kind == FaultKind::NotFound);
    if fault.kind != FaultKind::NotFound || gone(raw(core, id).await.map(drop)) {
        return fault;
    }
    let status = fault.status.unwrap_or(404);
    Fault { kind: otherwise, said: format!("{what} answered {status}: {}", fault.said), ..fault }
}

/// The raw conversation and its row.
pub(super) async fn both(core: &Rc<Core>, id: &ConversationId) -> Result<(Val, Row), Fault> {
    let (raw, vars) = raw(core, id).await?;
    let row = conversation::row(&core.plan, &raw, &vars).map_err(of_bad)?;
    if row.conversation.id != *id {
        return Err(fault::bad_answer(format!(
            "conversation {id} was asked for, {} came",
            row.conversation.id
        )));
    }
    Ok((raw, row))
}

/// A row that cannot be shown is no answer.
pub(super) fn of_bad(bad: BadRow) -> Fault {
    let which = bad.id.map_or_else(String::new, |id| format!(" {id}"));
    fault::bad_answer(format!("the conversation{which} cannot be read: {}", bad.fault))
}
