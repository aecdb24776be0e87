//! Everything that can be done to a conversation, as items of a ⋮ menu. What is off says why.

use super::Acting;
use super::names::priority_word;
use super::words::{ActingWords, words};
use bandeja_client::Intent;
use bandeja_model::{Action, Conversation, Priority};
use bandeja_ui::view;
use bandeja_ui::{IconName, MenuHeading, MenuItem, MenuRule};
use leptos::prelude::*;
use std::sync::Arc;

/// The conversation's menu, to stand inside a `Menu`.
#[component]
pub fn ActionItems(
    /// Of which.
    #[prop(into)]
    conversation: Signal<Option<Arc<Conversation>>>,
) -> impl IntoView {
    // What is shown is what was there when the menu opened: items must not move under the pointer.
    let acting = StoredValue::new(Acting::here());
    conversation.get_untracked().map(|now| items(acting, &now))
}

#[derive(Clone, Copy)]
struct Items {
    acting: StoredValue<Acting>,
    now: StoredValue<Arc<Conversation>>,
}

impl Items {
    fn words(self) -> &'static ActingWords {
        words(self.acting.with_value(|acting| acting.lang.get()))
    }

    fn item(
        self,
        action: Action,
        icon: IconName,
        keys: &str,
        word: fn(&ActingWords) -> &'static str,
        choose: impl Fn(&Acting, &Conversation) + Send + Sync + 'static,
    ) -> AnyView {
        let off =
            move || self.acting.with_value(|acting| self.now.with_value(|now| acting.reason(action, now)));
        let choose =
            move |()| self.acting.with_value(|acting| self.now.with_value(|now| choose(acting, now)));
        view! {
            <MenuItem
                label=Signal::derive(move || word(self.words()).to_owned())
                icon=icon
                keys=keys.to_owned()
                disabled=Signal::derive(off)
                destructive=action == Action::Cancel
                on_choose=choose
            />
        }
        .into_any()
    }

    fn doing(
        self,
        action: Action,
        icon: IconName,
        keys: &str,
        word: fn(&ActingWords) -> &'static str,
        intent: Intent,
    ) -> AnyView {
        self.item(action, icon, keys, word, move |acting, now| acting.perform(&now.id, intent.clone()))
    }

    fn priority(self, priority: Priority) -> AnyView {
        let is_now = self.now.with_value(|now| now.priority == priority);
        let off = move || {
            self.acting.with_value(|acting| {
                acting.off("priority").or_else(|| self.now.with_value(|now| acting.reason(Action::Tag, now)))
            })
        };
        let choose = move |()| {
            if !is_now {
                let id = self.now.with_value(|now| now.id.clone());
                self.acting.with_value(|acting| acting.perform(&id, Intent::Priority(priority)));
            }
        };
        let label =
            move || priority_word(priority, self.acting.with_value(|acting| acting.lang.get())).to_owned();
        view! {
            <MenuItem
                label=Signal::derive(label)
                checked=Signal::stored(Some(is_now))
                disabled=Signal::derive(off)
                on_choose=choose
            />
        }
        .into_any()
    }
}

fn items(acting: StoredValue<Acting>, now: &Arc<Conversation>) -> AnyView {
    let items = Items { acting, now: StoredValue::new(Arc::clone(now)) };
    let me = untrack(|| acting.with_value(|acting| acting.desk.actor())).map(|actor| actor.id);
    let is_mine = me.is_some() && now.owner == me;
    let ended = now.status.is_ended();
    let snoozed = now.snoozed_until.is_some();
    let assign_to_me = (!is_mine).then(|| {
        items.item(
            Action::Assign,
            IconName::User,
            "I",
            |w| w.assign_to_me,
            |acting, now| acting.assign_to_me(&now.id),
        )
    });
    let unread = if now.unread > 0 {
        items.doing(Action::Read, IconName::Eye, "U", |w| w.read, Intent::Read)
    } else {
        items.doing(Action::Unread, IconName::Unread, "U", |w| w.unread, Intent::Unread)
    };
    let wake =
        snoozed.then(|| items.doing(Action::Snooze, IconName::Clock, "", |w| w.wake, Intent::Snooze(None)));
    let bot = {
        let paused = now.bot_paused;
        let word: fn(&ActingWords) -> &'static str = if paused { |w| w.resume_bot } else { |w| w.pause_bot };
        // Where the line has no menu that is on, there is nothing to pause.
        let has_bot = untrack(|| acting.with_value(|acting| acting.has_bot(now)));
        (has_bot && !ended)
            .then(|| items.doing(Action::Bot, IconName::Bot, "", word, Intent::Bot { paused: !paused }))
    };
    let ending = if ended {
        let archive = if now.archived {
            items.doing(Action::Unarchive, IconName::Archive, "", |w| w.unarchive, Intent::Unarchive)
        } else {
            items.doing(Action::Archive, IconName::Archive, "", |w| w.archive, Intent::Archive)
        };
        view! { {items.doing(Action::Reopen, IconName::Undo, "", |w| w.reopen, Intent::Reopen)} {archive} }
            .into_any()
    } else {
        items.item(
            Action::Close,
            IconName::CheckCircle,
            "Shift+E",
            |w| w.close_ask,
            |acting, now| acting.close(&now.id),
        )
    };
    let cancel = (!ended).then(|| {
        view! {
            <MenuRule/>
            {items
                .item(Action::Cancel, IconName::StateCancelled, "", |w| w.cancel_ask, |acting, now| {
                    acting.cancel(&now.id);
                })}
        }
    });
    view! {
        {ending}
        <MenuRule/>
        {assign_to_me}
        {items
            .item(Action::Assign, IconName::Users, "A", |w| w.assign_ask, |acting, now| acting.assign(&now.id))}
        {items.item(Action::Tag, IconName::Tag, "L", |w| w.tags_ask, |acting, now| acting.tags(&now.id))}
        {items.item(Action::Snooze, IconName::Clock, "Z", |w| w.snooze_ask, |acting, now| acting.snooze(&now.id))}
        {wake}
        {unread}
        {bot}
        <MenuRule/>
        <MenuHeading text=Signal::derive(move || items.words().priority.to_owned())/>
        {Priority::ALL.map(|priority| items.priority(priority)).collect_view()}
        {cancel}
    }
    .into_any()
}
