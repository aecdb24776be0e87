//! The state of the composer of one conversation, and sending.

use super::answered::{answered_since, newest_of_others};
use super::blocked::{Blocked, blocked};
use super::mentions::{Typed, mentioned};
use super::words::{ComposerWords, words};
use crate::acting::{Acting, is_off};
use crate::i18n::{Lang, fill};
use bandeja_browser::{Desk, Thread};
use bandeja_client::Lookups;
use bandeja_contract::NewMessageKind;
use bandeja_model::{Action, Conversation, ConversationId, Message, MessageId, Timestamp, UserId, limits};
use bandeja_ui::platform;
use bandeja_ui::watch;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// What follows sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Nothing.
    Stay,
    /// The closing form (P37).
    Close,
    /// The choice of a moment.
    Snooze,
}

/// Which answer of somebody else the author knows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    /// The thread is not there yet.
    NotYet,
    /// That one; there may be none.
    Newest(Option<MessageId>),
}

/// The composer of one conversation. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) desk: StoredValue<Desk>,
    pub(super) acting: StoredValue<Acting>,
    pub(super) lang: Lang,
    pub(super) id: StoredValue<ConversationId>,
    pub(super) conversation: Memo<Option<Arc<Conversation>>>,
    pub(super) thread: StoredValue<Thread>,
    /// Rises when the thread's end shall be shown.
    pub(super) to_end: RwSignal<u32>,
    /// What is being written.
    pub(super) kind: RwSignal<NewMessageKind>,
    pub(super) field: NodeRef<html::Textarea>,
    drafts: StoredValue<(ArcRwSignal<String>, ArcRwSignal<String>)>,
    /// The newest answer of somebody else when the reply was begun.
    known: RwSignal<Known>,
    /// The mention being typed.
    pub(super) typing: RwSignal<Option<Typed>>,
    /// Which of the people on offer has the cursor.
    pub(super) offered_at: RwSignal<usize>,
    /// Sending was tried while somebody's answer had not been read.
    pub(super) held: RwSignal<bool>,
}

impl Writing {
    pub(super) fn new(desk: Desk, id: ConversationId, thread: Thread, to_end: RwSignal<u32>) -> Self {
        let drafts = (desk.draft(&id, NewMessageKind::Reply), desk.draft(&id, NewMessageKind::Note));
        let conversation = desk.conversation(&id);
        let conversation = Memo::new(move |_| conversation.get());
        let writing = Self {
            acting: StoredValue::new(Acting::here()),
            lang: Lang::here(),
            id: StoredValue::new(id),
            conversation,
            thread: StoredValue::new(thread),
            to_end,
            kind: RwSignal::new(NewMessageKind::Reply),
            field: NodeRef::new(),
            drafts: StoredValue::new(drafts),
            known: RwSignal::new(Known::NotYet),
            typing: RwSignal::new(None),
            offered_at: RwSignal::new(0),
            held: RwSignal::new(false),
            desk: StoredValue::new(desk),
        };
        writing.kind.set(untrack(|| writing.first_kind()));
        writing.remember_answers();
        writing
    }

