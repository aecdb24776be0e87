//! Changing one conversation. How it ends is beside, in `endings`.

use super::endings::{already_so, archive, cancel, close, incomplete, record, reopen, undo, undo_twice};
use super::target::{act, change, find, now, send};
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::Changed;
use bandeja_contract::problem::code;
use bandeja_model::{Priority, Status};
use chrono::TimeDelta;
use serde_json::json;

const ON: &[&str] = &["actions.conversation"];
const VERSIONS: &str = "Two people at once overwrite each other without being told.";

pub(super) const POINTS: &[Point] = &[
    point(
        Area::Actions,
        "actions.conversation",
        "There is an open conversation that actions can be tried on.",
        "Nothing: see the points that rest on it.",
        find,
    )
    .on(&["conversation.reads"])
    .writing(),
    action("actions.if_match", "An action without If-Match is 428 with code version_required.", VERSIONS, |probe| {
        let version = None;
        let priority = other_priority(probe)?;
        let answer = send(probe, "priority", Some(&json!({ "priority": priority })), version)?;
        answer.problem(428, &[code::VERSION_REQUIRED])?;
        Ok("428 version_required".to_owned())
    }),
    action(
        "actions.stale",
        "An action on an old version is 412 with the conversation as it is, and changes nothing.",
        VERSIONS,
        stale,
    ),
    action("actions.unknown_field", "An unknown field is refused with its name.", VERSIONS_AND_TYPOS, |probe| {
        let version = now(probe)?.version;
        let answer = send(probe, "tags", Some(&json!({ "tags": [], "colour": 1 })), Some(version))?;
        answer.refusal_of("colour")?;
        Ok("400 that names it".to_owned())
    }),
    action("actions.tags", "PUT …/tags sets the labels; the version rises.", "Labels cannot be changed.", tags)
        .of("tag"),
    action("actions.priority", "PUT …/priority sets the urgency.", "Urgency cannot be changed.", priority)
        .of("tag"),
    action(
        "actions.snooze",
        "POST …/snooze lets it sleep until a moment in the future, or wakes it.",
        "Nothing can be put off until later.",
        snooze,
    )
    .of("snooze"),
    action("actions.bot", "POST …/bot pauses the menu, or lets it on.", "The menu cannot be paused.", bot).of("bot"),
    action(
        "actions.unread",
        "POST …/unread and …/read mark it, without If-Match.",
        "Unread conversations cannot be told from others.",
        unread,
    ),
    action(
        "actions.assign",
        "POST …/assign gives it to a user, …/unassign to nobody where that is offered.",
        "Conversations cannot be taken, given or put back.",
        assign,
    )
    .of("assign"),
    action(
        "actions.assign_unknown",
        "A user who does not exist is refused with the field's name.",
        "The app says that something went wrong, without saying what.",
        |probe| {
            let version = now(probe)?.version;
            let body = json!({ "user": super::hostile::NOBODYS_ID });
            send(probe, "assign", Some(&body), Some(version))?.refusal_of("user")?;
            Ok("400 that names it".to_owned())
        },
    )
    .of("assign"),
    action(
        "actions.state",
        "What the state does not admit is 409 with code state: an open one is not archived.",
        "The app shows an action as done that was not, or fails without words.",
        |probe| {
            let version = now(probe)?.version;
            send(probe, "archive", None, Some(version))?.problem(409, &[code::STATE])?;
            Ok("409 state".to_owned())
        },
    )
    .of("archive"),
    action(
        "actions.closing_form",
        "A closing without what the form requires is 400 with the fields' names.",
        "The dialog cannot say what is missing.",
        incomplete,
    )
    .of("close"),
    action(
        "actions.close",
        "POST …/close ends it; owner stays, or who closed becomes it.",
        "Conversations cannot be closed.",
        close,
    )
    .of("close"),
    point(
        Area::Actions,
        "actions.closing_record",
        "What the closing form said is kept in the closing record.",
        "The thread and the contact's panel tell that it was closed, and not why.",
        record,
    )
    .on(&["actions.close"])
    .writing()
    .of("close"),
    point(
        Area::Actions,
        "undo.takes_back",
        "POST /undo/{token} gives back state and owner, and marks the record undone.",
        "The toast after closing offers no Undo.",
        undo,
    )
    .on(&["actions.close"])
    .writing(),
    point(
        Area::Actions,
        "undo.once",
        "The same token a second time is 409 with code undo_over.",
        "Two taps on Undo may undo something else.",
        undo_twice,
    )
    .on(&["undo.takes_back"])
    .writing(),
    point(
        Area::Actions,
        "actions.already_so",
        "Closing a closed one is 409 with code already_so.",
        "Somebody else's closing is overwritten by a second one.",
        already_so,
    )
    .on(&["actions.close"])
    .writing()
    .of("close"),
    point(
        Area::Actions,
        "actions.archive",
        "POST …/archive puts an ended one away, …/unarchive takes it out.",
        "The archive stays empty.",
        archive,
    )
    .on(&["actions.already_so"])
    .writing()
    .of("archive"),
    point(
        Area::Actions,
        "actions.reopen",
        "POST …/reopen opens a closed one, assigned to its owner.",
        "Closed conversations come back only by the contact writing.",
        reopen,
    )
    .on(&["actions.close"])
    .writing()
    .of("reopen"),
    action(
        "actions.cancel",
        "POST …/cancel is for admins: cancelled, and taken back by its token; 403 with the permission for others.",
        "The dialog for cancelling is not offered.",
        cancel,
    )
    .of("cancel"),
];

