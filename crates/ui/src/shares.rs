//! What a whole is made of: a bar, and under it each part with its colour, its number and its name.

use crate::view;
use leptos::prelude::*;

use crate::meter::{Meter, Part};

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How much.
    pub count: u64,
    /// The number as it is read.
    pub number: String,
    /// What it is.
    pub label: String,
    /// The class that carries its colour.
    pub class: &'static str,
}

/// A bar with its legend. The legend says all of it, so the bar is only drawn.
#[component]
pub fn Shares(
    /// What the whole is.
    #[prop(into)]
    label: Signal<String>,
    /// Its parts; their number and order stay.
    #[prop(into)]
    shares: Signal<Vec<Share>>,
) -> impl IntoView {
    let parts = move || {
        let part = |share: &Share| Part { count: share.count, class: share.class };
        shares.with(|shares| shares.iter().map(part).collect::<Vec<_>>())
    };
    let whole = move || shares.with(|shares| shares.iter().map(|share| share.count).sum::<u64>());
    let item = |share: Share| {
        view! { <li class=share.class><i aria-hidden="true"></i><b>{share.number}</b>" "{share.label}</li> }
    };
    view! {
        <div class="shares">
            <div aria-hidden="true">
                <Meter parts=Signal::derive(parts) whole=Signal::derive(whole) tall=true/>
            </div>
            <ul class="legend" aria-label=move || label.get()>
                {move || shares.get().into_iter().map(item).collect_view()}
            </ul>
        </div>
    }
}
