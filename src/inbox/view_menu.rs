//! The menu of views, where there is no room for the rail.

use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::doors::SettingsItem;
use crate::shell::user_menu::UserItems;
use crate::shell::views::{is_offered, view_icon, view_word};
use crate::shell::words::words as shell_words;
use bandeja_browser::desk;
use bandeja_model::View;
use bandeja_ui::{Align, IconName, Menu, MenuItem, MenuRule, view};
use leptos::prelude::*;

/// Views with their counts, and what the rail's foot has.
#[component]
pub fn ViewMenu() -> impl IntoView {
    let lang = Lang::here();
    view! {
        <Menu
            label=move || shell_words(lang.get()).choose_view.to_owned()
            icon=IconName::Menu
            align=Align::Start
        >
            <ViewItems/>
            <SettingsItem/>
            <MenuRule/>
            <UserItems/>
        </Menu>
    }
}

#[component]
fn ViewItems() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let desk = StoredValue::new(desk());
    let item = move |view: View| {
        let counts = desk.with_value(|desk| desk.counts.clone());
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
    move || {
        let is_there = |view: &View| desk.with_value(|desk| is_offered(*view, |name| desk.can(name)));
        View::ALL.into_iter().filter(is_there).map(item).collect_view()
    }
}
