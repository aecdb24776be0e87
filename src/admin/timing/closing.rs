//! The dialog *Contact closing*: what is chosen in it, what is wrong with it, saving (P26).

use super::closing_fields::fields;
use super::faults::{Faults, of_form, say};
use super::halves::Half;
use super::idle_draft::IdleDraft;
use super::setting::Setting;
use super::simulating::Simulator;
use super::told::{closing_rows, closing_value};
use super::words::words;
use crate::admin::editing::{Parts, Row, State, frame, point_out, words as editing_words};
use crate::closing::form::Form;
use crate::closing::typed::{self, Typed};
use crate::i18n::{Lang, fill, span};
use bandeja_browser::SessionState;
use bandeja_client::Lookups;
use bandeja_contract::Team;
use bandeja_model::closing::{ClosingDraft, ClosingForm};
use bandeja_model::timing::{SavedTiming, Timing, TimingFault, TimingField};
use bandeja_ui::{view, watch};
use leptos::prelude::*;
use std::sync::Arc;

/// What is chosen in the dialog. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Closing {
    pub(super) setting: Setting,
    pub(super) draft: RwSignal<IdleDraft>,
    /// The closing form's values.
    pub(super) form: Form,
    /// Its fields are shown.
    pub(super) form_open: RwSignal<bool>,
    /// The fields of the message before closing are shown.
    pub(super) farewell_open: RwSignal<bool>,
    /// What would be saved; nothing while something typed is no number.
    pub(super) mine: Memo<Option<Timing>>,
    /// What is wrong and is said.
    pub(super) faults: Memo<Faults>,
    pub(super) simulator: Simulator,
}

/// The dialog of a team; mount it with the team, and it opens and closes with `open`.
#[component]
pub fn ClosingDialog(
    /// Whose setting.
    team: Team,
    /// Whether it is shown; it sets it back itself.
    open: RwSignal<bool>,
    /// It was saved: the settings as they are now.
    #[prop(into)]
    saved: Callback<SavedTiming>,
) -> impl IntoView {
    let closing = Closing::new(team, open, saved);
    let body = NodeRef::new();
    let setting = closing.setting;
    let w = move || words(setting.lang.get());
    let parts = Parts {
        title: Signal::derive(move || w().closing_title.to_owned()),
        line: Signal::derive(move || fill(w().closing_line, &[&setting.name()])),
        named: Signal::derive(move || format!("{} ({})", w().closing_title, setting.name())),
        is_changed: Signal::derive(move || closing.is_changed()),
        load: Callback::new(move |()| setting.load()),
        save: Callback::new(move |()| closing.save(false, body)),
        rows: Signal::derive(move || setting.theirs.get().map(|theirs| closing.rows(&theirs))),
        keep_theirs: Callback::new(move |()| setting.keep_theirs()),
        save_over: Callback::new(move |()| closing.save(true, body)),
        body,
    };
    view! { {frame(setting.editing(), parts, move || fields(closing))} }
}

impl Closing {
    fn new(team: Team, open: RwSignal<bool>, saved: Callback<SavedTiming>) -> Self {
        let lang = Lang::here();
        let told = Callback::new(move |saved: SavedTiming| {
            let locale = lang.get_untracked();
            let value = closing_value(saved.inactivity.after_s, lang.get_untracked());
            fill(editing_words(locale).saved, &[words(locale).closing_title, &value])
        });
        let campaign = team.campaign.clone();
        let setting = Setting::new(Half::Closing, team, open, saved, told);
        let desk = setting.desk.get_value();
        let session = desk.session.clone();
        let modes = Memo::new(move |_| match session.get() {
            SessionState::SignedIn(session) => session.forms_of(&campaign).close,
            _ => ClosingForm::CLOSE,
        });
        let form = Form {
            cancels: false,
            many: true,
            modes,
            typed: RwSignal::new(Typed::default()),
            faults: RwSignal::new(typed::Faults::new()),
            lang,
            known: desk.lookups.clone().into(),
        };
        let draft = RwSignal::new(IdleDraft::default());
        let mine = Memo::new(move |_| {
            let read = setting.read.get()?;
            let values = form.typed.with(|typed| typed.asked_for(&modes.get()).draft);
            let inactivity = draft.with(|draft| draft.inactivity(values))?;
            Some(Timing { inactivity, reassignment: read.reassignment })
        });
        let faults = Memo::new(move |_| said_faults(setting, draft, form));
        let closing = Self {
            setting,
            draft,
            form,
            form_open: RwSignal::new(false),
            farewell_open: RwSignal::new(false),
            mine,
            faults,
            simulator: Simulator::follow(setting, Memo::new(move |_| tried(mine.get(), &faults.get()))),
        };
        closing.begin();
        closing.follow_faults();
        closing
    }

