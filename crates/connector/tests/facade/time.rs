//! Time that passes when the test lets it, and a storage in memory.

use bandeja_client::traits::StorageError;
use bandeja_connector::host::{Clock, Local, Storage};
use bandeja_model::Timestamp;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A clock that stands still until it is moved.
pub(crate) struct Time(Rc<Inner>);

struct Inner {
    now: Cell<i64>,
    sleepers: RefCell<Vec<(i64, Waker)>>,
    chance: Cell<u64>,
}

impl Time {
    pub(crate) fn new(start: Timestamp) -> Self {
        let now = Cell::new(start.timestamp_millis());
        Self(Rc::new(Inner { now, sleepers: RefCell::default(), chance: Cell::new(1) }))
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.0.now.set(self.0.now.get() + ms);
        let now = self.0.now.get();
        let (due, rest) = self.0.sleepers.take().into_iter().partition::<Vec<_>, _>(|(at, _)| *at <= now);
        self.0.sleepers.borrow_mut().extend(rest);
        for (_, waker) in due {
            waker.wake();
        }
    }

    /// Moves to when the next sleeper wakes; false if nobody sleeps.
    pub(crate) fn to_next(&self) -> bool {
        let next = self.0.sleepers.borrow().iter().map(|(at, _)| *at).min();
        if let Some(next) = next {
            self.pass((next - self.0.now.get()).max(0));
        }
        next.is_some()
    }
}

impl Clock for Time {
    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_millis(self.0.now.get()).unwrap()
    }

    fn sleep(&self, ms: u32) -> Local<'static, ()> {
        let inner = self.0.clone();
        let at = inner.now.get() + i64::from(ms);
        Box::pin(poll_fn(move |context| {
            if inner.now.get() >= at {
                return Poll::Ready(());
            }
            inner.sleepers.borrow_mut().push((at, context.waker().clone()));
            Poll::Pending
        }))
    }

    fn random(&self) -> u64 {
        self.0.chance.set(self.0.chance.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        self.0.chance.get()
    }
}

/// Texts that outlive an engine.
#[derive(Default)]
pub(crate) struct Shelf(pub(crate) RefCell<BTreeMap<String, String>>);

impl Storage for Shelf {
    fn get(&self, key: &str) -> Option<String> {
        self.0.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) {
        self.0.borrow_mut().remove(key);
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        self.0.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect()
    }
}
