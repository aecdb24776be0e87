//! Changing the selection: one by one, by stretches, all that match.

use super::context::{Bulk, Change};
use super::plan::Asked;
use super::steps::{Anchor, Extension, extension, stretch};
use super::words::words;
use crate::i18n::fill;
use crate::route::Route;
use bandeja_model::bulk::NAMED;
use bandeja_model::{BulkAction, ConversationId, Selection};
use bandeja_ui::{IconName, Toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Carries out a change.
pub(super) fn change(bulk: Bulk, change: Change) {
    match change {
        Change::Start => bulk.start(),
        Change::All => bulk.start_all(),
        Change::Toggle((place, id)) => bulk.toggle(place, &id),
        Change::To((place, id), cursor) => bulk.select_to(place, &id, cursor),
        Change::Extend((was, before), (is, now)) => bulk.extend((was, &before), (is, &now)),
        Change::Ask(action) => bulk.ask(action),
    }
}

impl Bulk {
    /// Begins to select, with nothing; what is picked already stays.
    pub(super) fn start(self) {
        if let Some(reason) = untrack(|| self.off()) {
            return self.tell(reason);
        }
        if untrack(|| self.is_all()) != Some(false) {
            self.replace(Selection::default());
        }
    }

    /// Selects all that match the list as it is.
    pub(super) fn start_all(self) {
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

    /// Selects a row or takes it out.
    pub(super) fn toggle(self, place: usize, id: &ConversationId) {
        let on = !untrack(|| self.holds(id));
        self.set(place, id, on);
    }

    fn set(self, place: usize, id: &ConversationId, on: bool) {
        self.anchor.set_value(Some(Anchor { id: id.clone(), place, on }));
        self.set_all(std::slice::from_ref(id), on);
    }

    /// Selects from where the last one was set to this row, also rows that were never fetched.
    pub(super) fn select_to(
        self,
        place: usize,
        id: &ConversationId,
        cursor: Option<(usize, ConversationId)>,
    ) {
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
    pub(super) fn extend(self, from: (usize, &ConversationId), to: (usize, &ConversationId)) {
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
    pub(super) fn ask(self, action: BulkAction) {
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
