//! What is said to screen readers without being shown, at most once a second.

use crate::view;
use crate::watch::watch;
use crate::window_math::between;
use leptos::prelude::*;

use crate::platform::{Timer, now_ms};

/// The least time between two announcements.
const PAUSE_MS: f64 = 1_000.0;

/// The voice of one app. A handle: copies speak with the same voice.
#[derive(Clone, Copy)]
pub struct Announcer {
    waiting: RwSignal<String>,
}

impl Default for Announcer {
    fn default() -> Self {
        Self::new()
    }
}

impl Announcer {
    /// Make it once a mount, and give it to the others by context.
    pub fn new() -> Self {
        Self { waiting: RwSignal::new(String::new()) }
    }

    /// Says a sentence soon. Sentences that wait together are said together; the same one is said once.
    pub fn say(&self, sentence: &str) {
        self.waiting.try_update(|waiting| {
            if !waiting.contains(sentence) {
                if !waiting.is_empty() {
                    waiting.push(' ');
                }
                waiting.push_str(sentence);
            }
        });
    }
}

/// The place where an announcer is heard. Put it once inside `.app`.
#[component]
pub fn LiveRegion(
    /// Whose voice.
    announcer: Announcer,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let last = StoredValue::new(0.0_f64);
    let timer = StoredValue::new_local(None::<Timer>);
    let speak = move || {
        let Some(sentences) = announcer.waiting.try_update_untracked(std::mem::take) else { return };
        last.try_update_value(|last| *last = now_ms());
        said.try_set(sentences);
    };
    watch(move || {
        if announcer.waiting.with(String::is_empty) {
            return;
        }
        let wait = between(last.get_value() + PAUSE_MS - now_ms(), 0.0, PAUSE_MS);
        // A newer sentence replaces the timer, which rings at the same moment.
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1000")]
        timer.set_value(Timer::after(wait as i32, speak));
    });
    view! { <div class="only-sr" role="status" aria-live="polite">{move || said.get()}</div> }
}
