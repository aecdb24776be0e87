//! One conversation, its thread, and what is written into it.

use super::core::Core;
use super::listed::Read;
use super::posts::{Posts, Slot, is_surely_unsent};
use super::routes::Call;
use super::wire::{Outcome, Refusal, Whole, read};
use crate::backend::{Act, Done, Fault, FaultKind, Row};
use crate::host::Local;
use bandeja_contract::{Event, MessagePage, NewMessage, NewMessageKind, Partial, Posted, SessionUser, Total};
use bandeja_model::limits::{MENTIONS, MESSAGE_CHARS};
use bandeja_model::permission::state_allows;
use bandeja_model::{
    Action, Author, ConversationId, Direction, LastMessage, Message, MessageId, MessageKind, Timestamp, text,
};
use std::collections::HashSet;
use std::rc::Rc;

/// A thread that somebody looks at.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) id: ConversationId,
    pub(super) at: Timestamp,
    /// Entries of it that were told.
    pub(super) entries: HashSet<MessageId>,
}

impl Core {
    pub(super) async fn one(&self, id: &ConversationId) -> Outcome {
        self.me().await?;
        let row = self.fresh(id).await.map_err(|fault| self.refuse(fault))?;
        Ok(Whole::json(200, &row.conversation).tagged(&row.conversation))
    }

    pub(super) async fn messages(&self, call: &Call, id: &ConversationId) -> Outcome {
        let cursor = call.parameters().find(|(name, _)| *name == "cursor").map(|(_, value)| value);
        self.me().await?;
        let newest = cursor.is_none();
        let entries = self.backend.thread(id.clone(), cursor).await.map_err(|fault| self.refuse(fault))?;
        if newest {
            self.opened(id, &entries.items);
        }
        let partial = entries.bad.first().map(|first| Partial {
            loaded: entries.items.len() as u64,
            bad: entries.bad.len() as u64,
            first_fault: Some(first.clone()),
            ..Partial::default()
        });
        let exact = newest && entries.prev.is_none();
        let total = Total { value: entries.items.len() as u64, exact };
        let page = MessagePage { items: entries.items, total, next: None, prev: entries.prev, partial };
        Ok(Whole::json(200, &page))
    }

    /// Somebody looks at a thread: what comes to it is told from now on.
    fn opened(&self, id: &ConversationId, items: &[Message]) {
        let entries = items.iter().map(|entry| entry.id.clone()).collect();
        *self.open.borrow_mut() = Some(Open { id: id.clone(), at: self.now(), entries });
    }

    /// Tells of an entry, if it was not told yet.
    pub(super) fn tell_entry(&self, message: &Message) {
        if let Some(open) = self.open.borrow_mut().as_mut()
            && open.id == message.conversation_id
            && !open.entries.insert(message.id.clone())
        {
            return;
        }
        self.tell(&Event::MessageCreated { message: Box::new(message.clone()) });
    }

