//! A button of an icon alone: its label is its name and its tooltip.

use crate::view;
use leptos::{ev, html, prelude::*};

use crate::{
    button::ButtonKind,
    icon::{Icon, IconName},
};

/// A square button. The label is obligatory: an icon alone says nothing to a screen reader.
#[component]
pub fn IconButton(
    /// The drawing; may change.
    #[prop(into)]
    icon: Signal<IconName>,
    /// Its name, said and shown as tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// The shortcut, put behind the name in the tooltip: `Z`.
    #[prop(optional, into)]
    keys: String,
    /// How much it asks for attention; quiet if not said.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// The lower height, for bars and rows.
    #[prop(optional)]
    small: bool,
    /// Why it cannot be pressed now, if so.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Whether it is pressed in, for a toggle.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// A further class of the part it stands in.
    #[prop(optional, into)]
    class: String,
    /// Where in the order of Tab; -1 inside a grid's row.
    #[prop(optional)]
    tabindex: Option<i32>,
    /// To reach the element, for instance to give it the focus.
    #[prop(optional)]
    node: NodeRef<html::Button>,
    /// What it does.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    let class = kind.class(small, &format!("only {class}"));
    let tip = move || match disabled.get() {
        Some(reason) => reason,
        None if keys.is_empty() => label.get(),
        None => format!("{} ({})", label.get(), keys.replace('+', " ")),
    };
    let click = move |event: ev::MouseEvent| {
        event.stop_propagation();
        if disabled.with_untracked(Option::is_none) {
            on_click.run(());
        }
    };
    view! {
        <button
            type="button"
            node_ref=node
            class=class
            class:is-on=move || pressed.get() == Some(true)
            aria-label=move || label.get()
            aria-disabled=move || disabled.with(Option::is_some).then_some("true")
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            tabindex=tabindex.map(|place| place.to_string())
            title=tip
            on:click=click
        >
            <Icon name=icon/>
        </button>
    }
}
