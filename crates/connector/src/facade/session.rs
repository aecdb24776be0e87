//! Who is signed in, and what can be done here.

use super::core::Core;
use super::routes::Call;
use super::wire::{Outcome, Refusal, Whole, read};
use crate::backend::FaultKind;
use bandeja_contract::problem::code;
use bandeja_contract::{Capability, Session, SessionUser, SignIn};
use bandeja_model::{Role, Scopes, Sort};
use std::collections::BTreeMap;

/// Areas of the contract that no connector has.
const NOT_HERE: [&str; 8] =
    ["attachments", "automations", "availability", "episodes", "lines", "reports", "settings", "timing"];
/// Every field of a filter but those that are worked out of others.
const FIELDS: [&str; 19] = [
    "activity",
    "archived",
    "campaign",
    "category",
    "channel",
    "closed",
    "contact",
    "created",
    "line",
    "mentioned",
    "owner",
    "priority",
    "q",
    "snoozed",
    "status",
    "tag",
    "team",
    "unread",
    "window",
];
/// Acts by the capability that offers them.
const ACTS: [(&str, &str); 15] = [
    ("reply", "reply"),
    ("note", "note"),
    ("close", "close"),
    ("cancel", "cancel"),
    ("reopen", "reopen"),
    ("archive", "archive"),
    ("unarchive", "unarchive"),
    ("assign", "assign"),
    ("unassign", "unassign"),
    ("tag", "tags"),
    ("priority", "priority"),
    ("read", "read"),
    ("unread", "unread"),
    ("snooze", "snooze"),
    ("bot", "bot"),
];

/// Parts of acts that are offered by themselves: the act, and the argument that tells it.
const PARTS: [(&str, &str, &str); 3] = [
    ("close.transfer_to", "close", "transfer_to"),
    ("close.archive", "close", "archive"),
    ("note.mentions", "note", "mentions"),
];

impl Core {
    pub(super) async fn session(&self) -> Outcome {
        let user = self.backend.me().await.map_err(|fault| self.refuse(fault))?;
        let user = self.adopt(user);
        Ok(Whole::json(200, &self.describe(&user)))
    }

    pub(super) async fn sign_in(&self, call: &Call) -> Outcome {
        let sent: SignIn = read(call.body.as_deref())?;
        match self.backend.sign_in(&sent.email, &sent.password).await {
            Ok(user) => {
                let user = self.adopt(user);
                Ok(Whole::json(200, &self.describe(&user)))
            }
            Err(fault) if matches!(fault.kind, FaultKind::Auth | FaultKind::Forbidden) => {
                let refusal = Refusal::new(401, code::WRONG_CREDENTIALS, "Wrong credentials", fault.said);
                Err(refusal.with_sign_in(Some(self.sign_in_way())))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    pub(super) async fn sign_out(&self) -> Outcome {
        let done = self.backend.sign_out().await;
        match done {
            Err(fault) if fault.kind != FaultKind::Auth => Err(fault.into()),
            _ => {
                *self.me.borrow_mut() = None;
                self.forget_all();
                self.bell.ring();
                Ok(Whole::empty())
            }
        }
    }

    fn describe(&self, user: &SessionUser) -> Session {
        Session {
            user: user.clone(),
            capabilities: self.capabilities(user.role),
            closing_forms: BTreeMap::from([(String::new(), self.backend.abilities().forms)]),
            server_time: self.now(),
            utc_offset_s: self.utc_offset_s(),
            csrf: None,
            demo: false,
            unruled: true,
            scopes: Scopes::default(),
        }
    }

    /// What is off, each with the reason.
    fn capabilities(&self, role: Role) -> BTreeMap<String, Capability> {
        let can = self.backend.abilities();
        let mut all = BTreeMap::new();
        // Where the file says nothing, the app has words of its own, in its reader's language.
        let mut off = |name: String, reason: Option<String>| {
            all.insert(name, Capability { on: false, reason });
        };
        for name in NOT_HERE {
            off(name.to_owned(), self.told(name));
        }
        for (name, act) in ACTS {
            if !self.has(act) {
                off(name.to_owned(), self.told(act));
            }
        }
        if role == Role::Agent {
            off("cancel".to_owned(), Some("Only admins cancel.".to_owned()));
        }
        for (name, act, arguments) in PARTS {
            if can.acts.contains(&act) && !can.carries(act, &[arguments]) {
                off(name.to_owned(), self.told(name));
            }
        }
        for field in FIELDS {
            if !self.filters_by(field) {
                off(format!("filter.{field}"), self.told(field));
            }
        }
        for sort in Sort::ALL {
            if sort != Sort::Activity && !can.sorts.contains(&sort) && !can.sorts_here.contains(&sort) {
                off(format!("sort.{}", sort.code()), self.told(&format!("sort.{}", sort.code())));
            }
        }
        for (name, on) in [("counts", can.totals), ("events", can.poll_ms > 0 || can.hints)] {
            if !on {
                off(name.to_owned(), self.told(name));
            }
        }
        for name in ["thread", "bulk"] {
            if let Some(reason) = can.reasons.get(name) {
                off(name.to_owned(), Some(reason.clone()));
            }
        }
        all
    }

    /// Whether an act can be done. Reading is kept here where the foreign API does not know it.
    pub(super) fn has(&self, act: &str) -> bool {
        let can = self.backend.abilities();
        can.acts.contains(&act) || (!can.knows_read && matches!(act, "read" | "unread"))
    }

    /// Whether a field of the filter can be had, there or here.
    pub(super) fn filters_by(&self, field: &str) -> bool {
        let can = self.backend.abilities();
        let named = |fields: &[String]| fields.iter().any(|name| name == field);
        matches!(field, "view" | "group") || named(&can.filters_there) || named(&can.filters_here)
    }

    /// Why something is off, in words for the user.
    pub(super) fn reason(&self, name: &str) -> String {
        self.told(name).unwrap_or_else(|| "The connected system does not offer it.".to_owned())
    }

    /// What the file says of what is off.
    pub(super) fn told(&self, name: &str) -> Option<String> {
        self.backend.abilities().reasons.get(name).cloned()
    }
}
