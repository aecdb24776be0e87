//! The selection of the mount, and what is open over it: its state, and reading it, which tracks.

use super::plan::Asked;
use super::steps::{Anchor, Tick, box_over};
use super::words::{BulkWords, words};
use crate::acting::signed_in;
use crate::closing::typed::Typed;
use crate::i18n::Lang;
use crate::route::{Navigator, Route, Step};
use bandeja_browser::{Desk, List};
use bandeja_client::JobAct;
use bandeja_model::{Action, BulkAction, ConversationId, Role, Selection};
use bandeja_ui::{Announcer, Toasts};
use leptos::prelude::*;

/// A step of selecting, as the list and the keys ask for it. A row is where it stands and what it shows.
#[derive(Clone, Debug)]
pub enum Change {
    /// Begins, with nothing.
    Start,
    /// All that match the list.
    All,
    /// A row, or not that one.
    Toggle((usize, ConversationId)),
    /// From where the last one was set, or else from the second row, to the first.
    To((usize, ConversationId), Option<(usize, ConversationId)>),
    /// The cursor went from one row to its neighbour with Shift held.
    Extend((usize, ConversationId), (usize, ConversationId)),
    /// Asks what would happen to what is selected.
    Ask(BulkAction),
}

/// Carries out a change.
type Hands = fn(Bulk, Change);

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
    pub(super) is_on: Memo<bool>,
    /// What carries out a change. The list is there before this feature's part of the app is.
    hands: StoredValue<Option<Hands>>,
    /// Where a stretch begins.
    pub(super) anchor: StoredValue<Option<Anchor>>,
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
        Self {
            desk: StoredValue::new(desk),
            lang,
            navigator,
            toasts,
            announcer,
            selection,
            is_on: Memo::new(move |_| selection.with(Option::is_some)),
            hands: StoredValue::new(None),
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
        }
    }

    /// This feature's part of the app is here.
    pub(super) fn take_in_hand(self, hands: Hands) {
        self.hands.set_value(Some(hands));
        self.guard_the_list();
        self.follow_the_desk();
    }

    /// Selects otherwise; nothing happens before this feature's part of the app is here.
    pub fn change(self, change: Change) {
        if let Some(Some(hands)) = self.hands.try_get_value() {
            hands(self, change);
        }
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

    pub(super) fn rows_in_sight(self) -> Vec<ConversationId> {
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

    /// Why something is off here, by its name among the session's capabilities.
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
