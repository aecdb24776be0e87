//! One of two or three choices that all stand there, each with a line that says what follows.

use crate::view;
use leptos::prelude::*;

use crate::ids::next_id;

/// One choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Radio {
    /// What the caller gets back.
    pub id: &'static str,
    /// Its words.
    pub label: String,
    /// What follows from it.
    pub hint: String,
}

/// A group of radio buttons.
#[component]
pub fn Radios(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Radio>>,
    /// The id chosen now.
    #[prop(into)]
    value: Signal<&'static str>,
    /// The reader chose an id.
    #[prop(into)]
    on_change: Callback<&'static str>,
) -> impl IntoView {
    let name = StoredValue::new(next_id("radios"));
    let choice = move |Radio { id, label, hint }: Radio| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name=name.get_value()
                    value=id
                    prop:checked=move || value.get() == id
                    on:change=move |_| on_change.run(id)
                />
                <span>{label} {(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field radios">
            <legend class="label">{move || label.get()}</legend>
            {move || choices.get().into_iter().map(choice).collect_view()}
        </fieldset>
    }
}
