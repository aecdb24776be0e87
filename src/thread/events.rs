//! Events as one centred line.

use super::entry::Scene;
use super::event_words::{Bit, Teller};
use crate::acting::names::priority_word;
use bandeja_model::{Message, SystemEvent};
use bandeja_ui::view;
use bandeja_ui::{Icon, IconName, Tag};
use leptos::prelude::*;
use std::sync::Arc;

/// One event.
pub(super) fn event(scene: Scene, message: &Arc<Message>) -> AnyView {
    let icon = message.event.as_ref().map_or(IconName::Info, icon_of);
    let at = message.at;
    let message = Arc::clone(message);
    let sentence = move || match &message.event {
        // What another system told in its own words.
        None => match message.body.trim() {
            "" => scene.w().ev_unknown.into_any(),
            said => view! { <span dir="auto">{said.to_owned()}</span> }.into_any(),
        },
        Some(event) => {
            let lookups = scene.lookups();
            let contact = scene.contact_name();
            let teller = Teller {
                lookups: &lookups,
                contact: &contact,
                moment: &|at| scene.moment(at),
                priority: &|priority| bandeja_letters::lowercase(priority_word(priority, scene.lang.get())),
                w: scene.w(),
            };
            bits(teller.tell(event, &message.author))
        }
    };
    view! { <div class="event"><Icon name=icon/>{sentence}" "{scene.time(at)}</div> }.into_any()
}

/// A sentence with its names and labels.
pub(super) fn bits(bits: Vec<Bit>) -> AnyView {
    bits.into_iter()
        .map(|bit| match bit {
            Bit::Words(words) => words.into_any(),
            Bit::Name(name) => view! { <b dir="auto">{name}</b> }.into_any(),
            Bit::Tag { name, color } => view! { <Tag name=name color=color/> }.into_any(),
        })
        .collect_view()
        .into_any()
}

const fn icon_of(event: &SystemEvent) -> IconName {
    match event {
        SystemEvent::Opened { bot: true } | SystemEvent::Bot { .. } => IconName::Bot,
        SystemEvent::Opened { .. } => IconName::Inbox,
        SystemEvent::Assigned { user: None, .. } => IconName::Users,
        SystemEvent::Assigned { .. } => IconName::User,
        SystemEvent::Unassigned => IconName::UserNone,
        SystemEvent::Tagged { .. } => IconName::Tag,
        SystemEvent::Closed { .. } => IconName::CheckCircle,
        SystemEvent::Cancelled { .. } => IconName::StateCancelled,
        SystemEvent::Reopened { .. } | SystemEvent::Undone => IconName::Undo,
        SystemEvent::Archived | SystemEvent::Unarchived => IconName::Archive,
        SystemEvent::Snoozed { .. } | SystemEvent::Woke => IconName::Clock,
        SystemEvent::Prioritised { .. } => IconName::Flag,
    }
}