    /// Puts what was read into the fields, each time it was read.
    fn begin(self) {
        watch(move || {
            if self.setting.state.get() != State::Ready {
                return;
            }
            let Some(read) = self.setting.read.get_untracked() else { return };
            self.draft.set(IdleDraft::of(&read.inactivity));
            self.form.typed.set(Typed { draft: read.inactivity.form, ..Typed::default() });
            self.form_open.set(false);
            self.farewell_open.set(false);
        });
    }

    fn follow_faults(self) {
        watch(move || self.form.faults.set(self.faults.with(of_form)));
        // What the server said is of what was sent.
        watch(move || {
            self.draft.track();
            self.form.typed.track();
            self.setting.refused.set(Faults::new());
        });
    }

    fn is_changed(self) -> bool {
        let read = self.setting.read.get();
        read.is_some_and(|read| {
            let values = self.form.typed.with(|typed| typed.draft.clone());
            self.draft.with(|draft| draft.is_changed(values, &read.inactivity))
        })
    }

    /// Names and choices.
    pub(super) fn lookups(self) -> Arc<Lookups> {
        self.form.known.get()
    }

    /// What is wrong with a field.
    pub(super) fn fault(self, field: TimingField) -> Option<String> {
        self.faults
            .with(|faults| faults.iter().find(|(other, _)| *other == field).map(|(_, said)| said.clone()))
    }

    fn save(self, over: bool, body: NodeRef<leptos::html::Div>) {
        self.setting.tried.set(true);
        let lead = move || {
            self.unfold_wrong();
            point_out(body);
        };
        let is_right = untrack(|| self.faults.with(Vec::is_empty));
        let Some(mine) = untrack(|| self.mine.get()).filter(|_| is_right) else { return lead() };
        if over {
            self.setting.save_over(mine, lead);
        } else {
            self.setting.save(mine, lead);
        }
    }

    /// A wrong field that is folded away cannot be put right.
    fn unfold_wrong(self) {
        let faults = untrack(|| self.faults.get());
        if faults.iter().any(|(field, _)| matches!(field, TimingField::Form(_))) {
            self.form_open.set(true);
        }
        let farewell = [TimingField::FarewellText, TimingField::FarewellNotice];
        if faults.iter().any(|(field, _)| farewell.contains(field)) {
            self.farewell_open.set(true);
        }
    }

    fn rows(self, theirs: &SavedTiming) -> Vec<Row> {
        let Some(mine) = self.mine.get() else { return Vec::new() };
        closing_rows(&theirs.inactivity, &mine.inactivity, &self.lookups(), self.setting.lang.get())
    }

    /// The time without activity in words; nothing for never.
    pub(super) fn after(self) -> Option<String> {
        let locale = self.setting.lang.get();
        self.draft.with(|draft| draft.after_s).map(|seconds| span(seconds, locale))
    }
}

/// What the simulator is asked: what it counts depends neither on the form nor on the words of the message, so
/// that typing those asks nothing. Nothing while a value is out of range.
fn tried(mine: Option<Timing>, faults: &Faults) -> Option<Timing> {
    let counts = |field: &TimingField| matches!(field, TimingField::After | TimingField::FarewellNotice);
    let mut mine = mine.filter(|_| !faults.iter().any(|(field, _)| counts(field)))?;
    mine.inactivity.form = ClosingDraft::default();
    if let Some(farewell) = &mut mine.inactivity.farewell {
        "…".clone_into(&mut farewell.text);
    }
    Some(mine)
}

/// What is wrong, as far as it is said: what is missing only after somebody tried to save.
fn said_faults(setting: Setting, draft: RwSignal<IdleDraft>, form: Form) -> Faults {
    let (locale, is_tried) = (setting.lang.get(), setting.tried.get());
    let modes = form.modes();
    let values = form.typed.with(|typed| typed.asked_for(&modes).draft);
    let mut faults = Vec::new();
    let mut draft = draft.get();
    if draft.farewell && draft.notice.seconds().is_none() {
        faults.push((TimingField::FarewellNotice, TimingFault::Missing));
        draft.farewell = false;
    }
    if let Some(inactivity) = draft.inactivity(values) {
        let timing = Timing { inactivity, ..Timing::default() };
        faults.extend(timing.check(&modes, &form.lookups().categories));
    }
    let is_said =
        |fault: &(TimingField, TimingFault)| is_tried || matches!(fault.1, TimingFault::OutOfRange(..));
    let ours = faults.into_iter().filter(is_said).map(|fault| say(fault, locale));
    ours.chain(setting.refused.get()).collect()
}
