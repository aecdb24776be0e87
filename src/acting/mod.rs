//! Acting on a conversation: what every screen uses to close, assign, tag, snooze and take back.
//!
//! Owns the dialogs that ask more, the toasts that tell what was done and offer Undo (P16), and the
//! choice when somebody else was quicker (P18). Whether an action is allowed is the model's to say.

mod assign_dialog;
mod conflict_dialog;
pub mod dialogs;
pub mod differences;
pub mod menu_items;
pub mod names;
pub(crate) mod owner_items;
mod performing;
pub mod reasons;
mod snooze_dialog;
mod tags_dialog;
mod telling;
pub mod told;
pub mod wake_times;
pub(crate) mod who_line;
pub mod words;

pub use dialogs::ActingDialogs;
pub use performing::Attempt;
pub use reasons::action_of;

use crate::closing::typed::Typed;
use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::Outside;
use bandeja_browser::{Connection, Desk, SessionState, SignedOutReason};
use bandeja_client::{Intent, Lookups, PendingState};
use bandeja_contract::Assign;
use bandeja_model::{Action, Conversation, ConversationId, UserId};
use bandeja_ui::Toasts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

/// What is shown after a conversation was closed (P16).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterClosing {
    /// The next one of the list.
    #[default]
    Next,
    /// The same one.
    Stay,
}

/// A dialog that an action asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// The closing form.
    Close,
    /// The closing form for cancelling.
    Cancel,
    /// A person or team.
    Assign,
    /// Labels.
    Tags,
    /// A moment.
    Snooze,
}

impl Question {
    /// The permission its answer needs.
    pub const fn action(self) -> Action {
        match self {
            Self::Close => Action::Close,
            Self::Cancel => Action::Cancel,
            Self::Assign => Action::Assign,
            Self::Tags => Action::Tag,
            Self::Snooze => Action::Snooze,
        }
    }
}

/// A dialog that is open, and the conversation as it was when it opened: what is decided there is
/// decided on that version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) question: Question,
    pub(crate) seen: Arc<Conversation>,
}

/// An action that was not applied because the conversation changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) intent: Intent,
    pub(crate) seen: Arc<Conversation>,
    pub(crate) current: Arc<Conversation>,
}

/// Acts on conversations. A context of the mount; cloning is cheap.
#[derive(Clone)]
pub struct Acting(Arc<Means>);

impl Deref for Acting {
    type Target = Means;

    fn deref(&self) -> &Means {
        &self.0
    }
}

/// What acting takes.
pub struct Means {
    pub(crate) desk: Desk,
    pub(crate) lang: Lang,
    pub(crate) navigator: Navigator,
    pub(crate) toasts: Toasts,
    pub(crate) outside: Outside,
    pub(crate) asked: ArcRwSignal<Option<Asked>>,
    pub(crate) conflict: ArcRwSignal<Option<Conflict>>,
    /// What was typed in closing dialogs that were left, while the page lives.
    pub(crate) typed: ArcRwSignal<HashMap<(ConversationId, Question), Typed>>,
    /// What is under way, so that a double click acts once.
    under_way: ArcRwSignal<Vec<(ConversationId, Action)>>,
    /// What the newest toast offers to take back, for the shortcut.
    last_undo: ArcRwSignal<Option<telling::TakingBack>>,
    /// What closing leads to; the shell stores the choice.
    pub after_closing: ArcRwSignal<AfterClosing>,
}

impl Acting {
    /// To be provided as context by the mount, beside a [`Toasts`] and under an [`ActingDialogs`].
    pub fn new(desk: Desk, lang: Lang, navigator: Navigator, toasts: Toasts, outside: Outside) -> Self {
        Self(Arc::new(Means {
            desk,
            lang,
            navigator,
            toasts,
            outside,
            asked: ArcRwSignal::default(),
            conflict: ArcRwSignal::default(),
            typed: ArcRwSignal::default(),
            under_way: ArcRwSignal::default(),
            last_undo: ArcRwSignal::default(),
            after_closing: ArcRwSignal::default(),
        }))
    }

    /// The mount's.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// Asks for the closing form (P12).
    pub fn close(&self, id: &ConversationId) {
        self.ask(id, Question::Close);
    }

    /// Asks for the closing form of cancelling (P17).
    pub fn cancel(&self, id: &ConversationId) {
        self.ask(id, Question::Cancel);
    }

    /// Asks for the owner or team.
    pub fn assign(&self, id: &ConversationId) {
        self.ask(id, Question::Assign);
    }

    /// Gives it to whoever is signed in.
    pub fn assign_to_me(&self, id: &ConversationId) {
        let Some(actor) = untrack(|| self.desk.actor()) else { return };
        self.perform(id, Intent::Assign(Assign { user: Some(actor.id), team: None }));
    }

    /// Asks for the labels.
    pub fn tags(&self, id: &ConversationId) {
        self.ask(id, Question::Tags);
    }

    /// Asks until when.
    pub fn snooze(&self, id: &ConversationId) {
        self.ask(id, Question::Snooze);
    }

    /// Does `intent` to the conversation as it is shown now, and tells how it went: a toast with Undo,
    /// the choice of P18, or why not.
    pub fn perform(&self, id: &ConversationId, intent: Intent) {
        let (acting, id) = (self.clone(), id.clone());
        spawn_local(async move {
            let Some(seen) = acting.known(&id).await else { return };
            if let Some(reason) = acting.reason_untracked(action_of(&intent), &seen) {
                acting.tell_failure(reason);
                return;
            }
            acting.perform_on(seen, intent).await;
        });
    }

