//! What is wrong with the settings, as sentences at their fields. The rules are the model's. Pure.

use super::words::words;
use crate::closing::typed::{self, Place, fault_of, sentence};
use crate::closing::words::words as closing_words;
use crate::i18n::{Locale, fill};
use bandeja_client::ClientError;
use bandeja_model::closing::ClosingField;
use bandeja_model::limits::FAREWELL_CHARS;
use bandeja_model::timing::{TimingFault, TimingField};

/// What is wrong and where.
pub(super) type Faults = Vec<(TimingField, String)>;

const FIELDS: [TimingField; 8] = [
    TimingField::After,
    TimingField::Form(ClosingField::Description),
    TimingField::Form(ClosingField::Category),
    TimingField::Form(ClosingField::Subcategory),
    TimingField::Form(ClosingField::Summary),
    TimingField::FarewellText,
    TimingField::FarewellNotice,
    TimingField::Window,
];

/// The sentence for what the model found.
pub(super) fn say((field, fault): (TimingField, TimingFault), locale: Locale) -> (TimingField, String) {
    let w = words(locale);
    let said = match (field, fault) {
        (TimingField::Form(field), TimingFault::Form(fault)) => {
            sentence(field, fault, false, closing_words(locale))
        }
        (TimingField::Form(_), _) => closing_words(locale).refused.to_owned(),
        (TimingField::FarewellText, TimingFault::TooLong(limit)) => fill(w.long_text, &[&limit.to_string()]),
        (TimingField::FarewellText, _) => w.no_text.to_owned(),
        (TimingField::FarewellNotice | TimingField::Window, TimingFault::Missing) => w.no_number.to_owned(),
        (TimingField::FarewellNotice, _) => w.wrong_notice.to_owned(),
        (TimingField::Window, _) => w.wrong_window.to_owned(),
        (TimingField::After, _) => w.wrong_after.to_owned(),
    };
    (field, said)
}

/// What the server said of the fields, in our words; empty if it was about none that stands here.
pub(super) fn of_answer(error: &ClientError, locale: Locale) -> Faults {
    let Some(problem) = error.problem() else { return Faults::new() };
    let known = |wrong: &bandeja_contract::FieldProblem| {
        let field = FIELDS.into_iter().find(|field| field.name() == wrong.field)?;
        let fault = match (field, wrong.code.as_str()) {
            (TimingField::Form(form), code) => {
                fault_of(code, Place::Form(form)).map_or(TimingFault::Missing, TimingFault::Form)
            }
            (_, "too_long") => TimingFault::TooLong(FAREWELL_CHARS),
            (_, "required") => TimingFault::Missing,
            _ => TimingFault::OutOfRange(0, 0),
        };
        Some(say((field, fault), locale))
    };
    problem.fields.iter().filter_map(known).collect()
}

/// Those of the closing form, for its fields.
pub(super) fn of_form(faults: &Faults) -> typed::Faults {
    let form = |(field, said): &(TimingField, String)| match field {
        TimingField::Form(field) => Some((Place::Form(*field), said.clone())),
        _ => None,
    };
    faults.iter().filter_map(form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::editing::{failure::failure, words as editing_words};
    use bandeja_contract::problem::code;
    use bandeja_contract::{FieldProblem, Problem};
    use bandeja_model::closing::{ClosingForm, FieldMode};
    use bandeja_model::timing::{DAY_S, Farewell, Timing};

    fn refused(fields: &[(&str, &str)]) -> ClientError {
        let field = |(field, code): &(&str, &str)| FieldProblem {
            field: (*field).to_owned(),
            code: (*code).to_owned(),
            message: String::new(),
        };
        let fields = fields.iter().map(field).collect();
        ClientError::Problem(Box::new(Problem { fields, ..Problem::new(422, code::INVALID, "", "") }))
    }

    #[test]
    fn what_the_model_finds_and_what_the_server_says_of_it_is_the_same_sentence() {
        let mut timing = Timing::default();
        timing.inactivity.after_s = Some(40 * DAY_S);
        timing.inactivity.farewell = Some(Farewell { text: String::new(), notice_s: 0 });
        timing.reassignment.window_s = Some(0);
        let form = ClosingForm { summary: FieldMode::Required, ..ClosingForm::CLOSE };
        let found = timing.check(&form, &[]);
        assert_eq!(found.len(), 6);
        let names: Vec<_> = found.iter().map(|(field, fault)| (field.name(), fault.code())).collect();
        for locale in Locale::ALL {
            let ours: Faults = found.iter().map(|fault| say(*fault, locale)).collect();
            assert_eq!(of_answer(&refused(&names), locale), ours);
        }
    }

    #[test]
    fn a_field_that_does_not_stand_here_is_not_lost_but_told_as_a_refusal() {
        let error = refused(&[("inactivity.newer", "required")]);
        assert_eq!(of_answer(&error, Locale::Es), []);
        assert_eq!(failure(&error, Locale::Es), editing_words(Locale::Es).failed_refused);
    }

    #[test]
    fn faults_of_the_form_stand_at_the_forms_fields() {
        let faults = of_answer(
            &refused(&[
                ("inactivity.form.category_id", "unknown"),
                ("reassignment.window_s", "out_of_range"),
            ]),
            Locale::En,
        );
        let places: Vec<_> = of_form(&faults).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [Place::Form(ClosingField::Category)]);
    }
}
