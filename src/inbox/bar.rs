//! The head of the list: the view's name and size, and the menu of views where there is no rail.

use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::Shell;
use crate::shell::user_menu::UserItems;
use crate::shell::views::{view_icon, view_word};
use crate::shell::words::words as shell_words;
use bandeja_browser::desk;
use bandeja_model::View;
use bandeja_ui::{Align, IconButton, IconName, Menu, MenuItem, MenuRule};
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
    let view = Memo::new(move |_| navigator.route().with(|route| route.view));
    view! {
        <header class="bar">
            <span class="only-narrow">
                <Menu
                    label=move || shell_words(lang.get()).choose_view.to_owned()
                    icon=IconName::Menu
                    align=Align::Start
                >
                    <ViewItems/>
                    <MenuRule/>
                    <UserItems/>
                </Menu>
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

#[component]
fn ViewItems() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let counts = desk().counts;
    let item = move |view: View| {
        let counts = counts.clone();
        let count = move || {
            let count = counts.with(|counts| counts.views.get(view.code()).copied().unwrap_or(0));
            if count > 0 { lang.number(count) } else { String::new() }
        };
        view! {
            <MenuItem
                icon=view_icon(view)
                label=move || view_word(view, lang.get()).to_owned()
                count=Signal::derive(count)
                checked=move || Some(navigator.route().with(|route| route.view == view))
                on_choose=move |()| navigator.set_view(view)
            />
        }
    };
    View::ALL.map(item).collect_view()
}
