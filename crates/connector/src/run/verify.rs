//! Whether an act shows in a conversation read afterwards: some back ends answer well and change nothing.

use crate::backend::{Act, Fault, FaultKind, Row};
use crate::plan::Plan;
use bandeja_model::{Conversation, TagId};
use std::collections::BTreeSet;

/// What a conversation says about an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was done.
    Holds,
    /// It was not; how it still is, in words.
    Not(String),
    /// Nothing that the file maps would show it.
    Unknown,
}

/// By the act's own rule.
pub(super) fn by_rule(plan: &Plan, act: &Act, row: &Row) -> Verdict {
    let c = &row.conversation;
    let known = |field: &str| plan.conversation.0.iter().any(|(name, _)| name == field);
    let state = || format!("it is still {}", row.label.as_deref().unwrap_or_else(|| c.status.code()));
    match act {
        Act::Close(form) if form.archive && known("archived") && c.status.is_ended() => {
            holds(c.archived, || "it is ended, but not archived".to_owned())
        }
        Act::Close(_) | Act::Cancel(_) => holds(c.status.is_ended(), state),
        Act::Reopen => holds(c.status.is_open(), state),
        Act::Assign { user, team } => {
            assigned(c, user.as_ref().filter(|_| known("owner")), team.as_ref().filter(|_| known("team")))
        }
        Act::Unassign if known("owner") => holds(c.owner.is_none(), || owner(c)),
        Act::Tags(tags) if known("tags") => {
            let (wanted, are): (BTreeSet<&TagId>, BTreeSet<&TagId>) =
                (tags.iter().collect(), c.tags.iter().collect());
            holds(wanted == are, || {
                let list: Vec<&str> = c.tags.iter().map(TagId::as_str).collect();
                if list.is_empty() {
                    "it has no tags".to_owned()
                } else {
                    format!("its tags are {}", list.join(", "))
                }
            })
        }
        Act::Priority(priority) if known("priority") => {
            holds(c.priority == *priority, || format!("its priority is still {}", c.priority.code()))
        }
        Act::Read if known("unread") => holds(c.unread == 0, || "it is still unread".to_owned()),
        Act::Unread if known("unread") => holds(c.unread > 0, || "it still counts as read".to_owned()),
        Act::Snooze(until) if known("snoozed_until") => {
            let wanted = until.is_some();
            let still = if wanted { "it does not sleep" } else { "it still sleeps" };
            holds(c.snoozed_until.is_some() == wanted, || still.to_owned())
        }
        Act::Archive if known("archived") => holds(c.archived, || "it is still not archived".to_owned()),
        Act::Unarchive if known("archived") => holds(!c.archived, || "it is still archived".to_owned()),
        Act::Bot { paused } if known("bot_paused") => {
            holds(c.bot_paused == *paused, || "the menu is as it was".to_owned())
        }
        _ => Verdict::Unknown,
    }
}

fn holds(so: bool, still: impl FnOnce() -> String) -> Verdict {
    if so { Verdict::Holds } else { Verdict::Not(still()) }
}

fn owner(c: &Conversation) -> String {
    c.owner.as_ref().map_or_else(|| "nobody has it".to_owned(), |owner| format!("{owner} still has it"))
}

fn assigned(
    c: &Conversation,
    user: Option<&bandeja_model::UserId>,
    team: Option<&bandeja_model::TeamId>,
) -> Verdict {
    if user.is_none() && team.is_none() {
        return Verdict::Unknown;
    }
    if user.is_some() && user != c.owner.as_ref() {
        return Verdict::Not(owner(c));
    }
    holds(team.is_none() || team == c.team.as_ref(), || match &c.team {
        Some(team) => format!("it is still with team {team}"),
        None => "it is with no team".to_owned(),
    })
}

/// It answered well, but nothing changed.
pub(super) fn not_applied(still: String) -> Fault {
    Fault { kind: FaultKind::NotApplied, said: still, status: None, fields: Vec::new() }
}

/// What is different between two reads, of that which an act may be decided on.
pub(super) fn changed(before: &Conversation, now: &Conversation) -> Option<&'static str> {
    [
        ("its state", before.status != now.status || before.archived != now.archived),
        ("its owner", before.owner != now.owner),
        ("its team", before.team != now.team),
        // Lists of some back ends hold no tags.
        ("its tags", before.tags != now.tags && !before.tags.is_empty()),
        ("its priority", before.priority != now.priority),
        ("its sleep", before.snoozed_until != now.snoozed_until),
    ]
    .into_iter()
    .find_map(|(what, differs)| differs.then_some(what))
}
