use super::*;

fn categories() -> Vec<Category> {
    let entry = |id: &str, parent: Option<&str>| Category {
        id: id.into(),
        name: id.to_owned(),
        parent: parent.map(Into::into),
    };
    vec![
        entry("sale", None),
        entry("won", Some("sale")),
        entry("claim", None),
        entry("broken", Some("claim")),
        entry("other", None),
    ]
}

fn draft(description: &str, category: Option<&str>, subcategory: Option<&str>) -> ClosingDraft {
    ClosingDraft {
        description: description.to_owned(),
        category_id: category.map(Into::into),
        subcategory_id: subcategory.map(Into::into),
        summary: String::new(),
    }
}

#[test]
fn as_shipped_closing_needs_a_description_and_nothing_else() {
    let faults = draft("  ", None, None).check(&ClosingForm::CLOSE, &categories());
    assert_eq!(faults, [(ClosingField::Description, ClosingFault::Missing)]);
    assert_eq!(draft("Vendido", None, None).check(&ClosingForm::CLOSE, &categories()), []);
}

#[test]
fn as_shipped_cancelling_needs_a_category_and_no_comments() {
    let faults = draft("", None, None).check(&ClosingForm::CANCEL, &categories());
    assert_eq!(faults, [(ClosingField::Category, ClosingFault::Missing)]);
    assert_eq!(draft("", Some("sale"), None).check(&ClosingForm::CANCEL, &categories()), []);
}

#[test]
fn a_subcategory_of_another_category_is_named() {
    let faults = draft("x", Some("sale"), Some("broken")).check(&ClosingForm::CLOSE, &categories());
    assert_eq!(faults, [(ClosingField::Subcategory, ClosingFault::OfAnotherCategory)]);
}

#[test]
fn levels_are_not_interchangeable() {
    let faults = draft("x", Some("won"), Some("sale")).check(&ClosingForm::CLOSE, &categories());
    assert_eq!(
        faults,
        [(ClosingField::Category, ClosingFault::Unknown), (ClosingField::Subcategory, ClosingFault::Unknown)]
    );
}

#[test]
fn the_four_modes_known_from_the_field_can_be_expressed() {
    use FieldMode::{Off, Optional, Required};
    let form = |description, category, subcategory, summary| ClosingForm {
        description,
        category,
        subcategory,
        summary,
    };
    let empty = ClosingDraft::default();
    let missing = |form: &ClosingForm| empty.check(form, &categories()).len();
    assert_eq!(missing(&form(Off, Off, Off, Off)), 0);
    assert_eq!(missing(&form(Optional, Optional, Optional, Optional)), 0);
    assert_eq!(missing(&form(Optional, Required, Optional, Optional)), 1);
    assert_eq!(missing(&form(Required, Required, Required, Required)), 4);
}

#[test]
fn a_required_subcategory_is_not_asked_of_a_category_without_any() {
    let form = ClosingForm { subcategory: FieldMode::Required, ..ClosingForm::CLOSE };
    assert_eq!(draft("x", Some("other"), None).check(&form, &categories()), []);
    assert_eq!(draft("x", Some("sale"), None).check(&form, &categories()).len(), 1);
}

#[test]
fn a_description_over_the_limit_says_how_long_it_may_be() {
    let faults = draft(&"á".repeat(DESCRIPTION_CHARS + 1), None, None).check(&ClosingForm::CLOSE, &[]);
    assert_eq!(faults, [(ClosingField::Description, ClosingFault::TooLong(DESCRIPTION_CHARS))]);
}

#[test]
fn a_field_the_form_does_not_ask_for_is_refused() {
    let draft = ClosingDraft { summary: "long".into(), description: "x".into(), ..Default::default() };
    assert_eq!(draft.check(&ClosingForm::CLOSE, &[]), [(ClosingField::Summary, ClosingFault::Off)]);
}

#[test]
fn the_next_owner_is_the_target_else_the_owner_else_the_closer() {
    let (target, owner, closer) = (UserId::new("t"), UserId::new("o"), UserId::new("c"));
    assert_eq!(next_owner(Some(&target), Some(&owner), &closer), target);
    assert_eq!(next_owner(None, Some(&owner), &closer), owner);
    assert_eq!(next_owner(None, None, &closer), closer);
}
