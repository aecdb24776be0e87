//! One of a few fixed choices, by the native element.

use crate::view;
use leptos::prelude::*;

use super::Frame;
use crate::icon::{Icon, IconName, IconSize};

/// One choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the caller gets back.
    pub id: String,
    /// Its words.
    pub label: String,
}

impl Choice {
    /// A choice of an id and words.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into() }
    }
}

/// A native select. For long lists take `Picker`, which can be searched.
#[component]
pub fn Select(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// What can be chosen; a choice of nothing has an empty id.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The id chosen now.
    #[prop(into)]
    value: Signal<String>,
    /// The reader chose an id.
    #[prop(into)]
    on_change: Callback<String>,
    /// A word beside the label: «opcional».
    #[prop(optional, into)]
    need: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong, as a sentence.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether the label is only said.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let frame = Frame::new(label, need, hint, error, hide_label);
    let option = move |choice: Choice| {
        let id = choice.id.clone();
        let is_chosen = move || value.with(|value| *value == id);
        view! { <option value=choice.id prop:selected=is_chosen>{choice.label}</option> }
    };
    let control = view! {
        <span class="select-box">
            <select
                id=frame.id()
                class="select"
                aria-required=required.then_some("true")
                aria-invalid=move || frame.invalid()
                aria-describedby=move || frame.described_by()
                prop:disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {move || choices.get().into_iter().map(option).collect_view()}
            </select>
            <Icon name=IconName::Down size=IconSize::Small/>
        </span>
    };
    frame.around(control.into_any(), None)
}
