//! The head of the list: the view's name and size, and its tools where there is no rail.

use crate::i18n::Lang;
use crate::parts::Parts;
use crate::route::Navigator;
use crate::shell::Shell;
use crate::shell::views::view_word;
use crate::shell::words::words as shell_words;
use bandeja_ui::view;
use bandeja_ui::{IconButton, IconName};
use leptos::prelude::*;

/// The bar over the list.
#[component]
pub fn Bar(
    /// The size of the list in words: «412».
    count: Signal<String>,
    /// The same with its noun, as a tooltip.
    count_title: Signal<String>,
) -> impl IntoView {
    let (lang, navigator, shell) = (Lang::here(), Navigator::here(), Shell::here());
    let parts = Parts::here();
    let view = Memo::new(move |_| navigator.route().with(|route| route.view));
    view! {
        <header class="bar">
            <span class="only-narrow">
                {move || parts.rest(|rest| (rest.view_menu)())}
            </span>
            <h1 class="clip">{move || view_word(view.get(), lang.get())}</h1>
            <span class="faint" title=count_title>{count}</span>
            <span class="grow"></span>
            <span class="only-narrow">
                <IconButton
                    icon=IconName::Search
                    label=move || shell_words(lang.get()).find.to_owned()
                    keys="Ctrl+K"
                    on_click=move |()| shell.palette.set(true)
                />
            </span>
        </header>
    }
}
