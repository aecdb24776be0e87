//! The labels of a conversation, all at once: chosen ones are ticked, saving sends the whole set.

use super::told::failed;
use super::who_line::who_line;
use super::words::words;
use super::{Acting, Attempt, Question};
use crate::i18n::fill;
use bandeja_client::Intent;
use bandeja_model::{Conversation, TagId, limits};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{
    Button, ButtonKind, Dialog, DialogSize, IconName, Leading, Notice, PickerItem, PickerPanel, Tone,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Opens for [`Acting::tags`].
pub(super) fn tags_dialog() -> impl IntoView {
    let acting = StoredValue::new(Acting::here());
    let lang = acting.with_value(|acting| acting.lang);
    let seen = acting.with_value(|acting| acting.asking(Question::Tags));
    let chosen = RwSignal::new(Vec::<String>::new());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    watch(move || {
        let tags = seen.with(|seen| seen.as_ref().map(codes));
        chosen.set(tags.unwrap_or_default());
        error.set(None);
    });
    let close = move || acting.with_value(Acting::answer);
    let toggle = Callback::new(move |id: String| {
        chosen.update(|chosen| match chosen.iter().position(|other| *other == id) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(id),
        });
    });
    let too_many = move || {
        let over = chosen.with(Vec::len) > limits::TAGS;
        over.then(|| fill(words(lang.get()).tags_limit, &[&limits::TAGS.to_string()]))
    };
    let submit = move || {
        let Some(seen) = seen.get_untracked() else { return };
        if busy.get_untracked() || untrack(too_many).is_some() {
            return;
        }
        let tags = sorted(&chosen.get_untracked());
        if tags == seen.tags {
            return close();
        }
        busy.set(true);
        let acting = acting.get_value();
        spawn_local(async move {
            let locale = acting.lang.get_untracked();
            let ended = acting.attempt(seen, Intent::Tags(tags)).await;
            busy.try_set(false);
            match ended {
                Attempt::Failed(problem) => {
                    error.try_set(Some(failed(&problem, locale)));
                }
                Attempt::Done | Attempt::Conflict => acting.answer(),
                Attempt::UnderWay => {}
            }
        });
    };
    let w = move || words(lang.get());
    let items = move || {
        let lookups = acting.with_value(|acting| acting.desk.lookups.get());
        let item = |tag: &bandeja_contract::Tag| {
            PickerItem::new(tag.id.as_str(), tag.name.clone()).with_leading(Leading::Dot(tag.color.clone()))
        };
        lookups.tags.iter().map(item).collect::<Vec<_>>()
    };
    let none = move || {
        let any = acting.with_value(|acting| acting.desk.lookups.with(|lookups| !lookups.tags.is_empty()));
        if any { w().tags_none.to_owned() } else { w().tags_none_at_all.to_owned() }
    };
    let line = move || {
        let lookups = acting.with_value(|acting| acting.desk.lookups.get());
        seen.get().map(|seen| who_line(&seen, &lookups, lang))
    };
    let footer = move || {
        view! {
            <Button on_click=move |()| close()>{move || w().cancel_dialog}</Button>
            <Button
                kind=ButtonKind::Primary
                submit=true
                busy=busy
                disabled=Signal::derive(too_many)
            >
                {move || w().tags_save}
            </Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || seen.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(move || w().tags_title.to_owned())
            close_label=Signal::derive(move || w().back.to_owned())
            size=DialogSize::Narrow
            line=line
            footer=footer
            on_submit=Callback::new(move |()| submit())
        >
            <div class="picking">
                <PickerPanel
                    label=Signal::derive(move || w().tags_title.to_owned())
                    items=Signal::derive(items)
                    chosen=chosen
                    multi=true
                    placeholder=Signal::derive(move || w().tags_search.to_owned())
                    none_text=Signal::derive(none)
                    on_choose=toggle
                />
            </div>
            {move || {
                let wrong = error.get().or_else(too_many)?;
                Some(view! { <Notice tone=Tone::Bad icon=IconName::Alert sentence=wrong/> })
            }}
        </Dialog>
    }
}

fn codes(conversation: &Arc<Conversation>) -> Vec<String> {
    conversation.tags.iter().map(ToString::to_string).collect()
}

fn sorted(codes: &[String]) -> Vec<TagId> {
    let mut tags: Vec<_> = codes.iter().map(TagId::new).collect();
    tags.sort();
    tags
}
