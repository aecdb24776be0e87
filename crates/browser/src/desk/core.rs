//! What all clones of a desk share, and the plumbing of its parts: tasks, time, reachability.

use super::drafts::Drafts;
use super::jobs::JobBook;
use super::list::Shown;
use super::live::Stream;
use super::state::{Connection, DeskConfig, Phase, SessionState};
use super::thread::Thread;
use super::watched::Watched;
use crate::doors::{Doors, Listener};
use bandeja_client::connection::Reach;
use bandeja_client::outbox::Outbox;
use bandeja_client::store::conversations::Conversations;
use bandeja_client::traits::Local;
use bandeja_client::{Api, ClientError, Lookups, Pending};
use bandeja_contract::{BulkJob, Capability, Counts, Partial, Total};
use bandeja_model::{ConversationId, Timestamp, UserId, Viewer};
use chrono::Duration;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

/// The signals of a desk and its list.
#[derive(Clone)]
pub(super) struct Signals {
    pub(super) session: ArcRwSignal<SessionState>,
    pub(super) connection: ArcRwSignal<Connection>,
    pub(super) now: ArcRwSignal<Timestamp>,
    pub(super) lookups: ArcRwSignal<Arc<Lookups>>,
    pub(super) lookups_failed: ArcRwSignal<Option<ClientError>>,
    pub(super) counts: ArcRwSignal<Arc<Counts>>,
    pub(super) outbox: ArcRwSignal<Vec<Pending>>,
    pub(super) drafts_are_kept: ArcRwSignal<bool>,
    pub(super) phase: ArcRwSignal<Phase>,
    pub(super) total: ArcRwSignal<Total>,
    pub(super) partial: ArcRwSignal<Option<Arc<Partial>>>,
    pub(super) looking: ArcRwSignal<bool>,
    pub(super) order: ArcRwSignal<u64>,
    pub(super) waiting: ArcRwSignal<usize>,
    pub(super) jobs: ArcRwSignal<Vec<Arc<BulkJob>>>,
    pub(super) gone: ArcRwSignal<Vec<ConversationId>>,
}

/// Something to be done soon, once however often it is asked for.
#[derive(Default)]
pub(super) struct Later {
    due: Cell<bool>,
    last: Cell<Option<Timestamp>>,
}

/// The shared insides of a desk.
pub(super) struct Core {
    pub(super) api: Api,
    pub(super) doors: Doors,
    pub(super) config: DeskConfig,
    pub(super) signals: Signals,
    /// Whose desk it is; stays when the session ends, so that the same user finds everything again.
    pub(super) user: RefCell<Option<UserId>>,
    /// What is off here whatever the server says, by name.
    pub(super) limits: RefCell<BTreeMap<String, Capability>>,
    /// What the server says can be done, before the limits.
    pub(super) granted: RefCell<BTreeMap<String, Capability>>,
    /// Rises when the desk changes hands: answers to questions of the one before are dropped.
    pub(super) era: Cell<u32>,
    pub(super) conversations: RefCell<Conversations>,
    pub(super) watched: RefCell<Watched>,
    pub(super) list: Shown,
    pub(super) threads: RefCell<HashMap<ConversationId, Thread>>,
    pub(super) outbox: RefCell<Outbox>,
    pub(super) outbox_timer: Cell<u32>,
    pub(super) drafts: Drafts,
    pub(super) stream: Stream,
    pub(super) jobs: JobBook,
    pub(super) counts_later: Later,
    /// Rises with every loading of names and choices: only the last goes on.
    pub(super) lookups_turn: Cell<u32>,
    reach: RefCell<Reach>,
    skew: Cell<Duration>,
    tasks: RefCell<HashMap<u64, AbortHandle>>,
    last_task: Cell<u64>,
    listeners: RefCell<Vec<Listener>>,
}

impl Core {
    pub(super) fn new(doors: Doors, config: DeskConfig) -> Rc<Self> {
        let now = doors.clock.now();
        let signals = Signals {
            session: ArcRwSignal::new(SessionState::Loading),
            connection: ArcRwSignal::new(Connection::Online),
            now: ArcRwSignal::new(now),
            lookups: ArcRwSignal::default(),
            lookups_failed: ArcRwSignal::default(),
            counts: ArcRwSignal::default(),
            outbox: ArcRwSignal::default(),
            drafts_are_kept: ArcRwSignal::new(true),
            phase: ArcRwSignal::new(Phase::Loading),
            total: ArcRwSignal::default(),
            partial: ArcRwSignal::default(),
            looking: ArcRwSignal::default(),
            order: ArcRwSignal::default(),
            waiting: ArcRwSignal::default(),
            jobs: ArcRwSignal::default(),
            gone: ArcRwSignal::default(),
        };
        Rc::new(Self {
            api: Api::new(doors.transport.clone(), &config.api_base),
            doors,
            config,
            signals,
            user: RefCell::default(),
            limits: RefCell::default(),
            granted: RefCell::default(),
            era: Cell::default(),
            conversations: RefCell::default(),
            watched: RefCell::default(),
            list: Shown::default(),
            threads: RefCell::default(),
            outbox: RefCell::default(),
            outbox_timer: Cell::default(),
            drafts: Drafts::default(),
            stream: Stream::default(),
            jobs: JobBook::default(),
            counts_later: Later::default(),
            lookups_turn: Cell::default(),
            reach: RefCell::default(),
            skew: Cell::new(Duration::zero()),
            tasks: RefCell::default(),
            last_task: Cell::default(),
            listeners: RefCell::default(),
        })
    }

