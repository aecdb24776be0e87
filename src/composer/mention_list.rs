//! Who can be mentioned, above the text area while a name is being typed.

use super::field::{list_id, option_id, replace};
use super::mentions::{complete, is_meant};
use super::sending::Writing;
use crate::acting::names::availability_word;
use bandeja_contract::User;
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize};
use leptos::prelude::*;

/// Most people on offer at a time.
const MOST: usize = 8;

/// The people whose name fits what is typed, those who are there first.
pub(super) fn offered(writing: Writing) -> Vec<User> {
    let Some(typed) = writing.typing.get() else { return Vec::new() };
    if !writing.mentions_reach() {
        return Vec::new();
    }
    let me = writing.me();
    let lookups = writing.lookups();
    let mut people: Vec<_> = lookups
        .users
        .iter()
        .filter(|user| user.active && Some(&user.id) != me.as_ref() && is_meant(&user.name, &typed.query))
        .cloned()
        .collect();
    people.sort_by(|a, b| a.availability.cmp(&b.availability).then_with(|| a.name.cmp(&b.name)));
    people.truncate(MOST);
    people
}

/// Puts the name of the person at `place` into the note.
pub(super) fn pick(writing: Writing, place: usize) {
    let person = untrack(|| offered(writing)).into_iter().nth(place);
    let (Some(person), Some(typed)) = (person, writing.typing.get_untracked()) else { return };
    let text = untrack(|| writing.draft()).get_untracked();
    writing.typing.set(None);
    if let Some((text, caret)) = complete(&text, &typed, &person.name) {
        replace(writing, text, caret);
    }
}

/// The list, while a name is being typed that somebody has.
pub(super) fn mention_list(writing: Writing) -> impl IntoView {
    let people = Memo::new(move |_| offered(writing));
    let option = move |(place, person): (usize, User)| {
        let availability = person.availability;
        view! {
            <div
                id=option_id(writing, place)
                class="item"
                class:is-on=move || writing.offered_at.get() == place
                role="option"
                aria-selected=move || (writing.offered_at.get() == place).to_string()
                // The text area keeps the focus.
                on:pointerdown=move |event| event.prevent_default()
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| pick(writing, place)
            >
                <Avatar id=person.id.to_string() name=person.name.clone() size=AvatarSize::Small/>
                <span class="grow">{person.name}</span>
                {move || {
                    let known = writing.desk.with_value(|desk| desk.can("availability"));
                    known.then(|| view! { <span class="n">{availability_word(availability, writing.lang.get())}</span> })
                }}
            </div>
        }
    };
    view! {
        <Show when=move || !people.with(Vec::is_empty)>
            <div class="menu mentions" role="listbox" id=list_id(writing) aria-label=move || writing.w().mention_list>
                {move || people.get().into_iter().enumerate().map(option).collect_view()}
            </div>
        </Show>
    }
}
