//! The order of the list (P33).

use super::words::words;
use crate::i18n::{Lang, Locale};
use crate::route::Navigator;
use bandeja_browser::desk;
use bandeja_model::Sort;
use bandeja_ui::view;
use bandeja_ui::{Align, IconName, Menu, MenuItem};
use leptos::prelude::*;

/// The short name of an order.
pub fn sort_word(sort: Sort, locale: Locale) -> &'static str {
    let w = words(locale);
    match sort {
        Sort::Activity => w.sort_activity,
        Sort::Waiting => w.sort_waiting,
        Sort::Created => w.sort_created,
        Sort::Priority => w.sort_priority,
    }
}

fn sort_hint(sort: Sort, locale: Locale) -> &'static str {
    let w = words(locale);
    match sort {
        Sort::Activity => w.sort_activity_hint,
        Sort::Waiting => w.sort_waiting_hint,
        Sort::Created => w.sort_created_hint,
        Sort::Priority => w.sort_priority_hint,
    }
}

/// The menu of orders, on a button that names the present one.
#[component]
pub fn SortMenu() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let sort = Memo::new(move |_| navigator.route().with(|route| route.sort));
    let trigger = move || {
        view! {
            <span class="only-sr">{move || words(lang.get()).sort}": "</span>
            <span class="label-sort">{move || sort_word(sort.get(), lang.get())}</span>
        }
    };
    let item = move |each: Sort| {
        view! {
            <MenuItem
                label=move || sort_word(each, lang.get()).to_owned()
                hint=move || sort_hint(each, lang.get()).to_owned()
                checked=move || Some(sort.get() == each)
                on_choose=move |()| navigator.set_sort(each)
            />
        }
    };
    view! {
        <Menu
            label=move || words(lang.get()).sort.to_owned()
            icon=IconName::Sort
            trigger
            class="button quiet small"
            align=Align::End
        >
            {move || {
                let can = |sort: &Sort| desk().can(&format!("sort.{}", sort.code()));
                Sort::ALL.into_iter().filter(can).map(item).collect_view()
            }}
        </Menu>
    }
}
