//! Rows that are still coming, with the exact height of real ones.

use crate::view;
use leptos::prelude::*;

/// The bones of one row's content, to be put inside a slot of the virtual list; or, with `rows`, whole
/// rows for a list whose length is not known yet. Visible only after 300 ms.
#[component]
pub fn Skeleton(
    /// How many whole rows; 0 for the content of one slot.
    #[prop(optional)]
    rows: usize,
    /// What is awaited, said to screen readers: «Cargando conversaciones».
    #[prop(optional, into)]
    label: Signal<String>,
) -> impl IntoView {
    if rows == 0 {
        return bones().into_any();
    }
    view! {
        <div class="rows still late" role="status" aria-busy="true">
            <span class="only-sr">{move || label.get()}</span>
            {(0..rows)
                .map(|_| view! { <div class="row" aria-hidden="true" aria-busy="true">{bones()}</div> })
                .collect_view()}
        </div>
    }
    .into_any()
}

fn bones() -> impl IntoView {
    view! {
        <span class="face" aria-hidden="true"><span class="bone round face"></span></span>
        <div class="line first" aria-hidden="true">
            <span class="bone tall w52"></span><span class="grow"></span><span class="bone short"></span>
        </div>
        <div class="line second" aria-hidden="true"><span class="bone w88"></span></div>
        <div class="line meta" aria-hidden="true"><span class="bone w40"></span></div>
    }
}
