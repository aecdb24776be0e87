//! Drafts: one per conversation and kind, kept in storage, never shown on another conversation (P37).

use super::core::{Core, Later, put};
use crate::doors::listen;
use bandeja_contract::NewMessageKind;
use bandeja_model::ConversationId;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, StorageEvent};

/// How soon after the last key a draft is stored, in milliseconds.
const KEEP_MS: u32 = 300;

type Key = (ConversationId, NewMessageKind);

/// A draft that was opened in this page.
struct Open {
    text: ArcRwSignal<String>,
    /// Notices what is typed; typing ends with it.
    _notice: RenderEffect<()>,
}

/// The drafts' part of the core.
#[derive(Default)]
pub(super) struct Drafts {
    open: RefCell<HashMap<Key, Open>>,
    /// As stored, or as the browser refused to store it.
    kept: RefCell<HashMap<Key, String>>,
    /// For rows: what is begun, by conversation.
    begun: ArcRwSignal<Arc<BTreeMap<ConversationId, String>>>,
    keep: Later,
}

impl Core {
    /// The draft's signal; whoever types sets it.
    pub(super) fn draft(self: &Rc<Self>, id: &ConversationId, kind: NewMessageKind) -> ArcRwSignal<String> {
        let key = (id.clone(), kind);
        if let Some(open) = self.drafts.open.borrow().get(&key) {
            return open.text.clone();
        }
        let text = ArcRwSignal::new(self.drafts.kept.borrow().get(&key).cloned().unwrap_or_default());
        let (core, watched) = (Rc::downgrade(self), text.clone());
        let notice = RenderEffect::new(move |before: Option<()>| {
            watched.track();
            if before.is_some()
                && let Some(core) = core.upgrade()
            {
                core.later(|core| &core.drafts.keep, KEEP_MS, 0, |core| core.keep_drafts());
            }
        });
        self.drafts.open.borrow_mut().insert(key, Open { text: text.clone(), _notice: notice });
        text
    }

    /// What is begun for a conversation; tracks.
    pub(super) fn has_draft(&self, id: &ConversationId) -> Option<String> {
        self.drafts.begun.with(|begun| begun.get(id).cloned())
    }

    /// Stores what changed. Where the browser refuses, the text stays in the page and is tried again
    /// with the next change.
    pub(super) fn keep_drafts(&self) {
        let Some(prefix) = self.storage_prefix() else { return };
        let changed: Vec<(Key, String)> = {
            let (open, kept) = (self.drafts.open.borrow(), self.drafts.kept.borrow());
            let refused = !self.signals.drafts_are_kept.get_untracked();
            let now = open.iter().map(|(key, open)| (key, open.text.get_untracked()));
            let old = |key: &Key| kept.get(key).map_or("", String::as_str);
            now.filter(|(key, text)| *text != old(key) || (refused && !text.is_empty()))
                .map(|(key, text)| (key.clone(), text))
                .collect()
        };
        for (key, text) in changed {
            let name = name(&prefix, &key);
            if text.is_empty() {
                self.doors.storage.remove(&name);
                self.drafts.kept.borrow_mut().remove(&key);
            } else {
                self.store(&name, &text);
                self.drafts.kept.borrow_mut().insert(key, text);
            }
            self.stream.others.say("~", &name);
        }
        self.show_begun();
    }

    /// A message was sent: its draft is done.
    pub(super) fn drop_sent_draft(&self, id: &ConversationId, kind: NewMessageKind, body: &str) {
        let text = self.drafts.open.borrow().get(&(id.clone(), kind)).map(|open| open.text.clone());
        if let Some(text) = text
            && text.with_untracked(|text| text.trim() == body.trim())
        {
            text.set(String::new());
            self.keep_drafts();
        }
    }

    /// Takes in what an earlier page left behind.
    pub(super) fn load_drafts(&self) {
        let Some(prefix) = self.storage_prefix() else { return };
        for name in self.doors.storage.keys(&prefix) {
            if let (Some(key), Some(text)) = (key(&prefix, &name), self.doors.storage.get(&name)) {
                self.adopt_draft(key, text);
            }
        }
        self.show_begun();
    }

    fn adopt_draft(&self, key: Key, text: String) {
        let before = self.drafts.kept.borrow_mut().insert(key.clone(), text.clone()).unwrap_or_default();
        let open = self.drafts.open.borrow().get(&key).map(|open| open.text.clone());
        // What is just being typed here is not overwritten by what was typed elsewhere.
        if let Some(open) = open
            && open.with_untracked(|now| *now == before)
        {
            put(&open, text);
        }
    }

    /// The same user types in another tab. Of another instance in this page the browser says nothing here: it does so
    /// itself (see `sharing`).
    pub(super) fn listen_to_other_tabs(self: &Rc<Self>, window: &EventTarget) {
        let core = Rc::downgrade(self);
        self.add_listener(listen(window, "storage", move |event| {
            if let Some(core) = core.upgrade()
                && let Some(event) = event.dyn_ref::<StorageEvent>()
                && let Some(name) = event.key()
            {
                core.kept_elsewhere(&name, event.new_value());
            }
        }));
    }

    /// Something of the user was stored elsewhere, or removed.
    pub(super) fn kept_elsewhere(self: &Rc<Self>, name: &str, value: Option<String>) {
        let Some(prefix) = self.storage_prefix() else { return };
        if let Some(key) = key(&prefix, name) {
            self.adopt_draft(key, value.unwrap_or_default());
            self.show_begun();
        } else if let Some(rest) = name.strip_prefix(&prefix)
            && let Some(client_id) = rest.strip_prefix("outbox:")
            && value.is_none()
        {
            self.gone_in_other_tab(client_id);
        }
    }

    /// The desk changes hands; what is stored stays for its author.
    pub(super) fn forget_drafts(&self) {
        let open = std::mem::take(&mut *self.drafts.open.borrow_mut());
        for open in open.into_values() {
            open.text.set(String::new());
        }
        self.drafts.kept.borrow_mut().clear();
        self.show_begun();
    }

    fn show_begun(&self) {
        let mut begun = BTreeMap::new();
        for ((id, kind), text) in &*self.drafts.kept.borrow() {
            if !text.trim().is_empty() && (*kind == NewMessageKind::Reply || !begun.contains_key(id)) {
                begun.insert(id.clone(), text.clone());
            }
        }
        put(&self.drafts.begun, Arc::new(begun));
    }
}

const KINDS: [(NewMessageKind, &str); 2] =
    [(NewMessageKind::Reply, "draft:reply:"), (NewMessageKind::Note, "draft:note:")];

fn name(prefix: &str, key: &Key) -> String {
    let kind = KINDS.iter().find(|(kind, _)| *kind == key.1).map_or("", |(_, word)| *word);
    format!("{prefix}{kind}{}", key.0)
}

fn key(prefix: &str, name: &str) -> Option<Key> {
    let rest = name.strip_prefix(prefix)?;
    KINDS.iter().find_map(|(kind, word)| Some((ConversationId::new(rest.strip_prefix(word)?), *kind)))
}
