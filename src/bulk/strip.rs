//! The strip over the list while somebody selects: how many, in which way, and the way out.

use super::context::Bulk;
use super::draw::{live, whether};
use super::menu::SelectMenu;
use super::steps::Tick;
use crate::i18n::{fill, plural};
use bandeja_ui::{IconButton, IconName};
use leptos::prelude::*;

/// The strip. `children` stand in it beside the menu while nobody selects.
#[component]
pub fn Strip(
    /// The list's own tools.
    children: ChildrenFn,
) -> impl IntoView {
    let bulk = Bulk::here();
    let children = StoredValue::new(children);
    let is_on = Memo::new(move |_| bulk.is_on());
    view! {
        <div class="strip" class:sel=is_on>
            {live(move || {
                Some(if is_on.get() {
                    selecting(bulk)
                } else {
                    view! { <SelectMenu/> {children.with_value(|children| children())} }.into_any()
                })
            })}
        </div>
    }
}

fn selecting(bulk: Bulk) -> AnyView {
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
        <span class="chosen clip">{live(move || Some(chosen(bulk)))}</span>
        {live(move || {
            let words = bulk.busy.get().then(|| bulk.w().range_busy)?;
            Some(view! { <span class="turn" role="status" aria-label=words></span> }.into_any())
        })}
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
    .into_any()
}

/// «4 seleccionadas», «4.809 de 4.812».
fn chosen(bulk: Bulk) -> AnyView {
    let (w, n) = (bulk.w(), bulk.count());
    let number = bulk.lang.number(n);
    if bulk.is_all() == Some(true) {
        let total = bulk.lang.number(bulk.total());
        let rest = fill(w.of_all, &["", &total]);
        return view! { <b>{number}</b><span class="muted">{rest}</span> }.into_any();
    }
    if n == 0 {
        return view! { <b>{w.count_none}</b> }.into_any();
    }
    view! { <b>{fill(plural(n, w.count_one, w.count_other), &[&number])}</b> }.into_any()
}

/// What "all" means, under the strip.
#[component]
pub fn AllNote() -> impl IntoView {
    let bulk = Bulk::here();
    live(move || {
        (bulk.is_all() == Some(true)).then(|| {
            let w = bulk.w();
            let except = bulk.selection.with(|it| it.as_ref().map_or(0, |it| it.named() as u64));
            let said = if except == 0 {
                w.all_note.into_any()
            } else {
                let number = fill(w.all_but, &[&bulk.lang.number(except)]);
                let after = plural(except, w.all_but_after_one, w.all_but_after_other);
                view! { {w.all_but_before} <b>{number}</b> {after} }.into_any()
            };
            view! { <div class="allnote">{said}</div> }.into_any()
        })
    })
}
