//! Counting attempts: so many in a minute by one key, then no more until the oldest is a minute old.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many keys are remembered before those whose time is over are thrown out.
const KEYS: usize = 10_000;

/// A sliding window of attempts by key.
#[derive(Debug)]
pub struct RateLimit<K> {
    most: usize,
    window: Duration,
    attempts: Mutex<HashMap<K, VecDeque<Instant>>>,
}

impl<K: Eq + Hash> RateLimit<K> {
    /// At most `most` attempts within `window`.
    pub fn new(most: usize, window: Duration) -> Self {
        Self { most, window, attempts: Mutex::new(HashMap::new()) }
    }

    /// Counts an attempt; the error is the number of whole seconds to wait.
    pub fn attempt(&self, key: K, now: Instant) -> Result<(), u64> {
        let mut all = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEYS {
            all.retain(|_, times| times.back().is_some_and(|last| now.duration_since(*last) < self.window));
        }
        let times = all.entry(key).or_default();
        while times.front().is_some_and(|first| now.duration_since(*first) >= self.window) {
            times.pop_front();
        }
        if let (true, Some(first)) = (times.len() >= self.most, times.front()) {
            let left = self.window.saturating_sub(now.duration_since(*first));
            return Err(left.as_secs() + 1);
        }
        times.push_back(now);
        Ok(())
    }

    /// Forgets the attempts of `key`, because it turned out to be rightful.
    pub fn forgive(&self, key: &K) {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_waits_until_the_first_is_a_minute_old() {
        let limit = RateLimit::new(10, Duration::from_mins(1));
        let start = Instant::now();
        for second in 0..10 {
            assert_eq!(limit.attempt("ana", start + Duration::from_secs(second)), Ok(()));
        }
        assert_eq!(limit.attempt("ana", start + Duration::from_secs(20)), Err(41));
        assert_eq!(limit.attempt("beto", start + Duration::from_secs(20)), Ok(()));
        assert_eq!(limit.attempt("ana", start + Duration::from_mins(1)), Ok(()));
    }

    #[test]
    fn a_rightful_one_starts_again() {
        let limit = RateLimit::new(1, Duration::from_mins(1));
        assert_eq!(limit.attempt("ana", Instant::now()), Ok(()));
        limit.forgive(&"ana");
        assert_eq!(limit.attempt("ana", Instant::now()), Ok(()));
    }
}
