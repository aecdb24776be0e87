//! The event stream: opened, read, opened again; and what its events do.

use super::core::Core;
use super::sharing::Others;
use super::state::{SessionState, Work};
use bandeja_client::ClientError;
use bandeja_client::connection::Reach;
use bandeja_client::live::{Live, Missed, SILENCE_MS, Turn, read};
use bandeja_client::sse::{SseEvent, SseParser};
use bandeja_client::store::conversations::Tick;
use bandeja_client::traits::Bytes;
use bandeja_contract::Event;
use bandeja_model::{Availability, Timestamp, UserId};
use chrono::Duration;
use futures::future::AbortHandle;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// After which a lost stream is looked at again, in milliseconds: a little longer than is forgiven.
const LOOK_AGAIN_MS: u32 = 4_200;
/// How soon after an event, and how often at most, counts are asked for, in milliseconds.
const COUNTS_MS: (u32, u32) = (800, 3_000);

/// The stream's part of the core.
#[derive(Default)]
pub(super) struct Stream {
    pub(super) live: RefCell<Live>,
    task: RefCell<Option<AbortHandle>>,
    pub(super) open: Cell<bool>,
    pub(super) heard: Cell<Timestamp>,
    pub(super) others: Others,
}

impl Core {
    /// Opens the stream, or opens it again at once.
    pub(super) fn open_stream(self: &Rc<Self>) {
        self.close_stream();
        self.stream.live.borrow_mut().hurry();
        let core = self.clone();
        let task = self.spawn(Box::pin(async move { core.keep_stream().await }));
        *self.stream.task.borrow_mut() = Some(task);
    }

    /// Whether events come in.
    pub(super) fn hears_events(&self) -> bool {
        self.stream.open.get()
    }

    /// Closes the stream for good.
    pub(super) fn close_stream(&self) {
        self.stream.open.set(false);
        self.stream.others.leave();
        if let Some(task) = self.stream.task.borrow_mut().take() {
            task.abort();
        }
    }

    /// Forgets where the stream was: another user's events have no place in it.
    pub(super) fn forget_stream(&self) {
        *self.stream.live.borrow_mut() = Live::default();
    }

    /// The page is looked at again, or the machine is online again, or time has passed: a stream that
    /// is down or silent is opened at once.
    pub(super) fn check_stream(self: &Rc<Self>, hurry: bool) {
        if !self.is_signed_in() {
            return;
        }
        let silence = self.doors.clock.now() - self.stream.heard.get();
        let silent = silence > Duration::milliseconds(i64::from(SILENCE_MS));
        if if self.stream.open.get() { silent } else { hurry } {
            self.open_stream();
        }
    }

    async fn keep_stream(self: &Rc<Self>) {
        self.wait_for_lead().await;
        loop {
            let after = self.stream.live.borrow().resume_from().map(str::to_owned);
            match self.api.events(after.as_deref()).await {
                Ok(body) => {
                    self.stream_opened();
                    self.read_stream(body).await;
                }
                Err(error @ ClientError::SignedOut) => return self.note(Some(&error)),
                // Not reachable: said only if it lasts.
                Err(_) => {}
            }
            let wait = self.stream_lost();
            self.doors.clock.sleep(wait).await;
        }
    }

    fn stream_opened(self: &Rc<Self>) {
        self.stream.open.set(true);
        self.stream.heard.set(self.doors.clock.now());
        self.reach(|reach, _| reach.stream_opened());
        self.tell_alive();
        let missed = self.stream.live.borrow().opened();
        if missed == Missed::Unknown {
            self.catch_up();
        }
    }

    pub(super) fn stream_lost(self: &Rc<Self>) -> u32 {
        self.stream.open.set(false);
        self.stream.others.tell("-", "");
        self.reach(Reach::stream_lost);
        self.follow_jobs_without_stream();
        let core = self.clone();
        self.spawn(Box::pin(async move {
            core.doors.clock.sleep(LOOK_AGAIN_MS).await;
            if !core.stream.open.get() {
                core.reach(Reach::tick);
            }
        }));
        self.stream.live.borrow_mut().lost(self.doors.clock.random())
    }

    async fn read_stream(self: &Rc<Self>, mut body: Box<dyn Bytes>) {
        let mut parser = SseParser::default();
        while let Some(piece) = body.next().await {
            self.stream.heard.set(self.doors.clock.now());
            self.stream.live.borrow_mut().alive();
            let events = parser.push(&piece);
            for event in &events {
                self.take_in_event(event);
            }
            if events.is_empty() {
                self.tell_alive();
            }
            self.flush();
        }
    }

