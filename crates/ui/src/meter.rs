//! A bar of parts of a whole: how far something is, and what became of it.

use crate::platform;
use crate::view;
use crate::window_math::between;
use leptos::prelude::*;

/// One part, in the order they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How much.
    pub count: u64,
    /// `""` for what is done, `skip` for what was left alone, `bad` for what went wrong.
    pub class: &'static str,
}

/// The width of a part in percent. A part that is there is seen, however small.
pub fn share(count: u64, whole: u64) -> f64 {
    if count == 0 || whole == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let share = count as f64 / whole as f64 * 100.0;
    between(share, 0.4, 100.0)
}

/// A bar. With a `label` it is a progress bar for assistive technology; without, the words beside it say it.
#[component]
pub fn Meter(
    /// Its parts.
    #[prop(into)]
    parts: Signal<Vec<Part>>,
    /// How much there is in all.
    #[prop(into)]
    whole: Signal<u64>,
    /// What it measures.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// The higher form.
    #[prop(optional)]
    tall: bool,
) -> impl IntoView {
    let now = move || parts.with(|parts| parts.iter().map(|part| part.count).sum::<u64>());
    let part = move |place: usize| {
        let part = Memo::new(move |_| parts.with(|parts| parts.get(place).copied()));
        let width = move || part.get().map_or(0.0, |part| share(part.count, whole.get()));
        view! {
            // One that is not there leaves no gap either.
            <i
                hidden=move || part.get().is_none_or(|part| part.count == 0)
                class=move || part.get().map_or("", |part| part.class)
                style:width=move || platform::percent(width())
            ></i>
        }
    };
    let many = Memo::new(move |_| parts.with(Vec::len));
    view! {
        <div
            class="meter"
            class:tall=tall
            role=label.map(|_| "progressbar")
            aria-label=move || label.map(|label| label.get())
            aria-valuemin=label.map(|_| "0")
            aria-valuemax=move || label.map(|_| whole.get().to_string())
            aria-valuenow=move || label.map(|_| now().to_string())
        >
            {move || (0..many.get()).map(part).collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_percentage_and_a_small_one_is_still_seen() {
        assert!((share(1, 4) - 25.0).abs() < f64::EPSILON);
        assert!((share(1, 100_000) - 0.4).abs() < f64::EPSILON);
        assert!(share(0, 10).abs() < f64::EPSILON && share(3, 0).abs() < f64::EPSILON);
        assert!((share(12, 10) - 100.0).abs() < f64::EPSILON);
    }
}
