//! The fields of *Contact closing*.

use super::closing::Closing;
use super::closing_sim::closing_sim;
use super::exact::said;
use super::exact_field::{ExactField, exact_field, wrong_line};
use super::idle_draft::{Notice, proposed_notice};
use super::stops::Stops;
use super::told::{anchor_word, closing_value, form_said};
use super::words::{TimingWords, words};
use crate::closing::form;
use crate::i18n::fill;
use bandeja_model::limits::FAREWELL_CHARS;
use bandeja_model::timing::{Anchor, DAY_S, TimingField};
use bandeja_ui::view;
use bandeja_ui::{Checkbox, Radio, Radios, Slider, Step, TextArea, next_id};
use chrono::Duration;
use leptos::prelude::*;

fn w(closing: Closing) -> &'static TimingWords {
    words(closing.setting.lang.get())
}

/// All of them, with the simulator.
pub(super) fn fields(closing: Closing) -> AnyView {
    view! {
        {slider(closing)}
        {closing_sim(closing)}
        {anchor(closing)}
        <div class="opts">{time_passed(closing)} {farewell(closing)}</div>
        {closes_as(closing)}
    }
    .into_any()
}

fn slider(closing: Closing) -> impl IntoView {
    // What was read keeps its stop while the dialog is open, so that one can go back to it.
    let own =
        move || closing.setting.read.with(|read| read.as_ref().and_then(|read| read.inactivity.after_s));
    let stops = Memo::new(move |_| Stops::closing(own()));
    let named_stops = move || {
        let locale = closing.setting.lang.get();
        let step = |seconds: Option<u32>| {
            let text = closing_value(seconds, locale);
            Step::new(text.clone()).named(text)
        };
        stops.with(|stops| {
            stops.seconds().iter().copied().map(Some).chain([None]).map(step).collect::<Vec<_>>()
        })
    };
    let value = move || closing.draft.with(|draft| stops.with(|stops| stops.place_of(draft.after_s)));
    let moved = move |place: usize| {
        let seconds = stops.with_untracked(|stops| stops.at(place));
        closing.draft.update(|draft| draft.after_s = seconds);
    };
    let need = move || match closing.after() {
        Some(after) => fill(w(closing).without_activity, &[&after]),
        None => w(closing).never_said.to_owned(),
    };
    view! {
        <Slider
            label=Signal::derive(move || w(closing).close_after.to_owned())
            steps=Signal::derive(named_stops)
            value=Signal::derive(value)
            on_input=moved
            need=Signal::derive(need)
            error=Signal::derive(move || closing.fault(TimingField::After))
            autofocus=true
        />
    }
}

fn anchor(closing: Closing) -> impl IntoView {
    let choices = move || {
        let w = w(closing);
        let choice = |anchor: Anchor| Radio {
            id: anchor.code(),
            label: anchor_word(anchor, w).to_owned(),
            hint: if anchor == Anchor::Any { w.anchor_any_hint.to_owned() } else { String::new() },
        };
        Anchor::ALL.map(choice).to_vec()
    };
    let chosen = move |code: &'static str| {
        let anchor = Anchor::from_code(code).unwrap_or_default();
        closing.draft.update(|draft| draft.anchor = anchor);
    };
    view! {
        <Radios
            label=Signal::derive(move || w(closing).anchor.to_owned())
            choices=Signal::derive(choices)
            value=Signal::derive(move || closing.draft.with(|draft| draft.anchor.code()))
            on_change=chosen
        />
    }
}

/// Whether the time before saving counts, with the numbers of both answers (P26).
fn time_passed(closing: Closing) -> impl IntoView {
    let hint = move || {
        let w = w(closing);
        let number = |n| closing.setting.lang.number(n);
        let found = closing.simulator.shown.with(|shown| shown.as_ref().map(|shown| shown.inactivity));
        let is_never = closing.draft.with(|draft| draft.after_s.is_none());
        let Some(found) = found.filter(|_| !is_never) else {
            return earliest(closing).map(|day| fill(w.count_earliest, &[&day])).unwrap_or_default();
        };
        let (with, without) = (found.with_time_passed, found.from_saving);
        let numbers = [with.now, with.by_tonight, without.now, without.by_tonight].map(number);
        let day = earliest(closing);
        let text = if day.is_some() { w.count_both_earliest } else { w.count_both };
        let said: Vec<_> = numbers.iter().chain(&day).map(String::as_str).collect();
        fill(text, &said)
    };
    view! {
        <Checkbox
            label=Signal::derive(move || w(closing).count_passed.to_owned())
            checked=Signal::derive(move || closing.draft.with(|draft| draft.count_time_passed))
            on_change=move |ticked: bool| closing.draft.update(|draft| draft.count_time_passed = ticked)
            hint=Signal::derive(hint)
        />
    }
}

