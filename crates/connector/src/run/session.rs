//! Who is signed in, how one signs in and out, and the names that expressions ask for.

use super::core::Core;
use super::pages::{self, Reading};
use super::request::Extra;
use super::send::{self, Want};
use super::{choices, fault, steps};
use crate::backend::{Act, Fault, FaultKind, Lookups, SignInBy};
use crate::plan::val::{self, Val};
use crate::plan::{Credentials, Source, Var};
use bandeja_contract::SessionUser;
use futures::future::join_all;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Sees to it that `$me` and `$names` are known, if an expression asks for them.
pub(super) async fn ready(core: &Rc<Core>) -> Result<(), Fault> {
    if core.asks_me && core.me.borrow().is_none() {
        me(core).await?;
    }
    if core.asks_names && core.names.borrow().is_none() {
        lookups(core).await?;
    }
    Ok(())
}

/// Reads names for an act whose `$args` speak in them. Without them it speaks in ids.
pub(super) async fn ready_for_names(core: &Rc<Core>, act: &Act) {
    let named = matches!(act, Act::Close(_) | Act::Cancel(_) | Act::Assign { .. } | Act::Tags(_));
    if named && core.names.borrow().is_none() {
        let _ = lookups(core).await;
    }
}

/// Who is signed in, asked anew.
pub(super) async fn me(core: &Rc<Core>) -> Result<SessionUser, Fault> {
    let (call, fields) = &core.plan.auth.me;
    let vars = core.vars();
    let (raw, vars) = match call {
        Some(call) => {
            let answer = send::send(core, call, &vars, &Extra::default(), Want::Json).await?;
            (answer.body, vars.with(Var::Headers, answer.headers))
        }
        None => (Val::Null, vars),
    };
    let vars = vars.with(Var::Secret, core.secrets());
    let user = choices::user(fields, &raw, &vars)
        .map_err(|wrong| fault::bad_answer(format!("who is signed in cannot be read: {wrong}")))?;
    *core.me.borrow_mut() = Some(user.clone());
    Ok(user)
}

/// Signs in.
pub(super) async fn sign_in(core: &Rc<Core>, email: &str, password: &str) -> Result<SessionUser, Fault> {
    let auth = &core.plan.auth;
    core.forget();
    match auth.sign_in {
        SignInBy::Nothing => {
            return Err(fault::fault(
                FaultKind::Off,
                "one does not sign in here; the page brings what is needed",
            ));
        }
        SignInBy::Token => {
            let name = core.secret_names.first().map_or("token", String::as_str);
            core.host.secrets.set(name, Some(password.to_owned()));
        }
        SignInBy::Password if auth.sign_in_steps.is_empty() => basic(core, email, password),
        SignInBy::Password => by_steps(core, email, password).await?,
    }
    let found = me(core).await;
    if found.is_err() {
        forget_secrets(core);
    }
    found
}

fn basic(core: &Core, email: &str, password: &str) {
    let names = match &core.plan.auth.with {
        Credentials::Basic(..) => core.secret_names.as_slice(),
        _ => &[],
    };
    for (name, value) in names.iter().zip([email, password]) {
        core.host.secrets.set(name, Some(value.to_owned()));
    }
}

async fn by_steps(core: &Rc<Core>, email: &str, password: &str) -> Result<(), Fault> {
    let auth = &core.plan.auth;
    for (name, _) in &auth.keeps {
        core.host.secrets.set(name, None);
    }
    let args = val::object([("email", val::text(email)), ("password", val::text(password))]);
    let vars = core.vars().with(Var::Args, args);
    let ran = steps::run(core, &auth.sign_in_steps, vars, Want::Any).await.map_err(|broken| {
        let refused =
            matches!(broken.fault.kind, FaultKind::Invalid | FaultKind::Forbidden | FaultKind::NotFound);
        let kind = if refused { FaultKind::Auth } else { broken.fault.kind };
        Fault { kind, ..broken.fault }
    })?;
    let body = ran.last.map_or(Val::Null, |answer| answer.body);
    let vars = ran.vars;
    for (name, expr) in &auth.keeps {
        let secret = expr.text(&body, &vars).map_err(|error| fault::of_expr(&error))?;
        if secret.is_none() {
            forget_secrets(core);
            return Err(fault::bad_answer(format!("signing in brought no {name}")));
        }
        core.host.secrets.set(name, secret);
    }
    core.age.set(core.age.get() + 1);
    Ok(())
}

/// Signs out; secrets are forgotten whatever the other side says.
pub(super) async fn sign_out(core: &Rc<Core>) -> Result<(), Fault> {
    let ran = steps::run(core, &core.plan.auth.sign_out, core.vars(), Want::Any).await;
    forget_secrets(core);
    core.forget();
    match ran {
        Err(broken) if broken.fault.kind != FaultKind::Auth => Err(broken.fault),
        _ => Ok(()),
    }
}

fn forget_secrets(core: &Core) {
    for name in &core.secret_names {
        core.host.secrets.set(name, None);
    }
}

/// Names and choices, read anew. A kind that this user may not list is what the file holds of it.
pub(super) async fn lookups(core: &Rc<Core>) -> Result<Lookups, Fault> {
    if core.me.borrow().is_none() {
        me(core).await?;
    }
    let names = &core.plan.lookups;
    let read = join_all(names.sources.iter().map(|(_, source)| raw_names(core, source))).await;
    let mut all = names.fixed.clone();
    let mut by_kind = fixed_names(&names.fixed);
    for ((kind, source), found) in names.sources.iter().zip(read) {
        match found {
            Ok((items, vars)) => {
                let named = by_kind.entry(kind.as_str()).or_default();
                let mut bad = None;
                let mut good = 0_u32;
                for raw in &items {
                    match choices::add(&mut all, kind, &source.fields, raw, &vars) {
                        Ok((id, name)) => {
                            named.push((id, name));
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
    *core.names.borrow_mut() = Some(val::object(by_kind.into_iter().map(|(kind, named)| {
        (kind, val::object(named.into_iter().map(|(id, name)| (id, val::text(name)))))
    })));
    choices::complete(&mut all, &core.plan.name, core.me.borrow().as_ref());
    Ok(all)
}

async fn raw_names(core: &Rc<Core>, source: &Source) -> Result<(Vec<Val>, crate::plan::Vars), Fault> {
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
