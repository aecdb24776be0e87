//! What somebody has filled in so far, what is wrong with it, and what is sent.
//!
//! Pure. The rules are the model's; here they meet the transfer, which is a matter of the dialog.

use super::words::ClosingWords;
use crate::i18n::fill;
use bandeja_client::ClientError;
use bandeja_contract::Close;
use bandeja_model::closing::{
    Category, ClosingDraft, ClosingFault, ClosingField, ClosingForm, FieldMode, subcategories,
};
use bandeja_model::{CategoryId, UserId};

/// The dialog's fields as they stand; kept while the page lives, also when the dialog is left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The closing form.
    pub draft: ClosingDraft,
    /// The box of the transfer is ticked (P12).
    pub transfer: bool,
    /// Who was picked there.
    pub transfer_to: Option<UserId>,
    /// Archive it in the same step (P10).
    pub archive: bool,
}

/// A field of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of the closing form.
    Form(ClosingField),
    /// Who attends next.
    Transfer,
}

/// What is wrong and where, as a sentence.
pub type Faults = Vec<(Place, String)>;

impl Typed {
    /// Everything that is wrong; nothing wrong means it may be sent.
    pub fn faults(
        &self,
        form: &ClosingForm,
        categories: &[Category],
        cancels: bool,
        w: &ClosingWords,
    ) -> Faults {
        let asked = self.asked_for(form);
        let wrong = asked.draft.check(form, categories).into_iter();
        let mut faults: Faults =
            wrong.map(|(field, fault)| (Place::Form(field), sentence(field, fault, cancels, w))).collect();
        if asked.transfer && asked.transfer_to.is_none() {
            faults.push((Place::Transfer, w.missing_transfer.to_owned()));
        }
        faults
    }

    /// What is sent: fields that the form does not show are left out, also if they were filled under
    /// another form.
    pub fn to_close(&self, form: &ClosingForm, cancels: bool) -> Close {
        let Self { draft, transfer, transfer_to, archive } = self.asked_for(form);
        Close {
            description: draft.description.trim().to_owned(),
            category_id: draft.category_id,
            subcategory_id: draft.subcategory_id,
            summary: draft.summary.trim().to_owned(),
            transfer_to: transfer_to.filter(|_| transfer && !cancels),
            archive: archive && !cancels,
        }
    }

    /// Chooses a category; a sub-category of another one goes with it (P14).
    pub fn choose_category(&mut self, id: Option<CategoryId>, categories: &[Category]) {
        let keeps = self.draft.subcategory_id.as_ref().is_some_and(|chosen| {
            subcategories(categories, id.as_ref()).any(|category| category.id == *chosen)
        });
        if !keeps {
            self.draft.subcategory_id = None;
        }
        self.draft.category_id = id;
    }

    /// Without what the form does not ask for.
    pub(crate) fn asked_for(&self, form: &ClosingForm) -> Self {
        let mut asked = self.clone();
        if form.description == FieldMode::Off {
            asked.draft.description.clear();
        }
        if form.category == FieldMode::Off {
            asked.draft.category_id = None;
        }
        if form.subcategory == FieldMode::Off {
            asked.draft.subcategory_id = None;
        }
        if form.summary == FieldMode::Off {
            asked.draft.summary.clear();
        }
        asked
    }
}

/// What the server said of the fields, in our words and at our places; empty if it was about none.
pub fn faults_of_answer(error: &ClientError, cancels: bool, w: &ClosingWords) -> Faults {
    let Some(problem) = error.problem() else { return Faults::new() };
    let place_of = |name: &str| match name {
        "transfer_to" => Some(Place::Transfer),
        name => FIELDS.into_iter().find(|field| field.name() == name).map(Place::Form),
    };
    problem
        .fields
        .iter()
        .filter_map(|wrong| {
            let place = place_of(&wrong.field)?;
            let words = match (place, fault_of(&wrong.code, place)) {
                (Place::Form(field), Some(fault)) => sentence(field, fault, cancels, w),
                (Place::Transfer, _) => w.unknown_transfer.to_owned(),
                (Place::Form(_), None) => w.refused.to_owned(),
            };
            Some((place, words))
        })
        .collect()
}

pub(super) const FIELDS: [ClosingField; 4] =
    [ClosingField::Description, ClosingField::Category, ClosingField::Subcategory, ClosingField::Summary];

/// What a code of the contract means at that place.
pub(crate) fn fault_of(code: &str, place: Place) -> Option<ClosingFault> {
    use bandeja_model::limits::{DESCRIPTION_CHARS, SUMMARY_CHARS};
    let limit = if place == Place::Form(ClosingField::Summary) { SUMMARY_CHARS } else { DESCRIPTION_CHARS };
    [
        ClosingFault::Missing,
        ClosingFault::TooLong(limit),
        ClosingFault::Unknown,
        ClosingFault::OfAnotherCategory,
        ClosingFault::Off,
    ]
    .into_iter()
    .find(|fault| fault.code() == code)
}

