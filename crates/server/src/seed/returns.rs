//! Contacts who came back in the last thirty days, made up: threads tell of too few for numbers about them
//! to say anything. Owns how long they stayed away and how it had ended before.

use super::clock::{DAY, HOUR, MINUTE};
use super::rng::Rng;
use bandeja_model::ClosingSource;

/// Tells its stream of random numbers from others.
const PURPOSE: u64 = 0x7265_7475_726e;

/// Somebody who came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedReturn {
    /// How long ago, in milliseconds; less than thirty days.
    pub ago: i64,
    /// How long after the end, in milliseconds.
    pub delay: i64,
    /// What had ended it.
    pub source: ClosingSource,
    /// Cancelled rather than closed.
    pub cancelled: bool,
    /// The closing record says why.
    pub has_reason: bool,
    /// Somebody answered for it who still can.
    pub has_owner: bool,
}

/// Those of the team at a position, without end.
pub fn returns(seed: u64, team: usize) -> impl Iterator<Item = SeedReturn> {
    let mut rng = Rng::stream(seed, team, PURPOSE);
    std::iter::repeat_with(move || {
        let delay = match rng.below(100) {
            0..22 => rng.between(3 * MINUTE, HOUR),
            22..48 => rng.between(HOUR, 10 * HOUR),
            48..64 => rng.between(10 * HOUR, DAY),
            64..78 => rng.between(DAY, 3 * DAY),
            78..90 => rng.between(3 * DAY, 9 * DAY),
            _ => rng.between(9 * DAY, 45 * DAY),
        };
        let source = match rng.below(100) {
            0..10 => ClosingSource::Inactivity,
            10..14 => ClosingSource::Bot,
            14..18 => ClosingSource::Rule,
            _ => ClosingSource::User,
        };
        SeedReturn {
            ago: rng.between(MINUTE, 30 * DAY - HOUR),
            delay,
            source,
            cancelled: source == ClosingSource::User && rng.chance(35),
            has_reason: source != ClosingSource::User || rng.chance(920),
            has_owner: rng.chance(940),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_stayed_away_for_an_hour_and_for_weeks_and_are_the_same_each_time() {
        let made: Vec<_> = returns(1, 2).take(400).collect();
        assert_eq!(made, returns(1, 2).take(400).collect::<Vec<_>>());
        assert_ne!(made, returns(1, 3).take(400).collect::<Vec<_>>());
        for (low, high) in [(0, HOUR), (HOUR, DAY), (DAY, 7 * DAY), (7 * DAY, 46 * DAY)] {
            let count = made.iter().filter(|it| (low..high).contains(&it.delay)).count();
            assert!(count > 20, "{low}..{high}: {count}");
        }
        assert!(made.iter().all(|it| (0..30 * DAY).contains(&it.ago)));
    }
}
