//! A sequence of calls: each may keep something for those behind it, and a sequence that breaks says what was done.

use super::answer::Answer;
use super::core::Core;
use super::request::Extra;
use super::send::{self, Want};
use super::{fault, fill};
use crate::backend::{Fault, FaultKind};
use crate::plan::val::{self, Val};
use crate::plan::{Call, ExprError, Piece, Var, Vars};
use std::rc::Rc;

/// A sequence that went through.
pub(super) struct Ran {
    /// The last answer; none if no step was due.
    pub(super) last: Option<Answer>,
    /// Variables with what steps kept, and the headers of the last answer.
    pub(super) vars: Vars,
}

/// A sequence that broke.
pub(super) struct Broken {
    /// What was done before, in words.
    done: Vec<String>,
    /// The step that failed, in words.
    pub(super) failed: String,
    /// No step came after it.
    pub(super) was_last: bool,
    /// Why.
    pub(super) fault: Fault,
}

impl Broken {
    /// As who asked is told.
    pub(super) fn told(self) -> Fault {
        if self.done.is_empty() {
            return self.fault;
        }
        let said = format!("{} was done; {} failed: {}", self.done.join(", "), self.failed, self.fault.said);
        Fault { kind: FaultKind::PartlyDone, said, ..self.fault }
    }
}

/// Runs `steps` in their order, up to the first that fails.
pub(super) async fn run(core: &Rc<Core>, steps: &[Call], vars: Vars, want: Want) -> Result<Ran, Broken> {
    let mut ran = Ran { last: None, vars };
    let mut done = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let is_last = at + 1 == steps.len();
        if let Err(fault) = one(core, step, &mut ran, want, is_last, &mut done).await {
            return Err(Broken { done, failed: words(step), was_last: is_last, fault });
        }
    }
    Ok(ran)
}

async fn one(
    core: &Rc<Core>,
    step: &Call,
    ran: &mut Ran,
    want: Want,
    is_last: bool,
    done: &mut Vec<String>,
) -> Result<(), Fault> {
    let undescribed = |error: ExprError| fault::fault(FaultKind::Off, error.to_string());
    if !fill::holds(step.when.as_ref(), &ran.vars).map_err(undescribed)? {
        return Ok(());
    }
    let rounds = match &step.each {
        None => vec![ran.vars.get(Var::Each)],
        Some(each) => each.list(&Val::Null, &ran.vars).map_err(undescribed)?,
    };
    for each in rounds {
        let vars = ran.vars.clone().with(Var::Each, each);
        // What is only looked up on the way is not what was done.
        let reads = matches!(step.method.as_str(), "GET" | "HEAD");
        let want = if want == Want::Done && reads { Want::Json } else { want };
        let answer = send::send(core, step, &vars, &Extra::default(), want).await?;
        if !reads {
            done.push(words(step));
        }
        if answer.lost && !step.save.is_empty() && !is_last {
            return Err(fault::fault(FaultKind::Unavailable, "the answer broke off before its end"));
        }
        ran.vars = keep(step, &answer, &vars).map_err(|error| fault::of_expr(&error))?;
        ran.last = Some(answer);
    }
    Ok(())
}

/// Variables with the answer's headers, and `$steps` with what `call` keeps of it.
pub(super) fn keep(call: &Call, answer: &Answer, vars: &Vars) -> Result<Vars, ExprError> {
    let vars = vars.clone().with(Var::Headers, answer.headers.clone());
    if call.save.is_empty() {
        return Ok(vars);
    }
    let mut kept: Vec<(String, Val)> = match vars.get(Var::Steps) {
        Val::Obj(entries) => {
            entries.iter().map(|(key, value)| (val::scalar_text(key), value.clone())).collect()
        }
        _ => Vec::new(),
    };
    for (name, expr) in &call.save {
        kept.push((name.clone(), expr.one(&answer.body, &vars)?.unwrap_or_default()));
    }
    Ok(vars.with(Var::Steps, val::object(kept)))
}

/// A call in words: what it is sent to, with dots for what differs.
pub(super) fn words(call: &Call) -> String {
    let path: String = call
        .path
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Hole(_) => "…",
        })
        .collect();
    format!("{} {path}", call.method)
}
