//! A box to tick, with its words and a line that says what follows.

use crate::view;
use leptos::prelude::*;

use crate::ids::next_id;

/// A checkbox.
#[component]
pub fn Checkbox(
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// The reader ticked or unticked it.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What follows from it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Whether only some of what it stands for is ticked.
    #[prop(optional, into)]
    some: Signal<bool>,
    /// Why it cannot be changed now, if so; shown instead of the hint.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Drawn as a switch.
    #[prop(optional)]
    switch: bool,
) -> impl IntoView {
    let hint_id = next_id("hint");
    let described_by = hint_id.clone();
    let second = Memo::new(move |_| disabled.get().unwrap_or_else(|| hint.get()));
    view! {
        <label class="check">
            <input
                type="checkbox"
                class:switch=switch
                role=switch.then_some("switch")
                prop:checked=move || checked.get()
                prop:indeterminate=move || some.get()
                prop:disabled=move || disabled.with(Option::is_some)
                aria-describedby=move || (!second.with(String::is_empty)).then(|| described_by.clone())
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>
                {move || label.get()}
                {move || {
                    (!second.with(String::is_empty))
                        .then(|| view! { <small id=hint_id.clone()>{second.get()}</small> })
                }}
            </span>
        </label>
    }
}
