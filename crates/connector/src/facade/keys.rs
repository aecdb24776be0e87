//! Repeats of changing calls: the same key with the same call gets the first answer, also while that is still made.

use super::routes::{Call, Route};
use super::wire::{Refusal, Whole};
use crate::host::Local;
use bandeja_contract::headers::IDEMPOTENCY_KEY;
use bandeja_contract::problem::code;
use futures::FutureExt;
use futures::future::Shared;
use std::cell::RefCell;
use std::collections::VecDeque;

/// Answers kept.
const KEPT: usize = 500;

type Kept = Shared<Local<'static, Whole>>;

struct Known {
    key: String,
    call: String,
    answer: Kept,
}

/// Answers by key, as long as the engine lives.
#[derive(Default)]
pub(super) struct Keys(RefCell<VecDeque<Known>>);

impl Keys {
    pub(super) fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    /// The answer to `call`: the first one if it is a repeat, else what `make` brings.
    pub(super) async fn once(&self, call: &Call, make: Local<'static, Whole>) -> Whole {
        let Some(key) = call.header(IDEMPOTENCY_KEY).map(str::to_owned) else { return make.await };
        let body = call.body.as_deref().unwrap_or_default();
        let text = format!("{} {} {body}", call.method.as_str(), call.place);
        let known = {
            let all = self.0.borrow();
            all.iter().find(|known| known.key == key).map(|known| (known.call == text, known.answer.clone()))
        };
        let answer = match known {
            Some((true, answer)) => answer,
            Some((false, _)) => {
                let detail = "This Idempotency-Key was used for another call.";
                return Refusal::new(422, code::KEY_REUSED, "Key used before", detail).whole();
            }
            None => {
                let answer = make.shared();
                let mut all = self.0.borrow_mut();
                while all.len() >= KEPT {
                    all.pop_front();
                }
                all.push_back(Known { key: key.clone(), call: text, answer: answer.clone() });
                answer
            }
        };
        let whole = answer.await;
        // What may end otherwise next time is not held against a repeat; a message knows by itself what became of it.
        let may_differ = whole.status == 409 && matches!(call.route, Route::Post(_));
        if may_differ || matches!(whole.status, 401 | 412 | 429 | 500..) {
            self.0.borrow_mut().retain(|known| known.key != key);
        }
        whole
    }
}
