//! One line of text.

use crate::view;
use leptos::{html, prelude::*};

use super::Frame;

/// A field of one line.
#[component]
pub fn TextField(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// The reader typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// The native type: `text`, `email`, `password`, `search`, `tel`, `datetime-local`.
    #[prop(default = "text")]
    kind: &'static str,
    /// A word beside the label: «opcional».
    #[prop(optional, into)]
    need: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong, as a sentence.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example; never instead of the label.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What the browser may fill in: `username`, `current-password`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
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
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let frame = Frame::new(label, need, hint, error, hide_label);
    let control = view! {
        <input
            node_ref=node
            id=frame.id()
            class="input"
            type=kind
            autocomplete=autocomplete
            placeholder=move || placeholder.get()
            aria-required=required.then_some("true")
            aria-invalid=move || frame.invalid()
            aria-describedby=move || frame.described_by()
            data-autofocus=autofocus.then_some("")
            prop:disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        />
    };
    frame.around(control.into_any(), None)
}
