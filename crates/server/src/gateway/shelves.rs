//! What engines want kept beyond their lives: jobs, what was read, ids of sent messages. By user, in memory, for a day.
//!
//! Secrets are never on a shelf: engines keep them to themselves.

use super::guests::Guest;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a shelf is kept that no engine holds.
const KEPT: Duration = Duration::from_hours(24);
/// Bytes of one user's texts at most.
const BYTES: usize = 8 << 20;
/// Bytes of all at most; of more, those that nobody holds go, the oldest first.
const ALL_BYTES: usize = 64 << 20;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One user's texts by their keys.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Texts>);

#[derive(Debug, Default)]
struct Texts {
    by_key: BTreeMap<String, String>,
    bytes: usize,
}

impl Shelf {
    /// Keeps a text, or forgets it. What finds no room is not kept.
    pub(super) fn put(&self, key: String, value: Option<String>) {
        let mut texts = lock(&self.0);
        if let Some(old) = texts.by_key.remove(&key) {
            texts.bytes = texts.bytes.saturating_sub(key.len() + old.len());
        }
        let Some(value) = value else { return };
        let bytes = texts.bytes.saturating_add(key.len() + value.len());
        if bytes <= BYTES {
            texts.bytes = bytes;
            texts.by_key.insert(key, value);
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> BTreeMap<String, String> {
        lock(&self.0).by_key.clone()
    }

    fn bytes(&self) -> usize {
        lock(&self.0).bytes
    }
}

/// Whose shelf it is.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
pub(super) enum Whose {
    /// Who signed in under that name, and is that user to the foreign API.
    User {
        /// As it was typed.
        name: String,
        /// As the foreign API says.
        id: String,
    },
    /// Whoever brings a token, or everybody.
    Guest(Guest),
}

/// All shelves.
#[derive(Default)]
pub(super) struct Shelves(Mutex<HashMap<Whose, Kept>>);

struct Kept {
    shelf: Arc<Shelf>,
    held: Instant,
}

impl Kept {
    /// An engine writes to it.
    fn is_held(&self) -> bool {
        Arc::strong_count(&self.shelf) > 1
    }
}

impl Shelves {
    /// Somebody's shelf, and what an engine can begin with: nothing while another one of theirs runs, because both would
    /// work through the same jobs.
    pub(super) fn of(&self, whose: Whose) -> (Arc<Shelf>, BTreeMap<String, String>) {
        let mut all = lock(&self.0);
        let kept = all.entry(whose).or_insert_with(|| Kept { shelf: Arc::default(), held: Instant::now() });
        let texts = if kept.is_held() { BTreeMap::new() } else { kept.shelf.all() };
        kept.held = Instant::now();
        (Arc::clone(&kept.shelf), texts)
    }

    /// Forgets what nobody came back for.
    pub(super) fn tidy(&self) {
        let mut all = lock(&self.0);
        let now = Instant::now();
        all.retain(|_, kept| {
            if kept.is_held() {
                kept.held = now;
            }
            kept.shelf.bytes() > 0 && now.duration_since(kept.held) < KEPT || kept.is_held()
        });
        let mut bytes: usize = all.values().map(|kept| kept.shelf.bytes()).sum();
        while bytes > ALL_BYTES {
            let free = all.iter().filter(|(_, kept)| !kept.is_held());
            let Some(oldest) = free.min_by_key(|(_, kept)| kept.held).map(|(whose, _)| whose.clone()) else {
                return;
            };
            bytes -= all.remove(&oldest).map_or(0, |kept| kept.shelf.bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> Whose {
        Whose::User { name: "ana".to_owned(), id: "1".to_owned() }
    }

    #[test]
    fn what_one_engine_left_the_next_one_of_the_same_user_begins_with() {
        let shelves = Shelves::default();
        let (shelf, texts) = shelves.of(ana());
        assert!(texts.is_empty());
        shelf.put("job".to_owned(), Some("done".to_owned()));
        assert!(shelves.of(ana()).1.is_empty(), "the first one still runs");
        drop(shelf);
        shelves.tidy();
        assert_eq!(shelves.of(ana()).1, [("job".to_owned(), "done".to_owned())].into());
        let other = Whose::User { name: "ana".to_owned(), id: "2".to_owned() };
        assert!(shelves.of(other).1.is_empty());
        assert!(shelves.of(Whose::Guest(Guest::All)).1.is_empty());
    }

    #[test]
    fn a_shelf_has_an_end() {
        let shelf = Shelf::default();
        shelf.put("a".to_owned(), Some("x".repeat(BYTES - 1)));
        shelf.put("b".to_owned(), Some("y".to_owned()));
        assert_eq!(shelf.all().keys().collect::<Vec<_>>(), ["a"]);
        shelf.put("a".to_owned(), None);
        assert_eq!(shelf.bytes(), 0);
    }

    #[test]
    fn empty_shelves_that_nobody_holds_are_forgotten() {
        let shelves = Shelves::default();
        drop(shelves.of(ana()));
        shelves.tidy();
        assert!(lock(&shelves.0).is_empty());
    }
}
