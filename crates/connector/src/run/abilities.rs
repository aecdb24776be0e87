//! What a plan can do, worked out from what its file defines.

use crate::backend::{Abilities, Act};
use crate::plan::Plan;
use bandeja_contract::Close;
use bandeja_model::{Priority, Sort};
use std::collections::BTreeSet;

/// One act of each name.
fn acts() -> [Act; 15] {
    [
        Act::Reply { text: String::new(), client_id: None },
        Act::Note { text: String::new(), mentions: Vec::new(), client_id: None },
        Act::Close(Box::<Close>::default()),
        Act::Cancel(Box::<Close>::default()),
        Act::Reopen,
        Act::Assign { user: None, team: None },
        Act::Unassign,
        Act::Tags(Vec::new()),
        Act::Priority(Priority::None),
        Act::Read,
        Act::Unread,
        Act::Snooze(None),
        Act::Archive,
        Act::Unarchive,
        Act::Bot { paused: false },
    ]
}

/// What the plan can do.
pub(super) fn of(plan: &Plan) -> Abilities {
    let names = || acts().map(|act| act.name()).into_iter();
    let maps = |field: &str| plan.conversation.0.iter().any(|(name, _)| name == field);
    let mut there = BTreeSet::new();
    let mut here = BTreeSet::new();
    for (field, filtering) in plan.lists.iter().flat_map(|list| &list.filters) {
        if filtering.here {
            here.insert(field.clone())
        } else {
            there.insert(field.clone())
        };
    }
    if there.contains("status") {
        there.insert("group".to_owned());
    }
    here.retain(|field| !there.contains(field));
    let sorted = |sort: Sort| plan.lists.iter().any(|list| list.sorts.contains_key(sort.code()));
    let by_rows = |sort: Sort| match sort {
        Sort::Activity => true,
        Sort::Waiting => maps("waiting_since"),
        Sort::Created => maps("created_at"),
        Sort::Priority => maps("priority"),
    };
    Abilities {
        carried: names().filter_map(|name| Some((name, plan.acts.get(name)?.carried.clone()))).collect(),
        carried_to_many: names()
            .filter_map(|name| Some((name, plan.bulk.get(name)?.carried.clone())))
            .collect(),
        acts: names().filter(|name| plan.acts.contains_key(*name)).collect(),
        reasons: plan.off.clone(),
        filters_there: there.into_iter().collect(),
        filters_here: here.into_iter().collect(),
        sorts: Sort::ALL.into_iter().filter(|sort| sorted(*sort)).collect(),
        sorts_here: Sort::ALL.into_iter().filter(|sort| !sorted(*sort) && by_rows(*sort)).collect(),
        page_size: plan.lists.iter().map(|list| list.size).min().unwrap_or(50),
        totals: !plan.lists.is_empty() && plan.lists.iter().all(|list| list.total.is_some()),
        sign_in: plan.auth.sign_in,
        bulk: names().filter(|name| plan.bulk.contains_key(*name)).collect(),
        concurrency: plan.transport.concurrency.max(1),
        forms: plan.forms,
        poll_ms: plan.polling.every_ms,
        knows_read: maps("unread"),
    }
}
