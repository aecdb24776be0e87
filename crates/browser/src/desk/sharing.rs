//! One event stream for all tabs and instances of a user in this browser: one holds it and passes on what it says, the
//! others listen. When that one goes, the next opens the stream where it had heard it last.
//!
//! What they say to each other begins with a sign: `?` who comes asks how things are; `+` the stream is open, and the id
//! of the last event; `-` it is lost; `=` an event, its id, a line's end and its data; `~` a draft was stored under that
//! name. Tokens are never said, nor that a session is over: that is each one's own.

use super::core::Core;
use super::state::SessionState;
use crate::doors::Share;
use bandeja_client::connection::Reach;
use bandeja_client::sse::SseEvent;
use futures::future::{Either, select};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

/// How long whoever holds the stream may take to answer, in milliseconds. A page that hangs holds up nobody else.
const PATIENCE_MS: u32 = 5_000;

/// The place among the others, where there are any.
#[derive(Default)]
pub(super) struct Others {
    share: RefCell<Option<Rc<Share>>>,
    /// Whether the stream is held here.
    leads: Cell<bool>,
    /// Whether somebody who holds it has been heard of.
    heard: Cell<bool>,
}

impl Others {
    /// Says something to them, if the stream is held here.
    pub(super) fn tell(&self, sign: &str, text: &str) {
        if self.leads.get() {
            self.say(sign, text);
        }
    }

    /// Says something to them.
    pub(super) fn say(&self, sign: &str, text: &str) {
        if let Some(share) = &*self.share.borrow() {
            share.say(&[sign, text].concat());
        }
    }

    /// Leaves them.
    pub(super) fn leave(&self) {
        self.leads.set(false);
        self.heard.set(false);
        // Not while it is borrowed: whoever leads next may speak at once.
        let share = self.share.borrow_mut().take();
        drop(share);
    }
}

impl Core {
    /// Waits until the stream is to be opened here: at once where there is nobody to share it with.
    pub(super) async fn wait_for_lead(self: &Rc<Self>) {
        let others = &self.stream.others;
        let Some(share) = self.join() else { return };
        share.say("?");
        let waited = {
            let (turn, late) = (pin!(share.turn()), self.doors.clock.sleep(PATIENCE_MS));
            matches!(select(turn, late).await, Either::Right(_))
        };
        if waited {
            if !others.heard.get() {
                return others.leave();
            }
            share.turn().await;
        }
        others.leads.set(true);
    }

    /// Joins the others of this user, at this server, with this sight: what one is sent, all may know.
    fn join(self: &Rc<Self>) -> Option<Rc<Share>> {
        let SessionState::SignedIn(session) = self.signals.session.get_untracked() else { return None };
        let prefix = self.storage_prefix().filter(|_| self.doors.shares_stream)?;
        let sight = session.scopes.key();
        let core = Rc::downgrade(self);
        let share = Share::join(&[&prefix, "stream:", &sight].concat(), move |said| {
            if let (Some(core), Some((sign, text))) = (core.upgrade(), said.split_at_checked(1)) {
                core.hear_others(sign, text);
            }
        });
        let share = share.map(Rc::new);
        self.stream.others.share.borrow_mut().clone_from(&share);
        share
    }

    fn hear_others(self: &Rc<Self>, sign: &str, text: &str) {
        let leads = self.stream.others.leads.get();
        match sign {
            "?" if leads && self.hears_events() => self.tell_alive(),
            "?" => self.stream.others.tell("-", ""),
            "~" => self.kept_elsewhere(text, self.doors.storage.get(text)),
            // Somebody who held it a moment ago.
            _ if leads => {}
            _ => {
                self.stream.others.heard.set(true);
                self.stream.heard.set(self.doors.clock.now());
                match (sign, text.split_once('\n')) {
                    ("+", _) => self.follow(text),
                    ("-", _) => _ = self.stream_lost(),
                    ("=", Some((id, data))) => self.take_in_told(id, data),
                    // Of another release.
                    _ => {}
                }
            }
        }
    }

    /// Says that the stream is open, and how far it is.
    pub(super) fn tell_alive(&self) {
        let live = self.stream.live.borrow();
        self.stream.others.tell("+", live.resume_from().unwrap_or_default());
    }

    fn take_in_told(self: &Rc<Self>, id: &str, data: &str) {
        let id = Some(id).filter(|id| !id.is_empty());
        self.take_in_event(&SseEvent {
            id: id.map(str::to_owned),
            name: String::new(),
            data: data.to_owned(),
        });
        self.flush();
    }

    /// Somebody's stream is open, with `last` behind it. Whoever has heard of another one before has missed something.
    fn follow(self: &Rc<Self>, last: &str) {
        let begins = !self.stream.open.replace(true);
        if begins {
            self.reach(|reach: &mut Reach, _| reach.stream_opened());
        }
        let last = Some(last).filter(|last| !last.is_empty());
        let missed = {
            let mut live = self.stream.live.borrow_mut();
            live.alive();
            let missed = live.resume_from() != last || (begins && last.is_none());
            if missed {
                live.reset(last);
            }
            missed
        };
        if missed {
            self.catch_up();
        }
    }
}
