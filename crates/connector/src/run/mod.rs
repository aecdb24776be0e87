//! Runs a compiled plan: foreign requests out of the backend's questions, contract values out of foreign answers.
//!
//! - `request`, `fill`, `address`: a call of the plan becomes a request.
//! - `send`, `gate`, `renew`: it is sent in its turn, again where that is safe, with fresh credentials where needed.
//! - `answer`, `charset`, `say`, `fault`: what came is text, JSON, or a fault in the contract's words.
//! - `fields`, `conversation`, `entry`, `choices`, `date`: raw things become the contract's, whole or not at all.
//! - `list`, `conditions`, `pages`, `thread`, `act`, `verify`, `many`, `session`, `names`: one for each kind of question.
//!
//! Knows no contract paths, jobs or events: those are the facade's.

mod abilities;
mod act;
mod address;
mod answer;
mod args;
mod charset;
mod choices;
mod conditions;
mod conversation;
mod core;
mod date;
mod entry;
mod fault;
mod fields;
mod fill;
mod gate;
mod list;
mod many;
mod names;
mod one;
mod pages;
mod renew;
mod request;
pub mod sample;
mod say;
mod send;
mod session;
mod steps;
mod thread;
mod verify;

use self::core::Core;
use self::request::Extra;
use self::send::Want;
use crate::backend::{
    Abilities, Act, Backend, Done, Entries, Fault, ListAsk, Lookups, ManyResult, Row, Rows,
};
use crate::host::{Host, Local};
use crate::plan::val;
use crate::plan::{Plan, PollBy, Var};
use bandeja_contract::SessionUser;
use bandeja_model::{ConversationId, Timestamp};
use chrono::SecondsFormat;
use std::rc::Rc;

/// A backend that does what a plan says.
pub struct Runner(Rc<Core>);

impl Runner {
    /// A runner of `plan` in these surroundings.
    pub fn new(plan: Plan, host: Host) -> Self {
        Self(Core::new(plan, host))
    }
}

impl Backend for Runner {
    fn abilities(&self) -> &Abilities {
        &self.0.abilities
    }

    fn sign_in(&self, email: &str, password: &str) -> Local<'static, Result<SessionUser, Fault>> {
        let (core, email, password) = (Rc::clone(&self.0), email.to_owned(), password.to_owned());
        Box::pin(async move { session::sign_in(&core, &email, &password).await.map_err(fault::elsewhere) })
    }

    fn sign_out(&self) -> Local<'static, Result<(), Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { session::sign_out(&core).await })
    }

    fn me(&self) -> Local<'static, Result<SessionUser, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { session::me(&core).await })
    }

    fn lookups(&self) -> Local<'static, Result<Lookups, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { names::lookups(&core).await.map_err(fault::elsewhere) })
    }

    fn list(&self, ask: ListAsk) -> Local<'static, Result<Rows, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { list::list(&core, ask).await.map_err(fault::elsewhere) })
    }

    fn one(&self, id: ConversationId) -> Local<'static, Result<Row, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move {
            session::ready(&core).await?;
            one::both(&core, &id).await.map(|(_, row)| row)
        })
    }

    fn thread(&self, id: ConversationId, before: Option<String>) -> Local<'static, Result<Entries, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { thread::thread(&core, id, before).await })
    }

    fn act(&self, id: ConversationId, act: Act, from: Option<Row>) -> Local<'static, Result<Done, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { act::act(&core, id, act, from).await })
    }

    fn act_on_many(&self, ids: Vec<ConversationId>, act: Act) -> Local<'static, Result<ManyResult, Fault>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { many::act(&core, ids, act).await })
    }

    fn changed_since(&self, since: Timestamp) -> Local<'static, Option<Result<Vec<Row>, Fault>>> {
        let core = Rc::clone(&self.0);
        Box::pin(async move { changed_since(&core, since).await })
    }
}

async fn changed_since(core: &Rc<Core>, since: Timestamp) -> Option<Result<Vec<Row>, Fault>> {
    let PollBy::Since(call, items) = &core.plan.polling.by else { return None };
    let read = async {
        session::ready(core).await?;
        let text = since.to_rfc3339_opts(SecondsFormat::Secs, true);
        let vars =
            core.vars().with(Var::Since, val::int(since.timestamp())).with(Var::SinceText, val::text(text));
        let answer = send::send(core, call, &vars, &Extra::default(), Want::Json).await?;
        let vars = vars.with(Var::Headers, answer.headers.clone());
        let raw = pages::list(items, &answer.body, &vars).map_err(|error| fault::of_expr(&error))?;
        // A row that cannot be mapped is said when its list is read; here it only is no news.
        let mut rows: Vec<Row> =
            raw.iter().filter_map(|raw| conversation::row(&core.plan, raw, &vars).ok()).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.conversation.last_activity_at));
        Ok(rows)
    };
    Some(read.await)
}
