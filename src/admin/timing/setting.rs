//! One of the two settings while its dialog is open: read, saved, and what stands in the way of either.
//!
//! Knows neither what is chosen nor how it looks: that is the dialogs'.

use super::faults::{Faults, of_answer};
use super::halves::{Half, Settled};
use crate::i18n::Lang;
use bandeja_browser::Desk;
use bandeja_client::ClientError;
use bandeja_contract::Team;
use bandeja_contract::problem::code;
use bandeja_model::timing::{SavedTiming, Timing};
use bandeja_ui::{Toast, Toasts, watch};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How often saving starts over because somebody else saved the other half in between.
const TRIES: usize = 3;

/// What the dialog can show.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    /// The settings are under way.
    Loading,
    /// They did not come.
    Failed(ClientError),
    /// They are here.
    Ready,
}

/// The setting of a team. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) half: Half,
    pub(super) team: StoredValue<Team>,
    pub(super) desk: StoredValue<Desk>,
    pub(super) lang: Lang,
    pub(super) open: RwSignal<bool>,
    /// What the dialog can show.
    pub(super) state: RwSignal<State>,
    /// The settings as they were read.
    pub(super) read: RwSignal<Option<SavedTiming>>,
    /// Saving is under way.
    pub(super) busy: RwSignal<bool>,
    /// Why saving did not work, if that was about no field.
    pub(super) problem: RwSignal<Option<ClientError>>,
    /// What the server said of fields.
    pub(super) refused: RwSignal<Faults>,
    /// Somebody tried to save: from then on what is missing is said.
    pub(super) tried: RwSignal<bool>,
    /// What somebody else saved meanwhile, while the reader has to choose.
    pub(super) theirs: RwSignal<Option<SavedTiming>>,
    /// Whether leaving is being asked about.
    pub(super) leaving: RwSignal<bool>,
    saved: Callback<SavedTiming>,
    said: Callback<SavedTiming, String>,
    toasts: Toasts,
    turn: StoredValue<u64>,
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
            half,
            team: StoredValue::new(team),
            desk: StoredValue::new(bandeja_browser::desk()),
            lang: Lang::here(),
            open,
            state: RwSignal::new(State::Loading),
            read: RwSignal::new(None),
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            refused: RwSignal::new(Faults::new()),
            tried: RwSignal::new(false),
            theirs: RwSignal::new(None),
            leaving: RwSignal::new(false),
            saved,
            said,
            toasts: expect_context(),
            turn: StoredValue::new(0),
        };
        watch(move || {
            // Answers to questions of the opening before are dropped.
            setting.turn.update_value(|turn| *turn += 1);
            if open.get() {
                untrack(|| setting.load());
            } else {
                setting.leaving.set(false);
            }
        });
        setting
    }

    /// Asks for the settings.
    pub(super) fn load(self) {
        self.state.set(State::Loading);
        self.read.set(None);
        self.busy.set(false);
        self.start_over();
        let (desk, team) = (self.desk.get_value(), self.team.with_value(|team| team.id.clone()));
        let turn = self.turn.get_value();
        spawn_local(async move {
            let answer = desk.timing(&team).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(read) => {
                    self.read.set(Some(read));
                    self.state.set(State::Ready);
                }
                Err(error) => self.state.set(State::Failed(error)),
            }
        });
    }

    fn start_over(self) {
        self.problem.set(None);
        self.refused.set(Faults::new());
        self.tried.set(false);
        self.theirs.set(None);
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

    /// Saves this half of `mine`; `point_out` leads to a field that the server refused.
    pub(super) fn save(self, mine: Timing, point_out: impl Fn() + 'static) {
        let Some(read) = self.read.get_untracked() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        self.theirs.set(None);
        let (desk, team) = (self.desk.get_value(), self.team.with_value(|team| team.id.clone()));
        spawn_local(async move {
            let ended = attempt(&desk, &team, self.half, read, &mine).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match ended {
                Ended::Saved(saved) => self.done(saved),
                Ended::Conflict(theirs) => self.theirs.set(Some(*theirs)),
                Ended::Failed(error) => {
                    let faults = of_answer(&error, self.lang.get_untracked());
                    if faults.is_empty() {
                        self.problem.set(Some(error));
                    } else {
                        self.refused.set(faults);
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
