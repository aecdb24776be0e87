//! Names and choices: those of the file, those that calls bring, and both as `$names` of expressions.

use super::core::Core;
use super::pages::{self, Reading};
use super::{choices, fault, session};
use crate::backend::{Act, Fault, FaultKind, Lookups};
use crate::plan::val::{self, Val};
use crate::plan::{Source, Vars};
use futures::future::join_all;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Reads names for an act whose `$args` speak in them. Without them it speaks in ids.
pub(super) async fn ready_for_act(core: &Rc<Core>, act: &Act) {
    let named = matches!(act, Act::Close(_) | Act::Cancel(_) | Act::Assign { .. } | Act::Tags(_));
    if named && core.names.borrow().is_none() {
        let _ = lookups(core).await;
    }
}

/// Names and choices, read anew. A kind that this user may not list is what the file holds of it.
pub(super) async fn lookups(core: &Rc<Core>) -> Result<Lookups, Fault> {
    if core.me.borrow().is_none() {
        session::me(core).await?;
    }
    let names = &core.plan.lookups;
    let read = join_all(names.sources.iter().map(|(_, source)| raw_names(core, source))).await;
    let mut all = names.fixed.clone();
    let mut by_kind = fixed_names(&names.fixed);
    for ((kind, source), found) in names.sources.iter().zip(read) {
        match found {
            Ok((items, vars)) => {
                let pairs = by_kind.entry(kind.as_str()).or_default();
                let mut bad = None;
                let mut good = 0_u32;
                for raw in &items {
                    match choices::add(&mut all, kind, &source.fields, raw, &vars) {
                        Ok((id, name)) => {
                            pairs.push((id, name));
                            good += 1;
                        }
                        Err(wrong) => bad = Some(wrong),
                    }
                }
                if let Some(wrong) = bad.filter(|_| good == 0) {
                    return Err(fault::bad_answer(format!(
                        "names of the kind {kind} cannot be read: {wrong}"
                    )));
                }
            }
            Err(fault) if matches!(fault.kind, FaultKind::Forbidden | FaultKind::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    *core.names.borrow_mut() = Some(val::object(by_kind.into_iter().map(|(kind, pairs)| {
        (kind, val::object(pairs.into_iter().map(|(id, name)| (id, val::text(name)))))
    })));
    choices::complete(&mut all, &core.plan.name, core.me.borrow().as_ref());
    Ok(all)
}

async fn raw_names(core: &Rc<Core>, source: &Source) -> Result<(Vec<Val>, Vars), Fault> {
    let vars = core.vars();
    let Some(call) = &source.call else { return Ok((Vec::new(), vars)) };
    let reading = Reading {
        call,
        items: &source.items,
        total: None,
        paging: &source.paging,
        size_param: None,
        size: 0,
        end: source.end.as_ref(),
    };
    let read = pages::all(core, &reading, &vars, source.pages, &val::scalar_text).await?;
    Ok((read.items, read.vars))
}

/// Ids and names.
type Named = Vec<(String, String)>;

fn fixed_names(fixed: &Lookups) -> BTreeMap<&str, Named> {
    let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
    BTreeMap::from([
        ("users", fixed.users.iter().map(|user| pair(user.id.as_str(), &user.name)).collect()),
        ("teams", fixed.teams.iter().map(|team| pair(team.id.as_str(), &team.name)).collect()),
        ("tags", fixed.tags.iter().map(|tag| pair(tag.id.as_str(), &tag.name)).collect()),
        ("categories", fixed.categories.iter().map(|c| pair(c.id.as_str(), &c.name)).collect()),
        ("lines", fixed.lines.iter().map(|line| pair(line.id.as_str(), &line.name)).collect()),
        ("campaigns", fixed.campaigns.iter().map(|c| pair(c.id.as_str(), &c.name)).collect()),
    ])
}
