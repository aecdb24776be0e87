//! The dialog of a line: read, changed, saved, and the choice when somebody else was quicker.

use super::draft::LineDraft;
use super::fields::fields;
use super::told::{Faults, check, of_answer, rows};
use super::words::words;
use crate::acting::names::channel_word;
use crate::admin::editing::{Editing, Parts, State, frame, point_out, words as editing_words};
use crate::i18n::fill;
use bandeja_browser::Desk;
use bandeja_client::ClientError;
use bandeja_contract::problem::code;
use bandeja_contract::{Line, LineSettings, SaveLine};
use bandeja_model::{LineId, TeamId};
use bandeja_ui::{Toast, Toasts, view, watch};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::ops::Deref;

/// What is chosen in the dialog. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct LineEditing {
    editing: Editing,
    /// The line.
    pub(super) line: StoredValue<Line>,
    /// The way to the server.
    pub(super) desk: StoredValue<Desk>,
    read: RwSignal<Option<LineSettings>>,
    theirs: RwSignal<Option<LineSettings>>,
    /// What is chosen.
    pub(super) draft: RwSignal<LineDraft>,
    refused: RwSignal<Faults>,
    /// What is wrong and is said.
    pub(super) faults: Memo<Faults>,
    toasts: Toasts,
}

impl Deref for LineEditing {
    type Target = Editing;

    fn deref(&self) -> &Editing {
        &self.editing
    }
}

/// The dialog of a line; mount it with the line, and it opens and closes with `open`.
#[component]
pub fn LineDialog(
    /// Which line.
    line: Line,
    /// Whether it is shown; it sets it back itself.
    open: RwSignal<bool>,
) -> impl IntoView {
    let editing = LineEditing::new(line, open);
    let body = NodeRef::new();
    let w = move || words(editing.lang.get());
    let name = move || editing.line.with_value(|line| line.name.clone());
    let channel = move || editing.line.with_value(|line| channel_word(line.channel, editing.lang.get()));
    let parts = Parts {
        title: Signal::derive(move || w().title.to_owned()),
        line: Signal::derive(move || fill(w().line_of, &[&name(), channel()])),
        named: Signal::derive(name),
        is_changed: Signal::derive(move || editing.is_changed()),
        load: Callback::new(move |()| editing.load()),
        save: Callback::new(move |()| editing.save(body)),
        rows: Signal::derive(move || {
            let theirs = as_saved(&editing.theirs.get()?);
            let lookups = editing.desk.with_value(|desk| desk.lookups.get());
            Some(rows(&theirs, &editing.draft.with(LineDraft::save), &lookups, editing.lang.get()))
        }),
        keep_theirs: Callback::new(move |()| {
            editing.open.set(false);
            editing.desk.with_value(Desk::reload_lookups);
        }),
        save_over: Callback::new(move |()| {
            if let Some(theirs) = editing.theirs.get_untracked() {
                editing.read.set(Some(theirs));
                editing.save(body);
            }
        }),
        body,
    };
    view! { {frame(editing.editing, parts, move || fields(editing))} }
}

impl LineEditing {
    fn new(line: Line, open: RwSignal<bool>) -> Self {
        let editing = Editing::new(open);
        let desk = StoredValue::new(bandeja_browser::desk());
        let campaign = line.campaign.clone();
        let (draft, refused) = (RwSignal::new(LineDraft::default()), RwSignal::new(Faults::new()));
        let faults = Memo::new(move |_| {
            let (locale, is_tried) = (editing.lang.get(), editing.tried.get());
            let lookups = desk.with_value(|desk| desk.lookups.get());
            let knows = |id: &TeamId| lookups.team(id).is_some_and(|team| team.campaign == campaign);
            // What is missing is said only after somebody tried to save.
            let ours = if is_tried { draft.with(|draft| check(draft, knows, locale)) } else { Faults::new() };
            ours.into_iter().chain(refused.get()).collect()
        });
        let line = Self {
            editing,
            line: StoredValue::new(line),
            desk,
            read: RwSignal::new(None),
            theirs: RwSignal::new(None),
            draft,
            refused,
            faults,
            toasts: expect_context(),
        };
        line.on_open(move || line.load());
        // What the server said is of what was sent.
        watch(move || {
            draft.track();
            refused.set(Faults::new());
        });
        line
    }

    fn load(self) {
        let turn = self.begin();
        self.theirs.set(None);
        self.refused.set(Faults::new());
        let (desk, id) = (self.desk.get_value(), self.line.with_value(|line| line.id.clone()));
        spawn_local(async move {
            let answer = desk.line(&id).await;
            if !self.is_turn(turn) {
                return;
            }
            let state = match answer {
                Ok(read) => {
                    self.draft.try_set(LineDraft::of(&read));
                    self.read.try_set(Some(read));
                    State::Ready
                }
                Err(error) => State::Failed(error),
            };
            self.state.try_set(state);
        });
    }

    fn is_changed(self) -> bool {
        self.read
            .with(|read| read.as_ref().is_some_and(|read| self.draft.with(|draft| draft.is_changed(read))))
    }

    /// What is wrong with a field, by its name on the wire.
    pub(super) fn fault(self, field: &str) -> Option<String> {
        self.faults
            .with(|faults| faults.iter().find(|(other, _)| other == field).map(|(_, said)| said.clone()))
    }

    fn save(self, body: NodeRef<html::Div>) {
        self.tried.set(true);
        if untrack(|| self.faults.with(|faults| !faults.is_empty())) {
            return point_out(body);
        }
        let Some(read) = self.read.get_untracked() else { return };
        if !self.begin_saving() {
            return;
        }
        self.theirs.set(None);
        let mine = self.draft.with_untracked(LineDraft::save);
        let (desk, id) = (self.desk.get_value(), self.line.with_value(|line| line.id.clone()));
        spawn_local(async move {
            let ended = attempt(&desk, &id, &mine, read.version).await;
            // It gives the value back where nobody is there to take it any more.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match ended {
                Ended::Saved => self.done(mine.bot),
                Ended::Conflict(theirs) => drop(self.theirs.try_set(Some(*theirs))),
                Ended::Failed(error) => {
                    let faults = of_answer(&error, self.lang.get_untracked());
                    if faults.is_empty() {
                        self.problem.try_set(Some(error));
                    } else {
                        self.refused.try_set(faults);
                        point_out(body);
                    }
                }
            }
        });
    }

    fn done(self, bot: bool) {
        let locale = self.lang.get_untracked();
        let w = words(locale);
        let name = self.line.with_value(|line| line.name.clone());
        let value = if bot { w.saved_on } else { w.saved_off };
        self.toasts.push(Toast::new("line", fill(editing_words(locale).saved, &[&name, value])));
        self.open.try_set(false);
        self.desk.with_value(Desk::reload_lookups);
    }
}

enum Ended {
    Saved,
    Conflict(Box<LineSettings>),
    Failed(ClientError),
}

async fn attempt(desk: &Desk, id: &LineId, mine: &SaveLine, version: u64) -> Ended {
    let Err(error) = desk.save_line(id, mine, version).await else { return Ended::Saved };
    if error.code() != code::STALE {
        return Ended::Failed(error);
    }
    match desk.line(id).await {
        // The answer to an earlier try was lost, or both wanted the same.
        Ok(now) if as_saved(&now) == *mine => Ended::Saved,
        Ok(now) => Ended::Conflict(Box::new(now)),
        Err(error) => Ended::Failed(error),
    }
}

fn as_saved(line: &LineSettings) -> SaveLine {
    SaveLine { team: line.team.clone(), user: line.user.clone(), bot: line.bot, menu: line.menu.clone() }
}
