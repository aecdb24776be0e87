//! The closing form of a dialog, for one conversation or many: the fields as typed, what is wrong, the
//! form that governs. Knows neither what is ended nor how.

use super::typed::{Faults, Place, Typed};
use super::words::{ClosingWords, words};
use crate::i18n::Lang;
use bandeja_client::Lookups;
use bandeja_model::closing::{ClosingField, ClosingForm, FieldMode, subcategories};
use bandeja_model::{CategoryId, limits};
use bandeja_ui::view;
use bandeja_ui::{Choice, Select, TextArea};
use leptos::prelude::*;
use std::sync::Arc;

/// The state of a closing form.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// It cancels instead of closing.
    pub(crate) cancels: bool,
    /// It is kept in many conversations.
    pub(crate) many: bool,
    /// Which fields are asked for; a memo, so that a field being filled is not drawn anew.
    pub(crate) modes: Memo<ClosingForm>,
    /// What is typed.
    pub(crate) typed: RwSignal<Typed>,
    /// What is wrong with it, since the last try.
    pub(crate) faults: RwSignal<Faults>,
    /// The language.
    pub(crate) lang: Lang,
    /// Names and choices.
    pub(crate) known: Signal<Arc<Lookups>>,
}

impl Form {
    /// The words.
    pub(crate) fn w(self) -> &'static ClosingWords {
        words(self.lang.get())
    }

    /// Which fields are asked for.
    pub(crate) fn modes(self) -> ClosingForm {
        self.modes.get()
    }

    /// Names and choices.
    pub(crate) fn lookups(self) -> Arc<Lookups> {
        self.known.get()
    }

    /// What is wrong at a place.
    pub(crate) fn fault(self, place: Place) -> Option<String> {
        self.faults
            .with(|faults| faults.iter().find(|(other, _)| *other == place).map(|(_, said)| said.clone()))
    }

    /// Changes what is typed, and takes back what was said of that place.
    pub(crate) fn change(self, place: Place, change: impl FnOnce(&mut Typed)) {
        self.typed.update(change);
        self.faults.update(|faults| faults.retain(|(other, _)| *other != place));
    }
}

/// The fields of the closing form.
pub(crate) fn fields(form: Form) -> impl IntoView {
    view! {
        {move || text_field(form, ClosingField::Description, form.modes().description)}
        {move || categories(form)}
        {move || text_field(form, ClosingField::Summary, form.modes().summary)}
    }
}

fn need(form: Form, mode: FieldMode) -> Signal<String> {
    Signal::derive(move || match mode {
        FieldMode::Optional => form.w().optional.to_owned(),
        _ => String::new(),
    })
}

fn text_field(form: Form, field: ClosingField, mode: FieldMode) -> Option<AnyView> {
    if mode == FieldMode::Off {
        return None;
    }
    let is_summary = field == ClosingField::Summary;
    let place = Place::Form(field);
    let label = move || match (is_summary, form.cancels) {
        (true, _) => form.w().summary,
        (false, true) => form.w().comments,
        (false, false) => form.w().description,
    };
    let ask = move || match (is_summary, form.cancels) {
        (true, _) => "",
        (false, true) => form.w().comments_ask,
        (false, false) => form.w().description_ask,
    };
    let hint = move || match (mode == FieldMode::Required && !is_summary, form.many) {
        (false, _) => "",
        (true, false) => form.w().description_required,
        (true, true) => form.w().description_required_many,
    };
    let value = move || {
        form.typed.with(|typed| {
            if is_summary { typed.draft.summary.clone() } else { typed.draft.description.clone() }
        })
    };
    let typed = move |text: String| {
        form.change(place, |typed| {
            if is_summary {
                typed.draft.summary = text;
            } else {
                typed.draft.description = text;
            }
        });
    };
    Some(
        view! {
            <TextArea
                label=Signal::derive(move || label().to_owned())
                value=Signal::derive(value)
                on_input=typed
                max=if is_summary { limits::SUMMARY_CHARS } else { limits::DESCRIPTION_CHARS }
                need=need(form, mode)
                hint=Signal::derive(move || hint().to_owned())
                error=Signal::derive(move || form.fault(place))
                placeholder=Signal::derive(move || ask().to_owned())
                required=mode == FieldMode::Required
            />
        }
        .into_any(),
    )
}

fn categories(form: Form) -> Option<AnyView> {
    let modes = form.modes();
    let shown = |mode| mode != FieldMode::Off;
    if !shown(modes.category) && !shown(modes.subcategory) {
        return None;
    }
    Some(
        view! {
            <div class="two">
                {shown(modes.category).then(|| category(form, modes.category))}
                {shown(modes.subcategory).then(|| subcategory(form, modes.subcategory))}
            </div>
        }
        .into_any(),
    )
}

fn chosen(id: Option<&CategoryId>) -> String {
    id.map(ToString::to_string).unwrap_or_default()
}

fn picked(id: String) -> Option<CategoryId> {
    (!id.is_empty()).then(|| id.into())
}

fn category(form: Form, mode: FieldMode) -> AnyView {
    let place = Place::Form(ClosingField::Category);
    let choices = move || {
        let lookups = form.lookups();
        let first = lookups.categories.iter().filter(|category| category.parent.is_none());
        std::iter::once(Choice::new("", form.w().choose_one))
            .chain(first.map(|category| Choice::new(category.id.as_str(), category.name.clone())))
            .collect::<Vec<_>>()
    };
    let choose = move |id: String| {
        let lookups = untrack(|| form.lookups());
        form.change(place, |typed| typed.choose_category(picked(id), &lookups.categories));
        form.change(Place::Form(ClosingField::Subcategory), |_| {});
    };
    view! {
        <Select
            label=Signal::derive(move || form.w().category.to_owned())
            choices=Signal::derive(choices)
            value=Signal::derive(move || form.typed.with(|typed| chosen(typed.draft.category_id.as_ref())))
            on_change=choose
            need=need(form, mode)
            error=Signal::derive(move || form.fault(place))
            required=mode == FieldMode::Required
        />
    }
    .into_any()
}

/// Only those of the chosen category are offered (P14).
fn subcategory(form: Form, mode: FieldMode) -> AnyView {
    let place = Place::Form(ClosingField::Subcategory);
    let offered = Memo::new(move |_| {
        let lookups = form.lookups();
        let of = form.typed.with(|typed| typed.draft.category_id.clone());
        let offered = subcategories(&lookups.categories, of.as_ref());
        offered.map(|category| Choice::new(category.id.as_str(), category.name.clone())).collect::<Vec<_>>()
    });
    let choices = move || {
        let none_chosen = form.typed.with(|typed| typed.draft.category_id.is_none());
        let first = match (none_chosen, offered.with(Vec::is_empty)) {
            (true, _) => form.w().choose_category_first,
            (false, true) => form.w().has_no_subcategories,
            (false, false) => form.w().choose_one,
        };
        std::iter::once(Choice::new("", first)).chain(offered.get()).collect::<Vec<_>>()
    };
    let choose = move |id: String| form.change(place, |typed| typed.draft.subcategory_id = picked(id));
    view! {
        <Select
            label=Signal::derive(move || form.w().subcategory.to_owned())
            choices=Signal::derive(choices)
            value=Signal::derive(move || form.typed.with(|typed| chosen(typed.draft.subcategory_id.as_ref())))
            on_change=choose
            need=need(form, mode)
            error=Signal::derive(move || form.fault(place))
            disabled=Signal::derive(move || offered.with(Vec::is_empty))
            required=mode == FieldMode::Required
        />
    }
    .into_any()
}
