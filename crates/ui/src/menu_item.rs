//! What stands in a menu: verbs, rules between them, headings.

use crate::view;
use leptos::{ev, prelude::*};

use crate::{
    icon::{Icon, IconName},
    key::Keys,
    menu::MenuContext,
};

/// One verb. A disabled one stays reachable and says why in its second line; choosing closes the menu first,
/// so that a dialog opened by it gives the focus back to the menu's button.
#[component]
pub fn MenuItem(
    /// The verb and its object; «…» only if more is asked.
    #[prop(into)]
    label: Signal<String>,
    /// An icon.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// A second line.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// A number at the end, written for the locale.
    #[prop(optional, into)]
    count: Signal<String>,
    /// The shortcut, at the end: `Ctrl+Enter`.
    #[prop(optional, into)]
    keys: String,
    /// Why it cannot be chosen now, if so; shown instead of the hint.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Whether something is lost by it: red, and last in the menu.
    #[prop(optional)]
    destructive: bool,
    /// For a choice among several: whether this is the one.
    #[prop(optional, into)]
    checked: Signal<Option<bool>>,
    /// What it does.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let menu = use_context::<MenuContext>();
    let role = if checked.with_untracked(Option::is_some) { "menuitemradio" } else { "menuitem" };
    let second = move || disabled.get().unwrap_or_else(|| hint.get());
    let choose = move |event: ev::MouseEvent| {
        event.stop_propagation();
        if disabled.with_untracked(Option::is_some) {
            return;
        }
        if let Some(menu) = menu {
            menu.popover.close();
        }
        on_choose.run(());
    };
    view! {
        <button
            type="button"
            class="item"
            class:danger=destructive
            role=role
            tabindex="-1"
            aria-checked=move || checked.get().map(|checked| checked.to_string())
            aria-disabled=move || disabled.with(Option::is_some).then_some("true")
            on:click=choose
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class="grow">
                {move || label.get()}
                {move || {
                    let second = second();
                    (!second.is_empty()).then(|| view! { <small>{second}</small> })
                }}
            </span>
            {move || (!count.with(String::is_empty)).then(|| view! { <span class="n">{count.get()}</span> })}
            {move || (checked.get() == Some(true)).then(|| view! { <Icon name=IconName::Check class="mark"/> })}
            {(!keys.is_empty()).then(|| view! { <Keys keys/> })}
        </button>
    }
}

/// A hairline between groups of verbs.
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <hr/> }
}

/// A heading over a group of verbs.
#[component]
pub fn MenuHeading(
    /// Its words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <h3 role="presentation">{move || text.get()}</h3> }
}
