//! Jobs in what outlives the engine, so that an account of them is there after it was ended in the middle.
//!
//! Items are written in slices. Those whose turn it is are written down before anything is sent: what became of them
//! is not known if the engine ends then.

use super::{Head, Item, Job, Jobs, LISTED};
use crate::host::{Host, Storage};
use bandeja_model::{BulkReason, ItemResult, JobState, Timestamp, UserId};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Items written together.
const SLICE: usize = 50;

fn prefix(user: &UserId) -> String {
    format!("connector.{user}.job.")
}

impl Job {
    /// Writes down what changed. Without room the job goes on, and is gone with the engine.
    pub(super) fn save(&mut self, storage: &dyn Storage) {
        let own = format!("{}{}.", prefix(&self.head.by), self.head.id);
        let slices: BTreeSet<usize> =
            std::mem::take(&mut self.unsaved).iter().map(|index| index / SLICE).collect();
        for slice in slices {
            if let Some(items) = self.items.chunks(SLICE).nth(slice) {
                put(storage, &format!("{own}{slice}"), items);
            }
        }
        put(storage, &format!("{own}head"), &self.head);
        self.save_going(storage);
    }

    /// Writes down whose turn it is.
    pub(super) fn save_going(&self, storage: &dyn Storage) {
        let open: Vec<_> = self.going.union(&self.unsaved).collect();
        put(storage, &format!("{}{}.going", prefix(&self.head.by), self.head.id), &open);
    }

    pub(super) fn save_all(&mut self, storage: &dyn Storage) {
        self.unsaved = (0..self.items.len()).collect();
        self.save(storage);
    }

    /// What an engine left that ended in the middle.
    fn recover(&mut self, going: &BTreeSet<usize>, now: Timestamp) {
        if self.is_over() {
            return;
        }
        for (index, item) in self.items.iter_mut().enumerate().filter(|(_, item)| item.result.is_none()) {
            let words = if going.contains(&index) {
                "Not known: the program ended before an answer was seen."
            } else {
                "Not begun: the program ended before its turn."
            };
            item.result = Some(ItemResult::Failed);
            item.reason = Some(BulkReason::Internal);
            item.detail = Some(words.to_owned());
        }
        self.head.state = Some(JobState::Stopped);
        self.head.finished_at = Some(now);
        self.head.later = false;
    }
}

fn put<T: serde::Serialize + ?Sized>(storage: &dyn Storage, key: &str, value: &T) {
    if let Ok(text) = serde_json::to_string(value) {
        let _ = storage.set(key, &text);
    }
}

fn get<T: serde::de::DeserializeOwned>(storage: &dyn Storage, key: &str) -> Option<T> {
    serde_json::from_str(&storage.get(key)?).ok()
}

impl Jobs {
    /// Nobody's jobs from now on.
    pub(in super::super) fn leave(&self) {
        self.user.borrow_mut().take();
    }

    /// The jobs of a user from now on, with those that an earlier engine left.
    pub(in super::super) fn of_user(&self, host: &Host, user: &UserId, now: Timestamp) {
        if self.user.borrow().as_ref() == Some(user) {
            return;
        }
        *self.user.borrow_mut() = Some(user.clone());
        // Nobody's job goes on in somebody else's name.
        for job in self.all.borrow().iter().filter(|job| !job.borrow().is_over()) {
            job.borrow_mut().stop();
        }
        let storage = host.storage.as_ref();
        let prefix = prefix(user);
        let mut all = Vec::new();
        for key in storage.keys(&prefix) {
            let Some(own) = key.strip_suffix("head") else { continue };
            let Some(head) = get::<Head>(storage, &key) else { continue };
            if head.finished_at.is_some_and(|at| now - at >= LISTED) {
                storage.keys(own).iter().for_each(|key| storage.remove(key));
                continue;
            }
            let slices = (0..).map_while(|slice| get::<Vec<Item>>(storage, &format!("{own}{slice}")));
            let mut job = Job::new(head, slices.flatten().collect());
            let going: BTreeSet<usize> = get(storage, &format!("{own}going")).unwrap_or_default();
            if !job.is_over() {
                job.recover(&going, now);
                job.save_all(storage);
            }
            all.push(job);
        }
        all.sort_by_key(|job| job.head.at);
        *self.all.borrow_mut() = all.into_iter().map(|job| Rc::new(RefCell::new(job))).collect();
    }
}
