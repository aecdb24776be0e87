//! Messages on their way: the outbox, kept in storage so that a reload loses none.

use super::core::Core;
use bandeja_client::outbox::Outbox;
use bandeja_client::{Pending, PendingState};
use bandeja_contract::NewMessageKind;
use bandeja_model::{ConversationId, UserId};
use leptos::prelude::*;
use std::rc::Rc;

impl Core {
    /// Where things of the user are stored; `None`: nobody's desk.
    pub(super) fn storage_prefix(&self) -> Option<String> {
        let user = self.user.borrow();
        Some(format!("bandeja:{}:{}:", self.config.api_base, user.as_ref()?))
    }

    fn outbox_key(&self, client_id: &str) -> Option<String> {
        Some(format!("{}outbox:{client_id}", self.storage_prefix()?))
    }

    /// An id that no other message has: also its idempotency key.
    pub(super) fn new_key(&self) -> String {
        format!("{:016x}{:016x}", self.doors.clock.random(), self.doors.clock.random())
    }

    /// Takes a new message in and sends it as soon as its turn comes.
    pub(super) fn send(
        self: &Rc<Self>,
        id: &ConversationId,
        kind: NewMessageKind,
        body: String,
        mentions: Vec<UserId>,
    ) {
        let pending = Pending {
            client_id: self.new_key(),
            conversation: id.clone(),
            kind,
            body,
            mentions,
            at: self.now(),
            state: PendingState::Queued,
        };
        self.keep_pending(&pending);
        self.drop_sent_draft(id, kind, &pending.body);
        self.outbox.borrow_mut().push(pending);
        self.show_outbox(id);
        self.send_next();
    }

    /// Sends whatever has its turn.
    fn send_next(self: &Rc<Self>) {
        if !self.is_signed_in() {
            return;
        }
        loop {
            let next = self.outbox.borrow_mut().next(self.now());
            let Some(pending) = next else { break };
            self.show_outbox(&pending.conversation);
            let (core, era) = (self.clone(), self.era.get());
            self.spawn(Box::pin(async move { core.send_one(pending, era).await }));
        }
        self.wake_outbox();
    }

    async fn send_one(self: &Rc<Self>, pending: Pending, era: u32) {
        let asked = self.conversations.borrow().tick();
        let answer = self.api.post_message(&pending.conversation, &pending.message()).await;
        if self.era.get() != era {
            return;
        }
        self.note(answer.as_ref().err().map(|failure| &failure.error));
        match answer {
            Ok(posted) => {
                self.outbox.borrow_mut().done(&pending.client_id);
                self.drop_pending(&pending.client_id);
                self.take_in_message(posted.message, true);
                self.take_in(posted.conversation, asked, &[], true);
                self.flush();
            }
            Err(failure) => {
                let (now, random) = (self.now(), self.doors.clock.random());
                let kept = {
                    let mut outbox = self.outbox.borrow_mut();
                    outbox.failed(&pending.client_id, &failure, now, random).cloned()
                };
                if let Some(kept) = kept {
                    self.keep_pending(&kept);
                }
            }
        }
        self.show_outbox(&pending.conversation);
        self.send_next();
    }

    /// Goes on when the earliest wait is over; a newer call replaces the timer.
    fn wake_outbox(self: &Rc<Self>) {
        let Some(moment) = self.outbox.borrow().wake_at() else { return };
        let timer = self.outbox_timer.get().wrapping_add(1);
        self.outbox_timer.set(timer);
        let wait = u32::try_from((moment - self.now()).num_milliseconds().max(0)).unwrap_or(u32::MAX);
        let core = self.clone();
        self.spawn(Box::pin(async move {
            core.doors.clock.sleep(wait.saturating_add(20)).await;
            if core.outbox_timer.get() == timer {
                core.send_next();
            }
        }));
    }

    /// The connection or the session is back.
    pub(super) fn go_on_sending(self: &Rc<Self>) {
        self.outbox.borrow_mut().resume();
        self.send_next();
    }

    pub(super) fn retry_send(self: &Rc<Self>, client_id: &str) {
        let pending = self.outbox.borrow_mut().retry(client_id).cloned();
        if let Some(pending) = pending {
            self.keep_pending(&pending);
            self.show_outbox(&pending.conversation);
            self.send_next();
        }
    }

    pub(super) fn discard_send(self: &Rc<Self>, client_id: &str) -> Option<Pending> {
        let pending = self.outbox.borrow_mut().discard(client_id)?;
        self.drop_pending(client_id);
        self.show_outbox(&pending.conversation);
        self.send_next();
        Some(pending)
    }

    fn keep_pending(&self, pending: &Pending) {
        if let (Some(key), Ok(text)) = (self.outbox_key(&pending.client_id), serde_json::to_string(pending)) {
            self.store(&key, &text);
        }
    }

    fn drop_pending(&self, client_id: &str) {
        if let Some(key) = self.outbox_key(client_id) {
            self.doors.storage.remove(&key);
        }
    }

    /// Stores, and says when the browser refuses.
    pub(super) fn store(&self, key: &str, text: &str) {
        let stored = self.doors.storage.set(key, text).is_ok();
        super::core::put(&self.signals.drafts_are_kept, stored);
    }

    /// Takes in what an earlier page left behind.
    pub(super) fn load_outbox(&self) {
        let Some(prefix) = self.outbox_key("") else { return };
        let now = self.now();
        for key in self.doors.storage.keys(&prefix) {
            let text = self.doors.storage.get(&key);
            match text.and_then(|text| bandeja_client::json::read::<Pending>(text.as_bytes()).ok()) {
                Some(pending) => self.outbox.borrow_mut().adopt(pending, now),
                // Written by another version, or damaged: nothing can be sent of it.
                None => self.doors.storage.remove(&key),
            }
        }
        self.show_whole_outbox();
    }

    /// Another tab sent or gave up what both had.
    pub(super) fn gone_in_other_tab(self: &Rc<Self>, client_id: &str) {
        let pending = self.outbox.borrow_mut().discard(client_id);
        if let Some(pending) = pending {
            self.show_outbox(&pending.conversation);
        }
    }

    /// The desk changes hands; what is stored stays for its author.
    pub(super) fn forget_outbox(&self) {
        *self.outbox.borrow_mut() = Outbox::default();
        self.show_whole_outbox();
    }

    fn show_whole_outbox(&self) {
        let all: Vec<_> = self.outbox.borrow().all().cloned().collect();
        self.signals.outbox.set(all);
    }

    fn show_outbox(&self, id: &ConversationId) {
        self.show_whole_outbox();
        self.show_pending(id);
    }

    /// Takes everything of the user out of the browser.
    pub(super) fn wipe_storage(&self) {
        let Some(prefix) = self.storage_prefix() else { return };
        for key in self.doors.storage.keys(&prefix) {
            self.doors.storage.remove(&key);
        }
    }
}
