//! Both settings are one resource, and each dialog saves its own half of it. Pure.

use bandeja_model::timing::{SavedTiming, Timing};

/// Which of the two settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// *Contact closing*.
    Closing,
    /// *Contact assignment*.
    Assignment,
}

/// What a refusal for staleness comes to, once the settings were asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// They are as one wanted them: the answer to an earlier try was lost, or both wanted the same.
    AlreadySo,
    /// Somebody changed the other half only: one's own can be saved upon it.
    OtherHalf,
    /// Somebody changed the same half: the reader chooses.
    Both,
}

impl Half {
    /// The settings with this half of `mine` and the other of `read`.
    pub(super) fn graft(self, read: &Timing, mine: &Timing) -> Timing {
        let (idle, window) = match self {
            Self::Closing => (mine, read),
            Self::Assignment => (read, mine),
        };
        Timing { inactivity: idle.inactivity.clone(), reassignment: window.reassignment }
    }

    /// Whether two settings agree in this half.
    pub(super) fn is_same(self, one: &Timing, other: &Timing) -> bool {
        match self {
            Self::Closing => one.inactivity == other.inactivity,
            Self::Assignment => one.reassignment == other.reassignment,
        }
    }

    /// What it means that `now` stands where `read` was expected, for who wants `mine`.
    pub(super) fn settle(self, read: &SavedTiming, mine: &Timing, now: &SavedTiming) -> Settled {
        if self.is_same(mine, &now.timing()) {
            Settled::AlreadySo
        } else if self.is_same(&read.timing(), &now.timing()) {
            Settled::OtherHalf
        } else {
            Settled::Both
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::timing::{DAY_S, HOUR_S};

    fn timing(after_s: u32, window_s: u32) -> Timing {
        let mut timing = Timing::default();
        timing.inactivity.after_s = Some(after_s);
        timing.reassignment.window_s = Some(window_s);
        timing
    }

    fn saved(after_s: u32, window_s: u32) -> SavedTiming {
        let Timing { inactivity, reassignment } = timing(after_s, window_s);
        SavedTiming { inactivity, reassignment, version: 1, clock_since: chrono::DateTime::UNIX_EPOCH }
    }

    #[test]
    fn a_dialog_saves_its_own_half_and_leaves_the_other_as_it_was_read() {
        let (read, mine) = (timing(DAY_S, HOUR_S), timing(3 * DAY_S, 2 * HOUR_S));
        assert_eq!(Half::Closing.graft(&read, &mine), timing(3 * DAY_S, HOUR_S));
        assert_eq!(Half::Assignment.graft(&read, &mine), timing(DAY_S, 2 * HOUR_S));
    }

    #[test]
    fn only_a_change_of_the_same_half_has_to_be_decided() {
        let (read, mine) = (saved(DAY_S, HOUR_S), timing(3 * DAY_S, HOUR_S));
        let settle = |now: &SavedTiming| Half::Closing.settle(&read, &mine, now);
        assert_eq!(settle(&saved(DAY_S, 9 * HOUR_S)), Settled::OtherHalf);
        assert_eq!(settle(&saved(7 * DAY_S, HOUR_S)), Settled::Both);
        assert_eq!(settle(&saved(3 * DAY_S, 9 * HOUR_S)), Settled::AlreadySo);
    }
}
