//! The points of the contract, area by area, in the order in which they are asked.

mod actions;
mod bulk;
mod conventions;
mod conversation;
mod endings;
mod filters;
mod hostile;
mod lists;
mod live;
mod lookups;
mod messages;
mod session;
mod target;
mod timing;

use crate::point::Point;
use crate::probe::Probe;

/// All of them. The stream is opened early, so that it hears what is tried after it.
pub(crate) fn all() -> Vec<Point> {
    [
        session::POINTS,
        live::OPENS,
        conventions::POINTS,
        lists::READS,
        lookups::POINTS,
        lists::POINTS,
        filters::POINTS,
        conversation::POINTS,
        hostile::POINTS,
        actions::POINTS,
        messages::POINTS,
        bulk::POINTS,
        timing::POINTS,
        live::POINTS,
    ]
    .concat()
}

/// Undoes what points changed, as far as the contract can, and notes the rest.
pub(crate) fn put_back(probe: &mut Probe) {
    target::put_back(probe);
}

#[cfg(test)]
mod tests {
    use super::all;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_a_point_rests_on_earlier_ones_only() {
        let mut earlier = BTreeSet::new();
        for point in all() {
            for id in point.rests_on {
                assert!(earlier.contains(id), "{} rests on {id}", point.id);
            }
            assert!(earlier.insert(point.id), "{} twice", point.id);
        }
    }

    #[test]
    fn every_point_says_what_it_asks_and_what_the_app_does_without() {
        for point in all() {
            assert!(point.asks.ends_with('.') && point.app.ends_with('.'), "{}", point.id);
        }
    }
}
