//! Refusals: where the message is, which fields are wrong, and what kind it is in the contract's words.

use super::answer::{Answer, Form};
use super::{date, say};
use crate::backend::{Fault, FaultKind};
use crate::host::DoorError;
use crate::plan::val::{self, Val};
use crate::plan::{Errors, Expr, ExprError, Vars};
use bandeja_contract::FieldProblem;
use bandeja_model::Timestamp;
use std::collections::BTreeMap;

/// A fault of that kind with these words.
pub(super) fn fault(kind: FaultKind, said: impl Into<String>) -> Fault {
    Fault { kind, said: said.into(), status: None, fields: Vec::new() }
}

/// An answer that is not what the file describes.
pub(super) fn bad_answer(said: impl Into<String>) -> Fault {
    fault(FaultKind::BadAnswer, said)
}

/// An expression that met something else than the file supposes.
pub(super) fn of_expr(error: &ExprError) -> Fault {
    bad_answer(error.to_string())
}

/// No answer at all.
pub(super) fn of_door(error: DoorError, timeout_ms: u32, max_bytes: usize) -> Fault {
    match error {
        DoorError::Unreachable => fault(FaultKind::Unavailable, "the other side cannot be reached"),
        DoorError::Timeout => fault(
            FaultKind::Unavailable,
            format!("no answer came within {} seconds", timeout_ms.div_ceil(1000)),
        ),
        DoorError::Cut { status } => Fault {
            status: Some(status),
            ..fault(FaultKind::Unavailable, "the answer broke off before its end")
        },
        DoorError::TooLarge { status } => Fault {
            status: Some(status),
            ..bad_answer(format!("the answer is larger than {max_bytes} bytes"))
        },
    }
}

/// What was asked for is of no conversation, so that a 404 says that the address is wrong, not that one is gone.
pub(super) fn elsewhere(fault: Fault) -> Fault {
    if fault.kind != FaultKind::NotFound {
        return fault;
    }
    let status = fault.status.unwrap_or(404);
    Fault {
        kind: FaultKind::BadAnswer,
        said: format!("its address answered {status}: {}", fault.said),
        ..fault
    }
}

/// A refusal.
pub(super) fn of_answer(errors: &Errors, answer: &Answer, vars: &Vars, now: Timestamp) -> Fault {
    let kind = kind(errors, answer, vars, now);
    let fields = fields(errors, answer, vars);
    let said = message(errors, answer, vars)
        .or_else(|| fields.first().map(|field| format!("{}: {}", field.field, field.message)))
        .or_else(|| unread(answer))
        .unwrap_or_else(|| format!("it answered {}", answer.status));
    Fault { kind, said: say::message(&said), status: Some(answer.status), fields }
}

/// The first declared kind that holds for an answer.
fn declared(errors: &Errors, answer: &Answer, vars: &Vars, named: bool) -> Option<FaultKind> {
    let whole = answer.whole();
    let holds = |(status, condition, _): &&(Option<u16>, Option<Expr>, FaultKind)| {
        status.map_or(!named, |status| status == answer.status)
            && condition.as_ref().is_none_or(|expr| expr.truthy(&whole, vars).unwrap_or(false))
    };
    errors.kinds.iter().find(holds).map(|(_, _, kind)| *kind)
}

/// The kind of refusal that an answer of a good status is, where the file names that status among refusals.
pub(super) fn declared_good(errors: &Errors, answer: &Answer, vars: &Vars) -> Option<FaultKind> {
    declared(errors, answer, vars, true)
}

fn kind(errors: &Errors, answer: &Answer, vars: &Vars, now: Timestamp) -> FaultKind {
    let found = declared(errors, answer, vars, false).unwrap_or_else(|| by_status(answer.status));
    match found {
        FaultKind::RateLimited { retry_after_s: None } => {
            FaultKind::RateLimited { retry_after_s: wait(answer, now) }
        }
        other => other,
    }
}

/// Seconds to wait, if the answer says so.
pub(super) fn wait(answer: &Answer, now: Timestamp) -> Option<u32> {
    date::retry_after_s(&answer.header("retry-after")?, now)
}

