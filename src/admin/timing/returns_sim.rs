//! Whom the contacts that came back would have met, in numbers.

use super::assignment::Assignment;
use super::sim::sim;
use super::told::window_value;
use super::window_draft::WindowDraft;
use super::words::words;
use crate::i18n::{fill, plural};
use bandeja_contract::Simulation;
use bandeja_model::timing::RETURNS_DAYS;
use bandeja_ui::view;
use bandeja_ui::{Share, Shares};
use leptos::prelude::*;

/// The box of the simulator.
pub(super) fn returns_sim(assignment: Assignment) -> impl IntoView {
    let lang = assignment.setting.lang;
    let w = move || words(lang.get());
    let title = move || match assignment.draft.with(WindowDraft::window_s) {
        Ok(Some(window_s)) => fill(w().sim_with, &[&window_value(Some(window_s), lang.get())]),
        Ok(None) => w().sim_off.to_owned(),
        Err(_) => fill(w().sim_with, &["…"]),
    };
    let whole = move |found: &Simulation| {
        let all = all(found);
        let text = plural(all, w().sim_returned_one, w().sim_returned_other);
        let said = fill(text, &[&lang.number(all), &RETURNS_DAYS.to_string()]);
        if found.reassignment.exact { said } else { fill(w().sim_about, &[&said]) }
    };
    let numbers = move |found: Simulation| {
        if all(&found) == 0 {
            let said = fill(w().sim_nobody, &[&RETURNS_DAYS.to_string()]);
            return view! { <p class="sim-none">{said}</p> }.into_any();
        }
        let shares = move || {
            let found = found.reassignment;
            let share = |count: u64, label: &str, class| Share {
                count,
                number: lang.number(count),
                label: label.to_owned(),
                class,
            };
            vec![
                share(found.same_agent, w().sim_same, ""),
                share(found.bot, w().sim_bot, "bot"),
                share(found.line_default, w().sim_line, "default"),
            ]
        };
        view! { <Shares label=Signal::derive(title) shares=Signal::derive(shares)/> }.into_any()
    };
    sim(assignment.simulator, lang, title, whole, numbers)
}

fn all(found: &Simulation) -> u64 {
    let found = found.reassignment;
    found.same_agent + found.bot + found.line_default
}
