//! The field of an exact length: a number and its unit in one row.

use super::exact::{Exact, Unit};
use super::words::words;
use crate::i18n::Lang;
use bandeja_ui::view;
use bandeja_ui::{Choice, Select};
use leptos::prelude::*;

/// What the field needs.
#[derive(Clone, Copy)]
pub(super) struct ExactField {
    pub(super) lang: Lang,
    /// What stands in it.
    pub(super) exact: Signal<Exact>,
    /// Whether it is wrong; the sentence stands elsewhere, under `described_by`.
    pub(super) is_wrong: Signal<bool>,
    pub(super) described_by: StoredValue<String>,
    pub(super) on_text: Callback<String>,
    pub(super) on_unit: Callback<Unit>,
}

/// The field; what it is about is said before it.
pub(super) fn exact_field(field: ExactField) -> AnyView {
    let w = move || words(field.lang.get());
    let choices = move || {
        let w = w();
        vec![Choice::new(Unit::Hours.code(), w.hours), Choice::new(Unit::Days.code(), w.days)]
    };
    view! {
        <div class="exact" class:wrong=field.is_wrong>
            <input
                class="input"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-label=move || w().window_amount
                aria-invalid=move || field.is_wrong.get().then_some("true")
                aria-describedby=move || field.is_wrong.get().then(|| field.described_by.get_value())
                prop:value=move || field.exact.with(|exact| exact.text.clone())
                on:input=move |event| field.on_text.run(event_target_value(&event))
            />
            <Select
                label=Signal::derive(move || w().window_unit.to_owned())
                choices=Signal::derive(choices)
                value=Signal::derive(move || field.exact.with(|exact| exact.unit.code().to_owned()))
                on_change=move |code: String| field.on_unit.run(Unit::from_code(&code))
                hide_label=true
            />
        </div>
    }
    .into_any()
}

/// The sentence of a field that is wrong.
pub(super) fn wrong_line(id: StoredValue<String>, said: Signal<Option<String>>) -> impl IntoView {
    move || {
        said.get().map(|said| {
            view! { <div class="hint bad" id=id.get_value() role="alert"><span>{said}</span></div> }
        })
    }
}