    /// Why `action` cannot be done to the conversation now, in words; nothing when it can. Tracks the
    /// session and the language.
    pub fn reason(&self, action: Action, conversation: &Conversation) -> Option<String> {
        let session = self.desk.session.get();
        let session = signed_in(&session);
        reasons::reason(session, self.desk.actor().as_ref(), action, conversation, self.lang.get())
    }

    /// Why a narrower thing than an action is off here, in words; nothing while it is on. Tracks the session.
    pub fn off(&self, name: &str) -> Option<String> {
        let reason = self.desk.off(name)?;
        let plain = || words::words(self.lang.get()).not_offered.to_owned();
        Some(if reason.is_empty() { plain() } else { reason })
    }

    /// The same without tracking, for handlers.
    pub fn reason_untracked(&self, action: Action, conversation: &Conversation) -> Option<String> {
        untrack(|| self.reason(action, conversation))
    }

    /// Whether there is an automatic menu to pause or let on again. Tracks names and choices.
    pub fn has_bot(&self, conversation: &Conversation) -> bool {
        let is_on = |lookups: &Arc<Lookups>| lookups.line(&conversation.line).is_some_and(|line| line.bot);
        conversation.bot_paused || self.desk.lookups.with(is_on)
    }

    /// Opens a dialog over the conversation as it is shown now, if its action is allowed; says why not
    /// otherwise.
    fn ask(&self, id: &ConversationId, question: Question) {
        let (acting, id) = (self.clone(), id.clone());
        spawn_local(async move {
            let Some(seen) = acting.known(&id).await else { return };
            match acting.reason_untracked(question.action(), &seen) {
                Some(reason) => acting.tell_failure(reason),
                None => acting.asked.set(Some(Asked { question, seen })),
            }
        });
    }

    /// The conversation a dialog of this kind is open for, as it was then.
    pub(crate) fn asking(&self, question: Question) -> Memo<Option<Arc<Conversation>>> {
        let asked = self.asked.clone();
        Memo::new(move |_| {
            asked.with(|asked| {
                asked.as_ref().filter(|asked| asked.question == question).map(|asked| asked.seen.clone())
            })
        })
    }

    /// Forgets what was typed to end the conversation: it was sent, or given up.
    pub(crate) fn forget_typed(&self, id: &ConversationId) {
        self.typed.update(|typed| typed.retain(|(other, _), _| other != id));
    }

    /// Closes the open dialog, whichever it is.
    pub(crate) fn answer(&self) {
        self.asked.set(None);
    }

    /// The conversation, fetched if this page has not seen it yet.
    async fn known(&self, id: &ConversationId) -> Option<Arc<Conversation>> {
        self.settled(id).await;
        if let Some(known) = self.desk.conversation(id).get_untracked() {
            return Some(known);
        }
        match self.desk.load_conversation(id).await {
            Ok(conversation) => Some(conversation),
            Err(error) => {
                self.tell_failure(told::failed(&error, self.lang.get_untracked()));
                None
            }
        }
    }
}

impl Acting {
    /// Waits a little for the user's own messages to be taken in: an answer changes the state, and must
    /// not look like somebody else's change to what is decided next.
    async fn settled(&self, id: &ConversationId) {
        for _ in 0..SETTLING_STEPS {
            let under_way = self.desk.outbox.with_untracked(|outbox| {
                outbox
                    .iter()
                    .any(|one| one.conversation == *id && !matches!(one.state, PendingState::Failed { .. }))
            });
            let offline = matches!(self.desk.connection.get_untracked(), Connection::Offline { .. });
            if !under_way || offline {
                return;
            }
            pause(SETTLING_MS).await;
        }
    }
}

/// How often, and how many milliseconds apart, messages under way are looked for.
const SETTLING_STEPS: u32 = 40;
const SETTLING_MS: u64 = 50;

async fn pause(ms: u64) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let ring = move || drop(resolve.call0(&wasm_bindgen::JsValue::UNDEFINED));
        set_timeout(ring, std::time::Duration::from_millis(ms));
    });
    // It is only ever resolved.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Whose desk it is: who is signed in, also while their session has run out. What a pane asked of the desk
/// before is void when it changes hands.
pub(crate) fn user_of(desk: &Desk) -> Memo<Option<UserId>> {
    let session = desk.session.clone();
    Memo::new(move |before: Option<&Option<UserId>>| {
        session.with(|state| match state {
            SessionState::SignedIn(session) => Some(session.user.id.clone()),
            SessionState::SignedOut(SignedOutReason::ByUser) => None,
            _ => before.cloned().flatten(),
        })
    })
}

/// Whether something is switched off here, by its name (P5); `None` of the session: not known yet, so not.
pub(crate) fn is_off(state: &SessionState, name: &str) -> bool {
    signed_in(state).and_then(|session| session.capabilities.get(name)).is_some_and(|it| !it.on)
}

/// The session, if somebody is signed in.
pub(crate) fn signed_in(state: &SessionState) -> Option<&bandeja_contract::Session> {
    match state {
        SessionState::SignedIn(session) => Some(session),
        _ => None,
    }
}
