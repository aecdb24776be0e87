//! A button that opens a searchable list, for one thing or several.

use crate::view;
use leptos::{ev, prelude::*};

use crate::{
    icon::{Icon, IconName},
    ids::next_id,
    picker_item::PickerItem,
    picker_panel::PickerPanel,
    placement::Align,
    popover::Popover,
};

/// A picker on a button: owner, team, tags, a filter's values, who gets a conversation.
///
/// With one choice it closes when something is picked; with `multi` it stays until Escape or a click
/// elsewhere.
#[component]
pub fn Picker(
    /// What is picked: «Responsable»; also the button's name if it has no words.
    #[prop(into)]
    label: Signal<String>,
    /// What can be picked.
    #[prop(into)]
    items: Signal<Vec<PickerItem>>,
    /// The ids picked now.
    #[prop(optional, into)]
    chosen: Signal<Vec<String>>,
    /// Whether several can be picked.
    #[prop(optional)]
    multi: bool,
    /// What the field asks for.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What is said when nothing matches.
    #[prop(into)]
    none_text: Signal<String>,
    /// An icon in the button.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// What stands in the button beside the icon; without it the button is square.
    #[prop(optional, into)]
    trigger: Option<ViewFn>,
    /// The button's classes: `button` if not said, `select` for the look of a field.
    #[prop(optional, into)]
    class: String,
    /// A tooltip.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// Which edges line up.
    #[prop(optional)]
    align: Align,
    /// Why it cannot be opened now, if so.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// To open it from elsewhere, for instance by a shortcut.
    #[prop(optional)]
    open: Option<RwSignal<bool>>,
    /// What stands under the list.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// The reader picked an id; with `multi` the caller adds it or takes it away.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The reader typed, for lists that a server filters further.
    #[prop(optional, into)]
    on_query: Option<Callback<String>>,
) -> impl IntoView {
    let popover = Popover::new(open.unwrap_or_else(|| RwSignal::new(false)), align, "input");
    let is_bare = trigger.is_none();
    let class = if class.is_empty() { "button".to_owned() } else { class };
    let is_field = class.split(' ').any(|part| part == "select");
    let class = if is_bare { format!("{class} only") } else { class };
    let id = next_id("picker");
    let footer = StoredValue::new(footer);
    let on_query = on_query.unwrap_or_else(|| Callback::new(|_| {}));
    let choose = Callback::new(move |id: String| {
        if !multi {
            popover.close();
        }
        on_choose.run(id);
    });
    let click = move |event: ev::MouseEvent| {
        event.stop_propagation();
        if disabled.with_untracked(Option::is_none) {
            popover.clicked();
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            popover.close();
        }
        // What is typed here is no shortcut of the app.
        event.stop_propagation();
    };
    view! {
        <button
            type="button"
            node_ref=popover.anchor
            class=class
            class:is-on=move || popover.open.get()
            aria-haspopup="dialog"
            aria-expanded=move || popover.open.get().to_string()
            aria-controls=id.clone()
            aria-label=move || (is_bare || is_field).then(|| label.get())
            aria-disabled=move || disabled.with(Option::is_some).then_some("true")
            title=move || disabled.get().or_else(|| title.get()).or_else(|| is_bare.then(|| label.get()))
            on:pointerdown=move |_| popover.pressed()
            on:click=click
        >
            {icon.map(|name| view! { <Icon name/> })}
            {trigger.map(|trigger| trigger.run())}
            {is_field.then(|| view! { <Icon name=IconName::Down/> })}
        </button>
        <div
            node_ref=popover.panel
            id=id
            class="menu picker"
            class:placing=move || popover.is_placing()
            popover="auto"
            role="dialog"
            aria-label=move || label.get()
            style:left=move || popover.left()
            style:top=move || popover.top()
            on:toggle=move |_| popover.toggled()
            on:click=move |event| event.stop_propagation()
            on:keydown=key
        >
            <Show when=move || popover.open.get()>
                <PickerPanel label items chosen multi placeholder none_text on_choose=choose on_query/>
                {footer
                    .with_value(Clone::clone)
                    .map(|footer| view! { <div class="picker-foot">{footer.run()}</div> })}
            </Show>
        </div>
    }
}
