//! What happens around the selection: another list, conversations that leave sight, another reader.

use super::context::Bulk;
use super::words::words;
use crate::closing::typed::Typed;
use crate::route::Route;
use bandeja_model::Selection;
use bandeja_ui::watch;
use leptos::prelude::*;

impl Bulk {
    /// Another list asks first, while something is selected that would be lost or left behind.
    pub(super) fn guard_the_list(self) {
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

    pub(super) fn follow_the_desk(self) {
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
