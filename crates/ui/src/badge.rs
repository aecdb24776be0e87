//! A short word on a soft ground: «Pendiente», «En línea».

use crate::view;
use leptos::prelude::*;

/// What a colour means. It never stands alone: words or an icon say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Says something, means nothing.
    #[default]
    Neutral,
    /// Done, reachable.
    Good,
    /// Soon, private, waiting.
    Warn,
    /// Lost, failed.
    Bad,
    /// Worth knowing.
    Info,
}

impl Tone {
    /// The class that carries the tone.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Good => " good",
            Self::Warn => " warn",
            Self::Bad => " bad",
            Self::Info => " info",
        }
    }
}

/// A badge.
#[component]
pub fn Badge(
    /// What its colour means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! { <span class=move || format!("badge{}", tone.get().class())>{children()}</span> }
}
