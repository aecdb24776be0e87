//! A verb and, beside it, a menu with other ways to do it.

use crate::view;
use leptos::prelude::*;

use crate::{
    button::{Button, ButtonKind},
    icon::IconName,
    menu::Menu,
    placement::Align,
};

/// The main verb left, the menu's arrow right.
#[component]
pub fn SplitButton(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// The lower height, for bars.
    #[prop(optional)]
    small: bool,
    /// An icon before the words.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// The words of the verb; may change.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the menu's button.
    #[prop(into)]
    more_label: Signal<String>,
    /// A tooltip of the verb.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// Why neither can be pressed now, if so.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What the verb does.
    #[prop(into)]
    on_click: Callback<()>,
    /// The menu's items.
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <span class="split">
            <Button kind small icon title disabled busy on_click>
                <span>{move || label.get()}</span>
            </Button>
            <Menu
                label=more_label
                icon=IconName::Down
                class=kind.class(small, "")
                align=Align::End
                disabled
                children
            />
        </span>
    }
}
