//! What the host page is told, from what happens to the app's signals.

use super::Port;
use super::told::{Failed, Opened, Ready, Unknown, Unread, Where, Work, code_of};
use crate::route::Route;
use crate::shell::Inside;
use bandeja_browser::{SessionState, SignedOutReason};
use bandeja_contract::BulkJob;
use bandeja_ui::watch;
use leptos::prelude::*;
use serde::Serialize;
use std::rc::Rc;
use std::sync::Arc;

/// Says one thing.
pub(super) fn say(port: &Rc<dyn Port>, name: &str, detail: &impl Serialize) {
    // Plain structs with texts for keys: writing them cannot fail.
    if let Ok(detail) = serde_json::to_string(detail) {
        port.say(name, &detail);
    }
}

/// Says that something is wrong.
pub(super) fn say_error(port: &Rc<dyn Port>, code: &'static str, message: &str) {
    say(port, "error", &Failed { code, message });
}

/// Tells of everything from now on, under the owner of the mount.
pub(super) fn tell(inside: &Inside, port: &Rc<dyn Port>) {
    of_session(inside, port);
    of_storage(inside, port);
    of_places(inside, port);
    of_opening(inside, port);
    of_jobs(inside, port);
    let (unread, port) = (inside.shell.unread, Rc::clone(port));
    let unread = Memo::new(move |_| unread.get());
    watch(move || say(&port, "unread-changed", &Unread { unread: unread.get() }));
}

fn of_session(inside: &Inside, port: &Rc<dyn Port>) {
    let (session, port) = (inside.desk.session.clone(), Rc::clone(port));
    // Availability and the like change the session and are none of the page's business; who it is, is.
    let user = {
        let session = session.clone();
        Memo::new(move |_| {
            session.with(|state| match state {
                SessionState::SignedIn(session) => Some(session.user.clone()),
                _ => None,
            })
        })
    };
    let ended = {
        let session = session.clone();
        Memo::new(move |_| {
            session.with(|state| match state {
                SessionState::SignedOut(reason) => Some(*reason),
                _ => None,
            })
        })
    };
    let failed = Memo::new(move |_| {
        session.with(|state| match state {
            SessionState::Failed(error) => Some(error.clone()),
            _ => None,
        })
    });
    let out = Rc::clone(&port);
    watch(move || {
        let reason = match ended.get() {
            Some(SignedOutReason::Never) => "never",
            Some(SignedOutReason::Expired) => "expired",
            Some(SignedOutReason::ByUser) => "logout",
            None => return,
        };
        say(&out, "auth-required", &Unknown { reason });
    });
    let out = Rc::clone(&port);
    watch(move || {
        if let Some(error) = failed.get() {
            say_error(&out, code_of(&error), &error.to_string());
        }
    });
    Effect::new(move |before: Option<Option<_>>| {
        let user = user.get();
        let id = user.as_ref().map(|user| user.id.clone());
        if let Some(user) = &user
            && before.flatten().as_ref() != Some(&user.id)
        {
            say(&port, "ready", &Ready { user, version: env!("CARGO_PKG_VERSION") });
        }
        id
    });
}

fn of_storage(inside: &Inside, port: &Rc<dyn Port>) {
    let (kept, port) = (inside.desk.drafts_are_kept.clone(), Rc::clone(port));
    watch(move || {
        if !kept.get() {
            say_error(&port, "storage", "the browser refuses to keep drafts and unsent messages");
        }
    });
}

fn of_places(inside: &Inside, port: &Rc<dyn Port>) {
    let (route, port) = (inside.navigator.route(), Rc::clone(port));
    let place = Memo::new(move |_| route.with(place_of));
    Effect::new(move |before: Option<()>| {
        let place = place.get();
        if before.is_some() {
            say(&port, "navigate", &place);
        }
    });
}

fn place_of(route: &Route) -> Where {
    Where {
        view: route.view.code(),
        filter: route.filter.to_query(),
        sort: route.sort.code(),
        conversation_id: route.conversation.clone(),
    }
}

/// Tells of an opened conversation once, as soon as it is known whose it is.
fn of_opening(inside: &Inside, port: &Rc<dyn Port>) {
    let (route, desk, port) = (inside.navigator.route(), inside.desk.clone(), Rc::clone(port));
    let opened = Memo::new(move |_| route.with(|route| route.conversation.clone()));
    let known = Memo::new(move |_| opened.get().and_then(|id| desk.conversation(&id).get()));
    Effect::new(move |before: Option<Option<_>>| {
        let before = before.flatten();
        let Some(now) = known.get() else { return opened.get().filter(|id| before.as_ref() == Some(id)) };
        if before.as_ref() != Some(&now.id) {
            say(&port, "conversation-opened", &Opened { conversation: &now, contact: &now.contact });
        }
        Some(now.id.clone())
    });
}

fn of_jobs(inside: &Inside, port: &Rc<dyn Port>) {
    let (jobs, port) = (inside.desk.jobs.clone(), Rc::clone(port));
    Effect::new(move |before: Option<Vec<Arc<BulkJob>>>| {
        let now = jobs.get();
        // What was there at the beginning is no news.
        let before = before.unwrap_or_else(|| now.clone());
        for job in &now {
            let old = before.iter().find(|old| old.id == job.id);
            let is_news = old.is_none_or(|old| old != job);
            let was_over = old.is_some_and(|old| old.state.is_over());
            if is_news && !was_over {
                let name = if job.state.is_over() { "bulk-finished" } else { "bulk-progress" };
                say(&port, name, &Work { job });
            }
        }
        now
    });
}