/// What is wrong with a field, as a sentence.
pub(crate) fn sentence(field: ClosingField, fault: ClosingFault, cancels: bool, w: &ClosingWords) -> String {
    let words = match (fault, field) {
        (ClosingFault::Missing, ClosingField::Description) if cancels => w.missing_comments,
        (ClosingFault::Missing, ClosingField::Description) => w.missing_description,
        (ClosingFault::Missing, ClosingField::Category) => w.missing_category,
        (ClosingFault::Missing, ClosingField::Subcategory) => w.missing_subcategory,
        (ClosingFault::Missing, ClosingField::Summary) => w.missing_summary,
        (ClosingFault::TooLong(limit), _) => return fill(w.too_long, &[&limit.to_string()]),
        (ClosingFault::Unknown, ClosingField::Subcategory) => w.unknown_subcategory,
        (ClosingFault::Unknown, _) => w.unknown_category,
        (ClosingFault::OfAnotherCategory, _) => w.of_another,
        (ClosingFault::Off, _) => w.not_asked_for,
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closing::words::words;
    use crate::i18n::Locale;
    use bandeja_contract::{FieldProblem, Problem};

    fn categories() -> Vec<Category> {
        let entry = |id: &str, parent: Option<&str>| Category {
            id: id.into(),
            name: id.to_owned(),
            parent: parent.map(Into::into),
        };
        vec![entry("sale", None), entry("won", Some("sale")), entry("claim", None)]
    }

    fn places(typed: &Typed, form: &ClosingForm) -> Vec<Place> {
        let faults = typed.faults(form, &categories(), false, words(Locale::Es));
        faults.into_iter().map(|(place, _)| place).collect()
    }

    #[test]
    fn closing_without_a_description_names_the_field() {
        assert_eq!(places(&Typed::default(), &ClosingForm::CLOSE), [Place::Form(ClosingField::Description)]);
    }

    #[test]
    fn a_ticked_transfer_needs_a_person_and_an_unticked_one_sends_nobody() {
        let mut typed = Typed { transfer: true, ..Typed::default() };
        typed.draft.description = "Vendido".to_owned();
        assert_eq!(places(&typed, &ClosingForm::CLOSE), [Place::Transfer]);
        typed.transfer_to = Some("7".into());
        assert_eq!(places(&typed, &ClosingForm::CLOSE), []);
        typed.transfer = false;
        assert_eq!(typed.to_close(&ClosingForm::CLOSE, false).transfer_to, None);
    }

    #[test]
    fn what_the_form_does_not_show_is_neither_checked_nor_sent() {
        let mut typed = Typed::default();
        typed.draft.description = " Vendido ".to_owned();
        typed.draft.summary = "de otro formulario".to_owned();
        assert_eq!(places(&typed, &ClosingForm::CLOSE), []);
        let close = typed.to_close(&ClosingForm::CLOSE, false);
        assert_eq!((close.description.as_str(), close.summary.as_str()), ("Vendido", ""));
    }

    #[test]
    fn cancelling_sends_neither_transfer_nor_archive() {
        let typed =
            Typed { transfer: true, transfer_to: Some("7".into()), archive: true, ..Typed::default() };
        let close = typed.to_close(&ClosingForm::CANCEL, true);
        assert_eq!((close.transfer_to, close.archive), (None, false));
    }

    #[test]
    fn another_category_takes_its_sub_category_away_and_the_same_one_keeps_it() {
        let mut typed = Typed::default();
        typed.choose_category(Some("sale".into()), &categories());
        typed.draft.subcategory_id = Some("won".into());
        typed.choose_category(Some("sale".into()), &categories());
        assert_eq!(typed.draft.subcategory_id, Some("won".into()));
        typed.choose_category(Some("claim".into()), &categories());
        assert_eq!(typed.draft.subcategory_id, None);
    }

    #[test]
    fn what_the_server_says_of_a_field_stands_at_that_field() {
        let fields = [("category_id", "unknown"), ("transfer_to", "unknown"), ("else", "required")].map(
            |(field, code)| FieldProblem { field: field.into(), code: code.into(), message: String::new() },
        );
        let problem = Problem { fields: fields.to_vec(), ..Problem::new(422, "invalid", "", "") };
        let w = words(Locale::Es);
        let faults = faults_of_answer(&ClientError::Problem(Box::new(problem)), false, w);
        let expected = [
            (Place::Form(ClosingField::Category), w.unknown_category.to_owned()),
            (Place::Transfer, w.unknown_transfer.to_owned()),
        ];
        assert_eq!(faults, expected);
    }
}
