//! A menu: a button and a list of verbs in a popover, worked by arrows, Home, End and typing.

use crate::view;
use bandeja_letters::fold;
use leptos::{context::Provider, ev, prelude::*};

use crate::{
    icon::{Icon, IconName},
    ids::next_id,
    placement::Align,
    platform,
    popover::Popover,
};

/// Items are found by their role, whatever stands between them.
const ITEMS: &str = "[role^='menuitem']";
/// Letters typed within this time belong to one word.
const WORD_MS: f64 = 600.0;

/// What items need of their menu.
#[derive(Clone, Copy)]
pub(crate) struct MenuContext {
    /// Its panel.
    pub(crate) popover: Popover,
}

/// A button that opens a menu. Children are `MenuItem`, `MenuRule` and `MenuHeading`, built at each opening.
#[component]
pub fn Menu(
    /// The menu's name; also the button's, if the button has no words.
    #[prop(into)]
    label: Signal<String>,
    /// An icon in the button.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// What stands in the button beside the icon; without it the button is square.
    #[prop(optional, into)]
    trigger: Option<ViewFn>,
    /// The button's classes, `button quiet` if not said.
    #[prop(optional, into)]
    class: String,
    /// Which edges line up.
    #[prop(optional)]
    align: Align,
    /// Why it cannot be opened now, if so.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// To open it from elsewhere, for instance by a shortcut.
    #[prop(optional)]
    open: Option<RwSignal<bool>>,
    /// Where the button is in the order of Tab; -1 inside a grid's row.
    #[prop(optional)]
    tabindex: Option<i32>,
    /// The items.
    children: ChildrenFn,
) -> impl IntoView {
    let popover = Popover::new(open.unwrap_or_else(|| RwSignal::new(false)), align, ITEMS);
    let is_bare = trigger.is_none();
    let class = if class.is_empty() { "button quiet".to_owned() } else { class };
    let class = if is_bare { format!("{class} only") } else { class };
    let id = next_id("menu");
    let typed = StoredValue::new((String::new(), 0.0));
    let children = StoredValue::new(children);
    let click = move |event: ev::MouseEvent| {
        event.stop_propagation();
        if disabled.with_untracked(Option::is_none) {
            popover.clicked();
        }
    };
    let open_by_arrow = move |event: ev::KeyboardEvent| {
        if event.key() == "ArrowDown" && disabled.with_untracked(Option::is_none) {
            event.prevent_default();
            event.stop_propagation();
            popover.open.set(true);
        }
    };
    view! {
        <button
            type="button"
            node_ref=popover.anchor
            class=class
            class:is-on=move || popover.open.get()
            aria-haspopup="menu"
            aria-expanded=move || popover.open.get().to_string()
            aria-controls=id.clone()
            aria-label=move || is_bare.then(|| label.get())
            aria-disabled=move || disabled.with(Option::is_some).then_some("true")
            tabindex=tabindex.map(|place| place.to_string())
            title=move || disabled.get().or_else(|| is_bare.then(|| label.get()))
            on:pointerdown=move |_| popover.pressed()
            on:click=click
            on:keydown=open_by_arrow
        >
            {icon.map(|name| view! { <Icon name/> })}
            {trigger.map(|trigger| trigger.run())}
        </button>
        <div
            node_ref=popover.panel
            id=id
            class="menu"
            class:placing=move || popover.is_placing()
            popover="auto"
            role="menu"
            aria-label=move || label.get()
            style:left=move || popover.left()
            style:top=move || popover.top()
            on:toggle=move |_| popover.toggled()
            on:click=move |event| event.stop_propagation()
            on:keydown=move |event| on_key(&event, popover, typed)
        >
            <Show when=move || popover.open.get()>
                <Provider value=MenuContext { popover }>{children.with_value(|children| children())}</Provider>
            </Show>
        </div>
    }
}

fn on_key(event: &ev::KeyboardEvent, popover: Popover, typed: StoredValue<(String, f64)>) {
    let Some(panel) = popover.panel.get_untracked() else { return };
    let items = platform::all_matching(&panel, ITEMS);
    let focused = platform::focused_near(&panel);
    let here = items.iter().position(|item| item.is_same_node(focused.as_ref().map(AsRef::as_ref)));
    let last = items.len().saturating_sub(1);
    let key = event.key();
    let there = match key.as_str() {
        "ArrowDown" => here.map_or(0, |here| if here == last { 0 } else { here + 1 }),
        "ArrowUp" => here.map_or(last, |here| here.checked_sub(1).unwrap_or(last)),
        "Home" => 0,
        "End" => last,
        "Escape" | "Tab" => {
            event.prevent_default();
            event.stop_propagation();
            popover.close();
            return;
        }
        letter if is_typing(event, letter) => {
            event.stop_propagation();
            let Some(found) = find_typed(&items, here, letter, typed) else { return };
            found
        }
        _ => return event.stop_propagation(),
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(item) = items.get(there) {
        let _ = item.focus();
    }
}

fn is_typing(event: &ev::KeyboardEvent, key: &str) -> bool {
    key.chars().count() == 1 && key != " " && !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}

/// The next item whose words begin with what was typed; one letter again goes on to the next.
fn find_typed(
    items: &[web_sys::HtmlElement],
    here: Option<usize>,
    letter: &str,
    typed: StoredValue<(String, f64)>,
) -> Option<usize> {
    let now = platform::now_ms();
    let word = typed.try_update_value(|(word, when)| {
        if now - *when > WORD_MS {
            word.clear();
        }
        word.push_str(&fold(letter));
        *when = now;
        word.clone()
    })?;
    let start = here.map_or(0, |here| if word.chars().count() == 1 { here + 1 } else { here });
    (0..items.len()).map(|step| (start + step) % items.len()).find(|place| {
        let words = items.get(*place).and_then(|item| item.text_content()).unwrap_or_default();
        fold(words.trim()).starts_with(&word)
    })
}
