//! What all of a runner's calls share: the plan, the host, who is signed in, names, and the ways to wait for others.

use super::fill;
use super::gate::Gate;
use super::renew::Renewal;
use super::request;
use super::send::Etags;
use crate::backend::Abilities;
use crate::host::Host;
use crate::plan::val::{self, Val};
use crate::plan::{Plan, Var, Vars};
use crate::zone::Zone;
use bandeja_contract::SessionUser;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Shared by everything a runner does.
pub(super) struct Core {
    pub(super) plan: Plan,
    pub(super) host: Host,
    pub(super) abilities: Abilities,
    pub(super) gate: Rc<Gate>,
    pub(super) etags: Etags,
    /// Who is signed in, once known.
    pub(super) me: RefCell<Option<SessionUser>>,
    /// `$names`, once read.
    pub(super) names: RefCell<Option<Val>>,
    /// Rises with every renewal of secrets.
    pub(super) age: Cell<u64>,
    /// The renewal on its way, if any.
    pub(super) renewal: RefCell<Option<Renewal>>,
    /// An expression asks who is signed in.
    pub(super) asks_me: bool,
    /// An expression asks for names.
    pub(super) asks_names: bool,
    /// The thread is made from the raw conversation, too.
    pub(super) thread_asks_it: bool,
    /// Secrets that the credentials use.
    pub(super) secret_names: Vec<String>,
    settings: Val,
    zone: Option<Rc<Zone>>,
}

impl Core {
    pub(super) fn new(plan: Plan, host: Host) -> Rc<Self> {
        let secret_names = plan.secret_names();
        // Its debugging output holds the text of every expression.
        let texts = format!("{plan:?}");
        let settings = settings(&plan, &host.settings);
        let zone = zone(&plan, &settings, &host);
        Rc::new(Self {
            abilities: super::abilities::of(&plan),
            gate: Gate::new(plan.transport.concurrency, plan.transport.pace_ms),
            etags: Etags::default(),
            me: RefCell::default(),
            names: RefCell::default(),
            age: Cell::new(0),
            renewal: RefCell::default(),
            settings,
            zone,
            asks_me: texts.contains("$me"),
            thread_asks_it: plan.thread.as_ref().is_some_and(|thread| {
                let embedded = thread.sources.iter().any(|source| source.call.is_none());
                embedded
                    || thread.first.is_some()
                    || format!("{thread:?}").contains("$it")
                    || thread.sources.iter().any(|s| s.call.as_ref().is_some_and(|call| call.each.is_some()))
            }),
            asks_names: texts.contains("$names"),
            secret_names,
            plan,
            host,
        })
    }

    /// Variables that are known everywhere.
    pub(super) fn vars(&self) -> Vars {
        let me = self.me.borrow().as_ref().map_or(Val::Null, me);
        let names = self.names.borrow().clone().unwrap_or_default();
        let known = known(&self.settings).in_zone(self.zone.clone());
        known.with(Var::Me, me).with(Var::Names, names).with(Var::Now, self.now())
    }

    /// `$now`.
    fn now(&self) -> Val {
        val::int(self.host.clock.now().timestamp())
    }

    /// `$secret`.
    pub(super) fn secrets(&self) -> Val {
        request::secrets(&self.secret_names, |name| self.host.secrets.get(name))
    }

    /// Nothing is known of whoever was signed in before.
    pub(super) fn forget(&self) {
        *self.me.borrow_mut() = None;
        *self.names.borrow_mut() = None;
        self.etags.forget();
        self.age.set(self.age.get() + 1);
    }
}

/// The place whose clocks the file's moments were read from. What names none leaves it at UTC.
fn zone(plan: &Plan, settings: &Val, host: &Host) -> Option<Rc<Zone>> {
    let name = fill::whole_text(plan.zone.as_ref()?, &known(settings)).ok().flatten()?;
    let name = name.trim();
    (!name.is_empty()).then(|| Rc::new(Zone::new(name.to_owned(), Rc::clone(&host.zones))))
}

/// Variables with nothing but the settings.
pub(super) fn known(settings: &Val) -> Vars {
    Vars::default().with(Var::Settings, settings.clone())
}

/// `$settings`: what was given, else the file's own values.
pub(super) fn settings(plan: &Plan, given: &BTreeMap<String, String>) -> Val {
    val::object(plan.settings.iter().filter_map(|setting| {
        let value = given.get(&setting.name).or(setting.default.as_ref())?;
        Some((setting.name.as_str(), val::text(value.as_str())))
    }))
}

fn me(user: &SessionUser) -> Val {
    val::object([
        ("id", val::text(user.id.as_str())),
        ("name", val::text(user.name.as_str())),
        ("email", val::text(user.email.as_str())),
    ])
}
