//! Whether the time before saving counts, with what follows from either answer (P26).

use super::closing::Closing;
use super::closing_fields::w;
use crate::i18n::fill;
use bandeja_ui::Checkbox;
use bandeja_ui::view;
use chrono::Duration;
use leptos::prelude::*;

/// The box, with the numbers of both answers.
pub(super) fn time_passed(closing: Closing) -> impl IntoView {
    let hint = move || {
        let w = w(closing);
        let number = |n| closing.setting.lang.number(n);
        let found = closing.simulator.shown.with(|shown| shown.as_ref().map(|shown| shown.inactivity));
        let is_never = closing.draft.with(|draft| draft.after_s.is_none());
        let Some(found) = found.filter(|_| !is_never) else {
            return earliest(closing).map(|day| fill(w.count_earliest, &[&day])).unwrap_or_default();
        };
        let with = found.with_time_passed;
        let without = match unticked(closing) {
            Unticked::IsNow => Some((found.now, found.by_tonight)),
            Unticked::FromSaving => Some((found.from_saving.now, found.from_saving.by_tonight)),
            Unticked::GoesOn => None,
        };
        let day = earliest(closing);
        let text = match (without, &day) {
            (Some(_), Some(_)) => w.count_both_earliest,
            (Some(_), None) => w.count_both,
            (None, _) => w.count_ticked,
        };
        let numbers = [Some((with.now, with.by_tonight)), without].into_iter().flatten();
        let numbers = numbers.flat_map(|(now, tonight)| [number(now), number(tonight)]);
        let said: Vec<_> = numbers.chain(day).collect();
        fill(text, &said.iter().map(String::as_str).collect::<Vec<_>>())
    };
    view! {
        <Checkbox
            label=Signal::derive(move || w(closing).count_passed.to_owned())
            checked=Signal::derive(move || closing.draft.with(|draft| draft.count_time_passed))
            on_change=move |ticked: bool| closing.draft.update(|draft| draft.count_time_passed = ticked)
            hint=Signal::derive(hint)
        />
    }
}

/// What leaving the box unticked would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unticked {
    /// It is what is on screen.
    IsNow,
    /// The clock would start at saving.
    FromSaving,
    /// It would be as it is saved, and its clock goes on; how many that are, nobody was asked.
    GoesOn,
}

fn unticked(closing: Closing) -> Unticked {
    let goes_on = closing.setting.read.with(|read| {
        let read = &read.as_ref()?.inactivity;
        let mut mine = closing.draft.with(|draft| draft.inactivity(read.form.clone()))?;
        mine.count_time_passed = false;
        Some(!read.restarts_clock(&mine))
    });
    match (closing.draft.with(|draft| draft.count_time_passed), goes_on) {
        (false, _) => Unticked::IsNow,
        (true, Some(true)) => Unticked::GoesOn,
        (true, _) => Unticked::FromSaving,
    }
}

/// The first day on which one may close if the time before does not count: its clock starts at saving, or ran
/// already where saving does not start it anew. Nothing if that has come.
fn earliest(closing: Closing) -> Option<String> {
    let lang = closing.setting.lang;
    let now = closing.setting.desk.with_value(|desk| desk.now.get());
    let after_s = closing.draft.with(|draft| draft.after_s)?;
    let read = closing.setting.read.get()?;
    let mut mine = closing.draft.with(|draft| draft.inactivity(read.inactivity.form.clone()))?;
    mine.count_time_passed = false;
    let since = if read.inactivity.restarts_clock(&mine) { now } else { read.clock_since };
    let at = since + Duration::seconds(i64::from(after_s));
    let day = (at + Duration::seconds(i64::from(lang.offset()))).date_naive();
    (at > now).then(|| lang.short_day(day, now))
}
