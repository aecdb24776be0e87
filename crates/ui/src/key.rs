//! A key as it stands in menus, tooltips and the sheet of shortcuts.

use crate::view;
use leptos::prelude::*;

/// One key, such as `Esc`.
#[component]
pub fn Key(
    /// What is printed on it.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! { <kbd class="key">{name}</kbd> }
}

/// Keys pressed together, written with `+` between them: `Ctrl+Enter`.
#[component]
pub fn Keys(
    /// The names, joined by `+`.
    #[prop(into)]
    keys: String,
) -> impl IntoView {
    let keys = keys.split('+').map(|name| view! { <Key name=name/> }).collect_view();
    view! { <span class="keys">{keys}</span> }
}
