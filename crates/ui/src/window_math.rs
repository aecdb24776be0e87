//! The arithmetic of a virtual list: which rows are shown, by which slot, and where.
//!
//! Pure: no signal, no element. Lengths are CSS px. "Virtual" is the height all rows would have together,
//! "physical" what the browser is asked for, which it limits (about 16.7 million px in Firefox).

/// No browser refuses an element of this height.
pub const MAX_PHYSICAL: f64 = 15_000_000.0;

/// The most slots that ever stand in the document.
pub const MAX_SLOTS: usize = 60;

/// A jump of more than this many viewports is the scroll bar being dragged, not a wheel or a key.
const DRAG_VIEWPORTS: f64 = 3.0;

/// The measures one computation needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Geometry {
    /// How many rows there are.
    pub total: usize,
    /// Height of one row.
    pub row: f64,
    /// Height of the viewport.
    pub viewport: f64,
}

/// Rows that slots hold: `first..first + pool`, cut at the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotWindow {
    /// The first row held.
    pub first: usize,
    /// How many slots there are.
    pub pool: usize,
    /// How many rows there are.
    pub total: usize,
}

/// Both scroll positions, which differ only where the space is scaled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Offsets {
    /// What the browser's `scrollTop` says.
    pub physical: f64,
    /// Where that is among all rows.
    pub in_rows: f64,
}

/// `value`, or the bound that it lies beyond.
#[expect(
    clippy::manual_clamp,
    reason = "clamp words its panic with the bounds, and writing floats weighs 15 kB"
)]
pub fn between(value: f64, least: f64, most: f64) -> f64 {
    value.max(least).min(most)
}

impl Geometry {
    /// Height of all rows together.
    pub fn virtual_height(&self) -> f64 {
        to_px(self.total) * self.row
    }

    /// Height of the element inside the viewport.
    pub fn physical_height(&self) -> f64 {
        self.virtual_height().min(MAX_PHYSICAL)
    }

    /// Whether the rows together are taller than a browser allows.
    pub fn is_scaled(&self) -> bool {
        self.virtual_height() > MAX_PHYSICAL
    }

    /// The largest offset among the rows.
    pub fn max_in_rows(&self) -> f64 {
        (self.virtual_height() - self.viewport).max(0.0)
    }

    fn max_physical(&self) -> f64 {
        (self.physical_height() - self.viewport).max(0.0)
    }

    /// The offset among the rows that a scroll position stands for, by proportion.
    pub fn in_rows(&self, physical: f64) -> f64 {
        if !self.is_scaled() {
            return between(physical, 0.0, self.max_in_rows());
        }
        let share = physical / self.max_physical().max(1.0);
        between(share * self.max_in_rows(), 0.0, self.max_in_rows())
    }

    /// The scroll position that stands for an offset among the rows, by proportion.
    pub fn physical(&self, in_rows: f64) -> f64 {
        let in_rows = between(in_rows, 0.0, self.max_in_rows());
        if !self.is_scaled() {
            return in_rows;
        }
        in_rows / self.max_in_rows().max(1.0) * self.max_physical()
    }

    /// Follows a scroll event. In a scaled space small steps (wheel, keys) move the rows by as many pixels
    /// as the finger did, and only a drag of the scroll bar moves them by proportion.
    pub fn scrolled(&self, before: Offsets, physical: f64) -> Offsets {
        let step = physical - before.physical;
        let dragged = step.abs() > self.viewport * DRAG_VIEWPORTS;
        let in_rows = if !self.is_scaled() || dragged {
            self.in_rows(physical)
        } else {
            between(before.in_rows + step, 0.0, self.max_in_rows())
        };
        Offsets { physical, in_rows }
    }

    /// The rows that are at least partly visible, as a half-open range.
    pub fn visible(&self, in_rows: f64) -> (usize, usize) {
        if self.total == 0 || self.row <= 0.0 {
            return (0, 0);
        }
        let first = to_count((in_rows / self.row).floor()).min(self.total - 1);
        let end = to_count(((in_rows + self.viewport) / self.row).ceil()).clamp(first + 1, self.total);
        (first, end)
    }

    /// How many slots the viewport needs with `overscan` rows on both sides, at most [`MAX_SLOTS`].
    pub fn pool(&self, overscan: usize) -> usize {
        if self.row <= 0.0 || self.viewport <= 0.0 {
            return 0;
        }
        let visible = to_count((self.viewport / self.row).ceil()).saturating_add(1);
        visible.saturating_add(overscan.saturating_mul(2)).min(MAX_SLOTS).min(self.total)
    }

    /// The rows that `pool` slots hold when the offset is `in_rows`: the visible ones in the middle.
    pub fn slots(&self, in_rows: f64, pool: usize) -> SlotWindow {
        let (first, end) = self.visible(in_rows);
        let spare = pool.saturating_sub(end - first);
        let latest = self.total.saturating_sub(pool);
        SlotWindow { first: first.saturating_sub(spare / 2).min(latest), pool, total: self.total }
    }

    /// The offset that shows row `index` whole while moving as little as possible.
    pub fn reveal(&self, index: usize, in_rows: f64) -> f64 {
        let top = to_px(index.min(self.total.saturating_sub(1))) * self.row;
        let lowest = top + self.row - self.viewport;
        between(between(in_rows, lowest.min(top), top), 0.0, self.max_in_rows())
    }

