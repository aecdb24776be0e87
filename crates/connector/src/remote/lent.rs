//! Storage and secrets of an engine whose surroundings are told of every change.

use super::station::Say;
use super::wire::FromEngine;
use crate::host::{Local, Secrets, Storage};
use bandeja_client::traits::StorageError;
use futures::channel::oneshot;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

/// Texts in memory; each change is said.
pub struct Kept {
    texts: RefCell<BTreeMap<String, String>>,
    say: Say,
}

impl Kept {
    /// With these to begin with.
    pub fn new(texts: BTreeMap<String, String>, say: Say) -> Self {
        Self { texts: RefCell::new(texts), say }
    }

    /// Takes in what others keep.
    pub(super) fn take(&self, texts: BTreeMap<String, Option<String>>) {
        let mut own = self.texts.borrow_mut();
        for (key, value) in texts {
            match value {
                Some(value) => own.insert(key, value),
                None => own.remove(&key),
            };
        }
    }
}

impl Storage for Kept {
    fn get(&self, key: &str) -> Option<String> {
        self.texts.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.texts.borrow_mut().insert(key.to_owned(), value.to_owned());
        (self.say)(FromEngine::Store { key: key.to_owned(), value: Some(value.to_owned()) });
        Ok(())
    }

    fn remove(&self, key: &str) {
        if self.texts.borrow_mut().remove(key).is_some() {
            (self.say)(FromEngine::Store { key: key.to_owned(), value: None });
        }
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        self.texts.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect()
    }
}

/// Secrets in memory; each change is said, and fresh ones are asked for. No `Debug`, on purpose.
pub struct Held {
    secrets: RefCell<BTreeMap<String, String>>,
    renews: bool,
    asked: Cell<u64>,
    waiting: RefCell<HashMap<u64, oneshot::Sender<Option<String>>>>,
    say: Say,
}

impl Held {
    /// With these to begin with; `renews` if somebody answers questions for fresh ones.
    pub fn new(secrets: BTreeMap<String, String>, renews: bool, say: Say) -> Self {
        Self {
            secrets: RefCell::new(secrets),
            renews,
            asked: Cell::default(),
            waiting: RefCell::default(),
            say,
        }
    }

    /// The answer to a question came.
    pub(super) fn renewed(&self, ask: u64, value: Option<String>) {
        let waiting = self.waiting.borrow_mut().remove(&ask);
        if let Some(waiting) = waiting {
            // Whoever asked may have gone away.
            let _ = waiting.send(value);
        }
    }
}

impl Secrets for Held {
    fn get(&self, name: &str) -> Option<String> {
        self.secrets.borrow().get(name).cloned()
    }

    fn set(&self, name: &str, value: Option<String>) {
        match value.clone() {
            Some(value) => self.secrets.borrow_mut().insert(name.to_owned(), value),
            None => self.secrets.borrow_mut().remove(name),
        };
        (self.say)(FromEngine::Keep { name: name.to_owned(), value });
    }

    fn renew(&self, name: &str) -> Local<'static, Option<String>> {
        if !self.renews {
            return Box::pin(std::future::ready(None));
        }
        let ask = self.asked.get();
        self.asked.set(ask.wrapping_add(1));
        let (sender, answer) = oneshot::channel();
        self.waiting.borrow_mut().insert(ask, sender);
        (self.say)(FromEngine::Renew { ask, name: name.to_owned() });
        Box::pin(async move { answer.await.ok().flatten() })
    }
}
