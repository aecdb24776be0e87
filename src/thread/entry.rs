//! What the parts of a thread share, and which part draws which entry.

use super::bubbles::{burst, note};
use super::events::event;
use super::record::record;
use super::words::{ThreadWords, words};
use crate::acting::Acting;
use crate::acting::told::moment;
use crate::i18n::Lang;
use bandeja_browser::Desk;
use bandeja_client::{Lookups, ThreadEntry};
use bandeja_contract::NewMessageKind;
use bandeja_model::{Conversation, ConversationId, MessageKind, SystemEvent, Timestamp, UserId};
use bandeja_ui::view;
use leptos::prelude::*;
use std::sync::Arc;

/// The thread that is drawn. Cheap to copy; a part reads from it what it shows.
#[derive(Clone, Copy)]
pub(super) struct Scene {
    /// The desk.
    pub(super) desk: StoredValue<Desk>,
    /// Acting on the conversation.
    pub(super) acting: StoredValue<Acting>,
    /// The language.
    pub(super) lang: Lang,
    /// Whose thread.
    pub(super) id: StoredValue<ConversationId>,
    /// The conversation, while it is in sight.
    pub(super) conversation: Memo<Option<Arc<Conversation>>>,
}

impl Scene {
    /// The words.
    pub(super) fn w(self) -> &'static ThreadWords {
        words(self.lang.get())
    }

    /// Names.
    pub(super) fn lookups(self) -> Arc<Lookups> {
        self.desk.with_value(|desk| desk.lookups.get())
    }

    /// The clock.
    pub(super) fn now(self) -> Timestamp {
        self.desk.with_value(|desk| desk.now.get())
    }

    /// Who looks at it.
    pub(super) fn me(self) -> Option<UserId> {
        self.desk.with_value(Desk::actor).map(|actor| actor.id)
    }

    /// What the contact is called: the name, else the address; empty if it has neither.
    pub(super) fn contact_name(self) -> String {
        let called = |now: &Arc<Conversation>| now.contact.called().map(str::to_owned);
        self.conversation.with(|now| now.as_ref().and_then(called)).unwrap_or_default()
    }

    /// A colleague's name.
    pub(super) fn user_name(self, id: &UserId) -> String {
        let lookups = self.lookups();
        lookups.user(id).map_or_else(|| self.w().somebody.to_owned(), |user| user.name.clone())
    }

    /// A moment inside a sentence: «hoy, 10:42».
    pub(super) fn moment(self, at: Timestamp) -> String {
        moment(at, self.now(), self.lang)
    }

    /// A time element: the time of day, the whole date as title.
    pub(super) fn time(self, at: Timestamp) -> impl IntoView {
        view! {
            <time datetime=at.to_rfc3339() title=move || self.lang.full(at)>
                {move || self.lang.clock(at)}
            </time>
        }
    }
}

/// Draws the entries of one block: a burst of messages, or one thing that stands alone.
pub(super) fn draw(scene: Scene, entries: Vec<ThreadEntry>) -> AnyView {
    match entries.first() {
        None => ().into_any(),
        Some(ThreadEntry::Pending(pending)) => match pending.kind {
            NewMessageKind::Reply => burst(scene, entries),
            NewMessageKind::Note => note(scene, &entries),
        },
        Some(ThreadEntry::Sent(message)) => match message.kind {
            MessageKind::Message => burst(scene, entries),
            MessageKind::Note => note(scene, &entries),
            MessageKind::Event => match &message.event {
                Some(SystemEvent::Closed { closing }) => record(scene, message, closing, false),
                Some(SystemEvent::Cancelled { closing }) => record(scene, message, closing, true),
                _ => event(scene, message),
            },
        },
    }
}
