//! Sends one call: in its turn, again where it was surely not done, with fresh credentials where the old ones are
//! over, and judges what came back.

use super::answer::{Answer, Form};
use super::core::Core;
use super::request::{self, Extra};
use super::{fault, renew};
use crate::backend::{Fault, FaultKind};
use crate::host::{DoorError, Got, Sent};
use crate::plan::{Call, PollBy, Sign, Vars};
use std::rc::Rc;

/// What is expected of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// JSON; the call changes nothing.
    Json,
    /// The call changes something; JSON, a plain text, or nothing comes back.
    Done,
    /// A step of signing in or out: whatever comes back, and no sign that somebody is signed out counts.
    Any,
}

/// Times that a request is sent again because it was asked to come later.
const AGAIN: u32 = 2;
/// Longest wait before that, in seconds; longer ones are told to who asked.
const LONGEST_WAIT_S: u32 = 20;

/// Sends `call` and answers what came, or why that is none.
pub(super) async fn send(
    core: &Rc<Core>,
    call: &Call,
    vars: &Vars,
    extra: &Extra,
    want: Want,
) -> Result<Answer, Fault> {
    let mut renewed = false;
    loop {
        let age = core.age.get();
        // A hole that yields nothing where something is needed: the file does not describe this case.
        let sent = request::build(core, call, vars, extra)
            .map_err(|error| fault::fault(FaultKind::Off, error.to_string()))?;
        let answer = in_turn(core, sent, want).await?;
        if want == Want::Any || !is_expired(core, &answer, vars, want) {
            return judge(core, call, answer, vars, want);
        }
        if renewed || !renew::renew(core, age).await {
            let said = fault::of_answer(&core.plan.errors, &answer, vars, core.host.clock.now()).said;
            let said = if answer.status < 400 { "nobody is signed in any more".to_owned() } else { said };
            return Err(Fault { status: Some(answer.status), ..fault::fault(FaultKind::Auth, said) });
        }
        renewed = true;
    }
}

/// Sends when there is a place, and again after the wait that the other side asks for.
async fn in_turn(core: &Rc<Core>, sent: Sent, want: Want) -> Result<Answer, Fault> {
    let clock = &core.host.clock;
    let mut left = AGAIN;
    loop {
        let pass = core.gate.enter().await;
        if want == Want::Done {
            core.gate.pace(clock.as_ref()).await;
        }
        let (sent_now, tag) = core.etags.before(&sent, matches!(core.plan.polling.by, PollBy::Etag));
        let (timeout_ms, max_bytes) = (sent.timeout_ms, sent.max_bytes);
        let got = core.host.door.send(sent_now).await;
        drop(pass);
        let answer = match got {
            Ok(got) => Answer::of(&core.etags.after(tag, got)),
            Err(DoorError::Cut { status } | DoorError::TooLarge { status })
                if want == Want::Done && (200..300).contains(&status) =>
            {
                Answer::lost(status)
            }
            Err(error) => return Err(fault::of_door(error, timeout_ms, max_bytes)),
        };
        let asked = matches!(answer.status, 429 | 503).then(|| fault::wait(&answer, clock.now())).flatten();
        // Without a word on when, only what changes nothing is tried again.
        let wait_s = asked.or((answer.status == 429 && want == Want::Json).then_some(1));
        match wait_s {
            Some(wait_s) if left > 0 && wait_s <= LONGEST_WAIT_S => {
                left -= 1;
                clock.sleep(wait_s.max(1).saturating_mul(1000)).await;
            }
            _ => return Ok(answer),
        }
    }
}

fn is_expired(core: &Core, answer: &Answer, vars: &Vars, want: Want) -> bool {
    let signs = &core.plan.auth.expired;
    if signs.is_empty() {
        return answer.status == 401;
    }
    let json_expected = want == Want::Json || answer.form != Form::Text;
    signs.iter().any(|sign| match sign {
        Sign::Status(status) => answer.status == *status,
        Sign::Redirected => answer.redirected || matches!(answer.status, 301..=303 | 307 | 308),
        Sign::Html => answer.status < 400 && answer.form == Form::Html && json_expected,
        Sign::When(expr) => expr.truthy(&answer.whole(), vars).unwrap_or(false),
    })
}

/// Whether the answer is what the file describes.
fn judge(core: &Core, call: &Call, answer: Answer, vars: &Vars, want: Want) -> Result<Answer, Fault> {
    let now = core.host.clock.now();
    let refused = |answer: &Answer| fault::of_answer(&core.plan.errors, answer, vars, now);
    if !(200..300).contains(&answer.status) {
        return Err(refused(&answer));
    }
    if let Some(kind) = fault::declared_good(&core.plan.errors, &answer, vars).filter(|_| !answer.lost) {
        return Err(Fault { kind, ..refused(&answer) });
    }
    if let Some(success) = call.success.as_ref().filter(|_| !answer.lost) {
        return match success.truthy(&answer.whole(), vars) {
            Ok(true) => Ok(answer),
            Ok(false) => {
                let told = refused(&answer);
                // A good status says nothing about the kind: without a wrong field it is a refusal and nothing more.
                let kind = match told.kind {
                    FaultKind::BadAnswer if told.fields.is_empty() => FaultKind::NotApplied,
                    FaultKind::BadAnswer => FaultKind::Invalid,
                    other => other,
                };
                Err(Fault { kind, ..told })
            }
            Err(error) => Err(fault::of_expr(&error)),
        };
    }
    let fine = match want {
        Want::Any => true,
        Want::Json => answer.form == Form::Json,
        Want::Done => matches!(answer.form, Form::Json | Form::Empty | Form::Text) || answer.lost,
    };
    if fine {
        return Ok(answer);
    }
    Err(Fault { status: Some(answer.status), ..fault::bad_answer(answer.instead_of_json()) })
}

/// What a request that may be answered with "not modified" was.
pub(super) type Tag = Option<String>;

/// Answers that came with an `ETag`, so that "not modified" means something.
#[derive(Default)]
pub(super) struct Etags(std::cell::RefCell<std::collections::VecDeque<(String, String, Got)>>);

/// Answers kept at most.
const KEPT: usize = 24;

impl Etags {
    fn before(&self, sent: &Sent, on: bool) -> (Sent, Tag) {
        let mut sent = sent.clone();
        if !on || sent.method != "GET" {
            return (sent, None);
        }
        let url = sent.url.clone();
        if let Some((_, etag, _)) = self.0.borrow().iter().find(|(known, _, _)| *known == url) {
            sent.headers.push(("If-None-Match".to_owned(), etag.clone()));
        }
        (sent, Some(url))
    }

    fn after(&self, tag: Tag, got: Got) -> Got {
        let Some(url) = tag else { return got };
        let mut kept = self.0.borrow_mut();
        let place = kept.iter().position(|(known, _, _)| *known == url);
        if got.status == 304 {
            return place.and_then(|place| kept.get(place)).map_or(got, |(_, _, known)| known.clone());
        }
        if let Some(place) = place {
            kept.remove(place);
        }
        if let Some(etag) = got.header("etag").filter(|_| got.status == 200) {
            kept.push_back((url, etag.to_owned(), got.clone()));
            if kept.len() > KEPT {
                kept.pop_front();
            }
        }
        got
    }

    /// Forgets all, because somebody else may be signed in from now on.
    pub(super) fn forget(&self) {
        self.0.borrow_mut().clear();
    }
}
