//! Threads: opened once, kept while somebody looks at them, and a few more for coming back.

use super::core::{Core, put};
use super::state::Phase;
use bandeja_client::store::thread::ThreadStore;
use bandeja_client::{ClientError, ThreadEntry};
use bandeja_contract::MessagePage;
use bandeja_model::{ConversationId, Message};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// Threads kept for coming back.
const KEPT: usize = 20;

/// The thread of one conversation. Whoever shows it keeps the handle; a thread that nobody holds may be
/// forgotten.
#[derive(Clone)]
pub struct Thread {
    /// Whose.
    pub conversation: ConversationId,
    /// Oldest first; pending ones last.
    pub entries: ArcRwSignal<Arc<Vec<ThreadEntry>>>,
    /// How far it is.
    pub phase: ArcRwSignal<Phase>,
    /// There are older entries.
    pub has_older: ArcRwSignal<bool>,
    /// Older entries are being fetched.
    pub loading_older: ArcRwSignal<bool>,
    store: SendWrapper<Rc<RefCell<ThreadStore>>>,
    core: SendWrapper<Weak<Core>>,
}

impl Thread {
    fn new(core: &Rc<Core>, id: &ConversationId) -> Self {
        Self {
            conversation: id.clone(),
            entries: ArcRwSignal::default(),
            phase: ArcRwSignal::new(Phase::Loading),
            has_older: ArcRwSignal::new(false),
            loading_older: ArcRwSignal::new(false),
            store: SendWrapper::new(Rc::default()),
            core: SendWrapper::new(Rc::downgrade(core)),
        }
    }

    /// Fetches the next older page; nothing happens while one is under way or after the oldest.
    pub async fn load_older(&self) -> Result<(), ClientError> {
        let Some(core) = self.core.upgrade() else { return Ok(()) };
        let cursor = self.store.borrow().older().map(str::to_owned);
        let Some(cursor) = cursor else { return Ok(()) };
        if self.loading_older.get_untracked() {
            return Ok(());
        }
        self.loading_older.set(true);
        self.store.borrow_mut().asking();
        let page = core.told(core.api.messages(&self.conversation, Some(&cursor)).await);
        self.loading_older.set(false);
        match page {
            Ok(page) => {
                self.store.borrow_mut().older_page(&cursor, page);
                self.show(&core);
                Ok(())
            }
            Err(error) => {
                self.store.borrow_mut().failed();
                Err(error)
            }
        }
    }

    /// Fetches the newest page again; also what "try again" does after a failure.
    pub fn reload(&self) {
        if let Some(core) = self.core.upgrade() {
            core.load_thread(self);
        }
    }

    /// Whether anybody besides the desk holds it.
    pub(super) fn is_held(&self) -> bool {
        Rc::strong_count(&self.store) > 1
    }

    fn landed(&self, core: &Rc<Core>, page: Result<MessagePage, ClientError>) {
        match page {
            Ok(page) => {
                self.store.borrow_mut().newest(page);
                put(&self.phase, Phase::Ready);
                self.show(core);
            }
            Err(error) => {
                self.store.borrow_mut().failed();
                if !self.store.borrow().is_loaded() {
                    put(&self.phase, Phase::Failed(error));
                }
            }
        }
    }

    /// Lets the signals say what the store holds.
    pub(super) fn show(&self, core: &Core) {
        let (entries, older) = {
            let outbox = core.outbox.borrow();
            let store = self.store.borrow();
            let pending = outbox.all().filter(|pending| pending.conversation == self.conversation);
            (store.entries(pending), store.older().is_some())
        };
        self.entries.set(Arc::new(entries));
        put(&self.has_older, older);
    }
}

impl Core {
    /// The thread of a conversation, fetched the first time.
    pub(super) fn open_thread(self: &Rc<Self>, id: &ConversationId) -> Thread {
        if let Some(thread) = self.threads.borrow().get(id) {
            let failed = thread.phase.with_untracked(|phase| matches!(phase, Phase::Failed(_)));
            if failed {
                self.load_thread(thread);
            }
            return thread.clone();
        }
        let thread = Thread::new(self, id);
        {
            let mut threads = self.threads.borrow_mut();
            if threads.len() >= KEPT {
                threads.retain(|_, thread| thread.is_held());
            }
            threads.insert(id.clone(), thread.clone());
        }
        thread.show(self);
        self.load_thread(&thread);
        thread
    }

    pub(super) fn load_thread(self: &Rc<Self>, thread: &Thread) {
        if !self.is_signed_in() {
            return;
        }
        thread.store.borrow_mut().asking();
        if thread.phase.with_untracked(|phase| matches!(phase, Phase::Failed(_))) {
            thread.phase.set(Phase::Loading);
        }
        let (core, thread, era) = (self.clone(), thread.clone(), self.era.get());
        self.spawn(Box::pin(async move {
            let page = core.told(core.api.messages(&thread.conversation, None).await);
            if core.era.get() == era {
                thread.landed(&core, page);
            }
        }));
    }

    /// Something was missed: threads that are looked at are fetched again, with their conversations;
    /// the others are forgotten.
    pub(super) fn catch_up_threads(self: &Rc<Self>) {
        self.threads.borrow_mut().retain(|_, thread| thread.is_held());
        let held: Vec<_> = self.threads.borrow().values().cloned().collect();
        for thread in held {
            self.load_thread(&thread);
            let (core, id) = (self.clone(), thread.conversation.clone());
            self.spawn(Box::pin(async move {
                // If this fails too, the next break or action brings it.
                let _ = core.fetch_conversation(&id).await;
            }));
        }
    }

    /// Goes on after the connection or the session came back: threads without content are fetched.
    pub(super) fn go_on_with_threads(self: &Rc<Self>) {
        let waiting: Vec<_> = {
            let threads = self.threads.borrow();
            threads.values().filter(|thread| !thread.store.borrow().is_loaded()).cloned().collect()
        };
        for thread in waiting {
            self.load_thread(&thread);
        }
    }

    /// An event or an answer brought an entry.
    pub(super) fn take_in_message(&self, message: Message, is_new: bool) {
        let thread = self.threads.borrow().get(&message.conversation_id).cloned();
        let Some(thread) = thread else { return };
        let news = {
            let mut store = thread.store.borrow_mut();
            if is_new { store.created(message) } else { store.changed(message) }
        };
        if news {
            thread.show(self);
        }
    }

    /// Pending messages of a conversation changed.
    pub(super) fn show_pending(&self, id: &ConversationId) {
        let thread = self.threads.borrow().get(id).cloned();
        if let Some(thread) = thread {
            thread.show(self);
        }
    }

    /// The desk changes hands.
    pub(super) fn forget_threads(&self) {
        let threads = std::mem::take(&mut *self.threads.borrow_mut());
        for thread in threads.into_values() {
            *thread.store.borrow_mut() = ThreadStore::default();
            thread.entries.set(Arc::default());
        }
    }
}
