//! Which variables, and which of their fields, are known at which place of a file.

use crate::plan::Var;
use std::collections::BTreeSet;

/// What an expression may name.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) vars: Vec<Var>,
    /// Fields of `$args`.
    pub(super) args: &'static [&'static str],
    /// What earlier steps saved.
    pub(super) steps: BTreeSet<String>,
}

impl Scope {
    pub(super) fn of(vars: &[Var]) -> Self {
        Self { vars: vars.to_vec(), args: &[], steps: BTreeSet::new() }
    }

    /// With more variables.
    pub(super) fn and(&self, more: &[Var]) -> Self {
        let mut scope = self.clone();
        scope.vars.extend(more.iter().filter(|var| !self.vars.contains(var)));
        scope
    }

    /// With `$args` that has these fields.
    pub(super) fn args(&self, args: &'static [&'static str]) -> Self {
        Self { args, ..self.and(&[Var::Args]) }
    }
}

/// What is known wherever somebody is signed in.
const SIGNED_IN: [Var; 4] = [Var::Settings, Var::Me, Var::Now, Var::Names];

/// The transport, and signs of errors.
pub(super) fn transport() -> Scope {
    Scope::of(&[Var::Settings, Var::Me])
}

/// Refusals and signs of an expired session.
pub(super) fn refusal() -> Scope {
    Scope::of(&[Var::Settings, Var::Headers])
}

/// What proves who is asking.
pub(super) fn credentials() -> Scope {
    Scope::of(&[Var::Settings, Var::Me, Var::Secret])
}

/// Calls of signing in and out, and who it is.
pub(super) fn signing() -> Scope {
    Scope::of(&[Var::Settings, Var::Now, Var::Secret, Var::Steps, Var::Me])
}

/// Names and choices: nothing of what they bring is known yet.
pub(super) fn names() -> Scope {
    Scope::of(&[Var::Settings, Var::Me, Var::Now])
}

/// The whole of a list: its calls, filters and orders.
pub(super) fn list() -> Scope {
    Scope::of(&SIGNED_IN).and(&[Var::Filter, Var::Sort])
}

/// One conversation, its fields and its thread.
pub(super) fn conversation() -> Scope {
    Scope::of(&SIGNED_IN)
}

/// Changes of one conversation.
pub(super) fn act(args: &'static [&'static str]) -> Scope {
    Scope::of(&SIGNED_IN).and(&[Var::It, Var::Steps, Var::Token]).args(args)
}

/// Changes of many.
pub(super) fn bulk(args: &'static [&'static str]) -> Scope {
    Scope::of(&SIGNED_IN).and(&[Var::Ids]).args(args)
}

/// A stream: what proves who is asking may stand in its address or in what is said first.
pub(super) fn stream() -> Scope {
    Scope::of(&SIGNED_IN).and(&[Var::Secret])
}

/// What changed.
pub(super) fn changed() -> Scope {
    Scope::of(&SIGNED_IN).and(&[Var::Since, Var::SinceText])
}
