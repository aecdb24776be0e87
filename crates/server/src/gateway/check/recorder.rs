//! A door that remembers the last answer, so that what was mapped can be compared with what came.

use bandeja_connector::host::{Door, DoorError, Got, Local, Sent};
use std::cell::RefCell;
use std::rc::Rc;

/// A door with a memory of one answer.
pub(super) struct Recorder<D> {
    door: D,
    last: Rc<RefCell<Option<Got>>>,
}

impl<D> Recorder<D> {
    pub(super) fn new(door: D) -> Self {
        Self { door, last: Rc::default() }
    }

    /// The body of the last answer.
    pub(super) fn body(&self) -> Option<Vec<u8>> {
        self.last.borrow().as_ref().map(|got| got.body.clone())
    }
}

impl<D: Door> Door for Recorder<D> {
    fn send(&self, sent: Sent) -> Local<'static, Result<Got, DoorError>> {
        let (sending, last) = (self.door.send(sent), Rc::clone(&self.last));
        Box::pin(async move {
            let got = sending.await;
            *last.borrow_mut() = got.as_ref().ok().cloned();
            got
        })
    }

    fn cookie(&self, name: &str) -> Option<String> {
        self.door.cookie(name)
    }
}
