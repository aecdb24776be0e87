//! The steps of the two sliders as seconds; behind the last stands *Never* or *Off*. Pure.

use bandeja_model::timing::{CLOSING_RANGE_S, CLOSING_STOPS_S, DAY_S, HOUR_S, WINDOW_RANGE_S};

/// Where the slider of the window stops: finely where hours matter, coarsely where weeks do. The exact field
/// reaches everything between.
const WINDOW_STOPS_S: [u32; 23] = [
    HOUR_S,
    2 * HOUR_S,
    3 * HOUR_S,
    4 * HOUR_S,
    5 * HOUR_S,
    6 * HOUR_S,
    8 * HOUR_S,
    10 * HOUR_S,
    12 * HOUR_S,
    18 * HOUR_S,
    DAY_S,
    36 * HOUR_S,
    2 * DAY_S,
    60 * HOUR_S,
    3 * DAY_S,
    4 * DAY_S,
    5 * DAY_S,
    6 * DAY_S,
    7 * DAY_S,
    10 * DAY_S,
    14 * DAY_S,
    21 * DAY_S,
    30 * DAY_S,
];
/// Which of them have their name under the track.
const NAMED_S: [u32; 6] = [HOUR_S, 6 * HOUR_S, DAY_S, 3 * DAY_S, 7 * DAY_S, 30 * DAY_S];
/// Which of the names are left out where there is little room.
const MINOR_S: [u32; 3] = [6 * HOUR_S, 3 * DAY_S, 30 * DAY_S];

/// The stops of a slider, shortest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stops(Vec<u32>);

impl Stops {
    /// Those for closing. `own` is a value that is none of them and gets a stop at its place.
    pub(super) fn closing(own: Option<u32>) -> Self {
        Self::with(&CLOSING_STOPS_S, own, CLOSING_RANGE_S)
    }

    /// Those of the window; `own` as for closing.
    pub(super) fn window(own: Option<u32>) -> Self {
        Self::with(&WINDOW_STOPS_S, own, WINDOW_RANGE_S)
    }

    fn with(stops: &[u32], own: Option<u32>, (least, most): (u32, u32)) -> Self {
        let own = own.filter(|own| (least..=most).contains(own));
        let mut stops: Vec<_> = stops.iter().copied().chain(own).collect();
        stops.sort_unstable();
        stops.dedup();
        Self(stops)
    }

    /// The stops, without what stands behind them.
    pub(super) fn seconds(&self) -> &[u32] {
        &self.0
    }

    /// The seconds of the stop at a place; nothing behind the last.
    pub(super) fn at(&self, place: usize) -> Option<u32> {
        self.0.get(place).copied()
    }

    /// Where a value stands; one that is no stop at the next one above, or at the last.
    pub(super) fn place_of(&self, seconds: Option<u32>) -> usize {
        let Some(seconds) = seconds else { return self.0.len() };
        self.0.partition_point(|stop| *stop < seconds).min(self.0.len().saturating_sub(1))
    }
}

/// Whether a stop of the window has its name under the track, and whether that name is a minor one.
pub(super) fn named(seconds: u32) -> (bool, bool) {
    (NAMED_S.contains(&seconds), MINOR_S.contains(&seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_of_both_sliders_is_found_at_its_place_and_back() {
        for stops in [Stops::closing(None), Stops::window(None), Stops::window(Some(5400))] {
            for (place, seconds) in stops.seconds().iter().enumerate() {
                assert_eq!((stops.place_of(Some(*seconds)), stops.at(place)), (place, Some(*seconds)));
            }
            let behind = stops.seconds().len();
            assert_eq!((stops.place_of(None), stops.at(behind)), (behind, None));
        }
    }

    #[test]
    fn a_saved_value_that_is_no_stop_gets_one_at_its_place() {
        let stops = Stops::closing(Some(5 * DAY_S));
        let days: Vec<_> = stops.seconds().iter().map(|seconds| seconds / DAY_S).collect();
        assert_eq!(days, [1, 3, 5, 7, 14, 30]);
        assert_eq!(Stops::closing(Some(7 * DAY_S)), Stops::closing(None));
    }

    #[test]
    fn a_value_out_of_range_gets_no_stop_and_stands_at_the_nearest_end() {
        let stops = Stops::window(Some(31 * DAY_S));
        assert_eq!(stops, Stops::window(None));
        assert_eq!(stops.place_of(Some(31 * DAY_S)), stops.seconds().len() - 1);
        assert_eq!(stops.place_of(Some(60)), 0);
    }

    #[test]
    fn the_sliders_reach_from_end_to_end_of_what_may_be_saved() {
        for (stops, (least, most)) in
            [(Stops::closing(None), CLOSING_RANGE_S), (Stops::window(None), WINDOW_RANGE_S)]
        {
            assert_eq!((stops.seconds().first(), stops.seconds().last()), (Some(&least), Some(&most)));
        }
        assert!(NAMED_S.iter().all(|named| WINDOW_STOPS_S.contains(named)));
        assert!(MINOR_S.iter().all(|minor| NAMED_S.contains(minor)));
    }
}
