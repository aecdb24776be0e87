//! The conversation that actions are tried on: finding it, changing it, putting back what was changed.

use crate::http::{Answer, Sent};
use crate::point::{Fault, Outcome};
use crate::probe::Probe;
use bandeja_contract::headers::IF_MATCH;
use bandeja_contract::{Changed, etag, paths};
use bandeja_model::closing::{ClosingDraft, ClosingForm, FieldMode};
use bandeja_model::permission::allowed;
use bandeja_model::{Action, Conversation, ConversationId, Status};
use serde_json::{Value, json};

/// What a closing record of ours says.
pub(super) const WORDS: &str = "Conformance check of the inbox";

/// Takes the conversation that was named, else an open one that may be closed: rather one that nobody or the
/// caller answers for.
pub(super) fn find(probe: &mut Probe) -> Outcome {
    let actor = probe.actor()?;
    let named = probe.options.conversation.clone();
    let found: Conversation = if let Some(id) = named {
        probe.read(&paths::conversation(&ConversationId::new(id)))?
    } else {
        let may = |row: &&Conversation| {
            let quiet = row.snoozed_until.is_none() && row.status != Status::Bot;
            quiet && allowed(&actor, Action::Close, row).is_ok()
        };
        let open = probe.list("group=open&limit=200")?.items;
        let own = |row: &&Conversation| row.owner.as_ref().is_none_or(|owner| *owner == actor.id);
        let row = open.iter().filter(may).find(own).or_else(|| open.iter().find(may)).cloned();
        row.ok_or_else(|| Fault::untried("no open conversation may be closed by the token's user"))?
    };
    if allowed(&actor, Action::Close, &found).is_err() {
        return Err(Fault::untried(format!("conversation {} is not open, or not the user's", found.id)));
    }
    let seen = format!("conversation {}, {}", found.id, found.status.code());
    probe.target = Some((found.clone(), found));
    Ok(seen)
}

/// The conversation as it is now, asked anew.
pub(super) fn now(probe: &mut Probe) -> Result<Conversation, Fault> {
    let id = original(probe)?.id;
    let fresh: Conversation = probe.read(&paths::conversation(&id))?;
    if let Some((now, _)) = &mut probe.target {
        *now = fresh.clone();
    }
    Ok(fresh)
}

/// The conversation as it was found.
pub(super) fn original(probe: &Probe) -> Result<Conversation, Fault> {
    let target = probe.target.as_ref();
    target.map(|(_, was)| was.clone()).ok_or_else(|| Fault::untried("there is no conversation to try it on"))
}

/// One action on it with this version; `None` sends none.
pub(super) fn send(
    probe: &mut Probe,
    action: &str,
    body: Option<&Value>,
    version: Option<u64>,
) -> Result<Answer, Fault> {
    let path = paths::conversation_action(&original(probe)?.id, action);
    let method = if matches!(action, "tags" | "priority") { "PUT" } else { "POST" };
    let mut sent = body.map(Sent::json).unwrap_or_default();
    if let Some(version) = version {
        sent = sent.with(IF_MATCH, etag(version));
    }
    probe.call(method, &path, &sent)
}

/// One action on it as it is now, which must be done. Others work meanwhile: a version that is stale by then is
/// read once more.
pub(super) fn act(probe: &mut Probe, action: &str, body: Option<&Value>) -> Result<Changed, Fault> {
    let before = now(probe)?;
    let mut answer = send(probe, action, body, Some(before.version))?;
    if answer.status == 412 {
        let version = now(probe)?.version;
        answer = send(probe, action, body, Some(version))?;
    }
    let changed: Changed = answer.read(200)?;
    let tag = answer.header("etag");
    if !tag.is_empty() && tag != etag(changed.conversation.version) {
        return Err(Fault::wrong(format!("ETag {}", etag(changed.conversation.version)), tag));
    }
    if let Some((now, _)) = &mut probe.target {
        *now = changed.conversation.clone();
    }
    Ok(changed)
}

/// [`act`], after which the version must have risen.
pub(super) fn change(probe: &mut Probe, action: &str, body: Option<&Value>) -> Result<Changed, Fault> {
    let before = now(probe)?.version;
    let changed = act(probe, action, body)?;
    if changed.conversation.version <= before {
        return Err(Fault::wrong(
            format!("a version above {before}"),
            changed.conversation.version.to_string(),
        ));
    }
    Ok(changed)
}

/// The closing form of the conversation's campaign.
pub(super) fn form(probe: &Probe, cancel: bool) -> Result<ClosingForm, Fault> {
    let forms = probe.session()?.forms_of(&original(probe)?.campaign);
    Ok(if cancel { forms.cancel } else { forms.close })
}

