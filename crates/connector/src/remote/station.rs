//! The engine's side: messages in, messages out.

use super::lent::{Held, Kept};
use super::wire::{Call, FromEngine, Start, ToEngine};
use crate::facade::{Answer, AnswerBody, Engine};
use crate::host::{Clock, Door, Host, Local, Zones};
use crate::plan;
use crate::run::Runner;
use bandeja_client::traits::{Method, Request};
use bandeja_contract::headers::{IDEMPOTENCY_KEY, IF_MATCH, LAST_EVENT_ID};
use futures::future::{AbortHandle, abortable};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// How the engine's side speaks.
pub type Say = Rc<dyn Fn(FromEngine)>;

/// Headers that an engine looks at.
const HEADERS: [&str; 3] = [IF_MATCH, IDEMPOTENCY_KEY, LAST_EVENT_ID];

/// An engine that is spoken to.
pub struct Station {
    engine: Rc<Engine>,
    held: Rc<Held>,
    kept: Rc<Kept>,
    running: Rc<RefCell<HashMap<u64, AbortHandle>>>,
    say: Say,
}

impl Station {
    /// Reads the file and makes its engine; the error is every mistake in words, said by [`FromEngine::Failed`] too.
    pub fn start(
        start: Start,
        door: Rc<dyn Door>,
        clock: Rc<dyn Clock>,
        zones: Rc<dyn Zones>,
        say: Say,
    ) -> Result<Self, String> {
        let plan = plan::read(&start.name, &start.text).map_err(|mistakes| {
            let why = mistakes.to_string();
            say(FromEngine::Failed { why: why.clone() });
            why
        })?;
        let held = Rc::new(Held::new(start.secrets, start.renews, Rc::clone(&say)));
        let kept = Rc::new(Kept::new(start.storage, Rc::clone(&say)));
        let host = Host {
            door,
            clock,
            zones,
            storage: Rc::<Kept>::clone(&kept),
            secrets: Rc::<Held>::clone(&held),
            settings: start.settings,
        };
        let engine = Rc::new(Engine::new(Rc::new(Runner::new(plan, host.clone())), host));
        Ok(Self { engine, held, kept, running: Rc::default(), say })
    }

    /// What the engine does without being asked; to be spawned.
    pub fn run(&self) -> Local<'static, ()> {
        self.engine.run()
    }

    /// Takes a message; what comes back is to be spawned.
    pub fn heard(&self, message: ToEngine) -> Option<Local<'static, ()>> {
        match message {
            ToEngine::Call(call) => return Some(self.answer(call)),
            ToEngine::Cancel { id } => {
                if let Some(call) = self.running.borrow_mut().remove(&id) {
                    call.abort();
                }
            }
            ToEngine::Ping => (self.say)(FromEngine::Pong),
            ToEngine::Seen { visible } => self.engine.looked_at(visible),
            ToEngine::Stored { texts, begins } => {
                self.kept.take(texts);
                if begins {
                    self.engine.recall();
                }
            }
            ToEngine::Renewed { ask, value } => self.held.renewed(ask, value),
            // An engine runs one file all its life.
            ToEngine::Start(_) => {}
        }
        None
    }

    /// Ends what runs without being asked.
    pub fn stop(&self) {
        self.engine.stop();
    }

    fn answer(&self, call: Call) -> Local<'static, ()> {
        let id = call.id;
        let (engine, say) = (Rc::clone(&self.engine), Rc::clone(&self.say));
        let (answering, handle) = abortable(async move {
            let answer = match request(call) {
                Some(request) => engine.answer(request).await,
                None => Answer { status: 405, headers: Vec::new(), body: AnswerBody::Whole(Vec::new()) },
            };
            tell(id, answer, &say).await;
        });
        self.running.borrow_mut().insert(id, handle);
        let running = Rc::clone(&self.running);
        Box::pin(async move {
            // An error is a call that was called off.
            let _ = answering.await;
            running.borrow_mut().remove(&id);
        })
    }
}

async fn tell(id: u64, answer: Answer, say: &Say) {
    let part = |bytes: &[u8]| FromEngine::Part { id, text: String::from_utf8_lossy(bytes).into_owned() };
    say(FromEngine::Head { id, status: answer.status, headers: answer.headers });
    match answer.body {
        AnswerBody::Whole(bytes) if bytes.is_empty() => {}
        AnswerBody::Whole(bytes) => say(part(&bytes)),
        AnswerBody::Stream(mut stream) => {
            while let Some(bytes) = stream.next().await {
                say(part(&bytes));
            }
        }
    }
    say(FromEngine::End { id });
}

/// The call as the engine takes it; `None` where the contract knows no such method.
fn request(call: Call) -> Option<Request> {
    let method = match call.method.as_str() {
        "GET" | "HEAD" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
        _ => return None,
    };
    let headers = HEADERS
        .into_iter()
        .filter_map(|name| {
            let (_, value) = call.headers.iter().find(|(sent, _)| sent.eq_ignore_ascii_case(name))?;
            Some((name, value.clone()))
        })
        .collect();
    Some(Request { method, url: call.url, headers, body: call.body })
}
