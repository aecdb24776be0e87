//! The menu that stands in for the rail where there is no room for it.

use super::place::Ways;
use super::rail::ReaderItems;
use super::sections::{SECTIONS, section_of};
use super::words::words;
use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::Outside;
use crate::shell::views::{is_offered, view_icon, view_word};
use crate::shell::words::words as shell_words;
use bandeja_browser::desk;
use bandeja_model::View;
use bandeja_ui::view;
use bandeja_ui::{Align, IconName, Menu, MenuHeading, MenuItem, MenuRule};
use leptos::prelude::*;

/// The views of the inbox, the sections, and what the rail's foot has.
#[component]
pub fn NarrowMenu() -> impl IntoView {
    let lang = Lang::here();
    view! {
        <span class="only-narrow">
            <Menu label=move || words(lang.get()).menu.to_owned() icon=IconName::Menu align=Align::Start>
                <Items/>
                <MenuRule/>
                <ReaderItems/>
            </Menu>
        </span>
    }
}

#[component]
fn Items() -> impl IntoView {
    let (lang, ways) = (Lang::here(), Ways::here());
    let outside = expect_context::<Outside>();
    let to_view = move |view: View| {
        view! {
            <MenuItem
                icon=view_icon(view)
                label=move || view_word(view, lang.get()).to_owned()
                on_choose=move |()| outside.leave(&Navigator::href(view))
            />
        }
    };
    view! {
        {move || {
            let desk = desk();
            let offered = View::ALL.into_iter().filter(|view| is_offered(*view, |name| desk.can(name)));
            offered.map(to_view).collect_view()
        }}
        <MenuRule/>
        <MenuHeading text=move || shell_words(lang.get()).settings.to_owned()/>
        {SECTIONS
            .map(|(place, name)| {
                view! {
                    <MenuItem
                        icon=IconName::Sliders
                        label=move || name(words(lang.get())).to_owned()
                        checked=move || Some(section_of(ways.place()) == place)
                        on_choose=move |()| ways.go(place)
                    />
                }
            })
            .collect_view()}
    }
}
