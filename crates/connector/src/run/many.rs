//! Changes many conversations in one foreign call, and says of each what became of it.

use super::act::SECOND_LOOK_MS;
use super::core::Core;
use super::send::Want;
use super::verify::{self, Verdict};
use super::{args, fault, names, one, session, steps};
use crate::backend::{Act, Fault, FaultKind, ManyResult};
use crate::plan::val::{self, Val};
use crate::plan::{Native, Var};
use bandeja_model::ConversationId;
use futures::future::join_all;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Changes many: as many calls as the file's limit asks for, one after the other.
pub(super) async fn act(core: &Rc<Core>, ids: Vec<ConversationId>, act: Act) -> Result<ManyResult, Fault> {
    let Some(native) = core.plan.bulk.get(act.name()) else {
        return Err(fault::fault(FaultKind::Off, format!("the file has no call for {} of many", act.name())));
    };
    session::ready(core).await?;
    names::ready_for_act(core, &act).await;
    let at_once = usize::try_from(native.at_once.max(1)).unwrap_or(usize::MAX);
    let mut results = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(at_once) {
        match once(core, native, chunk, &act).await {
            Ok(some) => results.extend(some),
            // What was done for those before stays done, and is said.
            Err(fault) if results.is_empty() => return Err(fault),
            Err(fault) => results.extend(chunk.iter().map(|id| (id.clone(), Err(fault.clone())))),
        }
    }
    Ok(results)
}

async fn once(
    core: &Rc<Core>,
    native: &Native,
    ids: &[ConversationId],
    act: &Act,
) -> Result<ManyResult, Fault> {
    let known_names = core.names.borrow().clone().unwrap_or_default();
    let vars = core
        .vars()
        .with(Var::Args, args::of(None, act, None, &known_names))
        .with(Var::Ids, val::list(ids.iter().map(|id| val::text(id.as_str()))));
    let ran = steps::run(core, std::slice::from_ref(&native.call), vars, Want::Done)
        .await
        .map_err(|broken| fault::elsewhere(broken.fault))?;
    let body = ran.last.as_ref().filter(|answer| !answer.lost).map(|answer| &answer.body);
    let said = match (&native.results, body) {
        (Some(expr), Some(body)) => {
            read(&expr.list(body, &ran.vars).map_err(|error| fault::of_expr(&error))?)
        }
        _ => BTreeMap::new(),
    };
    // Of whom nothing is said, the conversation itself tells; once more after a while, as some do the work later.
    let mut results = look(core, ids, &said, act).await;
    let behind: Vec<ConversationId> = results
        .iter()
        .filter(|(id, _)| !said.contains_key(id.as_str()))
        .filter(|(_, result)| result.as_ref().is_err_and(|fault| fault.kind == FaultKind::NotApplied))
        .map(|(id, _)| id.clone())
        .collect();
    if !behind.is_empty() {
        core.host.clock.sleep(SECOND_LOOK_MS).await;
        for (id, result) in look(core, &behind, &said, act).await {
            if let Some(slot) = results.iter_mut().find(|(known, _)| *known == id) {
                slot.1 = result;
            }
        }
    }
    Ok(results)
}

async fn look(
    core: &Rc<Core>,
    ids: &[ConversationId],
    said: &BTreeMap<String, Result<(), Fault>>,
    act: &Act,
) -> ManyResult {
    join_all(ids.iter().map(|id| {
        let known = said.get(id.as_str()).cloned();
        async move {
            let result = match known {
                Some(known) => known,
                None => seen(core, id, act).await,
            };
            (id.clone(), result)
        }
    }))
    .await
}

/// `[{id, ok, said?}]`
fn read(items: &[Val]) -> BTreeMap<String, Result<(), Fault>> {
    let mut results = BTreeMap::new();
    for item in items {
        let Val::Obj(entries) = item else { continue };
        let get = |key: &str| entries.get(&val::text(key)).filter(|value| !matches!(value, Val::Null));
        let (Some(id), Some(ok)) = (get("id"), get("ok")) else { continue };
        let said = get("said").map_or_else(|| "it was refused".to_owned(), val::scalar_text);
        let result = if val::truthy(ok) {
            Ok(())
        } else {
            Err(fault::fault(FaultKind::NotApplied, super::say::message(&said)))
        };
        results.insert(val::scalar_text(id), result);
    }
    results
}

async fn seen(core: &Rc<Core>, id: &ConversationId, act: &Act) -> Result<(), Fault> {
    let (_, row) = one::both(core, id).await?;
    match verify::by_rule(&core.plan, act, &row) {
        Verdict::Holds | Verdict::Unknown => Ok(()),
        Verdict::Not(still) => Err(verify::not_applied(still)),
    }
}
