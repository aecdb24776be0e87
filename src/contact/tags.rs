//! Labels of the conversation: each can be taken away, others added.

use super::pane::Person;
use crate::i18n::fill;
use bandeja_client::Intent;
use bandeja_contract::Tag as Label;
use bandeja_model::{Action, TagId, limits};
use bandeja_ui::view;
use bandeja_ui::{Align, IconButton, IconName, Leading, Picker, PickerItem, Tag};
use leptos::prelude::*;

/// The labels and what changes them.
pub(super) fn tags(person: Person) -> impl IntoView {
    let tags = Memo::new(move |_| {
        person.conversation.with(|now| now.as_ref().map(|now| now.tags.clone()).unwrap_or_default())
    });
    let off = move || {
        let now = person.conversation.get()?;
        let reason = person.acting.with_value(|acting| acting.reason(Action::Tag, &now));
        let full = tags.with(|tags| tags.len() >= limits::TAGS);
        let said = || {
            let w = crate::acting::words::words(person.lang.get());
            fill(w.tags_limit, &[&limits::TAGS.to_string()])
        };
        reason.or_else(|| full.then(said))
    };
    let items = move || {
        let item = |tag: &Label| {
            PickerItem::new(tag.id.as_str(), tag.name.clone()).with_leading(Leading::Dot(tag.color.clone()))
        };
        let lookups = person.lookups();
        let absent = |tag: &&Label| tags.with(|tags| !tags.contains(&tag.id));
        lookups.tags.iter().filter(absent).map(item).collect::<Vec<_>>()
    };
    let add = move |id: String| {
        let mut all = tags.get_untracked();
        all.push(TagId::from(id));
        all.sort();
        all.dedup();
        set(person, all);
    };
    let shown = move || {
        let lookups = person.lookups();
        let known = |id: &TagId| lookups.tag(id).cloned();
        tags.with(|tags| tags.iter().filter_map(known).collect::<Vec<_>>())
    };
    view! {
        <section class="block">
            <h3>
                {move || person.w().tags}
                <Picker
                    label=Signal::derive(move || person.w().add_tag.to_owned())
                    items=Signal::derive(items)
                    placeholder=Signal::derive(move || person.w().search_tag.to_owned())
                    none_text=Signal::derive(move || person.w().no_tag_found.to_owned())
                    icon=IconName::Plus
                    class="button quiet small"
                    align=Align::End
                    disabled=Signal::derive(off)
                    on_choose=add
                />
            </h3>
            <div class="tags">
                {move || {
                    let shown = shown();
                    if shown.is_empty() {
                        view! { <p class="muted">{person.w().no_tags}</p> }.into_any()
                    } else {
                        shown.into_iter().map(|tag| one(person, tag)).collect_view().into_any()
                    }
                }}
            </div>
        </section>
    }
}

fn one(person: Person, tag: Label) -> impl IntoView {
    let Label { id, name, color } = tag;
    let label = fill(person.w().remove_tag, &[&name]);
    let off = move || {
        let now = person.conversation.get()?;
        person.acting.with_value(|acting| acting.reason(Action::Tag, &now))
    };
    let remove = move |()| {
        let left = person.conversation.with_untracked(|now| {
            let tags = now.as_ref().map(|now| now.tags.clone()).unwrap_or_default();
            tags.into_iter().filter(|other| *other != id).collect::<Vec<_>>()
        });
        set(person, left);
    };
    view! {
        <span class="tagged">
            <Tag name=name color=color big=true/>
            <IconButton
                icon=IconName::X
                label=label
                small=true
                disabled=Signal::derive(off)
                on_click=Callback::new(remove)
            />
        </span>
    }
}

fn set(person: Person, tags: Vec<TagId>) {
    let id = person.id.get_value();
    person.acting.with_value(|acting| acting.perform(&id, Intent::Tags(tags)));
}
