//! Who is signed in, and how one signs in and out.

use super::core::Core;
use super::request::Extra;
use super::send::{self, Want};
use super::{choices, fault, names, steps};
use crate::backend::{Fault, FaultKind, SignInBy};
use crate::plan::val::{self, Val};
use crate::plan::{Credentials, Var};
use bandeja_contract::SessionUser;
use std::rc::Rc;

/// Sees to it that `$me` and `$names` are known, if an expression asks for them.
pub(super) async fn ready(core: &Rc<Core>) -> Result<(), Fault> {
    if core.asks_me && core.me.borrow().is_none() {
        me(core).await?;
    }
    if core.asks_names && core.names.borrow().is_none() {
        names::lookups(core).await?;
    }
    Ok(())
}

/// Who is signed in, asked anew.
pub(super) async fn me(core: &Rc<Core>) -> Result<SessionUser, Fault> {
    let (call, fields) = &core.plan.auth.me;
    let vars = core.vars();
    let (raw, vars) = match call {
        Some(call) => {
            let asked = send::send(core, call, &vars, &Extra::default(), Want::Json).await;
            let answer = asked.map_err(fault::elsewhere)?;
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
            // Reading the file has seen to it that there is one.
            if let Some(name) = auth.with.token_secret() {
                core.host.secrets.set(&name, Some(password.to_owned()));
            }
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
        let refused = matches!(
            broken.fault.kind,
            FaultKind::Invalid | FaultKind::NotApplied | FaultKind::Forbidden | FaultKind::NotFound
        );
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
