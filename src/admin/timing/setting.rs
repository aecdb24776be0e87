//! One of the two settings while its dialog is open: how it is read and saved.
//!
//! Knows neither what is chosen nor how it looks: that is the dialogs'.

use super::faults::{Faults, of_answer};
use super::halves::{Half, Settled};
use crate::admin::editing::{Editing, State};
use bandeja_browser::Desk;
use bandeja_client::ClientError;
use bandeja_contract::Team;
use bandeja_contract::problem::code;
use bandeja_model::timing::{SavedTiming, Timing};
use bandeja_ui::{Toast, Toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::ops::Deref;

/// How often saving starts over because somebody else saved the other half in between.
const TRIES: usize = 3;

/// The setting of a team. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    editing: Editing,
    half: Half,
    /// Whose it is.
    pub(super) team: StoredValue<Team>,
    /// The way to the server.
    pub(super) desk: StoredValue<Desk>,
    /// The settings as they were read.
    pub(super) read: RwSignal<Option<SavedTiming>>,
    /// What the server said of fields.
    pub(super) refused: RwSignal<Faults>,
    /// What somebody else saved meanwhile, while the reader has to choose.
    pub(super) theirs: RwSignal<Option<SavedTiming>>,
    saved: Callback<SavedTiming>,
    said: Callback<SavedTiming, String>,
    toasts: Toasts,
}

impl Deref for Setting {
    type Target = Editing;

    fn deref(&self) -> &Editing {
        &self.editing
    }
}

impl Setting {
    /// A setting that is read whenever `open` opens. `said` tells in a toast what was saved.
    pub(super) fn new(
        half: Half,
        team: Team,
        open: RwSignal<bool>,
        saved: Callback<SavedTiming>,
        said: Callback<SavedTiming, String>,
    ) -> Self {
        let setting = Self {
            editing: Editing::new(open),
            half,
            team: StoredValue::new(team),
            desk: StoredValue::new(bandeja_browser::desk()),
            read: RwSignal::new(None),
            refused: RwSignal::new(Faults::new()),
            theirs: RwSignal::new(None),
            saved,
            said,
            toasts: expect_context(),
        };
        setting.on_open(move || setting.load());
        setting
    }

    /// Its dialog's state.
    pub(super) const fn editing(self) -> Editing {
        self.editing
    }

    /// The team's name.
    pub(super) fn name(self) -> String {
        self.team.with_value(|team| team.name.clone())
    }

    /// Asks for the settings.
    pub(super) fn load(self) {
        let turn = self.begin();
        self.read.set(None);
        self.refused.set(Faults::new());
        self.theirs.set(None);
        let (desk, team) = (self.desk.get_value(), self.team.with_value(|team| team.id.clone()));
        spawn_local(async move {
            let answer = desk.timing(&team).await;
            if !self.is_turn(turn) {
                return;
            }
            let state = match answer {
                Ok(read) => {
                    self.read.try_set(Some(read));
                    State::Ready
                }
                Err(error) => State::Failed(error),
            };
            self.state.try_set(state);
        });
    }

    /// Saves this half of `mine`; `point_out` leads to a field that the server refused.
    pub(super) fn save(self, mine: Timing, point_out: impl Fn() + 'static) {
        let Some(read) = self.read.get_untracked() else { return };
        if !self.begin_saving() {
            return;
        }
        self.theirs.set(None);
        let (desk, team) = (self.desk.get_value(), self.team.with_value(|team| team.id.clone()));
        spawn_local(async move {
            let ended = attempt(&desk, &team, self.half, read, &mine).await;
            // It gives the value back where nobody is there to take it any more.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match ended {
                Ended::Saved(saved) => self.done(saved),
                Ended::Conflict(theirs) => drop(self.theirs.try_set(Some(*theirs))),
                Ended::Failed(error) => {
                    let faults = of_answer(&error, self.lang.get_untracked());
                    if faults.is_empty() {
                        self.problem.try_set(Some(error));
                    } else {
                        self.refused.try_set(faults);
                        point_out();
                    }
                }
            }
        });
    }

    fn done(self, saved: SavedTiming) {
        self.toasts.push(Toast::new("timing", self.said.run(saved.clone())));
        self.open.try_set(false);
        self.saved.try_run(saved);
    }

    /// What somebody else saved is left as it is.
    pub(super) fn keep_theirs(self) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        self.open.set(false);
        self.saved.run(theirs);
    }

    /// What somebody else saved is written over, now that the reader has seen it.
    pub(super) fn save_over(self, mine: Timing, point_out: impl Fn() + 'static) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        self.read.set(Some(theirs));
        self.save(mine, point_out);
    }
}

enum Ended {
    Saved(SavedTiming),
    Conflict(Box<SavedTiming>),
    Failed(ClientError),
}

async fn attempt(
    desk: &Desk,
    team: &bandeja_model::TeamId,
    half: Half,
    mut read: SavedTiming,
    mine: &Timing,
) -> Ended {
    for _ in 0..TRIES {
        let whole = half.graft(&read.timing(), mine);
        let error = match desk.save_timing(team, &whole, read.version).await {
            Ok(saved) => return Ended::Saved(saved),
            Err(error) => error,
        };
        if error.code() != code::STALE {
            return Ended::Failed(error);
        }
        let now = match desk.timing(team).await {
            Ok(now) => now,
            Err(error) => return Ended::Failed(error),
        };
        match half.settle(&read, mine, &now) {
            Settled::AlreadySo => return Ended::Saved(now),
            Settled::OtherHalf => read = now,
            Settled::Both => return Ended::Conflict(Box::new(now)),
        }
    }
    Ended::Conflict(Box::new(read))
}
