//! A small number on a disc, such as messages not read.

use crate::view;
use leptos::prelude::*;

/// A count; nothing is shown for an empty text.
#[component]
pub fn Count(
    /// The number, already written for the locale.
    #[prop(into)]
    text: Signal<String>,
    /// What is counted: «2 sin leer».
    #[prop(into)]
    label: Signal<String>,
    /// Neutral instead of accent.
    #[prop(optional)]
    soft: bool,
) -> impl IntoView {
    move || {
        let text = text.get();
        (!text.is_empty()).then(|| {
            view! {
                <span class="count" class:soft=soft role="img" aria-label=move || label.get()>
                    {text}
                </span>
            }
        })
    }
}
