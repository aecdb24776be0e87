//! What stands where something would: an empty place, a notice, a band across the top.

use crate::view;
use leptos::prelude::*;

use crate::{
    badge::Tone,
    icon::{Icon, IconName},
};

/// An empty place or an error: icon, sentence, next step. Give the actions as children.
#[component]
pub fn Empty(
    /// The drawing.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What is so: «No tienes conversaciones abiertas».
    #[prop(into)]
    sentence: Signal<String>,
    /// What is safe, or what could be done.
    #[prop(optional, into)]
    detail: Signal<String>,
    /// Whether it appeared because something failed: then it is said at once.
    #[prop(optional)]
    alert: bool,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" role=alert.then_some("alert")>
            <Icon name=icon/>
            <h3>{move || sentence.get()}</h3>
            {move || (!detail.with(String::is_empty)).then(|| view! { <p>{detail.get()}</p> })}
            {children.map(|children| view! { <div class="cluster">{children()}</div> })}
        </div>
    }
}

/// A notice in place: what happened, what follows. Give buttons as children.
#[component]
pub fn Notice(
    /// What its colour means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// The drawing.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What happened.
    #[prop(into)]
    sentence: Signal<String>,
    /// What was kept, what to do.
    #[prop(optional, into)]
    detail: Signal<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div
            class=move || format!("notice{}", tone.get().class())
            role=if tone.get_untracked() == Tone::Bad { "alert" } else { "status" }
        >
            <Icon name=icon/>
            <div class="grow">
                <p>{move || sentence.get()}</p>
                {move || (!detail.with(String::is_empty)).then(|| view! { <p>{detail.get()}</p> })}
                {children.map(|children| view! { <div class="cluster">{children()}</div> })}
            </div>
        </div>
    }
}

/// A band across the top: offline, another version, a session that ends. Give buttons as children.
#[component]
pub fn Banner(
    /// What its colour means; amber if not said.
    #[prop(default = Tone::Warn)]
    tone: Tone,
    /// The drawing.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What is so, in strong type.
    #[prop(into)]
    sentence: Signal<String>,
    /// What follows from it.
    #[prop(optional, into)]
    detail: Signal<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("banner{}", tone.class()) role="status">
            <Icon name=icon/>
            <span class="grow">
                <b>{move || sentence.get()}</b>
                {move || (!detail.with(String::is_empty)).then(|| format!(" {}", detail.get()))}
            </span>
            {children.map(|children| children())}
        </div>
    }
}
