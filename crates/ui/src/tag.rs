//! A tag: a coloured dot beside neutral text, never a filled pill.

use crate::view;
use leptos::prelude::*;

/// A tag.
#[component]
pub fn Tag(
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// `grey`, `red`, `orange`, `yellow`, `green`, `teal`, `blue`, `purple` or `pink`.
    #[prop(optional, into)]
    color: Signal<String>,
    /// The larger form of the contact's panel.
    #[prop(optional)]
    big: bool,
) -> impl IntoView {
    let size = if big { " big" } else { "" };
    view! {
        <span class=move || format!("tag {}{size}", color.get()) title=move || name.get()>
            <span>{move || name.get()}</span>
        </span>
    }
}
