//! A dialog on the native element: the browser gives the top layer, the focus trap and Escape.
//!
//! Below 640 px of app width the sheet makes it a bottom sheet. Its content lives only while it is open.

use crate::view;
use crate::watch::watch;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{icon::IconName, icon_button::IconButton, ids::next_id, platform};

/// How wide a dialog is at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// 440 px: one question.
    Narrow,
    /// 520 px.
    #[default]
    Normal,
    /// 592 px: a setting and what it would do.
    Setting,
    /// 640 px, near the top: the palette.
    Palette,
    /// 760 px: the sheet of shortcuts.
    Large,
    /// 880 px: a form beside its preview.
    Wide,
}

/// What gets the focus first, in this order of preference.
const FIRST_FOCUS: [&str; 4] = [
    "[data-autofocus]",
    "[aria-invalid='true']",
    ".body :is(input, textarea, select):not([disabled], [type='hidden'])",
    "footer button[type='submit'], footer .button.primary",
];

/// A modal dialog: title (verb and object), a line (who, where), body, footer.
///
/// It opens and closes by `open`; Escape, the cross and a click beside it call `on_close`, which decides.
/// The footer stands inside the dialog's form: a submit button and Enter in a field call `on_submit`.
/// The focus goes to `[data-autofocus]`, else the first wrong field, else the first field, and comes back
/// to where it was.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The reader wants it away.
    #[prop(into)]
    on_close: Callback<()>,
    /// Verb and object: «Cerrar conversación».
    #[prop(into)]
    title: Signal<String>,
    /// The name of the cross: «Volver».
    #[prop(into)]
    close_label: Signal<String>,
    /// How wide.
    #[prop(optional)]
    size: DialogSize,
    /// Whether a click beside it is ignored, because something is typed.
    #[prop(optional, into)]
    keep: Signal<bool>,
    /// Without head: the title is only said, and the body has no padding.
    #[prop(optional)]
    bare: bool,
    /// The line under the title.
    #[prop(optional, into)]
    line: Option<ViewFn>,
    /// The footer's buttons.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// What Enter, Ctrl+Enter in a longer text, and a submit button do.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    /// The body; built anew at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = StoredValue::new(next_id("title"));
    let parts = StoredValue::new((line, footer, children));
    let class = match size {
        DialogSize::Narrow => "dialog narrow",
        DialogSize::Normal => "dialog",
        DialogSize::Setting => "dialog roomy",
        DialogSize::Palette => "dialog mid high",
        DialogSize::Large => "dialog large",
        DialogSize::Wide => "dialog wide",
    };
    follow(node, open);
    let beside = StoredValue::new(false);
    let press = move |event: ev::PointerEvent| beside.set_value(is_itself(&event, node));
    let click = move |event: ev::MouseEvent| {
        if is_itself(&event, node) && beside.get_value() && !keep.get_untracked() {
            on_close.run(());
        }
    };
    let cancel = move |event: ev::Event| {
        // One that cannot be prevented is followed by closing, and that asks.
        if is_itself(&event, node) && event.cancelable() {
            event.prevent_default();
            on_close.run(());
        }
    };
    let closed = move |event: ev::Event| {
        // A browser may close it without asking, for instance at the second Escape.
        if is_itself(&event, node) && open.get_untracked() {
            on_close.run(());
            // Whoever asks first whether to lose what is typed keeps it open.
            if open.try_get_untracked() == Some(true)
                && let Some(dialog) = node.get_untracked()
            {
                let _ = dialog.show_modal();
            }
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(on_submit) = on_submit {
            on_submit.run(());
        }
    };
    // Enter in a text of several lines is a new line, so that the way to send it is with Ctrl or Cmd.
    let key = move |event: ev::KeyboardEvent| {
        if let Some(on_submit) = on_submit
            && event.key() == "Enter"
            && (event.ctrl_key() || event.meta_key())
        {
            event.prevent_default();
            on_submit.run(());
        }
    };
    let head = move || {
        let line = parts.with_value(|(line, ..)| line.clone());
        view! {
            <header>
                <h2 id=title_id.get_value()>{move || title.get()}</h2>
                {line.map(|line| view! { <div class="line-of">{line.run()}</div> })}
                <IconButton icon=IconName::X label=close_label on_click=on_close/>
            </header>
        }
    };
    view! {
        <dialog
            node_ref=node
            class=class
            part="dialog"
            aria-labelledby=(!bare).then(|| title_id.get_value())
            aria-label=move || bare.then(|| title.get())
            on:pointerdown=press
            on:click=click
            on:cancel=cancel
            on:close=closed
        >
            <Show when=move || open.get()>
                <form class="dialog-in" novalidate=true on:submit=submit on:keydown=key>
                    <span class="grab" aria-hidden="true"></span>
                    {(!bare).then(head)}
                    <div class="body" class:bare=bare>{parts.with_value(|(.., children)| children())}</div>
                    {parts
                        .with_value(|(_, footer, _)| footer.clone())
                        .map(|footer| view! { <footer>{footer.run()}</footer> })}
                </form>
            </Show>
        </dialog>
    }
}

fn is_itself(event: &ev::Event, node: NodeRef<html::Dialog>) -> bool {
    let Some(dialog) = node.get_untracked() else { return false };
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    dialog.is_same_node(target.as_ref())
}

/// Shows and closes the element as `open` says, and gives the focus back.
fn follow(node: NodeRef<html::Dialog>, open: Signal<bool>) {
    let opener = StoredValue::new_local(None::<web_sys::HtmlElement>);
    watch(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() == dialog.open() {
            return;
        }
        if dialog.open() {
            dialog.close();
            give_back(opener);
        } else {
            opener.set_value(platform::focused_near(&dialog));
            // It fails only for an element outside the document, which nobody sees anyway.
            let _ = dialog.show_modal();
            platform::next_frame(move || focus_first(&dialog));
        }
    });
    on_cleanup(move || give_back(opener));
}

fn give_back(opener: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>) {
    let before = opener.try_update_value(Option::take).flatten();
    if let Some(before) = before.filter(|before| before.is_connected()) {
        platform::focus(&before);
    }
}

fn focus_first(dialog: &web_sys::Element) {
    let first = FIRST_FOCUS.iter().find_map(|selector| platform::first_matching(dialog, selector));
    if let Some(first) = first {
        let _ = first.focus();
    }
}
