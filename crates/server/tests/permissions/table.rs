//! The table: who asks, what they see, and what they may do.

use crate::common::{Client, Server};
use serde_json::{Value, json};

/// The conversations of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Ana's, in team 1.
    Own,
    /// Beto's, in team 1.
    Teams,
    /// Nobody's, on a line of team 1.
    Unassigned,
    /// Carla's, in team 2 of the same campaign.
    OtherTeams,
    /// Dora's, in the other campaign.
    OtherCampaigns,
    /// Carla's, in team 2; a note mentions Ana.
    Mentioned,
    /// Ana's, though it is with team 2.
    Elsewhere,
}

use Scope::{Elsewhere, Mentioned, OtherCampaigns, OtherTeams, Own, Teams, Unassigned};

pub(crate) const SCOPES: [Scope; 7] =
    [Own, Teams, Unassigned, OtherTeams, OtherCampaigns, Mentioned, Elsewhere];
/// Who asks. Behind a colon: the page of a CRM that works in their name, and what its token is narrowed to.
pub(crate) const USERS: [&str; 12] = [
    "ana",
    "beto",
    "carla",
    "dora",
    "admin1",
    "admin2",
    "super",
    "super:line 1",
    "ana:line 2",
    "admin1:contact",
    "ana:contact",
    "super:readonly",
];

/// A client of theirs.
pub(crate) fn client(server: &Server, user: &str) -> Client {
    let scopes = match user.split_once(':') {
        None => return server.bearer(user),
        Some((_, "line 1")) => json!({ "lines": ["1"] }),
        Some((_, "line 2")) => json!({ "lines": ["2"] }),
        Some((_, "contact")) => json!({ "contact": { "address": "Mentioned" } }),
        Some(_) => json!({ "readonly": true }),
    };
    server.embedded(name(user), &scopes)
}

fn name(user: &str) -> &str {
    user.split(':').next().unwrap()
}

pub(crate) fn is_readonly(user: &str) -> bool {
    user.ends_with(":readonly")
}

/// Whether the token lets it be seen, whatever the role.
fn is_within(user: &str, scope: Scope) -> bool {
    match user.split_once(':') {
        Some((_, "line 1")) => [Own, Teams, Unassigned].contains(&scope),
        Some((_, "line 2")) => [OtherTeams, Mentioned, Elsewhere].contains(&scope),
        Some((_, "contact")) => scope == Mentioned,
        _ => true,
    }
}

/// Who sees what, by role alone.
fn reaches(user: &str, scope: Scope) -> bool {
    let all: &[Scope] = match name(user) {
        "ana" => &[Own, Teams, Unassigned, Elsewhere],
        "beto" => &[Own, Teams, Unassigned],
        "carla" => &[OtherTeams, Mentioned, Elsewhere],
        "dora" | "admin2" => &[OtherCampaigns],
        "admin1" => &[Own, Teams, Unassigned, OtherTeams, Mentioned, Elsewhere],
        _ => &SCOPES,
    };
    is_within(user, scope) && all.contains(&scope)
}

/// Only a mention lends it.
fn is_lent(user: &str, scope: Scope) -> bool {
    name(user) == "ana" && scope == Mentioned && is_within(user, scope)
}

pub(crate) fn sees(user: &str, scope: Scope) -> bool {
    reaches(user, scope) || is_lent(user, scope)
}

/// What a call does, the state it needs, and how it is made.
pub(crate) struct Call {
    pub(crate) name: &'static str,
    pub(crate) status: &'static str,
    pub(crate) archived: bool,
    pub(crate) method: &'static str,
    pub(crate) body: Option<Value>,
}

pub(crate) fn calls() -> Vec<Call> {
    let call = |name, status, body| Call { name, status, archived: false, method: "POST", body };
    let read = |name| Call { name, status: "assigned", archived: false, method: "GET", body: None };
    vec![
        read(""),
        read("messages"),
        read("episodes"),
        call("messages", "assigned", Some(json!({ "kind": "reply", "body": "Hola" }))),
        call("messages", "assigned", Some(json!({ "kind": "note", "body": "Hola" }))),
        call("close", "assigned", Some(json!({ "description": "x" }))),
        call("cancel", "assigned", Some(json!({ "category_id": "1" }))),
        call("reopen", "closed", None),
        call("archive", "closed", None),
        Call { archived: true, ..call("unarchive", "closed", None) },
        call("assign", "in_progress", Some(json!({ "user": "1" }))),
        call("unassign", "in_progress", None),
        call("read", "assigned", None),
        call("unread", "assigned", None),
        call("snooze", "assigned", Some(json!({ "until": "2027-01-01T00:00:00Z" }))),
        call("bot", "assigned", Some(json!({ "paused": true }))),
        Call { method: "PUT", ..call("tags", "assigned", Some(json!({ "tags": ["1"] }))) },
        Call { method: "PUT", ..call("priority", "assigned", Some(json!({ "priority": "high" }))) },
    ]
}

fn cancels(user: &str) -> bool {
    user.starts_with("admin") || name(user) == "super"
}

/// The answer the table expects.
pub(crate) fn expected(user: &str, scope: Scope, call: &Call) -> u16 {
    let note = call.body.as_ref().is_some_and(|body| body["kind"] == "note");
    let reading = call.method == "GET";
    // A mention lends nothing once the episode has ended.
    let lent = is_lent(user, scope) && call.status != "closed";
    if is_readonly(user) && !reading {
        403
    } else if !reaches(user, scope) && !lent {
        404
    } else if (lent && !reading && !note) || (call.name == "cancel" && !cancels(user)) {
        403
    } else if call.name == "messages" && !reading {
        201
    } else {
        200
    }
}

/// What a bulk action does, the state it needs, and what is sent with it.
pub(crate) fn bulk_calls() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("close", "assigned", json!({ "form": { "description": "x" } })),
        ("cancel", "assigned", json!({ "form": { "category_id": "1" } })),
        ("reopen", "closed", json!({})),
        ("archive", "closed", json!({})),
        ("assign", "in_progress", json!({ "assign": { "user": "1" } })),
        ("unassign", "in_progress", json!({})),
        ("read", "assigned", json!({})),
        ("unread", "assigned", json!({})),
        ("add_tags", "assigned", json!({ "tags": ["1"] })),
        ("remove_tags", "assigned", json!({ "tags": ["2"] })),
    ]
}

/// Why the table leaves a conversation out; `None`: it is done.
pub(crate) fn left_out(user: &str, scope: Scope, action: &str, status: &str) -> Option<&'static str> {
    let lent = is_lent(user, scope) && status != "closed";
    let user_name = name(user);
    let theirs = match scope {
        Own | Elsewhere => user_name == "ana",
        Teams => user_name == "beto",
        Unassigned => true,
        OtherTeams | Mentioned => user_name == "carla",
        OtherCampaigns => user_name == "dora",
    };
    if !reaches(user, scope) && !lent {
        Some("not_found")
    } else if lent || (action == "cancel" && !cancels(user)) || (action == "read" && !theirs) {
        Some("not_permitted")
    } else {
        None
    }
}