    /// Where the top of row `index` is inside the element, given both offsets.
    pub fn row_top(&self, index: usize, at: Offsets) -> f64 {
        let top = to_px(index) * self.row;
        if self.is_scaled() { at.physical + (top - at.in_rows) } else { top }
    }
}

impl SlotWindow {
    /// The row that a slot holds. Slots are keyed by position modulo the pool, so moving by one row
    /// changes one slot.
    pub fn row_of(&self, slot: usize) -> Option<usize> {
        if slot >= self.pool {
            return None;
        }
        let base = self.first - self.first % self.pool;
        let row = base + slot;
        let row = if row < self.first { row + self.pool } else { row };
        (row < self.total).then_some(row)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a list of 2^53 rows does not exist")]
fn to_px(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is meant"
)]
fn to_count(value: f64) -> usize {
    value as usize
}

// The property tests need a crate that does not build for browsers.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(total: usize) -> Geometry {
        Geometry { total, row: 80.0, viewport: 720.0 }
    }

    #[test]
    fn the_first_screen_shows_nine_rows() {
        assert_eq!(list(412).visible(0.0), (0, 9));
        assert_eq!(list(412).visible(40.0), (0, 10));
    }

    #[test]
    fn an_empty_list_shows_nothing_and_needs_no_slot() {
        assert_eq!(list(0).visible(0.0), (0, 0));
        assert_eq!(list(0).pool(6), 0);
    }

    #[test]
    fn slots_never_exceed_sixty() {
        assert_eq!(Geometry { total: 100_000, row: 20.0, viewport: 4000.0 }.pool(10), MAX_SLOTS);
    }

    #[test]
    fn one_step_down_changes_one_slot() {
        let list = list(1000);
        let pool = list.pool(4);
        let changed = |from: f64, to: f64| {
            let (before, after) = (list.slots(from, pool), list.slots(to, pool));
            (0..pool).filter(|slot| before.row_of(*slot) != after.row_of(*slot)).count()
        };
        assert_eq!(changed(8000.0, 8080.0), 1);
        assert_eq!(changed(8000.0, 8001.0), 0);
    }

    #[test]
    fn a_million_rows_reach_both_ends_in_a_limited_height() {
        let list = list(1_000_000);
        assert!(list.is_scaled());
        assert!(list.physical_height() <= MAX_PHYSICAL);
        assert_eq!(list.visible(list.in_rows(0.0)).0, 0);
        assert_eq!(list.visible(list.in_rows(MAX_PHYSICAL - 720.0)).1, 1_000_000);
    }

    #[test]
    fn a_wheel_step_in_a_scaled_list_moves_as_far_as_the_finger() {
        let list = list(1_000_000);
        let before = Offsets { physical: list.physical(40_000_000.0), in_rows: 40_000_000.0 };
        let after = list.scrolled(before, before.physical + 100.0);
        assert!((after.in_rows - 40_000_100.0).abs() < 0.001);
    }

    #[test]
    fn dragging_the_bar_of_a_scaled_list_jumps_by_proportion() {
        let list = list(1_000_000);
        let after = list.scrolled(Offsets::default(), list.physical(40_000_000.0));
        assert!((after.in_rows - 40_000_000.0).abs() < 1.0);
    }

    #[test]
    fn revealing_a_visible_row_does_not_scroll() {
        assert!((list(100).reveal(3, 100.0) - 100.0).abs() < f64::EPSILON);
    }

    #[test]
    fn revealing_a_row_below_puts_it_at_the_bottom() {
        assert!((list(100).reveal(20, 0.0) - (21.0 * 80.0 - 720.0)).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn every_visible_row_has_exactly_one_slot(total in 1_usize..2_000_000, at in 0.0..1.0_f64, row in 20.0..120.0_f64, viewport in 50.0..2400.0_f64) {
            let list = Geometry { total, row, viewport: viewport.min(row * 50.0) };
            let pool = list.pool(5);
            let offset = at * list.max_in_rows();
            let slots = list.slots(offset, pool);
            let held: Vec<usize> = (0..pool).filter_map(|slot| slots.row_of(slot)).collect();
            let (first, end) = list.visible(offset);
            for index in first..end {
                prop_assert_eq!(held.iter().filter(|row| **row == index).count(), 1);
            }
        }

        #[test]
        fn both_offsets_convert_into_each_other(total in 1_usize..5_000_000, at in 0.0..1.0_f64) {
            let list = list(total);
            let offset = at * list.max_in_rows();
            prop_assert!((list.in_rows(list.physical(offset)) - offset).abs() < 0.01);
        }

        #[test]
        fn a_revealed_row_is_visible_whole(total in 20_usize..100_000, index in 0_usize..100_000, from in 0.0..1.0_f64) {
            let list = list(total);
            let index = index.min(total - 1);
            let offset = list.reveal(index, from * list.max_in_rows());
            let top = to_px(index) * list.row;
            prop_assert!(top >= offset - 0.01 && top + list.row <= offset + list.viewport + 0.01);
        }
    }
}
