//! What is wrong with settings that somebody is about to save.

use super::{CLOSING_RANGE_S, Farewell, NOTICE_RANGE_S, Timing, WINDOW_RANGE_S};
use crate::closing::{Category, ClosingFault, ClosingField, ClosingForm};
use crate::limits::FAREWELL_CHARS;

/// The fields of the settings, named as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimingField {
    /// `inactivity.after_s`
    After,
    /// A field of `inactivity.form`
    Form(ClosingField),
    /// `inactivity.farewell.text`
    FarewellText,
    /// `inactivity.farewell.notice_s`
    FarewellNotice,
    /// `reassignment.window_s`
    Window,
}

impl TimingField {
    /// The name on the wire, with dots for nesting.
    pub const fn name(self) -> &'static str {
        match self {
            Self::After => "inactivity.after_s",
            Self::Form(ClosingField::Description) => "inactivity.form.description",
            Self::Form(ClosingField::Category) => "inactivity.form.category_id",
            Self::Form(ClosingField::Subcategory) => "inactivity.form.subcategory_id",
            Self::Form(ClosingField::Summary) => "inactivity.form.summary",
            Self::FarewellText => "inactivity.farewell.text",
            Self::FarewellNotice => "inactivity.farewell.notice_s",
            Self::Window => "reassignment.window_s",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimingFault {
    /// Fewer seconds than the first or more than the second.
    OutOfRange(u32, u32),
    /// Required and empty.
    Missing,
    /// Longer than this many characters.
    TooLong(usize),
    /// As for the closing form.
    Form(ClosingFault),
}

impl TimingFault {
    /// A stable code for problem errors.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutOfRange(..) => "out_of_range",
            Self::Missing => "required",
            Self::TooLong(_) => "too_long",
            Self::Form(fault) => fault.code(),
        }
    }
}

impl Timing {
    /// Everything that is wrong with the settings, where `form` is what closing asks for; nothing wrong means
    /// they may be saved. A rule that never closes needs no values of the form (P26).
    pub fn check(&self, form: &ClosingForm, categories: &[Category]) -> Vec<(TimingField, TimingFault)> {
        let mut faults = Vec::new();
        let closes = self.inactivity.after_s;
        if let Some(fault) = closes.and_then(|seconds| range(seconds, CLOSING_RANGE_S)) {
            faults.push((TimingField::After, fault));
        }
        for (field, fault) in self.inactivity.form.check(form, categories) {
            if closes.is_some() || fault != ClosingFault::Missing {
                faults.push((TimingField::Form(field), TimingFault::Form(fault)));
            }
        }
        if let Some(farewell) = &self.inactivity.farewell {
            faults.extend(check_farewell(farewell, closes));
        }
        if let Some(fault) = self.reassignment.window_s.and_then(|seconds| range(seconds, WINDOW_RANGE_S)) {
            faults.push((TimingField::Window, fault));
        }
        faults
    }
}

fn check_farewell(farewell: &Farewell, closes: Option<u32>) -> Vec<(TimingField, TimingFault)> {
    let mut faults = Vec::new();
    if farewell.text.trim().is_empty() {
        faults.push((TimingField::FarewellText, TimingFault::Missing));
    } else if farewell.text.chars().nth(FAREWELL_CHARS).is_some() {
        faults.push((TimingField::FarewellText, TimingFault::TooLong(FAREWELL_CHARS)));
    }
    let (least, most) = NOTICE_RANGE_S;
    let most = closes.map_or(most, |after| most.min(after.saturating_sub(1)));
    if let Some(fault) = range(farewell.notice_s, (least, most)) {
        faults.push((TimingField::FarewellNotice, fault));
    }
    faults
}

fn range(value: u32, (least, most): (u32, u32)) -> Option<TimingFault> {
    (value < least || value > most).then_some(TimingFault::OutOfRange(least, most))
}

#[cfg(test)]
mod tests {
    use super::super::{DAY_S, HOUR_S};
    use super::*;

    fn timing(after_s: Option<u32>) -> Timing {
        let mut timing = Timing::default();
        timing.inactivity.after_s = after_s;
        "Sin respuesta".clone_into(&mut timing.inactivity.form.description);
        timing
    }

    fn faults(timing: &Timing) -> Vec<(&'static str, &'static str)> {
        let faults = timing.check(&ClosingForm::CLOSE, &[]);
        faults.into_iter().map(|(field, fault)| (field.name(), fault.code())).collect()
    }

    #[test]
    fn the_settings_as_shipped_do_nothing_and_may_be_saved() {
        assert_eq!(faults(&Timing::default()), []);
        assert_eq!(Timing::default().inactivity.after_s, None);
        assert_eq!(Timing::default().reassignment.window_s, None);
    }

    #[test]
    fn values_out_of_range_are_named_and_the_ends_of_the_range_are_inside() {
        for (seconds, fits) in
            [(0, false), (DAY_S - 1, false), (DAY_S, true), (30 * DAY_S, true), (30 * DAY_S + 1, false)]
        {
            let expected: &[_] = if fits { &[] } else { &[("inactivity.after_s", "out_of_range")] };
            assert_eq!(faults(&timing(Some(seconds))), expected, "{seconds}");
        }
        for (seconds, fits) in [(HOUR_S - 1, false), (HOUR_S, true), (30 * DAY_S, true), (u32::MAX, false)] {
            let mut timing = timing(None);
            timing.reassignment.window_s = Some(seconds);
            let expected: &[_] = if fits { &[] } else { &[("reassignment.window_s", "out_of_range")] };
            assert_eq!(faults(&timing), expected, "{seconds}");
        }
    }

    #[test]
    fn a_rule_without_what_the_closing_form_requires_is_refused_unless_it_never_closes() {
        let mut timing = timing(Some(DAY_S));
        timing.inactivity.form.description.clear();
        assert_eq!(faults(&timing), [("inactivity.form.description", "required")]);
        timing.inactivity.after_s = None;
        assert_eq!(faults(&timing), []);
    }

    #[test]
    fn a_farewell_has_words_and_a_notice_shorter_than_the_time_it_announces() {
        let mut timing = timing(Some(DAY_S));
        timing.inactivity.farewell = Some(Farewell { text: " ".into(), notice_s: DAY_S });
        assert_eq!(
            faults(&timing),
            [("inactivity.farewell.text", "required"), ("inactivity.farewell.notice_s", "out_of_range")]
        );
        timing.inactivity.farewell = Some(Farewell { text: "Hasta pronto".into(), notice_s: DAY_S - 1 });
        assert_eq!(faults(&timing), []);
        timing.inactivity.farewell =
            Some(Farewell { text: "x".repeat(FAREWELL_CHARS + 1), notice_s: HOUR_S - 1 });
        assert_eq!(
            faults(&timing),
            [("inactivity.farewell.text", "too_long"), ("inactivity.farewell.notice_s", "out_of_range")]
        );
    }
}