    /// Runs `work` until it is done or the desk stops.
    pub(super) fn spawn(self: &Rc<Self>, work: Local<'static, ()>) -> AbortHandle {
        let (task, handle) = abortable(work);
        let id = self.last_task.get() + 1;
        self.last_task.set(id);
        self.tasks.borrow_mut().insert(id, handle.clone());
        let core = Rc::downgrade(self);
        wasm_bindgen_futures::spawn_local(async move {
            // Aborted or done is the same to the book of tasks.
            let _ = task.await;
            if let Some(core) = core.upgrade() {
                core.tasks.borrow_mut().remove(&id);
            }
        });
        handle
    }

    /// Does `then` in `wait_ms`, and not within `gap_ms` of the last time.
    pub(super) fn later(
        self: &Rc<Self>,
        which: fn(&Self) -> &Later,
        wait_ms: u32,
        gap_ms: u32,
        then: fn(&Rc<Self>),
    ) {
        if which(self).due.replace(true) {
            return;
        }
        let since = which(self).last.get().map(|last| (self.doors.clock.now() - last).num_milliseconds());
        let rest = since.map_or(0, |since| i64::from(gap_ms).saturating_sub(since.max(0)));
        let wait = wait_ms.max(u32::try_from(rest).unwrap_or(0));
        let core = self.clone();
        self.spawn(Box::pin(async move {
            core.doors.clock.sleep(wait).await;
            which(&core).due.set(false);
            which(&core).last.set(Some(core.doors.clock.now()));
            then(&core);
        }));
    }

    pub(super) fn add_listener(&self, listener: Listener) {
        self.listeners.borrow_mut().push(listener);
    }

    /// Ends every task and listener.
    pub(super) fn halt(&self) {
        self.listeners.borrow_mut().clear();
        for (_, task) in self.tasks.borrow_mut().drain() {
            task.abort();
        }
    }

    /// The server's time.
    pub(super) fn now(&self) -> Timestamp {
        self.doors.clock.now() + self.skew.get()
    }

    pub(super) fn set_clock(&self, server: Timestamp) {
        self.skew.set(server - self.doors.clock.now());
        self.signals.now.set(self.now());
    }

    /// Whose eyes, at this moment.
    pub(super) fn viewer(&self) -> Option<Viewer> {
        let session = self.signals.session.get_untracked();
        let SessionState::SignedIn(session) = session else { return None };
        Some(Viewer {
            id: session.user.id.clone(),
            teams: session.user.teams.iter().cloned().collect(),
            now: self.now(),
            utc_offset_s: session.utc_offset_s,
        })
    }

    pub(super) fn is_signed_in(&self) -> bool {
        self.signals.session.with_untracked(|session| matches!(session, SessionState::SignedIn(_)))
    }

    /// Draws from the end of every call what it says about the connection and the session.
    pub(super) fn told<T>(self: &Rc<Self>, result: Result<T, ClientError>) -> Result<T, ClientError> {
        self.note(result.as_ref().err());
        result
    }

    pub(super) fn note(self: &Rc<Self>, error: Option<&ClientError>) {
        match error {
            Some(ClientError::Offline) => self.reach(Reach::unreachable),
            Some(ClientError::Timeout) => {}
            Some(ClientError::SignedOut) => {
                self.reach(|reach, _| reach.answered());
                self.expire();
            }
            _ => self.reach(|reach, _| reach.answered()),
        }
    }

    /// Tells what is known of the way to the server; whoever waited for it goes on when it is back.
    pub(super) fn reach(self: &Rc<Self>, tell: impl FnOnce(&mut Reach, Timestamp)) {
        let now = self.now();
        let (before, after) = {
            let mut reach = self.reach.borrow_mut();
            let before = reach.offline_since();
            tell(&mut reach, now);
            (before, reach.offline_since())
        };
        if before == after {
            return;
        }
        self.signals.connection.set(match after {
            Some(since) => Connection::Offline { since },
            None => Connection::Online,
        });
        if after.is_none() && self.is_signed_in() {
            self.go_on();
        }
    }
}

/// Sets a signal if that changes it.
pub(super) fn put<T: PartialEq + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
