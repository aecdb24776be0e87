//! How to select: one by one, or all that match (P19).

use super::context::Bulk;
use super::draw::{reason, text};
use crate::i18n::fill;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Align, IconName, Menu, MenuHeading, MenuItem};
use leptos::prelude::*;

/// The menu of the strip. Its button says what it is for, or while selecting in which way.
#[component]
pub fn SelectMenu() -> impl IntoView {
    let bulk = Bulk::here();
    let trigger = move || {
        let words = move || {
            let w = bulk.w();
            match bulk.is_all() {
                None => {
                    view! { {w.select} <span class="label-object">" "{w.select_object}</span> }
                }
                Some(all) => Dom::of(if all { w.all } else { w.one_by_one }),
            }
        };
        view! { <span>{words}</span><bandeja_ui::Icon name=IconName::Down class="tail"/> }
    };
    let button = move |icon: Option<IconName>, align: Align| {
        view! {
            <Menu
                label=bulk.say(|w| w.select_menu)
                icon=icon
                trigger=trigger
                class="button quiet small"
                align=align
                disabled=reason(move || bulk.off())
            >
                <Ways/>
            </Menu>
        }
    };
    let is_on = Memo::new(move |_| bulk.is_on());
    view! { {move || {
        let (icon, align) =
            if is_on.get() { (None, Align::End) } else { (Some(IconName::CheckCircle), Align::Start) };
        button(icon, align)
    }} }
}

#[component]
fn Ways() -> impl IntoView {
    let bulk = Bulk::here();
    let all = move || fill(bulk.w().all_matching, &[&bulk.lang.number(bulk.total())]);
    view! {
        <MenuHeading text=bulk.say(|w| w.select_menu)/>
        <MenuItem
            icon=IconName::CheckCircle
            label=bulk.say(|w| w.one_by_one)
            hint=bulk.say(|w| w.one_by_one_hint)
            keys="X"
            checked=Signal::derive(move || Some(bulk.is_all() == Some(false)))
            on_choose=move |()| bulk.start()
        />
        <MenuItem
            icon=IconName::Layers
            label=text(all)
            hint=bulk.say(|w| w.all_matching_hint)
            keys="Ctrl+A"
            checked=Signal::derive(move || Some(bulk.is_all() == Some(true)))
            on_choose=move |()| bulk.start_all()
        />
    }
}
