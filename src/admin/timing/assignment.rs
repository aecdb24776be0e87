//! The dialog *Contact assignment*: what is chosen in it, what is wrong with it, saving (P27).

use super::assignment_fields::fields;
use super::faults::{Faults, say};
use super::halves::Half;
use super::setting::Setting;
use super::simulating::Simulator;
use super::told::{window_rows, window_value};
use super::window_draft::WindowDraft;
use super::words::words;
use crate::admin::editing::{Parts, Row, State, frame, point_out, words as editing_words};
use crate::i18n::{Lang, fill};
use bandeja_contract::Team;
use bandeja_model::closing::ClosingForm;
use bandeja_model::timing::{Inactivity, SavedTiming, Timing, TimingFault, TimingField};
use bandeja_ui::{view, watch};
use leptos::html;
use leptos::prelude::*;

/// What is chosen in the dialog. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Assignment {
    pub(super) setting: Setting,
    pub(super) draft: RwSignal<WindowDraft>,
    /// What would be saved; nothing while what is typed is no number.
    pub(super) mine: Memo<Option<Timing>>,
    /// What is wrong and is said.
    pub(super) faults: Memo<Faults>,
    pub(super) simulator: Simulator,
}

/// The dialog of a team; mount it with the team, and it opens and closes with `open`.
#[component]
pub fn AssignmentDialog(
    /// Whose setting.
    team: Team,
    /// Whether it is shown; it sets it back itself.
    open: RwSignal<bool>,
    /// It was saved: the settings as they are now.
    #[prop(into)]
    saved: Callback<SavedTiming>,
) -> impl IntoView {
    let assignment = Assignment::new(team, open, saved);
    let body = NodeRef::new();
    let setting = assignment.setting;
    let w = move || words(setting.lang.get());
    let parts = Parts {
        title: Signal::derive(move || w().assignment_title.to_owned()),
        line: Signal::derive(move || fill(w().assignment_line, &[&setting.name()])),
        named: Signal::derive(move || format!("{} ({})", w().assignment_title, setting.name())),
        is_changed: Signal::derive(move || assignment.is_changed()),
        load: Callback::new(move |()| setting.load()),
        save: Callback::new(move |()| assignment.save(false, body)),
        rows: Signal::derive(move || setting.theirs.get().map(|theirs| assignment.rows(&theirs))),
        keep_theirs: Callback::new(move |()| setting.keep_theirs()),
        save_over: Callback::new(move |()| assignment.save(true, body)),
        body,
    };
    view! { {frame(setting.editing(), parts, move || fields(assignment))} }
}

impl Assignment {
    fn new(team: Team, open: RwSignal<bool>, saved: Callback<SavedTiming>) -> Self {
        let lang = Lang::here();
        let told = Callback::new(move |saved: SavedTiming| {
            let locale = lang.get_untracked();
            let value = window_value(saved.reassignment.window_s, lang.get_untracked());
            fill(editing_words(locale).saved, &[words(locale).assignment_title, &value])
        });
        let setting = Setting::new(Half::Assignment, team, open, saved, told);
        let draft = RwSignal::new(WindowDraft::default());
        let mine = Memo::new(move |_| {
            let read = setting.read.get()?;
            let reassignment = draft.with(WindowDraft::reassignment)?;
            Some(Timing { inactivity: read.inactivity, reassignment })
        });
        let faults = Memo::new(move |_| said_faults(setting, draft));
        // A value out of range is not asked about: the server would refuse it.
        let tried = Memo::new(move |_| mine.get().filter(|_| faults.with(Vec::is_empty)));
        let simulator = Simulator::follow(setting, tried);
        watch(move || {
            if setting.state.get() == State::Ready
                && let Some(read) = setting.read.get_untracked()
            {
                draft.set(WindowDraft::of(read.reassignment));
            }
        });
        // What the server said is of what was sent.
        watch(move || {
            draft.track();
            setting.refused.set(Faults::new());
        });
        Self { setting, draft, mine, faults, simulator }
    }

    fn is_changed(self) -> bool {
        let read = self.setting.read.get();
        read.is_some_and(|read| self.draft.with(|draft| draft.is_changed(read.reassignment)))
    }

    fn rows(self, theirs: &SavedTiming) -> Vec<Row> {
        let mine = self.draft.with(WindowDraft::reassignment).unwrap_or_default();
        window_rows(theirs.reassignment, mine, self.setting.lang.get())
    }

    /// What is wrong with the window.
    pub(super) fn fault(self) -> Option<String> {
        self.faults.with(|faults| faults.first().map(|(_, said)| said.clone()))
    }

    fn save(self, over: bool, body: NodeRef<html::Div>) {
        self.setting.tried.set(true);
        let point_out = move || point_out(body);
        let is_right = untrack(|| self.faults.with(Vec::is_empty));
        let Some(mine) = untrack(|| self.mine.get()).filter(|_| is_right) else { return point_out() };
        if over {
            self.setting.save_over(mine, point_out);
        } else {
            self.setting.save(mine, point_out);
        }
    }
}

/// What is wrong, as far as it is said: a field that is just being emptied is not, until somebody tried to save.
fn said_faults(setting: Setting, draft: RwSignal<WindowDraft>) -> Faults {
    let (locale, is_tried) = (setting.lang.get(), setting.tried.get());
    let found = match draft.with(WindowDraft::reassignment) {
        None if is_tried => vec![(TimingField::Window, TimingFault::Missing)],
        None => Vec::new(),
        Some(reassignment) => {
            let timing = Timing { inactivity: Inactivity::default(), reassignment };
            timing.check(&ClosingForm::CLOSE, &[])
        }
    };
    found.into_iter().map(|fault| say(fault, locale)).chain(setting.refused.get()).collect()
}
