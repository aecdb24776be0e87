//! Values of the settings in words, for toasts and for what somebody else saved meanwhile. Pure.

use super::exact::said;
use super::words::{TimingWords, words};
use crate::admin::editing::{Row, differing};
use crate::i18n::{Locale, span};
use bandeja_client::Lookups;
use bandeja_model::closing::ClosingDraft;
use bandeja_model::text::preview;
use bandeja_model::timing::{Anchor, Inactivity, Reassignment};

/// Characters of a description that a line shows.
const LINE_CHARS: usize = 80;

/// «7 días», «Nunca».
pub(super) fn closing_value(after_s: Option<u32>, locale: Locale) -> String {
    after_s.map_or_else(|| words(locale).never.to_owned(), |seconds| span(seconds, locale))
}

/// «24 horas», «Apagada».
pub(super) fn window_value(window_s: Option<u32>, locale: Locale) -> String {
    window_s.map_or_else(|| words(locale).off.to_owned(), |seconds| said(seconds, locale))
}

/// What starts the clock.
pub(super) const fn anchor_word(anchor: Anchor, w: &TimingWords) -> &'static str {
    match anchor {
        Anchor::Any => w.anchor_any,
        Anchor::Contact => w.anchor_contact,
        Anchor::Agent => w.anchor_agent,
    }
}

/// What the closing record will say, in a line: «Sin respuesta › Inactividad», else its description.
pub(super) fn form_said(form: &ClosingDraft, lookups: &Lookups, w: &TimingWords) -> String {
    let names: Vec<_> = [&form.category_id, &form.subcategory_id]
        .into_iter()
        .flatten()
        .filter_map(|id| lookups.category(id))
        .map(|category| category.name.as_str())
        .collect();
    let texts = [names.join(" › "), form.description.trim().to_owned(), form.summary.trim().to_owned()];
    let said = texts.into_iter().find(|text| !text.is_empty());
    said.map_or_else(|| w.closes_as_nothing.to_owned(), |text| preview(&text, LINE_CHARS))
}

/// What differs between what somebody else saved and one's own.
pub(super) fn closing_rows(
    theirs: &Inactivity,
    mine: &Inactivity,
    lookups: &Lookups,
    locale: Locale,
) -> Vec<Row> {
    let w = words(locale);
    let tell = |of: &Inactivity| {
        let passed = if of.count_time_passed { w.counts } else { w.counts_not };
        let farewell = of.farewell.as_ref().map_or_else(
            || w.none.to_owned(),
            |farewell| {
                format!("{}: {}", said(farewell.notice_s, locale), preview(&farewell.text, LINE_CHARS))
            },
        );
        [
            closing_value(of.after_s, locale),
            anchor_word(of.anchor, w).to_owned(),
            passed.to_owned(),
            farewell,
            form_said(&of.form, lookups, w),
        ]
    };
    let things = [w.close_after, w.anchor, w.thing_passed, w.thing_farewell, w.thing_form];
    differing(things, tell(theirs), tell(mine))
}

/// The same for *Contact assignment*.
pub(super) fn window_rows(theirs: Reassignment, mine: Reassignment, locale: Locale) -> Vec<Row> {
    let w = words(locale);
    let tell = |of: Reassignment| {
        let automatic = if of.count_automatic { w.counts } else { w.counts_not };
        [window_value(of.window_s, locale), automatic.to_owned()]
    };
    differing([w.thing_window, w.thing_automatic], tell(theirs), tell(mine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::closing::Category;
    use bandeja_model::timing::DAY_S;

    fn lookups() -> Lookups {
        let category = |id: &str, name: &str, parent: Option<&str>| Category {
            id: id.into(),
            name: name.to_owned(),
            parent: parent.map(Into::into),
        };
        let categories = vec![category("1", "Sin respuesta", None), category("2", "Inactividad", Some("1"))];
        Lookups { categories, ..Lookups::default() }
    }

    #[test]
    fn a_rule_closes_as_its_category_else_as_what_is_described() {
        let w = words(Locale::Es);
        let mut form = ClosingDraft::default();
        assert_eq!(form_said(&form, &lookups(), w), w.closes_as_nothing);
        form.description = " No contestó\n más ".into();
        assert_eq!(form_said(&form, &lookups(), w), "No contestó más");
        form.category_id = Some("1".into());
        form.subcategory_id = Some("2".into());
        assert_eq!(form_said(&form, &lookups(), w), "Sin respuesta › Inactividad");
    }

    #[test]
    fn only_what_differs_is_shown_with_both_values() {
        let theirs = Inactivity { after_s: Some(14 * DAY_S), ..Inactivity::default() };
        let mine = Inactivity { after_s: None, count_time_passed: true, ..Inactivity::default() };
        let rows = closing_rows(&theirs, &mine, &lookups(), Locale::Es);
        let told: Vec<_> = rows.iter().map(|row| (row.theirs.as_str(), row.mine.as_str())).collect();
        assert_eq!(told, [("14 días", "Nunca"), ("No cuenta", "Cuenta")]);
        let window = |window_s| Reassignment { window_s, count_automatic: false };
        let rows = window_rows(window(Some(DAY_S)), window(None), Locale::Es);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].theirs.as_str(), rows[0].mine.as_str()), ("24 horas", "Apagada"));
    }
}
