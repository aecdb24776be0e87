//! How to select: one by one, or all that match (P19).

use super::context::Bulk;
use crate::i18n::fill;
use bandeja_ui::{Align, IconName, Menu, MenuHeading, MenuItem};
use leptos::prelude::*;

/// The menu of the strip. Its button says what it is for, or while selecting in which way.
#[component]
pub fn SelectMenu() -> impl IntoView {
    let bulk = Bulk::here();
    let trigger = move || {
        let words = move || match bulk.is_all() {
            None => view! { {bulk.w().select} <span class="label-object">" "{bulk.w().select_object}</span> }
                .into_any(),
            Some(all) => (if all { bulk.w().all } else { bulk.w().one_by_one }).into_any(),
        };
        view! { <span>{words}</span><bandeja_ui::Icon name=IconName::Down class="tail"/> }
    };
    let button = move |icon: Option<IconName>, align: Align| {
        view! {
            <Menu
                label=Signal::derive(move || bulk.w().select_menu.to_owned())
                icon=icon
                trigger=trigger
                class="button quiet small"
                align=align
                disabled=Signal::derive(move || bulk.off())
            >
                <Ways/>
            </Menu>
        }
        .into_any()
    };
    let is_on = Memo::new(move |_| bulk.is_on());
    move || {
        if is_on.get() { button(None, Align::End) } else { button(Some(IconName::CheckCircle), Align::Start) }
    }
}

#[component]
fn Ways() -> impl IntoView {
    let bulk = Bulk::here();
    let all = move || fill(bulk.w().all_matching, &[&bulk.lang.number(bulk.total())]);
    view! {
        <MenuHeading text=Signal::derive(move || bulk.w().select_menu.to_owned())/>
        <MenuItem
            icon=IconName::CheckCircle
            label=Signal::derive(move || bulk.w().one_by_one.to_owned())
            hint=Signal::derive(move || bulk.w().one_by_one_hint.to_owned())
            keys="X"
            checked=Signal::derive(move || Some(bulk.is_all() == Some(false)))
            on_choose=move |()| bulk.start()
        />
        <MenuItem
            icon=IconName::Layers
            label=Signal::derive(all)
            hint=Signal::derive(move || bulk.w().all_matching_hint.to_owned())
            keys="Ctrl+A"
            checked=Signal::derive(move || Some(bulk.is_all() == Some(true)))
            on_choose=move |()| bulk.start_all()
        />
    }
}
