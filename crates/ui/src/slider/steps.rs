//! Where the steps of a slider stand, and which step a raw position means. Pure.

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What it is in words, said to screen readers: «7 días».
    pub text: String,
    /// Its name under the track; empty for one that has none.
    pub label: String,
    /// Its name is left out where there is little room.
    pub minor: bool,
    /// How far it stands from the step before it; 0 is taken as 1.
    pub gap: u32,
}

impl Step {
    /// A step with its words, without a name under the track.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same with a name under the track.
    #[must_use]
    pub fn named(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, its name left out where there is little room.
    #[must_use]
    pub const fn minor(mut self) -> Self {
        self.minor = true;
        self
    }

    /// The same, further from the step before it.
    #[must_use]
    pub const fn after_gap(mut self, gap: u32) -> Self {
        self.gap = gap;
        self
    }
}

/// The native element counts in units; each step has one, and between two steps there may be some without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Track {
    units: Vec<u32>,
}

impl Track {
    pub(super) fn of(steps: &[Step]) -> Self {
        let mut unit = 0;
        let place = |(place, step): (usize, &Step)| {
            unit += if place == 0 { 0 } else { step.gap.max(1) };
            unit
        };
        Self { units: steps.iter().enumerate().map(place).collect() }
    }

    /// The last unit.
    pub(super) fn end(&self) -> u32 {
        self.units.last().copied().unwrap_or_default()
    }

    /// The unit of a step; of one that is not there, the last.
    pub(super) fn unit_of(&self, step: usize) -> u32 {
        self.units.get(step).copied().unwrap_or_else(|| self.end())
    }

    /// Where a step stands, as a share of the track.
    pub(super) fn share_of(&self, step: usize) -> f64 {
        let end = self.end();
        if end == 0 { 0.0 } else { f64::from(self.unit_of(step)) / f64::from(end) }
    }

    /// The step that a raw unit means. Between two steps it is the nearer one while the thumb is `held`; a key
    /// or a screen reader moves by single units, and from `before` that leads on to the next step.
    pub(super) fn step_at(&self, raw: u32, before: usize, held: bool) -> usize {
        let above = self.units.partition_point(|unit| *unit < raw).min(self.units.len().saturating_sub(1));
        let is_exact = self.units.get(above) == Some(&raw);
        let below = above.saturating_sub(1);
        if is_exact || above == 0 {
            return above;
        }
        let on = if held {
            self.unit_of(above).saturating_sub(raw) <= raw.saturating_sub(self.unit_of(below))
        } else {
            raw > self.unit_of(before)
        };
        if on { above } else { below }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three steps close together and one far off: units 0, 1, 2, 5.
    fn track() -> Track {
        Track::of(&[Step::new("a"), Step::new("b"), Step::new("c"), Step::new("d").after_gap(3)])
    }

    #[test]
    fn steps_stand_at_their_share_of_the_track() {
        let shares: Vec<_> = (0..4).map(|step| (track().share_of(step) * 10.0).round()).collect();
        assert_eq!(shares, [0.0, 2.0, 4.0, 10.0]);
        assert_eq!(track().end(), 5);
        assert!(Track::of(&[Step::new("only")]).share_of(0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_key_leads_over_a_gap_in_both_directions() {
        assert_eq!(track().step_at(3, 2, false), 3);
        assert_eq!(track().step_at(4, 3, false), 2);
        assert_eq!(track().step_at(1, 0, false), 1);
    }

    #[test]
    fn a_thumb_that_is_held_in_a_gap_takes_the_nearer_step_wherever_it_comes_from() {
        for before in 0..4 {
            assert_eq!(track().step_at(3, before, true), 2);
            assert_eq!(track().step_at(4, before, true), 3);
        }
    }

    #[test]
    fn a_position_beyond_the_end_is_the_last_step_and_none_at_all_the_first() {
        assert_eq!(track().step_at(99, 0, true), 3);
        assert_eq!(Track::of(&[]).step_at(7, 0, false), 0);
        assert_eq!(Track::of(&[]).unit_of(3), 0);
    }
}
