//! The inside of a picker: a field that filters and a list that is walked by arrows.

use crate::view;
use leptos::{ev, html, prelude::*};

use crate::{
    avatar::{Avatar, AvatarSize},
    icon::{Icon, IconName},
    ids::next_id,
    picker_item::{Leading, PickerItem},
    platform,
};

/// More items than this are found by typing, not by scrolling.
const MOST_SHOWN: usize = 200;

/// A combobox and its listbox, to stand in a popover, a dialog or a page.
///
/// `on_choose` gets the id picked; with `multi` the caller adds it to `chosen` or takes it away.
#[component]
pub fn PickerPanel(
    /// What is picked: «Responsable».
    #[prop(into)]
    label: Signal<String>,
    /// What can be picked.
    #[prop(into)]
    items: Signal<Vec<PickerItem>>,
    /// The ids picked now.
    #[prop(optional, into)]
    chosen: Signal<Vec<String>>,
    /// Whether several can be picked: items show boxes and stay.
    #[prop(optional)]
    multi: bool,
    /// What the field asks for: «Persona o equipo».
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What is said when nothing matches.
    #[prop(into)]
    none_text: Signal<String>,
    /// The reader picked an id.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The reader typed, for lists that a server filters further.
    #[prop(optional, into)]
    on_query: Option<Callback<String>>,
) -> impl IntoView {
    let list_id = StoredValue::new(next_id("list"));
    let list = NodeRef::<html::Div>::new();
    let query = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        let typed = query.get();
        items.with(|items| items.iter().filter(|item| item.matches(&typed)).cloned().collect::<Vec<_>>())
    });
    let option_id = move |place: usize| format!("{}-{place}", list_id.get_value());
    let choose = move |place: usize| {
        let item = found.with_untracked(|found| found.get(place).cloned());
        if let Some(item) = item.filter(|item| item.disabled.is_none()) {
            on_choose.run(item.id);
        }
    };
    let typed = move |event: ev::Event| {
        let text = event_target_value(&event);
        query.set(text.clone());
        active.set(0);
        if let Some(on_query) = on_query {
            on_query.run(text);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let shown = found.with_untracked(Vec::len).min(MOST_SHOWN);
        walk(&event, active, shown, choose);
        if let Some(list) = list.get_untracked() {
            platform::next_frame(move || {
                if let Some(item) = platform::first_matching(&list, ".is-on") {
                    platform::reveal(&item);
                }
            });
        }
    };
    let options = move || {
        let found = found.get();
        let more = found.len().saturating_sub(MOST_SHOWN);
        let mut group = String::new();
        let mut views = Vec::new();
        for (place, item) in found.into_iter().take(MOST_SHOWN).enumerate() {
            if item.group != group {
                group.clone_from(&item.group);
                views.push(view! { <h3 role="presentation">{group.clone()}</h3> }.into_any());
            }
            views.push(option(item, place, option_id(place), chosen, multi, active, choose));
        }
        if more > 0 {
            views.push(view! { <p class="picker-none">{format!("+{more}…")}</p> }.into_any());
        }
        views
    };
    view! {
        <div class="picker-in">
            <Icon name=IconName::Search/>
            <input
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                data-autofocus=""
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls=list_id.get_value()
                aria-label=move || label.get()
                aria-activedescendant=move || {
                    (!found.with(Vec::is_empty)).then(|| option_id(active.get()))
                }
                placeholder=move || placeholder.get()
                prop:value=move || query.get()
                on:input=typed
                on:keydown=key
            />
        </div>
        <div
            class="picker-list"
            node_ref=list
            id=list_id.get_value()
            role="listbox"
            aria-label=move || label.get()
            aria-multiselectable=multi.then_some("true")
        >
            {options}
        </div>
        {move || {
            found
                .with(Vec::is_empty)
                .then(|| view! { <p class="picker-none" role="status">{none_text.get()}</p> })
        }}
    }
}

fn walk(event: &ev::KeyboardEvent, active: RwSignal<usize>, shown: usize, choose: impl Fn(usize)) {
    let here = active.get_untracked().min(shown.saturating_sub(1));
    let there = match event.key().as_str() {
        "ArrowDown" if here + 1 < shown => here + 1,
        "ArrowDown" | "PageUp" => 0,
        "ArrowUp" => here.checked_sub(1).unwrap_or(shown.saturating_sub(1)),
        "PageDown" => shown.saturating_sub(1),
        "Enter" => {
            event.prevent_default();
            event.stop_propagation();
            return choose(here);
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    active.set(there);
}

fn option(
    item: PickerItem,
    place: usize,
    id: String,
    chosen: Signal<Vec<String>>,
    multi: bool,
    active: RwSignal<usize>,
    choose: impl Fn(usize) + 'static,
) -> AnyView {
    let PickerItem { id: value, label, detail, leading, count, disabled, .. } = item;
    let is_chosen = Memo::new({
        let value = value.clone();
        move |_| chosen.with(|chosen| chosen.contains(&value))
    });
    let leading = match leading {
        Leading::None => None,
        Leading::Avatar => {
            Some(view! { <Avatar id=value name=label.clone() size=AvatarSize::Small/> }.into_any())
        }
        Leading::Dot(color) => Some(view! { <span class=format!("dot {color}")></span> }.into_any()),
        Leading::Icon(name) => Some(view! { <Icon name/> }.into_any()),
    };
    let is_disabled = disabled.is_some();
    let second = disabled.unwrap_or(detail);
    view! {
        <div
            id=id
            class="item"
            class:is-on=move || active.get() == place
            role="option"
            aria-selected=move || is_chosen.get().to_string()
            aria-disabled=is_disabled.then_some("true")
            // The field keeps the focus, or a phone's keyboard would jump.
            on:mousedown=move |event| event.prevent_default()
            on:pointermove=move |_| active.set(place)
            on:click=move |_| choose(place)
        >
            {multi.then(|| view! { <span class="box" class:checked=move || is_chosen.get()></span> })}
            {leading}
            <span class="grow">
                {label} {(!second.is_empty()).then(|| view! { <small>{second}</small> })}
            </span>
            {(!count.is_empty()).then(|| view! { <span class="n">{count}</span> })}
            {move || (!multi && is_chosen.get()).then(|| view! { <Icon name=IconName::Check class="mark"/> })}
        </div>
    }
    .into_any()
}
