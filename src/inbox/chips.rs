//! The filter as removable chips (P32), and what of a shared link was not understood.

use super::conditions::{ChipWords, Naming, chips};
use super::filter_picker::{AddCondition, Filtering};
use super::options::FilterField;
use super::words::words;
use crate::i18n::{Lang, fill};
use crate::route::{Navigator, Step};
use bandeja_browser::{Desk, desk};
use bandeja_model::Filter;
use bandeja_ui::view;
use bandeja_ui::{Chip, IconButton, IconName, Notice, Tone};
use leptos::prelude::*;

/// The row of chips under the search field.
#[component]
pub fn Chips() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let desk = desk();
    let told = Memo::new(move |_| navigator.route().with(|route| chips_of(&route.filter, &desk, lang)));
    let unread = Memo::new(move |_| navigator.route().with(|route| route.unread_parts.clone()));
    let misread = move || {
        let parts = unread.get();
        (!parts.is_empty()).then(|| {
            let sentence = move || fill(words(lang.get()).unread_parts, &[&parts.join(", ")]);
            view! {
                <div class="list-notice">
                    <Notice
                        tone=Tone::Warn
                        icon=IconName::Warn
                        sentence=Signal::derive(sentence)
                        detail=move || words(lang.get()).unread_parts_detail.to_owned()
                    />
                    <IconButton
                        icon=IconName::X
                        small=true
                        label=move || words(lang.get()).back.to_owned()
                        on_click=move |()| navigator.change(Step::Replace, |_| {})
                    />
                </div>
            }
        })
    };
    view! {
        {misread}
        <div class="chips">
            <For
                each=move || told.get()
                key=|chip| (chip.field, chip.negated, chip.sentence())
                let:chip
            >
                <ConditionChip chip/>
            </For>
            <AddCondition/>
        </div>
    }
}

#[component]
fn ConditionChip(chip: ChipWords) -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let filtering = expect_context::<Filtering>();
    let ChipWords { field, negated, key, value, .. } = chip.clone();
    let label = {
        let sentence = chip.sentence();
        move || fill(words(lang.get()).remove_filter, &[&sentence])
    };
    let remove = move |()| {
        navigator.change(Step::Push, |route| chip.remove_from(&mut route.filter));
    };
    let edit = move |()| {
        if let Some(field) = FilterField::from_name(field) {
            filtering.edit(field, negated);
        }
    };
    view! {
        <Chip
            key_word=key
            value
            not=negated
            remove_label=Signal::derive(label)
            on_edit=Callback::new(edit)
            on_remove=remove
        />
    }
}

/// The chips of a filter in the present language; tracks what their names depend on.
pub fn chips_of(filter: &Filter, desk: &Desk, lang: Lang) -> Vec<ChipWords> {
    let lookups = desk.lookups.get();
    let now = desk.now.get();
    let naming = Naming {
        lookups: &lookups,
        locale: lang.get(),
        now,
        offset_s: lang.offset(),
        day: &|day| lang.short_day(day, now),
    };
    chips(filter, &naming)
}
