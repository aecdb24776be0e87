//! The selection of the mount, and what is open over it. Reading it tracks; changing it is here alone.

use super::plan::Asked;
use super::steps::{Anchor, Extension, Tick, box_over, extension, stretch};
use super::words::{BulkWords, words};
use crate::acting::signed_in;
use crate::closing::typed::Typed;
use crate::i18n::{Lang, fill};
use crate::route::{Navigator, Route, Step};
use bandeja_browser::{Desk, List};
use bandeja_client::JobAct;
use bandeja_model::bulk::NAMED;
use bandeja_model::{Action, BulkAction, ConversationId, Role, Selection};
use bandeja_ui::watch;
use bandeja_ui::{Announcer, IconName, Toast, Toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Doing many at a time, for one mount. A context; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Bulk {
    pub(super) desk: StoredValue<Desk>,
    pub(super) lang: Lang,
    pub(super) navigator: Navigator,
    pub(super) toasts: Toasts,
    pub(super) announcer: Announcer,
    /// What is selected; `None` while nobody selects.
    pub(super) selection: RwSignal<Option<Selection>>,
    /// Whether somebody selects.
    is_on: Memo<bool>,
    anchor: StoredValue<Option<Anchor>>,
    /// The ids of a stretch are being asked for.
    pub(super) busy: RwSignal<bool>,
    /// The rows in sight, half-open; told by the grid.
    pub seen: RwSignal<(usize, usize)>,
    /// The reader said once to keep this selection when the list changes.
    pub(super) keeps: RwSignal<bool>,
    /// Where the reader wanted to go while something was selected.
    pub(super) leaving: RwSignal<Option<(Route, Step)>>,
    /// The dialog that is open.
    pub(super) asked: RwSignal<Option<Asked>>,
    /// What is typed to close, and to cancel, while the page lives.
    pub(super) typed: [RwSignal<Typed>; 2],
    /// The job whose receipt is open.
    pub(super) receipt: RwSignal<Option<String>>,
    /// Whether the recent jobs are open.
    pub(super) recent: RwSignal<bool>,
    /// Jobs whose card this page shows: under way when it saw them, and not put away since.
    pub(super) watched: RwSignal<Vec<String>>,
    /// The cards are folded into the rail.
    pub(super) folded: RwSignal<bool>,
    /// What is being done to a job just now.
    pub(super) acting_on: RwSignal<Option<(String, JobAct)>>,
}

impl Bulk {
    /// To be provided as context by the mount.
    pub fn new(desk: Desk, lang: Lang, navigator: Navigator, toasts: Toasts, announcer: Announcer) -> Self {
        let selection = RwSignal::new(None::<Selection>);
        let bulk = Self {
            desk: StoredValue::new(desk),
            lang,
            navigator,
            toasts,
            announcer,
            selection,
            is_on: Memo::new(move |_| selection.with(Option::is_some)),
            anchor: StoredValue::new(None),
            busy: RwSignal::new(false),
            seen: RwSignal::new((0, 0)),
            keeps: RwSignal::new(false),
            leaving: RwSignal::new(None),
            asked: RwSignal::new(None),
            typed: [RwSignal::new(Typed::default()), RwSignal::new(Typed::default())],
            receipt: RwSignal::new(None),
            recent: RwSignal::new(false),
            watched: RwSignal::new(Vec::new()),
            folded: RwSignal::new(false),
            acting_on: RwSignal::new(None),
        };
        bulk.guard_the_list();
        bulk.follow_the_desk();
        bulk
    }

    /// The mount's.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    pub(super) fn w(self) -> &'static BulkWords {
        words(self.lang.get())
    }

    pub(super) fn list<T>(self, use_it: impl FnOnce(&List) -> T) -> Option<T> {
        self.desk.try_with_value(|desk| use_it(&desk.list))
    }

    /// Shows the recent jobs.
    pub fn show_recent(self) {
        self.recent.set(true);
    }

    /// Whether the reader is being asked what becomes of the selection in another list.
    pub fn is_leaving(self) -> Memo<bool> {
        Memo::new(move |_| self.leaving.with(Option::is_some))
    }

    /// Whether somebody selects.
    pub fn is_on(self) -> bool {
        self.is_on.get()
    }

    /// The same, untracked.
    pub fn is_on_untracked(self) -> bool {
        self.is_on.get_untracked()
    }

    /// Whether a conversation of the list is selected.
    pub fn holds(self, id: &ConversationId) -> bool {
        self.selection.with(|selection| selection.as_ref().is_some_and(|selection| selection.holds(id)))
    }

    /// How many match "all".
    pub(super) fn total(self) -> u64 {
        self.desk.with_value(|desk| desk.list.total.get().value)
    }

    /// How many are selected.
    pub(super) fn count(self) -> u64 {
        let total = self.total();
        self.selection.with(|selection| selection.as_ref().map_or(0, |selection| selection.count(total)))
    }

    /// It is "all that match"; `None` while nobody selects.
    pub(super) fn is_all(self) -> Option<bool> {
        self.selection.with(|selection| selection.as_ref().map(Selection::is_all))
    }

    /// The box over the rows in sight.
    pub(super) fn box_over_rows(self) -> Tick {
        let rows = self.rows_in_sight();
        let any = self.selection.with(|selection| {
            selection.as_ref().is_some_and(|selection| selection.is_all() || selection.named() > 0)
        });
        let touched = self.is_all() == Some(true)
            && self.selection.with(|selection| selection.as_ref().is_some_and(|it| it.named() > 0));
        match box_over(rows.iter().map(|id| self.holds(id)), any) {
            Tick::On if touched => Tick::Some,
            tick => tick,
        }
    }

    fn rows_in_sight(self) -> Vec<ConversationId> {
        let (from, to) = self.seen.get();
        let ids = self.list(|list| {
            list.order.track();
            (from..to).filter_map(|place| list.id_at(place)).collect()
        });
        ids.unwrap_or_default()
    }

    /// Why nothing can be done to many here, in words.
    pub fn off(self) -> Option<String> {
        self.capability("bulk")
    }

    fn capability(self, name: &str) -> Option<String> {
        let session = self.desk.with_value(|desk| desk.session.get());
        let off = signed_in(&session)?.capabilities.get(name).filter(|capability| !capability.on)?;
        Some(off.reason.clone().unwrap_or_else(|| self.w().off.to_owned()))
    }

    /// Whether an action can be asked for now.
    pub fn may(self, action: BulkAction) -> bool {
        self.off_for(action).is_none()
    }

    /// Why an action cannot be asked for now.
    pub(super) fn off_for(self, action: BulkAction) -> Option<String> {
        let permission = action.permission();
        let role = self.desk.with_value(Desk::actor).map(|actor| actor.role);
        self.off()
            .or_else(|| self.capability(permission.code()))
            .or_else(|| {
                let needs_admin = permission == Action::Cancel && role == Some(Role::Agent);
                needs_admin.then(|| self.w().off_cancel.to_owned())
            })
            .or_else(|| (self.count() == 0).then(|| self.w().off_none.to_owned()))
    }
}

