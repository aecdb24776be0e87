//! The thread's head: with whom, where, in what state, and what can be done.

use super::entry::Scene;
use crate::acting::names::{channel_icon, channel_word, state_word, status_class, status_icon};
use crate::acting::owner_items::{Offer, OwnerChoice, owner_items};
use crate::acting::told::name_of;
use crate::acting::words::words as acting_words;
use crate::i18n::fill;
use crate::parts::Parts;
use crate::route::Navigator;
use bandeja_client::Intent;
use bandeja_model::{Action, Conversation};
use bandeja_ui::view;
use bandeja_ui::{
    Align, Avatar, AvatarSize, Badge, Button, ChannelMark, IconButton, IconName, Menu, Picker, Status,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The head of a conversation that is known.
pub(super) fn head(scene: Scene) -> impl IntoView {
    let navigator = Navigator::here();
    let name = move || scene.conversation.get().map(|now| name_of(&now, scene.lang.get()));
    view! {
        <header class="head">
            <IconButton
                icon=IconName::Left
                label=Signal::derive(move || scene.w().back.to_owned())
                class="only-one"
                on_click=move |()| navigator.leave()
            />
            <div class="grow">
                <h2 class="clip" dir="auto" title=name>{name}</h2>
                <div class="sub">{move || scene.conversation.get().map(|now| sub(scene, &now))}</div>
            </div>
            <div class="acts">
                {assign(scene)}
                {snooze(scene)}
                {close_or_reopen(scene)}
                <IconButton
                    icon=IconName::Panel
                    label=Signal::derive(move || scene.w().contact.to_owned())
                    class="only-over"
                    on_click=move |()| navigator.show_contact(true)
                />
                <Menu
                    label=Signal::derive(move || scene.w().more.to_owned())
                    icon=IconName::More
                    align=Align::End
                >
                    {move || Parts::here().rest(|rest| (rest.actions)(scene.conversation.into()))}
                </Menu>
            </div>
        </header>
    }
}

fn sub(scene: Scene, now: &Conversation) -> impl IntoView + use<> {
    let locale = scene.lang.get();
    let line = scene.lookups().line(&now.line).map(|line| line.name.clone());
    let snoozed = now.snoozed_until.filter(|until| *until > scene.now());
    let status = match snoozed {
        Some(until) => {
            let text = fill(scene.w().snoozed_until, &[&scene.moment(until)]);
            view! { <Status class="snoozed" icon=IconName::StateSnoozed word=text/> }.into_any()
        }
        None => view! {
            <Status
                class=status_class(now.status)
                icon=status_icon(now.status)
                word=state_word(now, locale)
            />
        }
        .into_any(),
    };
    view! {
        <span class="cluster">
            <ChannelMark
                class=now.channel.code()
                icon=channel_icon(now.channel)
                title=channel_word(now.channel, locale)
            />
            <span class="clip hide-mid" dir="auto">{line}</span>
        </span>
        {status}
        {now.archived.then(|| view! { <Badge>{move || scene.w().archived}</Badge> })}
    }
}

/// The owner's face; opens the list of people and teams.
fn assign(scene: Scene) -> impl IntoView {
    let owner = move || scene.conversation.with(|now| now.as_ref().and_then(|now| now.owner.clone()));
    let owner_id = move || owner().map(|id| id.to_string()).unwrap_or_default();
    let owner_name = move || match owner() {
        Some(id) => scene.user_name(&id),
        None => scene.w().unassigned.to_owned(),
    };
    let items = move || {
        let lookups = scene.lookups();
        let now = scene.conversation.get();
        let offer = scene.desk.with_value(Offer::of);
        now.map(|now| owner_items(&lookups, Some(&now), scene.me().as_ref(), offer, scene.lang))
            .unwrap_or_default()
    };
    let chosen = move || owner().map(|id| vec![OwnerChoice::User(id).code()]).unwrap_or_default();
    let choose = move |code: String| {
        if let Some(choice) = OwnerChoice::from_code(&code) {
            let id = scene.id.get_value();
            scene.acting.with_value(|acting| acting.perform(&id, choice.intent()));
        }
    };
    let trigger = move || {
        view! {
            <Avatar
                id=Signal::derive(owner_id)
                name=Signal::derive(owner_name)
                size=AvatarSize::Small
            />
            <span class="label-mid">{move || scene.w().assign}</span>
            <span class="only-sr">{move || fill(scene.w().owner, &[&owner_name()])}</span>
        }
        .into_any()
    };
    let w = move || acting_words(scene.lang.get());
    view! {
        <Picker
            label=Signal::derive(move || w().assign_title.to_owned())
            items=Signal::derive(items)
            chosen=Signal::derive(chosen)
            placeholder=Signal::derive(move || w().assign_search.to_owned())
            none_text=Signal::derive(move || w().nobody_found.to_owned())
            trigger=trigger
            title=Signal::derive(move || Some(scene.w().assign_title.to_owned()))
            align=Align::End
            disabled=off(scene, Action::Assign)
            on_choose=choose
        />
    }
}

fn snooze(scene: Scene) -> impl IntoView {
    let ask = move |()| {
        let id = scene.id.get_value();
        scene.acting.with_value(|acting| acting.snooze(&id));
    };
    view! {
        <Button
            icon=IconName::Clock
            class="hide-mid"
            title=Signal::derive(move || Some(scene.w().snooze_title.to_owned()))
            disabled=off(scene, Action::Snooze)
            on_click=Callback::new(ask)
        >
            <span class="label-wide">{move || scene.w().snooze}</span>
        </Button>
    }
}

fn close_or_reopen(scene: Scene) -> impl IntoView {
    let ended = Memo::new(move |_| {
        scene.conversation.with(|now| now.as_ref().is_some_and(|now| now.status.is_ended()))
    });
    let act = move |ended: bool| {
        let id = scene.id.get_value();
        scene.acting.with_value(|acting| {
            if ended {
                acting.perform(&id, Intent::Reopen);
            } else {
                acting.close(&id);
            }
        });
    };
    move || {
        let ended = ended.get();
        let action = if ended { Action::Reopen } else { Action::Close };
        let icon = if ended { IconName::Undo } else { IconName::CheckCircle };
        let title = move || if ended { scene.w().reopen_title } else { scene.w().close_title };
        let word = move || if ended { scene.w().reopen } else { scene.w().close };
        view! {
            <Button
                icon=icon
                title=Signal::derive(move || Some(title().to_owned()))
                disabled=off(scene, action)
                on_click=Callback::new(move |()| act(ended))
            >
                <span class="label-mid">{word}</span>
                // Said also where there is no room for the word.
                <span class="only-sr">{word}</span>
            </Button>
        }
    }
}

/// Why an action is off, if it is.
fn off(scene: Scene, action: Action) -> Signal<Option<String>> {
    Signal::derive(move || {
        let now: Arc<Conversation> = scene.conversation.get()?;
        scene.acting.with_value(|acting| acting.reason(action, &now))
    })
}
