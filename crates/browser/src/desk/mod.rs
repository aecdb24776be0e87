//! The desk: one per mount, everything a screen needs from the server.

mod acting;
mod core;
mod drafts;
mod jobs;
mod list;
mod live;
mod lookups;
mod sending;
mod session;
mod settings;
mod sharing;
mod state;
mod stirred;
mod thread;
mod watched;

pub use list::List;
pub use state::{Connection, DeskConfig, Phase, SessionState, SignedOutReason, Work};
pub use thread::Thread;

use crate::doors::Doors;
use bandeja_client::{ClientError, Intent, Lookups, Pending};
use bandeja_contract::{
    BulkJob, Capability, Changed, Counts, Episode, Facets, NewMessageKind, SignIn, SignInWay,
};
use bandeja_model::{
    Actor, Availability, Conversation, ConversationId, Filter, Role, Timestamp, UserId, Viewer,
};
use core::Core;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

/// The desk that the mount provided as context.
pub fn desk() -> Desk {
    expect_context()
}

/// A cheap handle on the [`Things`] on a desk; clones are the same desk. It lives until [`Desk::stop`].
#[derive(Clone)]
pub struct Desk(SendWrapper<Rc<Things>>);

impl Deref for Desk {
    type Target = Things;

    fn deref(&self) -> &Things {
        &self.0
    }
}

/// What lies on a desk for everybody to look at.
pub struct Things {
    /// Who is signed in.
    pub session: ArcRwSignal<SessionState>,
    /// Whether the server can be reached.
    pub connection: ArcRwSignal<Connection>,
    /// The server's clock, every 20 s.
    pub now: ArcRwSignal<Timestamp>,
    /// Names and choices, loaded after signing in.
    pub lookups: ArcRwSignal<Arc<Lookups>>,
    /// Why they have not come yet; they are asked for again by themselves.
    pub lookups_failed: ArcRwSignal<Option<ClientError>>,
    /// Conversations per view, by the view's code.
    pub counts: ArcRwSignal<Arc<Counts>>,
    /// Messages that the server has not taken in yet, in order of writing.
    pub outbox: ArcRwSignal<Vec<Pending>>,
    /// False while the browser refuses to store what is typed: then it lives in this page only.
    pub drafts_are_kept: ArcRwSignal<bool>,
    /// Jobs over many conversations, newest first: one's own, and for super admins everybody's.
    pub jobs: ArcRwSignal<Vec<Arc<BulkJob>>>,
    /// Conversations that left the viewer's sight, for who keeps ids to take; the last few only.
    pub gone: ArcRwSignal<Vec<ConversationId>>,
    /// The list of conversations.
    pub list: List,
    core: Rc<Core>,
}

impl Desk {
    /// Sets up a desk in this browser: asks who is signed in, then loads and opens what they need.
    pub fn start(config: DeskConfig) -> Self {
        Self::start_with(config, Doors::browser())
    }

    /// As [`Desk::start`], through other doors.
    pub fn start_with(config: DeskConfig, doors: Doors) -> Self {
        let core = Core::new(doors, config);
        core.begin();
        let signals = core.signals.clone();
        let things = Things {
            session: signals.session,
            connection: signals.connection,
            now: signals.now,
            lookups: signals.lookups,
            lookups_failed: signals.lookups_failed,
            counts: signals.counts,
            outbox: signals.outbox,
            drafts_are_kept: signals.drafts_are_kept,
            jobs: signals.jobs,
            gone: signals.gone,
            list: List::new(&core),
            core,
        };
        Self(SendWrapper::new(Rc::new(things)))
    }

    /// Waits, in milliseconds.
    pub async fn pause(&self, ms: u32) {
        self.core.doors.clock.sleep(ms).await;
    }

    /// Stores what is typed, then ends the stream, every timer and every listener.
    pub fn stop(&self) {
        self.core.keep_drafts();
        self.core.close_stream();
        self.core.halt();
        self.core.threads.borrow_mut().clear();
    }

