//! A slider over named steps, on the native element: keys, touch and screen readers are the browser's.

mod steps;

use crate::view;
use leptos::{html, prelude::*};

use crate::{ids::next_id, platform, watch::watch};

pub use steps::Step;
use steps::Track;

/// A slider. Its value is the place of a step in the list; what that means, the steps say in words.
#[component]
pub fn Slider(
    /// What is chosen with it.
    #[prop(into)]
    label: Signal<String>,
    /// The steps, at least one.
    #[prop(into)]
    steps: Signal<Vec<Step>>,
    /// The place of the step chosen now.
    #[prop(into)]
    value: Signal<usize>,
    /// The reader moved it to the step of that place.
    #[prop(into)]
    on_input: Callback<usize>,
    /// Words behind the label: what the value does.
    #[prop(optional, into)]
    need: Signal<String>,
    /// What is wrong, as a sentence.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether the label is only said.
    #[prop(optional)]
    hide_label: bool,
    /// Whether a dialog gives it the focus first.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let (id, wrong_id) = (next_id("slider"), next_id("hint"));
    let node = NodeRef::<html::Input>::new();
    let held = StoredValue::new(false);
    let track = Memo::new(move |_| steps.with(|steps| Track::of(steps)));
    let unit = move || track.with(|track| track.unit_of(value.get()));
    // The end before the value: a browser cuts a value that is beyond it.
    watch(move || {
        let Some(input) = node.get() else { return };
        input.set_max(&track.with(Track::end).to_string());
        input.set_value(&unit().to_string());
    });
    let moved = move |raw: u32| {
        let before = value.get_untracked();
        let now = track.with_untracked(|track| track.step_at(raw, before, held.get_value()));
        if let Some(input) = node.get_untracked() {
            input.set_value(&track.with_untracked(|track| track.unit_of(now)).to_string());
        }
        if now != before {
            on_input.run(now);
        }
    };
    let text = move || steps.with(|steps| steps.get(value.get()).map(|step| step.text.clone()));
    let at = move |place: usize| platform::percent(track.with(|track| track.share_of(place)) * 100.0);
    let described_by = wrong_id.clone();
    let dots = move || {
        let named = |(place, step): (usize, &Step)| (!step.label.is_empty()).then_some(place);
        let places: Vec<_> = steps.with(|steps| steps.iter().enumerate().filter_map(named).collect());
        places
            .into_iter()
            .map(|place| {
                view! { <span class="stop" class:done=move || place < value.get() style:left=move || at(place)></span> }
            })
            .collect_view()
    };
    let names = move || {
        let all = steps.get().into_iter().enumerate().filter(|(_, step)| !step.label.is_empty());
        all.map(|(place, step)| {
            view! {
                <button
                    type="button"
                    tabindex="-1"
                    class:here=move || value.get() == place
                    class:minor=step.minor
                    style:left=move || at(place)
                    on:click=move |_| {
                        if let Some(input) = node.get_untracked() {
                            platform::focus(&input);
                        }
                        on_input.run(place);
                    }
                >
                    {step.label}
                </button>
            }
        })
        .collect_view()
    };
    view! {
        <div class="field slider-field" class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone() class:only-sr=hide_label>
                {move || label.get()}
                {move || {
                    (!need.with(String::is_empty)).then(|| view! { <span class="need">{need.get()}</span> })
                }}
            </label>
            <div class="slider">
                <div class="track" aria-hidden="true">
                    <span class="fill" style:width=move || at(value.get())></span>
                    {dots}
                </div>
                <input
                    node_ref=node
                    id=id
                    class="range"
                    type="range"
                    min="0"
                    step="1"
                    aria-valuetext=text
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || error.with(Option::is_some).then(|| described_by.clone())
                    data-autofocus=autofocus.then_some("")
                    on:pointerdown=move |_| held.set_value(true)
                    on:pointerup=move |_| held.set_value(false)
                    on:pointercancel=move |_| held.set_value(false)
                    on:keydown=move |_| held.set_value(false)
                    on:input=move |event| moved(event_target_value(&event).parse().unwrap_or_default())
                />
                // Said by the slider itself; for pointers each name is a way to its step.
                <div class="scale" aria-hidden="true">{names}</div>
            </div>
            {move || {
                let id = wrong_id.clone();
                error
                    .get()
                    .map(|error| view! { <div class="hint bad" id=id role="alert"><span>{error}</span></div> })
            }}
        </div>
    }
}