    pub(super) async fn post(self: &Rc<Self>, call: &Call, id: &ConversationId) -> Outcome {
        let sent: NewMessage = read(call.body.as_deref())?;
        check(&sent)?;
        let name = if sent.kind == NewMessageKind::Reply { "reply" } else { "note" };
        if !self.has(name) {
            return Err(Refusal::off(self.reason(name)));
        }
        let mentions = sent.mentions.clone();
        self.carries(&Act::Note { text: String::new(), mentions, client_id: None }, None)?;
        let me = self.me().await?;
        let Some(client_id) = sent.client_id.clone() else {
            let before = self.before(id, &sent).await?;
            return self.send(&me, before, &sent, None).await;
        };
        let slot = Slot::of(&me.id, id, &client_id);
        let (core, id, own) = (self.clone(), id.clone(), slot.clone());
        let make: Local<'static, Whole> = Box::pin(async move {
            let outcome = core.send_once(&me, &id, &sent, &own).await;
            outcome.unwrap_or_else(|refusal: Refusal| refusal.whole())
        });
        Ok(self.posts.once(&slot, make).await)
    }

    /// Sends a message unless it was sent, whatever was answered then.
    async fn send_once(
        &self,
        me: &SessionUser,
        id: &ConversationId,
        sent: &NewMessage,
        slot: &Slot,
    ) -> Outcome {
        if let Some(trace) = Posts::trace(&self.host, slot) {
            let message = match &trace.entry {
                Some(entry) => Some(self.entry_of(id, me, sent, entry).await),
                None => self.arrived(me, id, slot, &trace, sent).await?,
            };
            if let Some(message) = message {
                Posts::became(&self.host, slot, &message.id);
                let before = self.fresh(id).await.map_err(|fault| self.refuse(fault))?;
                let done = Done { message: Some(message), row: Some(before.clone()), verified: true };
                return Ok(Whole::json(201, &self.posted(me, sent, before, done).await));
            }
        }
        let before = self.before(id, sent).await?;
        Posts::begin(&self.host, &me.id, slot, &before, sent);
        self.send(me, before, sent, Some(slot)).await
    }

    /// The conversation that a message is sent to, if its state admits that.
    async fn before(&self, id: &ConversationId, sent: &NewMessage) -> Result<Row, Refusal> {
        let known = self.book.borrow().get(id).cloned();
        let before = match known {
            Some(row) => row,
            None => self.fresh(id).await.map_err(|fault| self.refuse(fault))?,
        };
        if sent.kind == NewMessageKind::Reply {
            state_allows(Action::Reply, &before.conversation)?;
        }
        Ok(before)
    }

    async fn send(&self, me: &SessionUser, before: Row, sent: &NewMessage, slot: Option<&Slot>) -> Outcome {
        let id = before.conversation.id.clone();
        let (text, client_id) = (sent.body.clone(), sent.client_id.clone());
        let act = match sent.kind {
            NewMessageKind::Reply => Act::Reply { text, client_id },
            NewMessageKind::Note => Act::Note { text, mentions: sent.mentions.clone(), client_id },
        };
        let done = match self.backend.act(id.clone(), act, Some(before.clone())).await {
            Ok(done) => done,
            Err(fault) => {
                if let Some(slot) = slot.filter(|_| is_surely_unsent(fault.kind)) {
                    Posts::unsent(&self.host, slot);
                }
                return Err(self.refuse_act(&id, fault).await);
            }
        };
        let posted = self.posted(me, sent, before, done).await;
        if let Some(slot) = slot {
            Posts::became(&self.host, slot, &posted.message.id);
        }
        Ok(Whole::json(201, &posted))
    }

    /// The entry that a message became, as it stands in the thread now.
    async fn entry_of(
        &self,
        id: &ConversationId,
        me: &SessionUser,
        sent: &NewMessage,
        entry: &MessageId,
    ) -> Message {
        let thread = self.backend.thread(id.clone(), None).await.unwrap_or_default().items;
        let found = thread.into_iter().find(|message| message.id == *entry);
        found.unwrap_or_else(|| Message { id: entry.clone(), ..self.supposed(id, me, sent) })
    }

    /// What the foreign API made of it. That it was written is known by now; what it looks like may be not.
    async fn posted(&self, me: &SessionUser, sent: &NewMessage, before: Row, done: Done) -> Posted {
        let id = before.conversation.id.clone();
        let mut message = match done.message {
            Some(message) => message,
            None => match self.newest_own(&id, me, sent).await {
                Some(message) => message,
                None => self.supposed(&id, me, sent),
            },
        };
        message.client_id.clone_from(&sent.client_id);
        let row = match done.row {
            Some(row) => row,
            None => match self.backend.one(id.clone()).await {
                Ok(row) => row,
                Err(_) => with_last(before, &message),
            },
        };
        if !self.backend.abilities().knows_read && sent.kind == NewMessageKind::Reply {
            self.reads.set(&id, Some(row.conversation.last_activity_at.max(message.at)));
        }
        self.tell_entry(&message);
        let row = self.take_and_tell(row, Read::Whole, Some(&me.id), None);
        Posted { message, conversation: row.conversation }
    }

    /// The entry of the thread that it must have become.
    async fn newest_own(&self, id: &ConversationId, me: &SessionUser, sent: &NewMessage) -> Option<Message> {
        let entries = self.backend.thread(id.clone(), None).await.ok()?;
        let told = self.open.borrow().as_ref().filter(|open| open.id == *id).map(|open| open.entries.clone());
        let is_it = |entry: &&Message| {
            entry.body.trim() == sent.body.trim()
                && matches!(&entry.author, Author::User { id } if *id == me.id)
                && told.as_ref().is_none_or(|told| !told.contains(&entry.id))
        };
        entries.items.iter().rev().find(is_it).cloned()
    }

    pub(super) fn supposed(&self, id: &ConversationId, me: &SessionUser, sent: &NewMessage) -> Message {
        let reply = sent.kind == NewMessageKind::Reply;
        let own = sent.client_id.clone().unwrap_or_else(|| self.token());
        Message {
            id: MessageId::new(format!("sent.{own}")),
            conversation_id: id.clone(),
            kind: if reply { MessageKind::Message } else { MessageKind::Note },
            direction: Some(if reply { Direction::Out } else { Direction::Note }),
            author: Author::User { id: me.id.clone() },
            body: sent.body.clone(),
            at: self.now(),
            delivery: None,
            delivery_error: None,
            client_id: None,
            mentions: sent.mentions.clone(),
            event: None,
        }
    }

    /// Why an act was not done, with the conversation as it is now where somebody else, or half of the act, moved it.
    pub(super) async fn refuse_act(&self, id: &ConversationId, fault: Fault) -> Refusal {
        let kind = fault.kind;
        if kind == FaultKind::NotFound {
            self.take_away(id);
        }
        let refusal = self.refuse(fault);
        if matches!(kind, FaultKind::Conflict | FaultKind::NotApplied | FaultKind::PartlyDone) {
            let current = self.fresh(id).await.ok().map(|row| row.conversation);
            return refusal.with_current(current);
        }
        refusal
    }
}

