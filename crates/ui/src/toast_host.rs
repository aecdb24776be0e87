//! Where toasts stand: bottom left, above rail and list.

use crate::{platform, view};
use leptos::prelude::*;

use crate::{
    icon::{Icon, IconName},
    icon_button::IconButton,
    platform::{Ticker, keep},
    toast::{Shown, Toasts},
};

/// How often the ring moves.
const TICK_MS: i32 = 250;

/// Shows the toasts of one app. Put it once inside `.app`.
#[component]
pub fn ToastHost(
    /// The toasts.
    toasts: Toasts,
    /// The name of the button that takes one away: «Descartar».
    #[prop(into)]
    dismiss_label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-atomic="false">
            <For
                each=move || toasts.shown()
                key=|shown| shown.id
                children=move |shown| one(shown, toasts, dismiss_label)
            />
        </div>
    }
}

fn one(shown: Shown, toasts: Toasts, dismiss_label: Signal<String>) -> impl IntoView {
    let Shown { id, toast } = shown;
    let whole = toast.duration_ms.max(1.0);
    let left = RwSignal::new(whole);
    let hovered = RwSignal::new(false);
    let focused = RwSignal::new(false);
    keep(Ticker::every(TICK_MS, move || {
        let stopped =
            hovered.try_get_untracked() != Some(false) || focused.try_get_untracked() != Some(false);
        if stopped {
            return;
        }
        let rest = left.try_get_untracked().unwrap_or_default() - f64::from(TICK_MS);
        left.try_set(rest);
        if rest <= 0.0 {
            toasts.dismiss(id);
        }
    }));
    let action = toast.action.map(|action| {
        let press = move |_| {
            toasts.dismiss(id);
            action.run();
        };
        view! {
            <button type="button" class="do" on:click=press>
                {action.label()}
                <span
                    class="ring"
                    aria-hidden="true"
                    style=("--left", move || platform::share(left.get() / whole))
                ></span>
            </button>
        }
    });
    view! {
        <div
            class="toast"
            part="toast"
            on:pointerenter=move |_| hovered.set(true)
            on:pointerleave=move |_| hovered.set(false)
            on:focusin=move |_| focused.set(true)
            on:focusout=move |_| focused.set(false)
        >
            <Icon name=toast.icon/>
            <span class="clip">{toast.text}</span>
            {action}
            <IconButton
                icon=IconName::X
                label=dismiss_label
                small=true
                on_click=move |()| toasts.dismiss(id)
            />
        </div>
    }
}
