//! Beginning, ending and changing hands.

use super::core::Core;
use super::state::{SessionState, SignedOutReason, Work};
use crate::doors::{is_visible, listen};
use bandeja_client::ClientError;
use bandeja_client::connection::Reach;
use bandeja_contract::{Capability, Session, SignIn};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How often the clock ticks, in milliseconds.
const TICK_MS: u32 = 20_000;
/// Between two attempts to load what the desk cannot do without, in milliseconds.
const AGAIN_MS: u32 = 3_000;

impl Core {
    /// Begins: listens to the page, lets the clock tick, asks who is signed in.
    pub(super) fn begin(self: &Rc<Self>) {
        self.listen_to_page();
        let core = self.clone();
        self.spawn(Box::pin(async move {
            loop {
                core.doors.clock.sleep(TICK_MS).await;
                core.tick();
            }
        }));
        let core = self.clone();
        self.spawn(Box::pin(async move { core.load_session().await }));
    }

    fn tick(self: &Rc<Self>) {
        self.signals.now.set(self.now());
        self.reach(Reach::tick);
        self.check_stream(false);
        if let Some(viewer) = self.viewer() {
            self.on_list(|list| list.sweep(&viewer));
            self.flush();
        }
    }

    fn listen_to_page(self: &Rc<Self>) {
        let (window, document) = (window(), document());
        let weak = Rc::downgrade(self);
        let on = move |heard: fn(&Rc<Self>)| {
            let weak = weak.clone();
            move |_| {
                if let Some(core) = weak.upgrade() {
                    heard(&core);
                }
            }
        };
        let offline = on(|core| core.reach(Reach::unreachable));
        let online = on(|core| {
            core.check_stream(true);
            core.go_on();
        });
        let seen = on(|core| {
            if is_visible() {
                core.tick();
                core.check_stream(true);
            } else {
                core.keep_drafts();
            }
        });
        self.add_listener(listen(&window, "offline", offline));
        self.add_listener(listen(&window, "online", online));
        self.add_listener(listen(&window, "pagehide", on(|core| core.keep_drafts())));
        self.add_listener(listen(&document, "visibilitychange", seen));
        self.listen_to_other_tabs(&window);
    }

    async fn load_session(self: &Rc<Self>) {
        loop {
            let answer = self.api.session().await;
            // Whose desk it was stays theirs until somebody else comes, with all that lies on it.
            let known = self.user.borrow().is_some();
            match answer {
                Ok(session) => return self.sign_in_as(session),
                Err(ClientError::SignedOut) => {
                    self.reach(|reach, _| reach.answered());
                    if known {
                        return self.expire();
                    }
                    return self.signals.session.set(SessionState::SignedOut(SignedOutReason::Never));
                }
                Err(error) => {
                    self.note(Some(&error));
                    let again = error.is_transient();
                    if !known {
                        self.signals.session.set(SessionState::Failed(error));
                    }
                    if !again {
                        return;
                    }
                }
            }
            self.doors.clock.sleep(AGAIN_MS).await;
            let signed_in_meanwhile = self.is_signed_in();
            if signed_in_meanwhile {
                return;
            }
        }
    }

    /// Asks once whether somebody is signed in.
    pub(super) async fn look_for_session(self: &Rc<Self>) {
        if let Ok(session) = self.api.session().await {
            self.sign_in_as(session);
        }
    }

    pub(super) async fn sign_in(self: &Rc<Self>, sign_in: &SignIn) -> Result<(), ClientError> {
        let session = self.api.sign_in(sign_in).await;
        self.note(session.as_ref().err().filter(|error| **error != ClientError::SignedOut));
        self.sign_in_as(session?);
        Ok(())
    }

    /// Asks again who is signed in.
    pub(super) fn resume(self: &Rc<Self>) {
        let core = self.clone();
        self.spawn(Box::pin(async move { core.load_session().await }));
    }

    /// The desk is that user's now. Somebody else's things are put away first; one's own are still there.
    fn sign_in_as(self: &Rc<Self>, mut session: Session) {
        self.granted.borrow_mut().clone_from(&session.capabilities);
        session.capabilities.extend(self.limits.borrow().clone());
        let user = session.user.id.clone();
        let same = self.user.borrow().as_ref() == Some(&user);
        if !same {
            self.clear();
            *self.user.borrow_mut() = Some(user);
        }
        self.set_clock(session.server_time);
        self.reach(|reach, _| reach.answered());
        self.signals.session.set(SessionState::SignedIn(Arc::new(session)));
        if !same {
            self.load_drafts();
            self.load_outbox();
        }
        self.go_on();
        self.count_soon();
    }

    /// Signs out and wipes what this browser holds of the user.
    pub(super) async fn sign_out(self: &Rc<Self>) -> Result<(), ClientError> {
        match self.api.sign_out().await {
            Ok(()) | Err(ClientError::SignedOut) => {}
            Err(error) => {
                self.note(Some(&error));
                return Err(error);
            }
        }
        self.leave();
        Ok(())
    }

    /// Ends the session here and wipes what this browser holds of the user, without asking the server.
    pub(super) fn leave(self: &Rc<Self>) {
        self.wipe_storage();
        self.end(SignedOutReason::ByUser);
        self.clear();
        *self.user.borrow_mut() = None;
    }

    /// Switches off here what `limits` says, besides what the server does not grant.
    pub(super) fn limit(&self, limits: BTreeMap<String, Capability>) {
        *self.limits.borrow_mut() = limits;
        if let SessionState::SignedIn(session) = self.signals.session.get_untracked() {
            let mut session = (*session).clone();
            session.capabilities.clone_from(&self.granted.borrow());
            session.capabilities.extend(self.limits.borrow().clone());
            super::core::put(&self.signals.session, SessionState::SignedIn(Arc::new(session)));
        }
    }

    /// The server says that the session is over: everything typed stays.
    pub(super) fn expire(self: &Rc<Self>) {
        if self.is_signed_in() {
            self.keep_drafts();
            self.end(SignedOutReason::Expired);
        }
    }

    fn end(self: &Rc<Self>, reason: SignedOutReason) {
        self.signals.session.set(SessionState::SignedOut(reason));
        self.close_stream();
        self.reach(|reach, _| reach.no_stream());
        self.api.forget();
    }

    /// Puts away everything of the user before.
    fn clear(self: &Rc<Self>) {
        self.era.set(self.era.get() + 1);
        self.close_stream();
        self.forget_stream();
        self.forget_conversations();
        self.forget_threads();
        self.forget_outbox();
        self.forget_drafts();
        self.forget_rows();
        self.forget_jobs();
        self.forget_lookups();
        self.signals.counts.set(Arc::default());
    }

    /// The connection or the session is back: whoever waited for it goes on.
    pub(super) fn go_on(self: &Rc<Self>) {
        self.check_stream(true);
        self.go_on_with_list();
        self.go_on_with_threads();
        self.go_on_sending();
        if self.config.work == Work::Inbox {
            self.load_jobs_soon();
        }
        if !self.signals.lookups.with_untracked(|lookups| lookups.loaded) {
            self.load_lookups();
        }
    }
}
