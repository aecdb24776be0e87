//! The box of a row, in place of the face while somebody selects.

use super::context::Bulk;
use super::draw::text;
use crate::i18n::fill;
use crate::shell::{Place, Shell};
use bandeja_model::ConversationId;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use leptos::{ev, prelude::*};

/// The box of the row that shows `id` at `place`.
pub(crate) fn pick(
    bulk: Bulk,
    id: Signal<Option<ConversationId>>,
    place: Signal<Option<usize>>,
    name: Signal<String>,
) -> Dom {
    let is_picked = Memo::new(move |_| id.with(|id| id.as_ref().is_some_and(|id| bulk.holds(id))));
    let shell = Shell::here();
    let click = move |event: ev::MouseEvent| {
        // The row itself would open.
        event.stop_propagation();
        if let Some((place, id)) = place.get_untracked().zip(id.get_untracked()) {
            if event.shift_key() {
                let cursor = shell.cursor.get_untracked();
                let cursor =
                    cursor.and_then(|id| Some((bulk.list(|list| list.position_of(&id)).flatten()?, id)));
                bulk.select_to(place, &id, cursor);
            } else {
                bulk.toggle(place, &id);
            }
            // Letters and arrows go on from here.
            shell.cursor.set(Some(id));
            shell.wants_focus.set(Some(Place::Grid));
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
                aria-label=text(move || fill(bulk.w().select_one, &[&name.get()]))
                prop:checked=is_picked
                // The grid keeps the focus, or gets it.
                on:mousedown=move |event| event.prevent_default()
                on:click=click
            />
        </span>
    }
}