const fn by_status(status: u16) -> FaultKind {
    match status {
        401 | 407 | 419 | 440 => FaultKind::Auth,
        402 | 403 | 451 => FaultKind::Forbidden,
        404 | 410 => FaultKind::NotFound,
        409 | 412 | 423 | 428 => FaultKind::Conflict,
        429 => FaultKind::RateLimited { retry_after_s: None },
        408 | 425 | 500..=599 => FaultKind::Unavailable,
        400..=499 => FaultKind::Invalid,
        _ => FaultKind::BadAnswer,
    }
}

fn message(errors: &Errors, answer: &Answer, vars: &Vars) -> Option<String> {
    let vars = vars.clone().with(crate::plan::Var::Headers, answer.headers.clone());
    let declared = errors.message.iter().find_map(|expr| words(&expr.one(&answer.body, &vars).ok()??));
    declared.or_else(|| usual(&answer.body))
}

/// The text in a value: itself, or all of a list's.
fn words(value: &Val) -> Option<String> {
    let text = match value {
        Val::TStr(_) => val::scalar_text(value).trim().to_owned(),
        Val::Arr(items) => items.iter().filter_map(words).collect::<Vec<_>>().join(" "),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Where messages usually stand, for files that do not say.
fn usual(body: &Val) -> Option<String> {
    const KEYS: [&str; 8] =
        ["detail", "message", "error", "error_description", "msg", "non_field_errors", "title", "errors"];
    match body {
        Val::Obj(entries) => KEYS.iter().find_map(|key| {
            let value = entries.get(&val::text(*key))?;
            words(value).or_else(|| usual(value).filter(|_| matches!(*key, "error" | "errors")))
        }),
        Val::Arr(items) => items.iter().find_map(|item| words(item).or_else(|| usual(item))),
        _ => None,
    }
}

/// The beginning of a body that is no JSON.
fn unread(answer: &Answer) -> Option<String> {
    let is_text = matches!(answer.form, Form::Html | Form::Text | Form::BrokenJson);
    let text = is_text.then(|| say::glimpse(&val::scalar_text(&answer.body)))?;
    (!text.is_empty()).then(|| format!("it answered {}: {text}", answer.status))
}

fn fields(errors: &Errors, answer: &Answer, vars: &Vars) -> Vec<FieldProblem> {
    let found = match &errors.fields {
        Some(expr) => expr.one(&answer.body, vars).ok().flatten().unwrap_or_default(),
        None if matches!(answer.status, 400 | 422) => usual_fields(&answer.body),
        None => Val::Null,
    };
    let Val::Obj(entries) = found else { return Vec::new() };
    let mut problems = Vec::new();
    for (name, value) in entries.iter() {
        collect(&val::scalar_text(name), value, &errors.names, &mut problems);
    }
    problems
}

fn collect(name: &str, value: &Val, names: &BTreeMap<String, String>, problems: &mut Vec<FieldProblem>) {
    if let Some(message) = words(value) {
        let field = names.get(name).cloned().unwrap_or_else(|| name.to_owned());
        problems.push(FieldProblem { field, code: "invalid".to_owned(), message: say::message(&message) });
    } else if let Val::Obj(inner) = value {
        for (key, value) in inner.iter() {
            collect(&format!("{name}.{}", val::scalar_text(key)), value, names, problems);
        }
    }
}

/// Where wrong fields usually stand: under `errors`, or lists of texts right in the body.
fn usual_fields(body: &Val) -> Val {
    let Val::Obj(entries) = body else { return Val::Null };
    if let Some(errors @ Val::Obj(_)) = entries.get(&val::text("errors")) {
        return errors.clone();
    }
    let lists = entries.iter().filter(|(key, value)| {
        matches!(value, Val::Arr(_))
            && words(value).is_some()
            && !["non_field_errors", "errors"].contains(&val::scalar_text(key).as_str())
    });
    val::object(lists.map(|(key, value)| (val::scalar_text(key), value.clone())))
}
