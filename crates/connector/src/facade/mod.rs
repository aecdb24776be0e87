//! The contract over any [`Backend`]: routes, versions, pages, undo, jobs, events.
//!
//! Knows the contract and the rules of the model, and asks its backend for everything else. It has no thread and no
//! timer: the host drives [`Engine::run`] and the answers, and lends the clock.
//!
//! What a foreign API cannot do is made up for where that can be done honestly, and said where not: a total that is not
//! known is "more than", a filter over loaded rows names its fields, an action that nobody saw the effect of is no
//! success.

mod acts;
mod bell;
mod book;
mod bulk;
mod core;
mod counts;
mod events;
mod filters;
mod keys;
mod listed;
mod listen;
mod lists;
mod names;
mod poll;
mod pools;
mod posts;
mod reads;
mod routes;
mod session;
mod standing;
mod thread;
mod undo;
mod wire;

pub use wire::{Answer, AnswerBody};

use self::core::Core;
use self::routes::{Call, Route};
use self::wire::{Outcome, Refusal, Whole};
use crate::backend::Backend;
use crate::host::{Host, Local};
use bandeja_client::traits::{Method, Request};
use bandeja_contract::problem::code;
use std::rc::Rc;

/// Answers the contract. Cloning shares it.
#[derive(Clone)]
pub struct Engine(Rc<Core>);

impl Engine {
    /// A facade over `backend`.
    pub fn new(backend: Rc<dyn Backend>, host: Host) -> Self {
        Self(Rc::new(Core::new(backend, host)))
    }

    /// Answers a call of the contract. The future is to be driven to its end even if nobody waits for the answer any
    /// more: it may be half-way through a change.
    pub fn answer(&self, request: Request) -> Local<'static, Answer> {
        let core = self.0.clone();
        let call = Rc::new(Call::new(request));
        Box::pin(async move {
            if call.route == Route::Events {
                return match core.stream(&call).await {
                    Ok(stream) => Answer {
                        status: 200,
                        headers: vec![
                            ("Content-Type".to_owned(), "text/event-stream".to_owned()),
                            ("Cache-Control".to_owned(), "no-store".to_owned()),
                        ],
                        body: AnswerBody::Stream(stream),
                    },
                    Err(refusal) => refusal.whole().into(),
                };
            }
            let (working, asked) = (core.clone(), call.clone());
            let make: Local<'static, Whole> = Box::pin(async move {
                working.handle(&asked).await.unwrap_or_else(|refusal: Refusal| refusal.whole())
            });
            let keyed = call.method != Method::Get && call.route != Route::SignIn;
            let whole = if keyed { core.keys.once(&call, make).await } else { make.await };
            whole.into()
        })
    }

    /// Works through jobs and looks for changes, until [`Engine::stop`]. To be driven by the host, once.
    pub fn run(&self) -> Local<'static, ()> {
        let core = self.0.clone();
        Box::pin(async move {
            futures::join!(core.work_jobs(), core.keep_looking(), core.keep_listening());
        })
    }

    /// Whether anybody looks: in a hidden tab nothing is asked for. At first somebody does.
    pub fn looked_at(&self, visible: bool) {
        self.0.looked_at.set(visible);
        self.0.bell.ring();
    }

    /// What an earlier engine of who is signed in left lies in the storage by now: their jobs and what they read.
    pub fn recall(&self) {
        let core = &self.0;
        let me = core.me.borrow().clone();
        if let Some(me) = me {
            core.reads.leave();
            core.jobs.leave();
            core.reads.of_user(&core.host, &me.id);
            core.jobs.of_user(&core.host, &me.id, core.now());
        }
    }

    /// Ends [`Engine::run`] and every event stream. A job under way is written down as it stands.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        self.0.bell.ring();
    }
}

impl Core {
    async fn handle(self: &Rc<Self>, call: &Call) -> Outcome {
        match &call.route {
            Route::Health => Ok(Whole::empty()),
            Route::Session => self.session().await,
            Route::SignIn => self.sign_in(call).await,
            Route::SignOut => self.sign_out().await,
            Route::Names(kind) => self.names(*kind).await,
            Route::List => self.list(call).await,
            Route::Query => self.query(call).await,
            Route::Facets => self.facets(call),
            Route::Counts => self.counts().await,
            Route::One(id) => self.one(id).await,
            Route::Messages(id) => self.messages(call, id).await,
            Route::Post(id) => self.post(call, id).await,
            Route::Act(id, act) => self.act(call, id, act).await,
            Route::Undo(token) => self.undo(token).await,
            Route::Preview => self.preview(call).await,
            Route::Jobs => self.all_jobs().await,
            Route::StartJob => self.start_job(call).await,
            Route::Job(id) => self.one_job(id).await,
            Route::JobOrder(id, order) => self.order_job(id, order).await,
            Route::Items(id) => self.items(call, id).await,
            Route::Receipt(id) => self.receipt(id).await,
            Route::Off(area) => Err(Refusal::off(self.reason(area))),
            // Answered apart, since its answer does not end.
            Route::Events | Route::Nowhere => Err(Refusal::not_found()),
            Route::WrongMethod => {
                let detail = "This path does not know the method.";
                Err(Refusal::new(405, code::METHOD_NOT_ALLOWED, "Method not allowed", detail))
            }
        }
    }
}