/// Changing the selection.
impl Bulk {
    /// Begins to select, with nothing; what is picked already stays.
    pub fn start(self) {
        if let Some(reason) = untrack(|| self.off()) {
            return self.tell(reason);
        }
        if untrack(|| self.is_all()) != Some(false) {
            self.replace(Selection::default());
        }
    }

    /// Selects all that match the list as it is.
    pub fn start_all(self) {
        if let Some(reason) = untrack(|| self.off()) {
            return self.tell(reason);
        }
        let filter = self.navigator.route().with_untracked(Route::list_filter);
        self.replace(Selection::all(filter));
    }

    fn replace(self, selection: Selection) {
        self.anchor.set_value(None);
        self.keeps.set(false);
        self.selection.set(Some(selection));
        self.announce();
    }

    /// Ends selecting.
    pub fn leave(self) {
        self.anchor.set_value(None);
        self.keeps.set(false);
        self.busy.set(false);
        if self.is_on_untracked() {
            self.selection.set(None);
        }
    }

    /// Selects a row or takes it out.
    pub fn toggle(self, place: usize, id: &ConversationId) {
        let on = !untrack(|| self.holds(id));
        self.set(place, id, on);
    }

    fn set(self, place: usize, id: &ConversationId, on: bool) {
        self.anchor.set_value(Some(Anchor { id: id.clone(), place, on }));
        self.set_all(std::slice::from_ref(id), on);
    }

