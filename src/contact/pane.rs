//! The panel of the open conversation's contact.

use super::data::{conversation_data, data};
use super::past::past;
use super::tags::tags;
use super::words::{ContactWords, words};
use crate::acting::{Acting, user_of};
use crate::i18n::Lang;
use crate::route::Navigator;
use bandeja_browser::{Desk, desk};
use bandeja_client::Lookups;
use bandeja_model::{Conversation, ConversationId};
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize, IconButton, IconName};
use leptos::prelude::*;
use std::sync::Arc;

/// What the panel's parts share.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) desk: StoredValue<Desk>,
    pub(super) acting: StoredValue<Acting>,
    pub(super) lang: Lang,
    pub(super) id: StoredValue<ConversationId>,
    pub(super) conversation: Memo<Option<Arc<Conversation>>>,
}

impl Person {
    /// The words.
    pub(super) fn w(self) -> &'static ContactWords {
        words(self.lang.get())
    }

    /// Names.
    pub(super) fn lookups(self) -> Arc<Lookups> {
        self.desk.with_value(|desk| desk.lookups.get())
    }
}

/// The contact of one conversation; empty until it is known.
#[component]
pub fn ContactPane(
    /// Which conversation's.
    id: ConversationId,
) -> impl IntoView {
    let user = user_of(&desk());
    move || user.get().map(|_| opened(id.clone()))
}

fn opened(id: ConversationId) -> impl IntoView {
    let desk = desk();
    let signal = desk.conversation(&id);
    let person = Person {
        desk: StoredValue::new(desk),
        acting: StoredValue::new(Acting::here()),
        lang: Lang::here(),
        id: StoredValue::new(id),
        conversation: Memo::new(move |_| signal.get()),
    };
    let navigator = Navigator::here();
    // Where the back end keeps none, nobody is told so with every contact.
    let episodes = Memo::new(move |_| person.desk.with_value(|desk| desk.can("episodes")));
    let is_known = Memo::new(move |_| person.conversation.with(Option::is_some));
    view! {
        <IconButton
            icon=IconName::X
            label=Signal::derive(move || person.w().close.to_owned())
            class="close only-over"
            on_click=move |()| navigator.show_contact(false)
        />
        <div class="scroll">
            <Show when=move || is_known.get()>
                {head(person)} {data(person)} {tags(person)} {conversation_data(person)}
                {move || episodes.get().then(|| past(person))}
            </Show>
        </div>
    }
}

fn head(person: Person) -> impl IntoView {
    let contact =
        Memo::new(move |_| person.conversation.with(|now| now.as_ref().map(|now| now.contact.clone())));
    move || {
        let contact = contact.get()?;
        let name = contact.called().unwrap_or(person.w().unnamed).to_owned();
        let place: Vec<_> =
            [&contact.company, &contact.city].into_iter().flatten().map(String::as_str).collect();
        Some(view! {
            <div class="person">
                <Avatar id=contact.id.to_string() name=name.clone() size=AvatarSize::Large/>
                <h2 dir="auto">{name}</h2>
                <p class="muted" dir="auto">{place.join(", ")}</p>
            </div>
        })
    }
}