const VERSIONS_AND_TYPOS: &str = "A connector's mistake goes unnoticed.";

const fn action(
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    point(Area::Actions, id, asks, app, check).on(ON).writing()
}

/// One that it does not have.
fn other_priority(probe: &mut Probe) -> Result<Priority, Fault> {
    Ok(if now(probe)?.priority == Priority::Low { Priority::High } else { Priority::Low })
}

fn stale(probe: &mut Probe) -> Outcome {
    let before = now(probe)?;
    let priority = other_priority(probe)?;
    let old = before.version.checked_sub(1).unwrap_or(before.version + 7);
    let answer = send(probe, "priority", Some(&json!({ "priority": priority })), Some(old))?;
    let request = probe.request.clone();
    let after = now(probe)?;
    probe.request = request;
    if after.priority != before.priority {
        return Err(Fault::wrong("412 and no change", format!("{} and a change", answer.words())));
    }
    let said = answer.problem(412, &[code::STALE])?;
    match said.current {
        Some(current) if current.id == after.id && current.version == after.version => {
            Ok(format!("412 with version {}", current.version))
        }
        Some(current) => Err(Fault::wrong(
            format!("{} at version {}", after.id, after.version),
            format!("{} at version {}", current.id, current.version),
        )),
        None => Err(Fault::wrong("current: the conversation as it is", "a problem without it")),
    }
}

fn tags(probe: &mut Probe) -> Outcome {
    let was = now(probe)?.tags;
    let Some(tag) = probe.tags.first().map(|tag| tag.id.clone()) else {
        return Err(Fault::untried("there is no label"));
    };
    let mut wanted = was.clone();
    if wanted.contains(&tag) {
        wanted.retain(|other| *other != tag);
    } else {
        wanted.push(tag);
    }
    wanted.sort();
    let changed = change(probe, "tags", Some(&json!({ "tags": wanted })))?.conversation;
    let mut got = changed.tags;
    got.sort();
    if got != wanted {
        return Err(Fault::wrong(format!("{wanted:?}"), format!("{got:?}")));
    }
    change(probe, "tags", Some(&json!({ "tags": was })))?;
    Ok(format!("{} labels and back", wanted.len()))
}

fn priority(probe: &mut Probe) -> Outcome {
    let was = now(probe)?.priority;
    let wanted = other_priority(probe)?;
    let got = change(probe, "priority", Some(&json!({ "priority": wanted })))?.conversation.priority;
    if got != wanted {
        return Err(Fault::wrong(wanted.code(), got.code()));
    }
    change(probe, "priority", Some(&json!({ "priority": was })))?;
    Ok(format!("{} and back", wanted.code()))
}

