//! Ids that never collide, for `aria-controls`, labels and the like.
//!
//! A counter of the process, not app state: two instances on a page must not share an id.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A fresh id such as `bandeja-dialog-7`.
pub fn next_id(part: &str) -> String {
    format!("bandeja-{part}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ids_of_one_part_differ() {
        assert_ne!(next_id("menu"), next_id("menu"));
    }
}
