//! The fields of *Contact assignment*.

use super::assignment::Assignment;
use super::exact::said;
use super::exact_field::{ExactField, exact_field, wrong_line};
use super::returns_sim::returns_sim;
use super::stops::named;
use super::told::window_value;
use super::ways::Afterwards;
use super::window_draft::WindowDraft;
use super::words::{TimingWords, words};
use crate::i18n::{fill, span};
use bandeja_model::timing::{DAY_S, HOUR_S};
use bandeja_ui::view;
use bandeja_ui::{Badge, Checkbox, IconName, Notice, Slider, Step, Tone, next_id};
use leptos::prelude::*;

/// How far *Off* stands from the longest window, so that the two names have room.
const GAP_BEFORE_OFF: u32 = 4;

fn w(assignment: Assignment) -> &'static TimingWords {
    words(assignment.setting.lang.get())
}

/// All of them, with the simulator.
pub(super) fn fields(assignment: Assignment) -> AnyView {
    let ticked = move |ticked: bool| assignment.draft.update(|draft| draft.count_automatic = ticked);
    view! {
        {window(assignment)}
        {ways(assignment)}
        {returns_sim(assignment)}
        <Notice
            icon=IconName::Info
            sentence=Signal::derive(move || w(assignment).notice.to_owned())
            detail=Signal::derive(move || w(assignment).notice_detail.to_owned())
        />
        <Checkbox
            label=Signal::derive(move || w(assignment).count_automatic.to_owned())
            checked=Signal::derive(move || assignment.draft.with(|draft| draft.count_automatic))
            on_change=ticked
        />
    }
    .into_any()
}

/// The exact field, and under it the slider, which say the same.
fn window(assignment: Assignment) -> impl IntoView {
    let wrong = Signal::derive(move || assignment.fault());
    let id = StoredValue::new(next_id("hint"));
    let field = ExactField {
        lang: assignment.setting.lang,
        exact: Signal::derive(move || assignment.draft.with(|draft| draft.exact().clone())),
        is_wrong: Signal::derive(move || wrong.with(Option::is_some)),
        described_by: id,
        on_text: Callback::new(move |text| assignment.draft.update(|draft| draft.type_number(text))),
        on_unit: Callback::new(move |unit| assignment.draft.update(|draft| draft.choose_unit(unit))),
    };
    let stops = Memo::new(move |_| assignment.draft.with(WindowDraft::stops));
    let named_stops = move || {
        let locale = assignment.setting.lang.get();
        let step = |seconds: &u32| {
            let step = Step::new(said(*seconds, locale));
            match named(*seconds) {
                (false, _) => step,
                (true, false) => step.named(short(*seconds, locale)),
                (true, true) => step.named(short(*seconds, locale)).minor(),
            }
        };
        let off = w(assignment).off;
        let last = Step::new(off).named(off).after_gap(GAP_BEFORE_OFF);
        stops.with(|stops| stops.seconds().iter().map(step).chain([last]).collect::<Vec<_>>())
    };
    view! {
        <div class="window-field">
            <div class="cluster" role="group" aria-label=move || w(assignment).window_label>
                <span class="label grow" aria-hidden="true">{move || w(assignment).window_label}</span>
                {exact_field(field)}
            </div>
            <Slider
                label=Signal::derive(move || w(assignment).window_slider.to_owned())
                steps=Signal::derive(named_stops)
                value=Signal::derive(move || assignment.draft.with(WindowDraft::place))
                on_input=move |place| assignment.draft.update(|draft| draft.slide(place))
                hide_label=true
                autofocus=true
            />
            {wrong_line(id, wrong)}
        </div>
    }
}

/// A name under the track: «6 h», «1 día».
fn short(seconds: u32, locale: crate::i18n::Locale) -> String {
    if seconds < DAY_S { format!("{} h", seconds / HOUR_S) } else { span(seconds, locale) }
}

/// Who gets a contact that comes back, inside the window and after it.
fn ways(assignment: Assignment) -> impl IntoView {
    let window_s = move || assignment.draft.with(|draft| draft.window_s().ok().flatten());
    let is_off = Memo::new(move |_| assignment.draft.with(|draft| draft.window_s() == Ok(None)));
    let until = move || match window_s() {
        Some(_) => fill(w(assignment).until, &[&window_value(window_s(), assignment.setting.lang.get())]),
        None if is_off.get() => w(assignment).always.to_owned(),
        None => "…".to_owned(),
    };
    let same = move || {
        let w = w(assignment);
        let rest = if is_off.get() { w.same_always } else { w.same_after };
        view! { {w.same_before} <b>{w.same_agent}</b> {rest} }
    };
    view! {
        <div class="way" class:one=is_off>
            <div class="way-in">
                <Badge tone=Tone::Good>{until}</Badge>
                <p>{same}</p>
            </div>
            {move || {
                (!is_off.get())
                    .then(|| {
                        view! {
                            <div class="way-in">
                                <Badge>{move || w(assignment).afterwards}</Badge>
                                <p>{move || afterwards(assignment)}</p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

fn afterwards(assignment: Assignment) -> AnyView {
    let w = w(assignment);
    let lookups = assignment.setting.desk.with_value(|desk| desk.lookups.get());
    let to = |names: &[String]| {
        let name = |name: &String| if name.is_empty() { w.nobody.to_owned() } else { name.clone() };
        names.iter().map(name).collect::<Vec<_>>().join(w.or)
    };
    let sentence = |before: &'static str, middle: &'static str, names: &[String]| {
        let names = to(names);
        view! { {before} <b>{w.as_new}</b> {middle} <b dir="auto">{names}</b> "." }.into_any()
    };
    match assignment.setting.team.with_value(|team| Afterwards::of(&team.id, &lookups)) {
        Afterwards::NoLine => w.no_lines.into_any(),
        Afterwards::Bot(names) => sentence(w.bot_on, w.bot_on_else, &names),
        Afterwards::Some(names) => sentence(w.bot_some, w.bot_some_else, &names),
        Afterwards::Default(names) => {
            let names = to(&names);
            view! { {w.bot_off} <b dir="auto">{names}</b> "." }.into_any()
        }
    }
}
