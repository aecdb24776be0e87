//! What *Contact closing* would do, in numbers.

use super::closing::Closing;
use super::sim::sim;
use super::told::closing_value;
use super::words::words;
use crate::i18n::{fill, plural};
use bandeja_contract::Simulation;
use bandeja_ui::view;
use bandeja_ui::{Meter, Part};
use leptos::prelude::*;

/// The box of the simulator.
pub(super) fn closing_sim(closing: Closing) -> impl IntoView {
    let lang = closing.setting.lang;
    let w = move || words(lang.get());
    let title = move || match closing.draft.with(|draft| draft.after_s) {
        None => w().sim_never.to_owned(),
        after_s => fill(w().sim_with, &[&closing_value(after_s, lang.get())]),
    };
    let whole = move |found: &Simulation| {
        let open = found.inactivity.open;
        let text = plural(open, w().sim_of_one, w().sim_of_other);
        let said = fill(text, &[&lang.number(open), &lang.clock(found.at)]);
        if found.inactivity.exact { said } else { fill(w().sim_about, &[&said]) }
    };
    let numbers = move |found: Simulation| {
        // Decided by what is on screen: the numbers before are still there for a moment.
        let is_never = Memo::new(move |_| closing.draft.with(|draft| draft.after_s.is_none()));
        let has_farewell = Memo::new(move |_| closing.draft.with(|draft| draft.farewell));
        (move || {
            if is_never.get() {
                view! { <p class="sim-none">{w().sim_none}</p> }.into_any()
            } else {
                figures(closing, &found, has_farewell.get())
            }
        })
        .into_any()
    };
    sim(closing.simulator, lang, title, whole, numbers)
}

fn figures(closing: Closing, found: &Simulation, has_farewell: bool) -> AnyView {
    let w = words(closing.setting.lang.get());
    let found = found.inactivity;
    let later = found.by_tonight.saturating_sub(found.now);
    let figure = move |count: u64, label: &'static str| {
        let number = closing.setting.lang.number(count);
        view! { <li class="figure"><b>{number}</b><span>{label}</span></li> }
    };
    let parts = vec![Part { count: found.now, class: "" }, Part { count: later, class: "later" }];
    view! {
        <ul class="figures">
            {figure(found.now, plural(found.now, w.sim_now_one, w.sim_now_other))}
            {figure(later, w.sim_tonight)}
            {figure(found.snoozed, plural(found.snoozed, w.sim_snoozed_one, w.sim_snoozed_other))}
            {has_farewell.then(|| figure(found.warned, w.sim_warned))}
        </ul>
        // Only drawn: the figures above say it.
        <div aria-hidden="true">
            <Meter parts=Signal::stored(parts) whole=Signal::stored(found.open)/>
        </div>
    }
    .into_any()
}
