//! Listening for hints: a stream of the foreign API says that something changed, and the next look comes at once.
//!
//! A hint says nothing else. What changed is read as it is without a stream, so a stream that breaks off, repeats or
//! leaves something out does no harm: whatever was missed meanwhile is found by the look that follows its return.

use super::core::Core;
use futures::StreamExt;
use futures::future::{Either, select};
use std::pin::pin;
use std::rc::Rc;

/// First wait before a stream that broke off is opened again, in milliseconds; it doubles.
const FIRST_MS: u32 = 1_000;
/// Longest one.
const LONGEST_MS: u32 = 300_000;

impl Core {
    pub(super) async fn keep_listening(self: &Rc<Self>) {
        if !self.backend.abilities().hints {
            return;
        }
        let mut wait = FIRST_MS;
        while !self.stopped.get() {
            if self.me.borrow().is_none() {
                self.bell.after(self.bell.count()).await;
                continue;
            }
            if self.listen().await {
                wait = FIRST_MS;
            }
            let waiting = self.host.clock.sleep(wait);
            select(pin!(self.left()), waiting).await;
            wait = wait.saturating_mul(2).min(LONGEST_MS);
        }
    }

    /// Listens until the stream breaks off or nobody is signed in any more. Whether there was one.
    async fn listen(self: &Rc<Self>) -> bool {
        let mut left = pin!(self.left());
        let opening = select(left.as_mut(), self.backend.listen()).await;
        let Either::Right((Ok(mut hints), _)) = opening else { return false };
        // What happened before it stood was told to nobody.
        self.hint();
        while let Either::Right((Some(()), _)) = select(left.as_mut(), hints.next()).await {
            self.hint();
        }
        true
    }

    fn hint(&self) {
        self.hinted.set(true);
        self.bell.ring();
    }

    /// Waits until whoever is signed in now is not any more.
    async fn left(&self) {
        let user = self.me.borrow().clone();
        loop {
            let so_far = self.bell.count();
            let is_same = matches!((&*self.me.borrow(), &user), (Some(now), Some(then)) if now.id == then.id);
            if self.stopped.get() || !is_same {
                return;
            }
            self.bell.after(so_far).await;
        }
    }
}
