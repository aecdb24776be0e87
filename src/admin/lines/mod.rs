//! Lines and their automatic menu (P45).
//!
//! Owns the screen and what is chosen in its dialog. What the menu does is the model's.

use bandeja_ui::view;
use leptos::prelude::*;

/// The lines of the viewer's campaigns.
#[component]
pub fn LinesScreen() -> impl IntoView {
    view! { <div class="content"></div> }
}