fn with_last(mut row: Row, message: &Message) -> Row {
    let direction = message.direction.unwrap_or(Direction::Out);
    let shown = text::preview(&message.body, bandeja_model::limits::PREVIEW_CHARS);
    row.conversation.last_message = Some(LastMessage { text: shown, at: message.at, direction });
    row.conversation.last_activity_at = message.at;
    row
}

/// Whether an entry has the kind and the words of a message that was sent, or the sender's own id of it.
pub(super) fn is_meant(entry: &Message, sent: &NewMessage) -> bool {
    let is_kind = match sent.kind {
        NewMessageKind::Note => entry.kind == MessageKind::Note,
        NewMessageKind::Reply => {
            entry.kind == MessageKind::Message && entry.direction == Some(Direction::Out)
        }
    };
    let same_id = sent.client_id.is_some() && entry.client_id == sent.client_id;
    is_kind && (same_id || entry.body.split_whitespace().eq(sent.body.split_whitespace()))
}

fn check(sent: &NewMessage) -> Result<(), Refusal> {
    if sent.body.trim().is_empty() {
        return Err(Refusal::field("body", "required", "Must not be empty."));
    }
    if sent.body.chars().nth(MESSAGE_CHARS).is_some() {
        return Err(Refusal::field("body", "too_long", format!("At most {MESSAGE_CHARS} characters.")));
    }
    if sent.mentions.len() > MENTIONS {
        return Err(Refusal::field("mentions", "too_many", format!("At most {MENTIONS} users.")));
    }
    if sent.kind == NewMessageKind::Reply && !sent.mentions.is_empty() {
        return Err(Refusal::field("mentions", "not_asked_for", "Only notes mention users."));
    }
    Ok(())
}
