//! How many requests are on their way at once, and how fast changing ones follow each other.

use crate::host::Clock;
use futures::channel::oneshot;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// Lets so many through at once; the others wait in line.
pub(super) struct Gate {
    free: Cell<u32>,
    waiting: RefCell<VecDeque<oneshot::Sender<()>>>,
    pace_ms: u32,
    /// When the next changing request may start, in milliseconds since 1970.
    next_ms: Cell<i64>,
}

/// A place behind the gate; dropping it lets the next one in.
pub(super) struct Pass(Rc<Gate>);

impl Gate {
    pub(super) fn new(at_once: u32, pace_ms: u32) -> Rc<Self> {
        Rc::new(Self {
            free: Cell::new(at_once.max(1)),
            waiting: RefCell::default(),
            pace_ms,
            next_ms: Cell::new(i64::MIN),
        })
    }

    /// Waits for a place.
    pub(super) async fn enter(self: &Rc<Self>) -> Pass {
        if let Some(left) = self.free.get().checked_sub(1) {
            self.free.set(left);
        } else {
            let (sender, receiver) = oneshot::channel();
            self.waiting.borrow_mut().push_back(sender);
            // An error would mean that the gate is gone, and so is whoever waits at it.
            let _ = receiver.await;
        }
        Pass(Rc::clone(self))
    }

    /// Waits for the turn of a changing request.
    pub(super) async fn pace(&self, clock: &dyn Clock) {
        if self.pace_ms == 0 {
            return;
        }
        let now = clock.now().timestamp_millis();
        let start = now.max(self.next_ms.get());
        self.next_ms.set(start.saturating_add(i64::from(self.pace_ms)));
        if let Ok(wait @ 1..) = u32::try_from(start - now) {
            clock.sleep(wait).await;
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        loop {
            let next = self.0.waiting.borrow_mut().pop_front();
            let Some(next) = next else { return self.0.free.set(self.0.free.get() + 1) };
            // One that gave up waiting does not take the place.
            if next.send(()).is_ok() {
                return;
            }
        }
    }
}
