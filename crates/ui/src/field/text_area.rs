//! Several lines of text, with a counter near the end of the allowed length.

use crate::view;
use leptos::{html, prelude::*};

use super::{Counter, Frame};

/// A field of several lines. Typing past `max` is possible, so that a pasted text is not cut: the counter
/// turns red and the caller says what is wrong.
#[component]
pub fn TextArea(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// The reader typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// How many characters are allowed; 0 for any number.
    #[prop(optional)]
    max: usize,
    /// How many lines high.
    #[prop(default = 3)]
    rows: u32,
    /// A word beside the label: «opcional».
    #[prop(optional, into)]
    need: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong, as a sentence.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example or a question; never instead of the label.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: bool,
    /// Whether a dialog gives it the focus first.
    #[prop(optional)]
    autofocus: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether the label is only said.
    #[prop(optional)]
    hide_label: bool,
    /// To reach the element.
    #[prop(optional)]
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    let frame = Frame::new(label, need, hint, error, hide_label);
    let counter = Memo::new(move |_| Counter { used: value.with(|value| value.chars().count()), max });
    let control = view! {
        <textarea
            node_ref=node
            id=frame.id()
            class="area"
            rows=rows.to_string()
            placeholder=move || placeholder.get()
            aria-required=required.then_some("true")
            aria-invalid=move || frame.invalid()
            aria-describedby=move || frame.described_by()
            data-autofocus=autofocus.then_some("")
            prop:disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        ></textarea>
    };
    frame.around(control.into_any(), Some(counter.into()))
}
