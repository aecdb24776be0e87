//! Fields: a label, a native control, and under it a hint or the sentence that says what is missing.

mod checkbox;
mod radios;
mod select;
mod text_area;
mod text_field;

use crate::view;
use leptos::prelude::*;

pub use checkbox::Checkbox;
pub use radios::{Radio, Radios};
pub use select::{Choice, Select};
pub use text_area::TextArea;
pub use text_field::TextField;

use crate::{
    icon::{Icon, IconName},
    ids::next_id,
};

/// What every field has besides its control.
#[derive(Clone, Copy)]
struct Frame {
    label: Signal<String>,
    need: Signal<String>,
    hint: Signal<String>,
    error: Signal<Option<String>>,
    hide_label: bool,
    ids: StoredValue<(String, String)>,
}

impl Frame {
    fn new(
        label: Signal<String>,
        need: Signal<String>,
        hint: Signal<String>,
        error: Signal<Option<String>>,
        hide_label: bool,
    ) -> Self {
        let ids = StoredValue::new((next_id("field"), next_id("hint")));
        Self { label, need, hint, error, hide_label, ids }
    }

    /// The control's id.
    fn id(self) -> String {
        self.ids.with_value(|(id, _)| id.clone())
    }

    /// `aria-invalid` of the control.
    fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// `aria-describedby` of the control: the line below, if there is one.
    fn described_by(self) -> Option<String> {
        let is_said = self.error.with(Option::is_some) || !self.hint.with(String::is_empty);
        is_said.then(|| self.ids.with_value(|(_, hint)| hint.clone()))
    }

    /// Puts label and line around a control. `counter` stands at the end of the line.
    fn around(self, control: AnyView, counter: Option<Signal<Counter>>) -> impl IntoView {
        view! {
            <div class="field" class:wrong=move || self.error.with(Option::is_some)>
                <label for=self.id() class:only-sr=self.hide_label>
                    {move || self.label.get()}
                    {move || {
                        (!self.need.with(String::is_empty))
                            .then(|| view! { <span class="need">{self.need.get()}</span> })
                    }}
                </label>
                {control}
                {move || self.line(counter.map(|counter| counter.get()))}
            </div>
        }
    }

    fn line(self, counter: Option<Counter>) -> AnyView {
        let id = self.ids.with_value(|(_, hint)| hint.clone());
        let counter = counter
            .filter(Counter::is_shown)
            .map(|counter| view! { <span class="left" class:over=counter.is_over()>{counter.text()}</span> });
        match self.error.get() {
            Some(error) => view! {
                <div class="hint bad" id=id role="alert">
                    <Icon name=IconName::Alert/>
                    <span>{error}</span>
                    {counter}
                </div>
            }
            .into_any(),
            None if counter.is_some() || !self.hint.with(String::is_empty) => {
                view! { <div class="hint" id=id><span>{self.hint.get()}</span>{counter}</div> }.into_any()
            }
            None => ().into_any(),
        }
    }
}

/// How much of a length is used, counted in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counter {
    used: usize,
    max: usize,
}

impl Counter {
    /// It appears when four fifths are used: before, it is noise.
    fn is_shown(&self) -> bool {
        self.max > 0 && self.used * 5 >= self.max * 4
    }

    fn is_over(&self) -> bool {
        self.used > self.max
    }

    fn text(&self) -> String {
        format!("{} / {}", self.used, self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_appears_only_near_its_end() {
        assert!(!Counter { used: 79, max: 100 }.is_shown());
        assert!(Counter { used: 80, max: 100 }.is_shown());
        assert!(!Counter { used: 80, max: 0 }.is_shown());
    }

    #[test]
    fn the_last_allowed_character_is_not_too_many() {
        assert!(!Counter { used: 100, max: 100 }.is_over());
        assert!(Counter { used: 101, max: 100 }.is_over());
    }
}
