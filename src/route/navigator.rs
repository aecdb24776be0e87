//! Moving about: the one way screens change the [`Route`].

use super::{Route, starting_filter};
use bandeja_model::{ConversationId, Filter, Sort, View};
use leptos::prelude::*;
use std::rc::Rc;

/// Whether the way back leads over the place one leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Back leads here again.
    Push,
    /// The place is replaced: typing a search must not leave a trail of letters.
    Replace,
}

/// The route of the mount and the way to change it. A context; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Navigator {
    route: Memo<Route>,
    take: StoredValue<Take, LocalStorage>,
    guard: StoredValue<Option<Guard>, LocalStorage>,
}

/// What a mount does with a new route: writes the address, or a signal.
type Take = Rc<dyn Fn(Route, Step)>;

/// Whether one may go from the present place to the next; who says no keeps the next to go there later.
type Guard = Rc<dyn Fn(&Route, &Route, Step) -> bool>;

impl Navigator {
    /// Over a signal of the present route and what takes a new one.
    pub fn new(route: Memo<Route>, take: impl Fn(Route, Step) + 'static) -> Self {
        Self { route, take: StoredValue::new_local(Rc::new(take)), guard: StoredValue::new_local(None) }
    }

    /// In memory, for mounts that do not own the address bar.
    pub fn in_memory(start: Route) -> Self {
        let route = RwSignal::new(start);
        Self::new(Memo::new(move |_| route.get()), move |next, _| route.set(next))
    }

    /// The mount's navigator.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// The present route.
    pub fn route(self) -> Memo<Route> {
        self.route
    }

    /// Asks before every change from now on. The browser's own way back is not asked about.
    pub fn guard(self, may_go: impl Fn(&Route, &Route, Step) -> bool + 'static) {
        self.guard.set_value(Some(Rc::new(may_go)));
    }

    /// Goes there, if the guard lets; nothing happens when one is there already.
    pub fn go(self, route: Route, step: Step) {
        let Some(now) = self.route.try_get_untracked().filter(|now| *now != route) else { return };
        let guard = self.guard.try_get_value().flatten();
        if guard.is_some_and(|may_go| !may_go(&now, &route, step)) {
            return;
        }
        if let Some(take) = self.take.try_get_value() {
            take(route, step);
        }
    }

    /// Changes a part of the present route.
    pub fn change(self, step: Step, change: impl FnOnce(&mut Route)) {
        let Some(mut route) = self.route.try_get_untracked() else { return };
        route.unread_parts.clear();
        change(&mut route);
        self.go(route, step);
    }

    /// Opens a conversation beside the list.
    pub fn open(self, id: ConversationId) {
        self.change(Step::Push, |route| {
            route.conversation = Some(id);
            route.contact = false;
        });
    }

    /// Puts another conversation in the place of the open one, as after closing it: there is no way back to it.
    pub fn replace(self, id: ConversationId) {
        self.change(Step::Replace, |route| {
            route.conversation = Some(id);
            route.contact = false;
        });
    }

    /// Closes the thread; the list stays as it is.
    pub fn leave(self) {
        self.change(Step::Push, |route| {
            route.conversation = None;
            route.contact = false;
        });
    }

    /// Shows or hides the contact where there is no room for it by itself.
    pub fn show_contact(self, shown: bool) {
        self.change(Step::Push, |route| route.contact = shown && route.conversation.is_some());
    }

    /// Shows a view with the filter it starts with; an open conversation stays open.
    pub fn set_view(self, view: View) {
        self.change(Step::Push, |route| {
            route.view = view;
            route.filter = starting_filter(view);
            // On one pane the list is what was asked for.
            route.contact = false;
        });
    }

    /// Narrows the list otherwise; `filter.view` is ignored, the view stays.
    pub fn set_filter(self, filter: Filter) {
        self.change(Step::Push, |route| route.filter = Filter { view: None, ..filter });
    }

    /// Searches; an empty text ends the search. The place is replaced while a search goes on.
    pub fn search(self, text: &str) {
        let goes_on = self.route.try_with_untracked(|route| route.filter.q.is_some()).unwrap_or(false);
        let step = if goes_on { Step::Replace } else { Step::Push };
        self.change(step, |route| route.filter.set_q(text));
    }

    /// Orders the list otherwise.
    pub fn set_sort(self, sort: Sort) {
        self.change(Step::Push, |route| route.sort = sort);
    }

    /// The open conversation, untracked.
    pub fn opened(self) -> Option<ConversationId> {
        self.route.try_with_untracked(|route| route.conversation.clone()).flatten()
    }

    /// The address of a view as it would be shown: with its starting filter, nothing open.
    pub fn href(view: View) -> String {
        Route::of(view).to_path()
    }
}