fn snooze(probe: &mut Probe) -> Outcome {
    let was = now(probe)?;
    let until = probe.viewer()?.now + TimeDelta::hours(20);
    let got = change(probe, "snooze", Some(&json!({ "until": until })))?.conversation.snoozed_until;
    let apart = got.map(|got| (got - until).num_seconds().abs());
    if apart.is_none_or(|apart| apart > 1) {
        return Err(Fault::wrong(until.to_rfc3339(), format!("{got:?}")));
    }
    let past = json!({ "until": probe.viewer()?.now - TimeDelta::hours(1) });
    let version = now(probe)?.version;
    let refused = send(probe, "snooze", Some(&past), Some(version))?;
    let awake = change(probe, "snooze", Some(&json!({ "until": was.snoozed_until })))?.conversation;
    if awake.snoozed_until != was.snoozed_until {
        return Err(Fault::wrong("awake", "asleep"));
    }
    refused.refusal_of("until")?;
    Ok("asleep and awake; a moment in the past is refused".to_owned())
}

fn bot(probe: &mut Probe) -> Outcome {
    let was = now(probe)?;
    if was.status == Status::Bot {
        return Err(Fault::untried("the menu has the conversation; pausing it would hand it over"));
    }
    let got = act(probe, "bot", Some(&json!({ "paused": !was.bot_paused })))?.conversation.bot_paused;
    if got == was.bot_paused {
        return Err(Fault::wrong(format!("bot_paused {}", !got), got.to_string()));
    }
    act(probe, "bot", Some(&json!({ "paused": was.bot_paused })))?;
    Ok("paused and let on".to_owned())
}

/// Whether it is in the state that the action leads to. A foreign system has moves of its own: there it is open.
pub(super) fn is_moved_to(probe: &Probe, status: Status, expected: Status) -> bool {
    let unruled = probe.session.as_ref().is_some_and(|session| session.unruled);
    status == expected || (unruled && status.is_open())
}

/// Marks it as it is, or not.
fn mark(probe: &mut Probe, action: &str) -> Result<u32, Fault> {
    let answer = send(probe, action, None, None)?;
    Ok(answer.read::<Changed>(200)?.conversation.unread)
}

fn unread(probe: &mut Probe) -> Outcome {
    let was = now(probe)?;
    let me = probe.session()?.user.id.clone();
    let counts = was.owner.as_ref().is_none_or(|owner| *owner == me);
    if mark(probe, "unread")? == 0 {
        return Err(Fault::wrong("unread messages", "none after …/unread"));
    }
    let left = mark(probe, "read")?;
    mark(probe, if was.unread > 0 { "unread" } else { "read" })?;
    if counts && left != 0 {
        return Err(Fault::wrong("none unread after …/read", left.to_string()));
    }
    if !counts && left == 0 {
        return Err(Fault::wrong("unread until its owner opens it", "read by somebody else"));
    }
    Ok("unread and read".to_owned())
}

fn assign(probe: &mut Probe) -> Outcome {
    let me = probe.session()?.user.id.clone();
    let takes_back = probe.off("unassign").is_none();
    if now(probe)?.owner.as_ref() == Some(&me) && takes_back {
        change(probe, "unassign", None)?;
    }
    let mine = change(probe, "assign", Some(&json!({ "user": me })))?.conversation;
    if mine.owner.as_ref() != Some(&me) || !is_moved_to(probe, mine.status, Status::Assigned) {
        let seen = format!("owner {:?}, {}", mine.owner, mine.status.code());
        return Err(Fault::wrong(format!("owner {me}, assigned"), seen));
    }
    if !takes_back {
        return Ok("to the user; nobody is off".to_owned());
    }
    let nobodys = change(probe, "unassign", None)?.conversation;
    if nobodys.owner.is_some() || !is_moved_to(probe, nobodys.status, Status::New) {
        let seen = format!("owner {:?}, {}", nobodys.owner, nobodys.status.code());
        return Err(Fault::wrong("nobody's, new", seen));
    }
    // A good place for what follows: cancelling takes one that somebody has.
    change(probe, "assign", Some(&json!({ "user": me })))?;
    Ok("to the user, to nobody, to the user".to_owned())
}
