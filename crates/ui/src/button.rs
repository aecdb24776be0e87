//! The button. One primary a surface; a disabled one says why.

use crate::view;
use leptos::{ev, prelude::*};

use crate::{
    icon::{Icon, IconName},
    key::Keys,
};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// An edge on the pane's ground.
    #[default]
    Normal,
    /// The one verb of the surface.
    Primary,
    /// Cancels or loses something.
    Danger,
    /// No edge until hovered.
    Quiet,
}

impl ButtonKind {
    /// The classes of a button of this kind.
    pub(crate) fn class(self, small: bool, extra: &str) -> String {
        let mut class = "button".to_owned();
        let kind = match self {
            Self::Normal => "",
            Self::Primary => " primary",
            Self::Danger => " danger",
            Self::Quiet => " quiet",
        };
        class.push_str(kind);
        if small {
            class.push_str(" small");
        }
        if !extra.is_empty() {
            class.push(' ');
            class.push_str(extra);
        }
        class
    }
}

/// A button with words.
///
/// While `disabled` holds a reason it stays focusable (so that the reason can be read), looks off, has the
/// reason as its title and does nothing. While `busy` it keeps its words, turns and does nothing either.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// The lower height, for bars and rows.
    #[prop(optional)]
    small: bool,
    /// An icon before the words.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// The shortcut, shown at the end: `Ctrl+Enter`.
    #[prop(optional, into)]
    keys: String,
    /// Why it cannot be pressed now, if so.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it submits the form it stands in, instead of `on_click`.
    #[prop(optional)]
    submit: bool,
    /// A tooltip; the reason wins while disabled.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// Whether it is pressed in, for a toggle.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// A further class of the part it stands in.
    #[prop(optional, into)]
    class: String,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let idle = move || disabled.with(Option::is_none) && !busy.get();
    let click = move |event: ev::MouseEvent| {
        if disabled.with_untracked(Option::is_some) || busy.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class(small, &class)
            class:is-on=move || pressed.get() == Some(true)
            aria-disabled=move || (!idle()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            title=move || disabled.get().or_else(|| title.get())
            on:click=click
        >
            {move || {
                if busy.get() {
                    view! { <span class="turn" aria-hidden="true"></span> }.into_any()
                } else {
                    icon.map(|name| view! { <Icon name/> }).into_any()
                }
            }}
            {children()}
            {(!keys.is_empty()).then(|| view! { <Keys keys/> })}
        </button>
    }
}