/// The first day on which one may close if the time before does not count: its clock starts at saving, or ran
/// already where saving does not start it anew. Nothing if that has come.
fn earliest(closing: Closing) -> Option<String> {
    let lang = closing.setting.lang;
    let now = closing.setting.desk.with_value(|desk| desk.now.get());
    let after_s = closing.draft.with(|draft| draft.after_s)?;
    let read = closing.setting.read.get()?;
    let mut mine = closing.draft.with(|draft| draft.inactivity(read.inactivity.form.clone()))?;
    mine.count_time_passed = false;
    let since = if read.inactivity.restarts_clock(&mine) { now } else { read.clock_since };
    let at = since + Duration::seconds(i64::from(after_s));
    let day = (at + Duration::seconds(i64::from(lang.offset()))).date_naive();
    (at > now).then(|| lang.short_day(day, now))
}

fn farewell(closing: Closing) -> impl IntoView {
    let lang = closing.setting.lang;
    let is_ticked = move || closing.draft.with(|draft| draft.farewell);
    let notice_s = move || closing.draft.with(|draft| draft.notice.seconds());
    let notice = move || said(notice_s().unwrap_or(DAY_S), lang.get());
    let text = move || {
        let text = closing.draft.with(|draft| draft.text.trim().to_owned());
        if text.is_empty() && !is_ticked() { proposed_text(closing) } else { text }
    };
    let hint = move || {
        let text = text();
        if text.is_empty() { text } else { fill(w(closing).farewell_quote, &[&text]) }
    };
    let tick = move |ticked: bool| {
        let proposed = untrack(|| proposed_text(closing));
        closing.draft.update(|draft| {
            draft.farewell = ticked;
            if ticked && draft.text.trim().is_empty() {
                draft.text = proposed;
                draft.notice = Notice::of(proposed_notice(draft.after_s));
            }
        });
    };
    view! {
        <div class="farewell">
            <Checkbox
                label=Signal::derive(move || fill(w(closing).farewell, &[&notice()]))
                checked=Signal::derive(is_ticked)
                on_change=tick
                hint=Signal::derive(hint)
            />
            <Show when=is_ticked>
                <div class="nested">
                    <p class="faint">{move || w(closing).farewell_window}</p>
                    {move || if closing.farewell_open.get() { farewell_fields(closing) } else { edit(closing) }}
                </div>
            </Show>
        </div>
    }
}

/// Said «mañana» where that is what a day of notice means.
fn proposed_text(closing: Closing) -> String {
    let (w, locale) = (w(closing), closing.setting.lang.get());
    match proposed_notice(closing.draft.with(|draft| draft.after_s)) {
        DAY_S => w.farewell_default.to_owned(),
        notice_s => fill(w.farewell_default_in, &[&said(notice_s, locale)]),
    }
}

fn edit(closing: Closing) -> AnyView {
    view! {
        <button type="button" class="link" on:click=move |_| closing.farewell_open.set(true)>
            {move || w(closing).farewell_edit}
        </button>
    }
    .into_any()
}

fn farewell_fields(closing: Closing) -> AnyView {
    let wrong = Signal::derive(move || closing.fault(TimingField::FarewellNotice));
    let id = StoredValue::new(next_id("hint"));
    let field = ExactField {
        lang: closing.setting.lang,
        exact: Signal::derive(move || closing.draft.with(|draft| draft.notice.typed.clone())),
        is_wrong: Signal::derive(move || wrong.with(Option::is_some)),
        described_by: id,
        on_text: Callback::new(move |text| closing.draft.update(|draft| draft.notice.typed.text = text)),
        on_unit: Callback::new(move |unit| closing.draft.update(|draft| draft.notice.typed.unit = unit)),
    };
    view! {
        <div class="field" role="group" aria-label=move || w(closing).farewell_notice>
            <span class="label" aria-hidden="true">{move || w(closing).farewell_notice}</span>
            {exact_field(field)}
            {wrong_line(id, wrong)}
        </div>
        <TextArea
            label=Signal::derive(move || w(closing).farewell_text.to_owned())
            value=Signal::derive(move || closing.draft.with(|draft| draft.text.clone()))
            on_input=move |text| closing.draft.update(|draft| draft.text = text)
            max=FAREWELL_CHARS
            error=Signal::derive(move || closing.fault(TimingField::FarewellText))
            required=true
        />
    }
    .into_any()
}

/// What the closing record will say, in a line that unfolds into the closing form.
fn closes_as(closing: Closing) -> impl IntoView {
    let line = move || {
        let lookups = closing.lookups();
        closing.form.typed.with(|typed| form_said(&typed.draft, &lookups, w(closing)))
    };
    let form_id = next_id("form");
    let controls = form_id.clone();
    view! {
        <div class="closes-as">
            <div class="cluster">
                <span class="muted">{move || w(closing).closes_as}</span>
                <b class="clip" dir="auto">{line}</b>
                <button
                    type="button"
                    class="link"
                    aria-expanded=move || closing.form_open.get().to_string()
                    aria-controls=controls
                    on:click=move |_| closing.form_open.update(|open| *open = !*open)
                >
                    {move || w(closing).change}
                </button>
            </div>
            <div id=form_id class="stack" hidden=move || !closing.form_open.get()>
                {move || closing.form_open.get().then(|| form::fields(closing.form))}
            </div>
        </div>
    }
}
