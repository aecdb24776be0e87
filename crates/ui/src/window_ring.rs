//! The time left to answer freely: a ring filled by what is left, and the time in words.

use crate::{platform, view};
use leptos::prelude::*;

/// How urgent the rest is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RingLevel {
    /// Grey.
    #[default]
    Calm,
    /// Amber.
    Soon,
    /// Red.
    Last,
}

/// A ring with words.
#[component]
pub fn WindowRing(
    /// What is left, from 0 to 1.
    #[prop(into)]
    left: Signal<f64>,
    /// The time in words: «3 h», «Expiró».
    #[prop(into)]
    text: Signal<String>,
    /// How urgent.
    #[prop(optional, into)]
    level: Signal<RingLevel>,
    /// What the time is for.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let class = move || match level.get() {
        RingLevel::Calm => "window",
        RingLevel::Soon => "window soon",
        RingLevel::Last => "window last",
    };
    view! {
        <span
            class=class
            style=("--left", move || platform::share(left.get()))
            title=move || title.get()
        >
            {move || text.get()}
        </span>
    }
}
