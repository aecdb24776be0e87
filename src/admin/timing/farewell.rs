//! The message that tells the contact before closing: whether, how long before, what it says.

use super::closing::Closing;
use super::closing_fields::w;
use super::exact::said;
use super::exact_field::{ExactField, exact_field, wrong_line};
use super::idle_draft::{Notice, proposed_notice};
use crate::i18n::fill;
use bandeja_model::limits::FAREWELL_CHARS;
use bandeja_model::timing::{DAY_S, TimingField};
use bandeja_ui::view;
use bandeja_ui::{Checkbox, TextArea, next_id};
use leptos::prelude::*;

/// The box, and while it is ticked a way to its fields.
pub(super) fn farewell(closing: Closing) -> impl IntoView {
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
