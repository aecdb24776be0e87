//! Ending a conversation, taking that back, and opening it again.

use super::actions::is_moved_to;
use super::target::{change, filled, form, now, original, send};
use crate::http::Sent;
use crate::point::{Fault, Outcome};
use crate::probe::Probe;
use bandeja_contract::problem::code;
use bandeja_contract::{Changed, paths};
use bandeja_model::closing::FieldMode;
use bandeja_model::{Action, Role, Status, permission};
use serde_json::json;

pub(super) fn incomplete(probe: &mut Probe) -> Outcome {
    let form = form(probe, false)?;
    let wanted = [
        (form.description, "description"),
        (form.category, "category_id"),
        (form.subcategory, "subcategory_id"),
        (form.summary, "summary"),
    ];
    let missing = wanted.iter().find(|(mode, _)| *mode == FieldMode::Required);
    let Some((_, field)) = missing else {
        return Err(Fault::untried("the closing form requires nothing"));
    };
    let version = now(probe)?.version;
    let answer = send(probe, "close", Some(&json!({})), Some(version))?;
    answer.refusal_of(field)?;
    Ok(format!("400 that names {field}"))
}

pub(super) fn close(probe: &mut Probe) -> Outcome {
    let before = now(probe)?;
    let body = filled(probe, &form(probe, false)?);
    let changed = change(probe, "close", Some(&body))?;
    let after = &changed.conversation;
    if after.status != Status::Closed {
        return Err(Fault::wrong("closed", after.status.code()));
    }
    let me = probe.session()?.user.id.clone();
    // Who owns what nobody owned is for a foreign system to say.
    let unruled = probe.session()?.unruled;
    let owner = before.owner.clone().unwrap_or(me);
    if after.owner.as_ref() != Some(&owner) && !(unruled && before.owner.is_none()) {
        return Err(Fault::wrong(format!("owner {owner}"), format!("{:?}", after.owner)));
    }
    probe.closed = Some((after.clone(), body));
    probe.used_undo = changed.undo.map(|undo| undo.token);
    Ok(format!(
        "closed, owner {}",
        changed.conversation.owner.map_or("nobody".to_owned(), |it| it.to_string())
    ))
}

pub(super) fn record(probe: &mut Probe) -> Outcome {
    let Some((after, body)) = &probe.closed else { return Err(Fault::untried("nothing was closed")) };
    let described = body.get("description").and_then(serde_json::Value::as_str).unwrap_or_default();
    let record = after.closing.as_ref().ok_or_else(|| Fault::wrong("a closing record", "none"))?;
    if record.description != described {
        return Err(Fault::wrong(
            format!("“{described}” in the record"),
            format!("“{}”", record.description),
        ));
    }
    Ok(format!("“{described}”"))
}

pub(super) fn undo(probe: &mut Probe) -> Outcome {
    let Some(token) = probe.used_undo.clone() else {
        return Err(Fault::off("closing answers without an undo token"));
    };
    let answer = probe.call("POST", &paths::undo(&token), &Sent::default())?;
    let after = answer.read::<Changed>(200)?.conversation;
    if after.status.is_ended() {
        return Err(Fault::wrong("open again", after.status.code()));
    }
    Ok(format!("{} again", after.status.code()))
}

pub(super) fn undo_twice(probe: &mut Probe) -> Outcome {
    let token = probe.used_undo.clone().unwrap_or_default();
    let answer = probe.call("POST", &paths::undo(&token), &Sent::default())?;
    answer.problem(409, &[code::UNDO_OVER])?;
    Ok("409 undo_over".to_owned())
}

pub(super) fn already_so(probe: &mut Probe) -> Outcome {
    let body = filled(probe, &form(probe, false)?);
    if now(probe)?.status.is_open() {
        change(probe, "close", Some(&body))?;
    }
    let version = now(probe)?.version;
    send(probe, "close", Some(&body), Some(version))?.problem(409, &[code::ALREADY_SO])?;
    Ok("409 already_so".to_owned())
}

pub(super) fn archive(probe: &mut Probe) -> Outcome {
    if !change(probe, "archive", None)?.conversation.archived {
        return Err(Fault::wrong("archived", "not archived"));
    }
    if change(probe, "unarchive", None)?.conversation.archived {
        return Err(Fault::wrong("out of the archive", "archived"));
    }
    Ok("in and out".to_owned())
}

pub(super) fn reopen(probe: &mut Probe) -> Outcome {
    let before = now(probe)?;
    if before.status.is_open() {
        let body = filled(probe, &form(probe, false)?);
        change(probe, "close", Some(&body))?;
    }
    let after = change(probe, "reopen", None)?.conversation;
    let unruled = probe.session()?.unruled;
    if !is_moved_to(probe, after.status, Status::Assigned) || (after.owner.is_none() && !unruled) {
        return Err(Fault::wrong(
            "assigned to somebody",
            format!("{}, {:?}", after.status.code(), after.owner),
        ));
    }
    let version = now(probe)?.version;
    send(probe, "reopen", None, Some(version))?.problem(409, &[code::ALREADY_SO])?;
    Ok("assigned to its owner".to_owned())
}

pub(super) fn cancel(probe: &mut Probe) -> Outcome {
    let before = now(probe)?;
    let actor = probe.actor()?;
    let body = filled(probe, &form(probe, true)?);
    if actor.role == Role::Agent {
        let answer = send(probe, "cancel", Some(&body), Some(before.version))?;
        let said = answer.problem(403, &[code::FORBIDDEN])?;
        return match said.permission.as_deref() {
            Some("cancel") => Ok("403 that names the permission".to_owned()),
            other => Err(Fault::wrong("permission “cancel”", format!("{other:?}"))),
        };
    }
    if permission::allowed(&actor, Action::Cancel, &before).is_err() {
        return Err(Fault::untried(format!(
            "a conversation that is {} is not cancelled",
            before.status.code()
        )));
    }
    let changed = change(probe, "cancel", Some(&body))?;
    if changed.conversation.status != Status::Cancelled {
        return Err(Fault::wrong("cancelled", changed.conversation.status.code()));
    }
    let Some(undo) = changed.undo else {
        let id = original(probe)?.id;
        probe.left_behind.push(format!("conversation {id} stays cancelled: there was no undo token"));
        return Ok("cancelled, without a way back".to_owned());
    };
    let answer = probe.call("POST", &paths::undo(&undo.token), &Sent::default())?;
    let back = answer.read::<Changed>(200)?.conversation;
    if back.status != before.status {
        return Err(Fault::wrong(before.status.code(), back.status.code()));
    }
    Ok("cancelled and taken back".to_owned())
}
