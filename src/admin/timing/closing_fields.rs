//! The fields of *Contact closing*.

use super::closing::Closing;
use super::closing_sim::closing_sim;
use super::farewell::farewell;
use super::stops::Stops;
use super::time_passed::time_passed;
use super::told::{anchor_word, closing_value, form_said};
use super::words::{TimingWords, words};
use crate::closing::form;
use crate::i18n::fill;
use bandeja_model::timing::{Anchor, TimingField};
use bandeja_ui::view;
use bandeja_ui::{Radio, Radios, Slider, Step, next_id};
use leptos::prelude::*;

/// The words.
pub(super) fn w(closing: Closing) -> &'static TimingWords {
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
        closing.draft.update(|draft| draft.close_after(seconds));
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