    /// The words.
    pub(super) fn w(self) -> &'static ComposerWords {
        words(self.lang.get())
    }

    pub(super) fn now(self) -> Timestamp {
        self.desk.with_value(|desk| desk.now.get())
    }

    pub(super) fn lookups(self) -> Arc<Lookups> {
        self.desk.with_value(|desk| desk.lookups.get())
    }

    pub(super) fn me(self) -> Option<UserId> {
        self.desk.with_value(Desk::actor).map(|actor| actor.id)
    }

    /// A private note is being written.
    pub(super) fn is_note(self) -> bool {
        self.kind.get() == NewMessageKind::Note
    }

    /// The draft of a kind.
    pub(super) fn draft_of(self, kind: NewMessageKind) -> ArcRwSignal<String> {
        self.drafts.with_value(|(reply, note)| match kind {
            NewMessageKind::Reply => reply.clone(),
            NewMessageKind::Note => note.clone(),
        })
    }

    /// The draft being written.
    pub(super) fn draft(self) -> ArcRwSignal<String> {
        self.draft_of(self.kind.get())
    }

    /// What stands in the way of a reply.
    pub(super) fn blocked(self) -> Option<Blocked> {
        let now = self.now();
        if self.desk.with_value(|desk| desk.session.with(|state| is_off(state, Action::Reply.code()))) {
            return Some(Blocked::NotPermitted);
        }
        let actor = self.desk.with_value(Desk::actor);
        self.conversation.get().and_then(|conversation| blocked(actor.as_ref(), &conversation, now))
    }

    /// Somebody else's answer that came while the reply was being written.
    pub(super) fn answered(self) -> Option<Arc<Message>> {
        if self.draft_of(NewMessageKind::Reply).with(|draft| draft.trim().is_empty()) {
            return None;
        }
        let Known::Newest(known) = self.known.get() else { return None };
        let me = self.me();
        let entries = self.thread.with_value(|thread| thread.entries.get());
        answered_since(&entries, me.as_ref(), known.as_ref()).cloned()
    }

    /// The answer was read: the reply goes as it is.
    pub(super) fn take_note(self) {
        self.held.set(false);
        self.known.set(Known::Newest(untrack(|| self.newest())));
    }

    /// Why what is written cannot be sent now, if so.
    pub(super) fn off(self) -> Option<String> {
        let w = self.w();
        if self.is_note() {
            let now = self.conversation.get()?;
            if let Some(reason) = self.acting.with_value(|acting| acting.reason(Action::Note, &now)) {
                return Some(reason);
            }
        } else if self.blocked().is_some() {
            return Some(w.ended_reason(self.blocked()));
        }
        let draft = self.draft().get();
        let over = draft.chars().count().saturating_sub(limits::MESSAGE_CHARS);
        if draft.trim().is_empty() {
            Some(w.nothing_written.to_owned())
        } else if over > 0 {
            Some(fill(w.too_long, &[&self.lang.number(over as u64)]))
        } else if self.is_note() && self.mentions(&draft).len() > limits::MENTIONS {
            Some(fill(w.too_many_mentions, &[&limits::MENTIONS.to_string()]))
        } else {
            None
        }
    }

    /// Sends what is written, unless something stands in the way; what is held back stays as it is.
    pub(super) fn send(self, then: Then) {
        if untrack(|| self.off()).is_some() {
            return self.focus();
        }
        let kind = self.kind.get_untracked();
        if kind == NewMessageKind::Reply && untrack(|| self.answered()).is_some() {
            return self.held.set(true);
        }
        let body = self.draft_of(kind).get_untracked().trim().to_owned();
        let mentions =
            if kind == NewMessageKind::Note { untrack(|| self.mentions(&body)) } else { Vec::new() };
        let id = self.id.get_value();
        self.desk.with_value(|desk| desk.send(&id, kind, body, mentions));
        self.typing.set(None);
        self.to_end.update(|times| *times += 1);
        match then {
            Then::Stay => self.focus(),
            Then::Close => self.acting.with_value(|acting| acting.close(&id)),
            Then::Snooze => self.acting.with_value(|acting| acting.snooze(&id)),
        }
    }

    /// Gives the text area the focus.
    pub(super) fn focus(self) {
        platform::next_frame(move || {
            if let Some(field) = self.field.try_get_untracked().flatten() {
                platform::focus(&field);
            }
        });
    }

    /// Whether a note tells of mentions here.
    pub(super) fn mentions_reach(self) -> bool {
        self.desk.with_value(|desk| desk.can("note.mentions"))
    }

    fn mentions(self, text: &str) -> Vec<UserId> {
        if !self.mentions_reach() {
            return Vec::new();
        }
        let lookups = self.lookups();
        let people =
            lookups.users.iter().filter(|user| user.active).map(|user| (&user.id, user.name.as_str()));
        mentioned(text, people, usize::MAX)
    }

    fn newest(self) -> Option<MessageId> {
        let me = self.me();
        let entries = self.thread.with_value(|thread| thread.entries.get());
        newest_of_others(&entries, me.as_ref()).map(|message| message.id.clone())
    }

    /// A note where a reply is not this user's to write, or where a note was left half-written.
    fn first_kind(self) -> NewMessageKind {
        let empty = |kind| self.draft_of(kind).with(|draft| draft.trim().is_empty());
        let note_begun = empty(NewMessageKind::Reply) && !empty(NewMessageKind::Note);
        if note_begun || self.blocked() == Some(Blocked::NotPermitted) {
            NewMessageKind::Note
        } else {
            NewMessageKind::Reply
        }
    }

    /// While nothing is written, every answer counts as read.
    fn remember_answers(self) {
        watch(move || {
            let empty = self.draft_of(NewMessageKind::Reply).with(|draft| draft.trim().is_empty());
            let newest = self.newest();
            let loaded = self.thread.with_value(|thread| thread.entries.with(|entries| !entries.is_empty()));
            if loaded && (empty || self.known.with_untracked(|known| *known == Known::NotYet)) {
                self.known.set(Known::Newest(newest));
            }
            if empty {
                self.held.set(false);
            }
        });
    }
}

impl ComposerWords {
    /// Why a reply is off, in a few words for a tooltip.
    fn ended_reason(&self, blocked: Option<Blocked>) -> String {
        match blocked {
            Some(Blocked::Closed) => self.ended.to_owned(),
            Some(Blocked::Cancelled) => self.cancelled.to_owned(),
            Some(Blocked::NotPermitted) => self.no_right_detail.to_owned(),
            Some(Blocked::WindowOver(_) | Blocked::NeverWrote) | None => self.window_detail.to_owned(),
        }
    }
}