/// The form filled as far as it has to be.
pub(super) fn filled(probe: &Probe, form: &ClosingForm) -> Value {
    let wanted = |mode: FieldMode| mode == FieldMode::Required;
    let child = probe.categories.iter().find(|it| it.parent.is_some());
    let first = child.and_then(|it| it.parent.clone());
    let first =
        first.or_else(|| probe.categories.iter().find(|it| it.parent.is_none()).map(|it| it.id.clone()));
    let needs_category = wanted(form.category) || wanted(form.subcategory);
    let draft = ClosingDraft {
        description: if form.description == FieldMode::Off { String::new() } else { WORDS.to_owned() },
        category_id: first.filter(|_| needs_category),
        subcategory_id: child.map(|it| it.id.clone()).filter(|_| wanted(form.subcategory)),
        summary: if wanted(form.summary) { WORDS.to_owned() } else { String::new() },
    };
    let mut body = json!({});
    if let Some(members) = body.as_object_mut() {
        members.insert("description".to_owned(), json!(draft.description));
        if let Some(id) = &draft.category_id {
            members.insert("category_id".to_owned(), json!(id));
        }
        if let Some(id) = &draft.subcategory_id {
            members.insert("subcategory_id".to_owned(), json!(id));
        }
        if !draft.summary.is_empty() {
            members.insert("summary".to_owned(), json!(draft.summary));
        }
    }
    body
}

/// Puts back what can be, and notes the rest.
pub(super) fn put_back(probe: &mut Probe) {
    let Ok(was) = original(probe) else { return };
    let name = format!("conversation {}", was.id);
    let Ok(now) = now(probe) else {
        probe.left_behind.push(format!("{name} could not be looked at in the end"));
        return;
    };
    if now.archived {
        let _ = act(probe, "unarchive", None);
    }
    if now.status.is_ended() && was.status.is_open() {
        let _ = act(probe, "reopen", None);
    }
    if now.tags != was.tags {
        let _ = act(probe, "tags", Some(&json!({ "tags": was.tags })));
    }
    if now.priority != was.priority {
        let _ = act(probe, "priority", Some(&json!({ "priority": was.priority })));
    }
    if now.snoozed_until != was.snoozed_until {
        let _ = act(probe, "snooze", Some(&json!({ "until": was.snoozed_until })));
    }
    if now.bot_paused != was.bot_paused {
        let _ = act(probe, "bot", Some(&json!({ "paused": was.bot_paused })));
    }
    put_back_owner(probe, &was);
    put_back_unread(probe, &was);
    match self::now(probe) {
        Ok(end) => note(probe, &name, &was, &end),
        Err(_) => probe.left_behind.push(format!("{name} could not be looked at in the end")),
    }
}

fn put_back_owner(probe: &mut Probe, was: &Conversation) {
    let Ok(now) = now(probe) else { return };
    if now.owner == was.owner && now.team == was.team {
        return;
    }
    let done = match (&was.owner, &was.team) {
        (None, None) => act(probe, "unassign", None),
        (owner, team) => {
            let mut body = json!({});
            if let Some(members) = body.as_object_mut() {
                if let Some(owner) = owner {
                    members.insert("user".to_owned(), json!(owner));
                }
                if let Some(team) = team.as_ref().filter(|_| now.team != was.team || owner.is_none()) {
                    members.insert("team".to_owned(), json!(team));
                }
            }
            act(probe, "assign", Some(&body))
        }
    };
    if done.is_ok()
        && was.owner.is_none()
        && probe.target.as_ref().is_some_and(|(now, _)| now.owner.is_some())
    {
        let _ = act(probe, "unassign", None);
    }
}

fn put_back_unread(probe: &mut Probe, was: &Conversation) {
    let Ok(now) = now(probe) else { return };
    if (now.unread > 0) != (was.unread > 0) {
        let _ = act(probe, if was.unread > 0 { "unread" } else { "read" }, None);
    }
}

fn note(probe: &mut Probe, name: &str, was: &Conversation, end: &Conversation) {
    let mut apart = Vec::new();
    if end.status != was.status {
        apart.push(format!("{} instead of {}", end.status.code(), was.status.code()));
    }
    let owner =
        |of: &Conversation| of.owner.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
    if end.owner != was.owner {
        apart.push(format!("owner {} instead of {}", owner(end), owner(was)));
    }
    for (differs, what) in [
        (end.team != was.team, "another team"),
        (end.tags != was.tags, "other tags"),
        (end.priority != was.priority, "another priority"),
        (end.archived != was.archived, "archived"),
        (end.snoozed_until != was.snoozed_until, "another snooze"),
        (end.bot_paused != was.bot_paused, "the bot paused or let on"),
        (end.unread != was.unread, "another number of unread messages"),
    ] {
        if differs {
            apart.push(what.to_owned());
        }
    }
    if !apart.is_empty() {
        probe.left_behind.push(format!("{name} has {}", apart.join(", ")));
    }
    if end.version != was.version {
        probe.left_behind.push(format!("{name} tells in its thread of what was tried"));
    }
}
