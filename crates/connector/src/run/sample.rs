//! Maps samples of foreign JSON without a network, so that a file can be tried while it is written.

use super::{conversation, core, entry, pages};
use crate::backend::{BadRow, Row};
use crate::plan::val::{self, Val};
use crate::plan::{Plan, Var, Vars};
use bandeja_model::Message;
use std::collections::BTreeMap;

/// Rows out of a sample.
pub type SampleRows = Vec<Result<Row, BadRow>>;

fn vars(plan: &Plan, settings: &BTreeMap<String, String>) -> Vars {
    core::known(&core::settings(plan, settings))
}

fn parse(text: &str) -> Result<Val, String> {
    val::parse(text.as_bytes()).map_err(|error| format!("the sample is no JSON: {error}"))
}

/// The row of one raw conversation, as the answer of the call that reads one holds it, or by itself.
pub fn conversation(plan: &Plan, settings: &BTreeMap<String, String>, raw: &str) -> Result<Row, String> {
    let (vars, raw) = (vars(plan, settings), parse(raw)?);
    let inner = plan.one.1.one(&raw, &vars).ok().flatten().filter(val::truthy);
    let mapped = inner.map(|inner| conversation::row(plan, &inner, &vars));
    match mapped {
        Some(Ok(row)) => Ok(row),
        _ => conversation::row(plan, &raw, &vars).map_err(|bad| bad.fault),
    }
}

/// The rows in the body of a list's answer.
pub fn list(plan: &Plan, settings: &BTreeMap<String, String>, body: &str) -> Result<SampleRows, String> {
    let (vars, body) = (vars(plan, settings), parse(body)?);
    let list = plan.lists.first().ok_or("the file has no list")?;
    let items = pages::list(&list.items, &body, &vars).map_err(|error| error.to_string())?;
    Ok(items.iter().map(|raw| conversation::row(plan, raw, &vars)).collect())
}

/// Entries in the body of the answer of the thread's source of that number, or in a raw conversation.
pub fn thread(
    plan: &Plan,
    settings: &BTreeMap<String, String>,
    source: usize,
    body: &str,
) -> Result<Vec<Result<Message, String>>, String> {
    let (vars, body) = (vars(plan, settings), parse(body)?);
    let thread = plan.thread.as_ref().ok_or("the file has no thread")?;
    let source = thread.sources.get(source).ok_or("the file has no such source")?;
    let vars = vars.with(Var::It, body.clone());
    let items = pages::list(&source.items, &body, &vars).map_err(|error| error.to_string())?;
    let id = "sample".into();
    let entries =
        items.iter().filter_map(|raw| entry::entry(&source.fields, &id, raw, &vars, None, None).transpose());
    Ok(entries.collect())
}
