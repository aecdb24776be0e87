//! A dialog in which something of the server's is changed: it is read, changed, saved, or left as it was.
//!
//! Owns what every such dialog does: waiting, errors, leaving with changes, one saving at a time, the choice when
//! somebody else was quicker. Knows neither what is changed nor how it is asked for and saved.

mod conflict;
pub(super) mod failure;
mod frame;
mod words;

pub(super) use conflict::{Row, differing};
pub(super) use frame::{Parts, frame, point_out};
pub(super) use words::words;

use crate::i18n::Lang;
use bandeja_client::ClientError;
use bandeja_ui::watch;
use leptos::prelude::*;

/// What the dialog can show.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    /// What is to be changed is under way.
    Loading,
    /// It did not come.
    Failed(ClientError),
    /// It is here.
    Ready,
}

/// The state of such a dialog. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// The language.
    pub(super) lang: Lang,
    /// Whether the dialog is shown.
    pub(super) open: RwSignal<bool>,
    /// What it can show.
    pub(super) state: RwSignal<State>,
    /// Saving is under way.
    pub(super) busy: RwSignal<bool>,
    /// Why saving did not work, if that was about no field.
    pub(super) problem: RwSignal<Option<ClientError>>,
    /// Somebody tried to save: from then on what is missing is said.
    pub(super) tried: RwSignal<bool>,
    /// Whether leaving is being asked about.
    pub(super) leaving: RwSignal<bool>,
    turn: StoredValue<u64>,
}

impl Editing {
    /// A dialog that shows while `open` says so.
    pub(super) fn new(open: RwSignal<bool>) -> Self {
        Self {
            lang: Lang::here(),
            open,
            state: RwSignal::new(State::Loading),
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            tried: RwSignal::new(false),
            leaving: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// Runs `load` whenever the dialog opens.
    pub(super) fn on_open(self, load: impl Fn() + 'static) {
        watch(move || {
            if self.open.get() {
                untrack(&load);
            } else {
                // What was asked before is answered to nobody.
                self.turn.update_value(|turn| *turn += 1);
                self.leaving.set(false);
            }
        });
    }

    /// Reading begins; the answer counts only while [`Editing::is_turn`] says so.
    pub(super) fn begin(self) -> u64 {
        self.state.set(State::Loading);
        self.busy.set(false);
        self.problem.set(None);
        self.tried.set(false);
        self.turn.try_update_value(|turn| *turn += 1);
        self.turn.get_value()
    }

    /// Whether the dialog is still there and still wants that answer.
    pub(super) fn is_turn(self, turn: u64) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Saving begins; false while it is under way already, so that a double click saves once.
    pub(super) fn begin_saving(self) -> bool {
        if self.busy.get_untracked() {
            return false;
        }
        self.busy.set(true);
        self.problem.set(None);
        true
    }

    /// The reader wants to leave; what is changed is not lost without being asked.
    pub(super) fn leave(self, is_changed: bool) {
        if self.busy.get_untracked() {
            return;
        }
        if is_changed && self.state.get_untracked() == State::Ready {
            self.leaving.set(true);
        } else {
            self.open.set(false);
        }
    }
}
