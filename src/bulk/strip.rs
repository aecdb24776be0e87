//! The inside of the list's strip while somebody selects: how many, in which way, and the way out.

use super::context::Bulk;
use super::draw::whether;
use super::menu::SelectMenu;
use super::steps::Tick;
use crate::i18n::{fill, plural};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{IconButton, IconName};
use leptos::prelude::*;

/// The strip while selecting.
#[component]
pub fn Selecting() -> impl IntoView {
    let bulk = Bulk::here();
    let tick = Memo::new(move |_| bulk.box_over_rows());
    let toggled = move |event: leptos::ev::Event| {
        bulk.toggle_visible();
        // What is shown follows the selection, not what the browser made of the click.
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        input.set_checked(tick.get_untracked() == Tick::On);
        input.set_indeterminate(tick.get_untracked() == Tick::Some);
    };
    view! {
        <input
            type="checkbox"
            class="box"
            aria-label=bulk.say(|w| w.visible)
            title=bulk.say(|w| w.visible)
            prop:checked=whether(move || tick.get() == Tick::On)
            prop:indeterminate=whether(move || tick.get() == Tick::Some)
            on:change=toggled
        />
        <span class="chosen clip">{move || chosen(bulk)}</span>
        {move || {
            let words = bulk.busy.get().then(|| bulk.w().range_busy)?;
            Some(view! { <span class="turn" role="status" aria-label=words></span> })
        }}
        <span class="grow"></span>
        <SelectMenu/>
        <IconButton
            icon=IconName::X
            small=true
            label=bulk.say(|w| w.leave)
            keys="Esc"
            on_click=move |()| bulk.leave()
        />
    }
}

/// «4 seleccionadas», «4.809 de 4.812».
fn chosen(bulk: Bulk) -> Dom {
    let (w, n) = (bulk.w(), bulk.count());
    let number = bulk.lang.number(n);
    if bulk.is_all() == Some(true) {
        let total = bulk.lang.number(bulk.total());
        let rest = fill(w.of_all, &["", &total]);
        return view! { <b>{number}</b><span class="muted">{rest}</span> };
    }
    if n == 0 {
        return view! { <b>{w.count_none}</b> };
    }
    view! { <b>{fill(plural(n, w.count_one, w.count_other), &[&number])}</b> }
}

/// What "all" means, under the strip.
#[component]
pub fn AllNote() -> impl IntoView {
    let bulk = Bulk::here();
    view! { {move || {
        (bulk.is_all() == Some(true)).then(|| {
            let w = bulk.w();
            let except = bulk.selection.with(|it| it.as_ref().map_or(0, |it| it.named() as u64));
            let said = if except == 0 {
                Dom::of(w.all_note)
            } else {
                let number = fill(w.all_but, &[&bulk.lang.number(except)]);
                let after = plural(except, w.all_but_after_one, w.all_but_after_other);
                view! { {w.all_but_before} <b>{number}</b> {after} }
            };
            view! { <div class="allnote">{said}</div> }
        })
    }} }
}
