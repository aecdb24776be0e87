//! What selecting a stretch does: which rows, and to which state. Pure.

use bandeja_model::ConversationId;

/// Where a stretch begins: the row that was set last, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// Its conversation, which stays the same while rows move.
    pub(super) id: ConversationId,
    /// Where it stood.
    pub(super) place: usize,
    /// Whether the stretch is selected or taken out.
    pub(super) on: bool,
}

/// One step of the cursor with Shift, seen from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extension {
    /// The stretch reaches that row now.
    Grow(usize),
    /// The stretch leaves that row again.
    Shrink(usize),
}

/// What a step from one row to its neighbour does to the stretch that begins at `anchor`.
pub(super) const fn extension(anchor: usize, from: usize, to: usize) -> Extension {
    let nearer = anchor.abs_diff(to) < anchor.abs_diff(from);
    if nearer { Extension::Shrink(from) } else { Extension::Grow(to) }
}

/// The rows between two, in order of the list, with whether the first is the anchor.
pub(super) const fn stretch(anchor: usize, to: usize) -> (usize, usize) {
    if anchor <= to { (anchor, to) } else { (to, anchor) }
}

/// The state of a box that stands for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tick {
    /// None is selected.
    Off,
    /// Some are.
    Some,
    /// All are.
    On,
}

/// The box over the rows in sight, given whether each of those is selected and whether anything is, in
/// sight or not.
pub(super) fn box_over(rows: impl IntoIterator<Item = bool>, any: bool) -> Tick {
    let (mut all, mut seen) = (true, false);
    for is_on in rows {
        seen = true;
        all &= is_on;
    }
    match (any, all && seen) {
        (_, true) => Tick::On,
        (true, false) => Tick::Some,
        (false, false) => Tick::Off,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_away_from_the_anchor_selects_and_coming_back_takes_out_again() {
        assert_eq!(extension(5, 5, 6), Extension::Grow(6));
        assert_eq!(extension(5, 7, 8), Extension::Grow(8));
        assert_eq!(extension(5, 8, 7), Extension::Shrink(8));
        assert_eq!(extension(5, 6, 5), Extension::Shrink(6));
        assert_eq!(extension(5, 5, 4), Extension::Grow(4));
        assert_eq!(extension(5, 3, 4), Extension::Shrink(3));
    }

    #[test]
    fn a_stretch_goes_down_whichever_end_was_first() {
        assert_eq!(stretch(3, 9), (3, 9));
        assert_eq!(stretch(9, 3), (3, 9));
        assert_eq!(stretch(4, 4), (4, 4));
    }

    #[test]
    fn the_box_over_the_rows_says_none_some_or_all() {
        assert_eq!(box_over([false, false], false), Tick::Off);
        assert_eq!(box_over([true, false], true), Tick::Some);
        assert_eq!(box_over([false, false], true), Tick::Some, "others are, out of sight");
        assert_eq!(box_over([true, true], true), Tick::On);
        assert_eq!(box_over([], false), Tick::Off);
    }
}
