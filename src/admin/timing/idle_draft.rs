//! *Contact closing* as it stands in its dialog, and what would be saved of it. Pure.

use super::exact::Exact;
use bandeja_model::closing::ClosingDraft;
use bandeja_model::timing::{Anchor, DAY_S, Farewell, HOUR_S, Inactivity};

/// The dialog's choices, without the closing form's values, which are typed in a form of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IdleDraft {
    /// Seconds without activity; nothing: never.
    pub(super) after_s: Option<u32>,
    /// What starts the clock.
    pub(super) anchor: Anchor,
    /// Time passed counts.
    pub(super) count_time_passed: bool,
    /// The contact is told before.
    pub(super) farewell: bool,
    /// What they are told; kept while the box is not ticked.
    pub(super) text: String,
    /// How long before.
    pub(super) notice: Notice,
}

/// The notice: as typed, or as it was read while nobody touched it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Notice {
    /// As it stands in the field.
    pub(super) typed: Exact,
    read: Option<(Exact, u32)>,
}

impl Notice {
    /// A notice of that many seconds.
    pub(super) fn of(seconds: u32) -> Self {
        let typed = Exact::of(seconds);
        Self { read: Some((typed.clone(), seconds)), typed }
    }

    /// Its seconds; nothing if what is typed is no number.
    pub(super) fn seconds(&self) -> Option<u32> {
        match &self.read {
            Some((typed, seconds)) if *typed == self.typed => Some(*seconds),
            _ => self.typed.seconds(),
        }
    }
}

/// The notice that is proposed where conversations close after so many seconds: a day, or half of what there is.
pub(super) fn proposed_notice(after_s: Option<u32>) -> u32 {
    match after_s {
        Some(after_s) if after_s <= DAY_S => (after_s / 2 / HOUR_S * HOUR_S).max(HOUR_S),
        _ => DAY_S,
    }
}

impl IdleDraft {
    /// As it was read.
    pub(super) fn of(read: &Inactivity) -> Self {
        let farewell = read.farewell.as_ref();
        let notice_s = farewell.map_or_else(|| proposed_notice(read.after_s), |farewell| farewell.notice_s);
        Self {
            after_s: read.after_s,
            anchor: read.anchor,
            count_time_passed: read.count_time_passed,
            farewell: farewell.is_some(),
            text: farewell.map(|farewell| farewell.text.clone()).unwrap_or_default(),
            notice: Notice::of(notice_s),
        }
    }

    /// Chooses after how long; a notice that no longer fits gives way to the one that is proposed.
    pub(super) fn close_after(&mut self, after_s: Option<u32>) {
        self.after_s = after_s;
        if let (Some(after_s), Some(notice_s)) = (after_s, self.notice.seconds())
            && notice_s >= after_s
        {
            self.notice = Notice::of(proposed_notice(Some(after_s)));
        }
    }

    /// What would be saved, with the closing form's values; nothing while the notice is no number.
    pub(super) fn inactivity(&self, form: ClosingDraft) -> Option<Inactivity> {
        let farewell = if self.farewell {
            Some(Farewell { text: self.text.trim().to_owned(), notice_s: self.notice.seconds()? })
        } else {
            None
        };
        Some(Inactivity {
            after_s: self.after_s,
            anchor: self.anchor,
            count_time_passed: self.count_time_passed,
            form: trimmed(form),
            farewell,
        })
    }

    /// Whether saving it would change what was read.
    pub(super) fn is_changed(&self, form: ClosingDraft, read: &Inactivity) -> bool {
        let read = Inactivity { form: trimmed(read.form.clone()), ..read.clone() };
        self.inactivity(form).is_none_or(|now| now != read)
    }
}

fn trimmed(form: ClosingDraft) -> ClosingDraft {
    let trim = |text: String| text.trim().to_owned();
    ClosingDraft { description: trim(form.description), summary: trim(form.summary), ..form }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read() -> Inactivity {
        Inactivity {
            after_s: Some(7 * DAY_S),
            anchor: Anchor::Contact,
            count_time_passed: true,
            form: ClosingDraft { description: "Sin respuesta".into(), ..ClosingDraft::default() },
            farewell: Some(Farewell { text: "Hasta pronto".into(), notice_s: 5_400 }),
        }
    }

    #[test]
    fn what_nobody_touched_is_saved_as_it_was_read() {
        let draft = IdleDraft::of(&read());
        assert_eq!(draft.inactivity(read().form), Some(read()));
        assert!(!draft.is_changed(read().form, &read()));
        let shipped = Inactivity::default();
        assert!(!IdleDraft::of(&shipped).is_changed(shipped.form.clone(), &shipped));
    }

    #[test]
    fn every_choice_counts_as_a_change_and_taking_it_back_does_not() {
        let changes: [fn(&mut IdleDraft); 6] = [
            |draft| draft.after_s = None,
            |draft| draft.anchor = Anchor::Any,
            |draft| draft.count_time_passed = false,
            |draft| draft.farewell = false,
            |draft| draft.text.push('!'),
            |draft| draft.notice.typed.text = "2".into(),
        ];
        for (place, change) in changes.into_iter().enumerate() {
            let mut draft = IdleDraft::of(&read());
            change(&mut draft);
            assert!(draft.is_changed(read().form, &read()), "{place}");
        }
        let mut draft = IdleDraft::of(&read());
        draft.notice.typed.text = "2".into();
        draft.notice.typed.text = Exact::of(5_400).text;
        assert!(!draft.is_changed(read().form, &read()));
        let spaced = ClosingDraft { description: " Sin respuesta ".into(), ..ClosingDraft::default() };
        assert!(!draft.is_changed(spaced, &read()));
    }

    #[test]
    fn the_message_stays_while_its_box_is_not_ticked() {
        let mut draft = IdleDraft::of(&read());
        draft.farewell = false;
        assert_eq!(draft.inactivity(read().form).unwrap().farewell, None);
        draft.farewell = true;
        assert_eq!(draft.inactivity(read().form), Some(read()));
    }

    #[test]
    fn a_notice_that_is_no_number_cannot_be_saved_and_is_a_change() {
        let mut draft = IdleDraft::of(&read());
        draft.notice.typed.text = "pronto".into();
        assert_eq!(draft.inactivity(read().form), None);
        assert!(draft.is_changed(read().form, &read()));
        draft.farewell = false;
        assert!(draft.inactivity(read().form).is_some());
    }

    #[test]
    fn a_notice_gives_way_to_a_shorter_time_before_closing_and_to_no_other() {
        let mut draft = IdleDraft::of(&read());
        draft.notice = Notice::of(DAY_S);
        draft.close_after(Some(3 * DAY_S));
        assert_eq!(draft.notice.seconds(), Some(DAY_S));
        draft.close_after(Some(DAY_S));
        assert_eq!(draft.notice.seconds(), Some(12 * HOUR_S));
        draft.close_after(None);
        assert_eq!(draft.notice.seconds(), Some(12 * HOUR_S));
    }

    #[test]
    fn the_proposed_notice_fits_into_the_time_before_closing() {
        assert_eq!(proposed_notice(Some(7 * DAY_S)), DAY_S);
        assert_eq!(proposed_notice(Some(DAY_S)), 12 * HOUR_S);
        assert_eq!(proposed_notice(None), DAY_S);
    }
}