    pub(super) fn take_in_event(self: &Rc<Self>, event: &SseEvent) {
        let id = event.id.as_deref();
        let turn = self.stream.live.borrow_mut().received(id);
        let read = read(event);
        if !matches!(&read, Some(Event::SessionExpired)) {
            self.stream.others.tell("=", &[id.unwrap_or_default(), "\n", &event.data].concat());
        }
        match read {
            Some(Event::Reset) => {
                self.stream.live.borrow_mut().reset(id);
                self.catch_up();
            }
            Some(event) => self.apply(event, turn),
            None => self.doubt_list(),
        }
    }

    fn apply(self: &Rc<Self>, event: Event, turn: Turn) {
        let for_settings = self.config.work == Work::Settings;
        match event {
            // Nobody looks at them here; only at how many there are.
            Event::ConversationChanged { .. }
            | Event::ConversationRemoved { .. }
            | Event::ConversationsChanged { .. }
            | Event::BulkProgress { .. }
            | Event::BulkFinished { .. }
                if for_settings =>
            {
                self.count_soon();
            }
            Event::ConversationChanged { conversation, changed, by } => {
                let own = by.is_some() && by == *self.user.borrow();
                let asked = match turn {
                    Turn::Newest => self.conversations.borrow().tick(),
                    Turn::Late => Tick::default(),
                };
                self.take_in(*conversation, asked, &changed, own);
                self.count_soon();
            }
            Event::ConversationRemoved { id } => {
                self.take_away(&id);
                self.count_soon();
            }
            Event::ConversationsChanged { ids, .. } => self.stir(ids),
            Event::BulkProgress { job } => self.hear_of_job(*job),
            Event::BulkFinished { job } => {
                self.hear_of_job(*job);
                // The last of what it changed may have gone by unheard.
                self.stir(Vec::new());
            }
            Event::MessageCreated { message } => self.take_in_message(*message, true),
            Event::MessageChanged { message } if turn == Turn::Newest => {
                self.take_in_message(*message, false);
            }
            Event::AvailabilityChanged { user, availability } => {
                self.set_availability_of(&user, availability);
            }
            Event::TimingChanged { .. } if for_settings => self.load_lookups(),
            Event::SessionExpired if self.config.by_tokens => self.resume(),
            Event::SessionExpired => self.expire(),
            // Who works through conversations is not shown what their teams are set to.
            Event::TimingChanged { .. } | Event::MessageChanged { .. } | Event::Reset | Event::Unknown => {}
        }
    }

    /// Whatever is shown is asked for again.
    pub(super) fn catch_up(self: &Rc<Self>) {
        self.catch_up_list();
        self.catch_up_threads();
        self.count_soon();
        match self.config.work {
            Work::Inbox => self.load_jobs_soon(),
            Work::Settings => self.load_lookups(),
        }
    }

    /// Counts are asked for soon.
    pub(super) fn count_soon(self: &Rc<Self>) {
        self.later(
            |core| &core.counts_later,
            COUNTS_MS.0,
            COUNTS_MS.1,
            |core| {
                let (core, era) = (core.clone(), core.era.get());
                core.clone().spawn(Box::pin(async move {
                    if !core.is_signed_in() {
                        return;
                    }
                    let counts = core.told(core.api.counts().await);
                    if let Ok(counts) = counts
                        && core.era.get() == era
                    {
                        // Equal ones are news too: what is unread beside them is counted when they come, and reading
                        // a conversation moves it to no other view.
                        core.signals.counts.set(Arc::new(counts));
                    }
                }));
            },
        );
    }

    /// A user, perhaps the viewer, came or went.
    pub(super) fn set_availability_of(&self, user: &UserId, availability: Availability) {
        let mut lookups = (*self.signals.lookups.get_untracked()).clone();
        if lookups.set_availability(user, availability) {
            self.signals.lookups.set(Arc::new(lookups));
        }
        if let SessionState::SignedIn(session) = self.signals.session.get_untracked()
            && session.user.id == *user
            && session.user.availability != availability
        {
            let mut session = (*session).clone();
            session.user.availability = availability;
            self.signals.session.set(SessionState::SignedIn(Arc::new(session)));
        }
    }
}