    /// Selects from where the last one was set to this row, also rows that were never fetched.
    pub fn select_to(self, place: usize, id: &ConversationId, cursor: Option<(usize, ConversationId)>) {
        let anchor = self.anchor_now().or_else(|| {
            let (start, begun) = cursor?;
            Some(Anchor { id: begun, place: start, on: true })
        });
        let Some(anchor) = anchor else { return self.toggle(place, id) };
        let (from, to) = stretch(anchor.place, place);
        if to - from >= NAMED {
            return self.tell_full();
        }
        let down = anchor.place <= place;
        let (first, end) =
            if down { (anchor.id.clone(), id.clone()) } else { (id.clone(), anchor.id.clone()) };
        self.anchor.set_value(Some(anchor.clone()));
        if !self.is_on_untracked() {
            self.replace(Selection::default());
            self.anchor.set_value(Some(anchor.clone()));
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let Some(list) = self.list(Clone::clone) else { return };
        let w = words(self.lang.get_untracked());
        spawn_local(async move {
            let ids = list.ids_between((from, &first), (to, &end)).await;
            // Whoever stopped selecting meanwhile wants none of it.
            if self.busy.try_set(false).is_some() || self.is_on.try_get_untracked() != Some(true) {
                return;
            }
            match ids {
                Ok(ids) => self.set_all(&ids, anchor.on),
                Err(_) => self.tell(w.range_failed.to_owned()),
            }
        });
    }

    /// The cursor went from one row to its neighbour with Shift held.
    pub fn extend(self, from: (usize, &ConversationId), to: (usize, &ConversationId)) {
        let anchor = self.anchor_now().filter(|_| self.is_on_untracked());
        let Some(anchor) = anchor else {
            self.set(from.0, from.1, true);
            return self.set_all(std::slice::from_ref(to.1), true);
        };
        match extension(anchor.place, from.0, to.0) {
            Extension::Grow(_) => self.set_all(std::slice::from_ref(to.1), anchor.on),
            Extension::Shrink(_) => self.set_all(std::slice::from_ref(from.1), !anchor.on),
        }
    }

    /// Selects the rows in sight, or takes them out if all of them are selected.
    pub(super) fn toggle_visible(self) {
        let rows = untrack(|| self.rows_in_sight());
        let all = untrack(|| rows.iter().all(|id| self.holds(id)));
        self.set_all(&rows, !all);
    }

    fn set_all(self, ids: &[ConversationId], on: bool) {
        if let Some(reason) = untrack(|| self.off()) {
            return self.tell(reason);
        }
        let mut full = false;
        self.selection.update(|selection| {
            let selection = selection.get_or_insert_default();
            for id in ids {
                full |= !selection.set(id, on);
            }
        });
        if full {
            self.tell_full();
        }
        self.announce();
    }

    /// The anchor, where it stands now.
    fn anchor_now(self) -> Option<Anchor> {
        let anchor = self.anchor.get_value()?;
        let place = self.list(|list| list.position_of(&anchor.id)).flatten().unwrap_or(anchor.place);
        Some(Anchor { place, ..anchor })
    }

    /// Asks what would happen if this were done to what is selected.
    pub fn ask(self, action: BulkAction) {
        let off = untrack(|| self.off_for(action));
        if let Some(reason) = off {
            return self.tell(reason);
        }
        let (count, total) = untrack(|| (self.count(), self.total()));
        if let Some(selection) = self.selection.get_untracked() {
            self.asked.set(Some(Asked { action, selection: Arc::new(selection), count, total }));
        }
    }

    fn announce(self) {
        let said = untrack(|| {
            let (count, w) = (self.count(), self.w());
            fill(crate::i18n::plural(count, w.count_one, w.count_other), &[&self.lang.number(count)])
        });
        self.announcer.say(&said);
    }

    fn tell_full(self) {
        let said = untrack(|| {
            let w = self.w();
            let words = if self.is_all() == Some(true) { w.too_many_except } else { w.too_many };
            fill(words, &[&self.lang.number(NAMED as u64)])
        });
        self.tell(said);
    }

    pub(super) fn tell(self, text: String) {
        self.toasts.push(Toast::new("bulk", text).with_icon(IconName::Alert).lasting(10_000.0));
    }
}

/// What happens around the selection.
impl Bulk {
    /// Another list asks first, while something is selected that would be lost or left behind.
    fn guard_the_list(self) {
        self.navigator.guard(move |now, next, step| {
            let asks = now.list_filter() != next.list_filter()
                && !self.keeps.get_untracked()
                && self.selection.with_untracked(|selection| {
                    selection.as_ref().is_some_and(|it| it.is_all() || it.named() > 0)
                });
            if asks {
                self.leaving.set(Some((next.clone(), step)));
            }
            !asks
        });
    }

    fn follow_the_desk(self) {
        let route = self.navigator.route();
        let filter = Memo::new(move |_| route.with(Route::list_filter));
        watch(move || {
            // The browser's own way back asks nobody.
            let lost = filter.with(|filter| {
                self.selection.with_untracked(|selection| {
                    matches!(selection, Some(Selection::All { filter: of, .. }) if **of != *filter)
                })
            });
            if lost {
                self.leave();
                self.tell(words(self.lang.get_untracked()).dropped_all.to_owned());
            }
        });
        let gone = self.desk.with_value(|desk| desk.gone.clone());
        watch(move || {
            if gone.with(Vec::is_empty) {
                return;
            }
            let ids = gone.try_update_untracked(std::mem::take).unwrap_or_default();
            let held = |id| self.selection.with_untracked(|it| it.as_ref().is_some_and(|it| it.holds(id)));
            if ids.iter().any(held) {
                self.selection.update(|selection| {
                    if let Some(selection) = selection {
                        for id in &ids {
                            selection.forget(id);
                        }
                    }
                });
            }
        });
        let user = self.desk.with_value(crate::acting::user_of);
        let mut before = user.get_untracked();
        watch(move || {
            let now = user.get();
            if before != now {
                before = now;
                self.leave();
                self.asked.set(None);
                self.receipt.set(None);
                self.recent.set(false);
                self.watched.update(Vec::clear);
                for typed in self.typed {
                    typed.set(Typed::default());
                }
            }
        });
    }
}
