//! The box of a row, in place of the face while somebody selects.

use super::context::Bulk;
use crate::i18n::fill;
use bandeja_model::ConversationId;
use leptos::{ev, prelude::*};

/// The box of the row that shows `id` at `place`.
pub(crate) fn pick(
    bulk: Bulk,
    id: Signal<Option<ConversationId>>,
    place: Signal<Option<usize>>,
    name: Signal<String>,
) -> AnyView {
    let is_picked = Memo::new(move |_| id.with(|id| id.as_ref().is_some_and(|id| bulk.holds(id))));
    let click = move |event: ev::MouseEvent| {
        // The row itself would open.
        event.stop_propagation();
        if let Some((place, id)) = place.get_untracked().zip(id.get_untracked()) {
            if event.shift_key() {
                bulk.select_to(place, &id, None);
            } else {
                bulk.toggle(place, &id);
            }
        }
        // What is shown follows the selection: it may be full, or its rows still on their way.
        event_target::<web_sys::HtmlInputElement>(&event).set_checked(is_picked.get_untracked());
    };
    view! {
        <span class="pick">
            <input
                type="checkbox"
                class="box"
                tabindex="-1"
                aria-label=move || fill(bulk.w().select_one, &[&name.get()])
                prop:checked=move || is_picked.get()
                on:click=click
            />
        </span>
    }
    .into_any()
}
