//! A conversation's state: a glyph and a word, so that colour is never alone.

use crate::view;
use leptos::prelude::*;

use crate::icon::{Icon, IconName};

/// A state.
#[component]
pub fn Status(
    /// `new`, `bot`, `assigned`, `progress`, `hours`, `offline`, `closed`, `cancelled` or `snoozed`.
    #[prop(into)]
    class: Signal<String>,
    /// Its glyph.
    #[prop(into)]
    icon: Signal<IconName>,
    /// Its word.
    #[prop(into)]
    word: Signal<String>,
) -> impl IntoView {
    view! {
        <span class=move || format!("status {}", class.get()) title=move || word.get()>
            <Icon name=icon/>
            <span>{move || word.get()}</span>
        </span>
    }
}
