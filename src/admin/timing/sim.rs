//! The box of the simulator around the numbers: whose value, of how many, old, under way or not to be had.

use super::simulating::Simulator;
use super::words::{TimingWords, words};
use crate::i18n::Lang;
use bandeja_contract::Simulation;
use bandeja_ui::view;
use bandeja_ui::{Button, Icon, IconName, IconSize};
use leptos::prelude::*;

/// The box. `title` names the value on screen; of the newest simulation `whole` says what it counts and `numbers`
/// what it found.
pub(super) fn sim(
    simulator: Simulator,
    lang: Lang,
    title: impl Fn() -> String + Send + Sync + 'static,
    whole: impl Fn(&Simulation) -> String + Send + Sync + 'static,
    numbers: impl Fn(Simulation) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let w = move || -> &'static TimingWords { words(lang.get()) };
    let failed = move || simulator.failed.with(Option::is_some);
    let inside = move || match simulator.shown.get() {
        Some(simulation) => numbers(simulation),
        None if failed() => ().into_any(),
        None => view! {
            <div class="sim-bones late" role="status">
                <span class="only-sr">{w().sim_wait}</span>
                <span class="bone w52" aria-hidden="true"></span>
                <span class="bone w30" aria-hidden="true"></span>
            </div>
        }
        .into_any(),
    };
    let trouble = move || {
        if failed() {
            let retry = move |()| simulator.retry();
            return Some(
                view! {
                    <div class="sim-trouble" role="alert">
                        <span>{w().sim_failed}</span>
                        <Button small=true icon=IconName::Refresh on_click=Callback::new(retry)>
                            {move || w().retry}
                        </Button>
                    </div>
                }
                .into_any(),
            );
        }
        (!simulator.can_ask()).then(|| view! { <p class="sim-trouble">{w().sim_paused}</p> }.into_any())
    };
    view! {
        <section class="sim" aria-busy=move || (simulator.is_old.get() && simulator.can_ask() && !failed()).to_string()>
            <h3>
                <Icon name=IconName::Eye size=IconSize::Small/>
                <span class="grow">{title}</span>
                <span class="faint">
                    {move || simulator.shown.with(|shown| shown.as_ref().map(&whole))}
                </span>
            </h3>
            <div class="sim-in" class:old=simulator.is_old aria-live="polite">{inside}</div>
            {trouble}
        </section>
    }
}