    /// Signs in. A wrong name or password is a problem of code `wrong_credentials`.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<(), ClientError> {
        let sign_in = SignIn { email: email.to_owned(), password: password.to_owned() };
        self.core.sign_in(&sign_in).await
    }

    /// Signs out, and wipes the user's drafts and unsent messages from this browser. Fails, and wipes
    /// nothing, while the server cannot be reached: the session would live on.
    pub async fn sign_out(&self) -> Result<(), ClientError> {
        self.core.sign_out().await
    }

    /// Asks again who is signed in, as after a host page has a token at last.
    pub fn resume(&self) {
        self.core.resume();
    }

    /// Ends the session here and wipes the user's drafts and unsent messages from this browser, without asking the
    /// server: where sessions live on tokens, ending them is up to who hands those out.
    pub fn leave(&self) {
        self.core.leave();
    }

    /// Asks again for everything that is shown.
    pub fn refresh(&self) {
        self.core.catch_up();
        self.core.load_lookups();
    }

    /// Switches off here what stands in `limits`, by name, besides what the server does not grant; it replaces the
    /// limits before.
    pub fn limit(&self, limits: BTreeMap<String, Capability>) {
        self.core.limit(limits);
    }

    /// Whose eyes filters are evaluated with; tracks the session and the clock.
    pub fn viewer(&self) -> Option<Viewer> {
        self.now.track();
        self.session.track();
        self.core.viewer()
    }

    /// Whose rights actions are judged by; tracks the session.
    pub fn actor(&self) -> Option<Actor> {
        let SessionState::SignedIn(session) = self.session.get() else { return None };
        Some(Actor {
            id: session.user.id.clone(),
            // A super admin is who no rule of sight or campaign is asked about.
            role: if session.unruled { Role::SuperAdmin } else { session.user.role },
            campaigns: session.user.campaigns.iter().cloned().collect(),
            teams: session.user.teams.iter().cloned().collect(),
            scopes: session.scopes.clone(),
        })
    }

    /// Why something is off here, by its name among the capabilities (P5); nothing while it is on. The reason may be
    /// empty. Tracks the session.
    pub fn off(&self, name: &str) -> Option<String> {
        self.session.with(|state| {
            let SessionState::SignedIn(session) = state else { return None };
            let off = session.capabilities.get(name).filter(|capability| !capability.on)?;
            Some(off.reason.clone().unwrap_or_default())
        })
    }

    /// Whether something is there, by its name among the capabilities. Tracks the session.
    pub fn can(&self, name: &str) -> bool {
        self.off(name).is_none()
    }

    /// How one signs in here, where it is not by mail address and password.
    pub fn sign_in_way(&self) -> Option<SignInWay> {
        self.core.api.sign_in_way()
    }

    /// The same, asked anew of a server where nobody is signed in. If somebody is after all, the desk is theirs.
    pub async fn ask_sign_in_way(&self) -> Option<SignInWay> {
        self.core.look_for_session().await;
        self.sign_in_way()
    }

    /// The conversation as it is from now on; `None`: not known yet, or gone from sight. To be asked
    /// for again when a place shows another conversation.
    pub fn conversation(&self, id: &ConversationId) -> ArcRwSignal<Option<Arc<Conversation>>> {
        self.core.watch(id)
    }

    /// The conversation, fetched when it is not known yet. Not found is an ordinary answer (P4).
    pub async fn load_conversation(&self, id: &ConversationId) -> Result<Arc<Conversation>, ClientError> {
        self.core.load_conversation(id).await
    }

    /// The thread, fetched the first time; the same one for the same conversation.
    pub fn thread(&self, id: &ConversationId) -> Thread {
        self.core.open_thread(id)
    }

    /// The ended episodes of a conversation.
    pub async fn episodes(&self, id: &ConversationId) -> Result<Vec<Episode>, ClientError> {
        self.core.told(self.core.api.episodes(id).await)
    }

    /// Counts per option under a filter.
    pub async fn facets(&self, filter: &Filter) -> Result<Facets, ClientError> {
        self.core.told(self.core.api.facets(filter).await)
    }

    /// Acts on the conversation as it was seen at `version`. The answer is in the store before this
    /// returns; so is the present state that a stale action is refused with (P18).
    pub async fn act(
        &self,
        id: &ConversationId,
        version: u64,
        intent: Intent,
    ) -> Result<Changed, ClientError> {
        self.core.act(id, version, intent).await
    }

    /// Marks a conversation read, if anything is unread; whether that succeeds is nobody's worry.
    pub fn mark_read(&self, id: &ConversationId) {
        self.core.mark_read(id);
    }

    /// Takes an action back (P16).
    pub async fn undo(&self, token: &str) -> Result<Changed, ClientError> {
        self.core.undo(token).await
    }

    /// Sends a message or note: shown at once, sent in order, repeated until the server has it or
    /// refuses it. The draft that it was is done.
    pub fn send(&self, id: &ConversationId, kind: NewMessageKind, body: String, mentions: Vec<UserId>) {
        self.core.send(id, kind, body, mentions);
    }

    /// Sends a failed message again.
    pub fn retry_send(&self, client_id: &str) {
        self.core.retry_send(client_id);
    }

    /// Gives up a message and gives it back; `None`: it is just being sent, or is gone.
    pub fn discard_send(&self, client_id: &str) -> Option<Pending> {
        self.core.discard_send(client_id)
    }

    /// The draft of a conversation; whoever types sets it, keeping it is the desk's business.
    pub fn draft(&self, id: &ConversationId, kind: NewMessageKind) -> ArcRwSignal<String> {
        self.core.draft(id, kind)
    }

    /// What is begun for a conversation, a reply before a note; tracks.
    pub fn has_draft(&self, id: &ConversationId) -> Option<String> {
        self.core.has_draft(id)
    }

    /// Says whether the viewer takes conversations (P42); session and lookups follow.
    pub async fn set_availability(&self, availability: Availability) -> Result<(), ClientError> {
        self.core.told(self.core.api.set_availability(availability).await)?;
        let user = self.core.user.borrow().clone();
        if let Some(user) = user {
            self.core.set_availability_of(&user, availability);
        }
        Ok(())
    }
}
