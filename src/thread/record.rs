//! The closing record as a card (P36): who ended it, why, and who attends next. Taken back, it stays,
//! struck through.

use super::entry::Scene;
use super::event_words::{Bit, Teller, filled};
use super::events::bits;
use bandeja_client::Lookups;
use bandeja_model::{Closing, ClosingSource, Message};
use bandeja_ui::view;
use bandeja_ui::{Badge, Icon, IconName};
use leptos::prelude::*;
use std::sync::Arc;

/// The card of a closing or a cancelling.
pub(super) fn record(scene: Scene, message: &Arc<Message>, closing: &Closing, cancelled: bool) -> AnyView {
    let undone = closing.undone;
    let icon = if cancelled { IconName::StateCancelled } else { IconName::CheckCircle };
    let title = {
        let (message, closing) = (Arc::clone(message), closing.clone());
        move || title(scene, &message, &closing, cancelled)
    };
    let pairs = {
        let closing = closing.clone();
        move || {
            let pairs = pairs(scene, &closing, cancelled);
            (!pairs.is_empty()).then(|| {
                let pairs =
                    pairs.into_iter().map(|(term, said)| view! { <dt>{term}</dt><dd dir="auto">{said}</dd> });
                view! { <dl class="pairs">{pairs.collect_view()}</dl> }
            })
        }
    };
    view! {
        <div class="record" class:undone=undone>
            <header>
                <Icon name=icon/>
                <span>{title}</span>
                {undone.then(|| view! { <Badge>{move || scene.w().rec_undone}</Badge> })}
                {scene.time(message.at)}
            </header>
            {pairs}
        </div>
    }
    .into_any()
}

fn title(scene: Scene, message: &Message, closing: &Closing, cancelled: bool) -> AnyView {
    let w = scene.w();
    let lookups = scene.lookups();
    let contact = scene.contact_name();
    let teller = Teller {
        lookups: &lookups,
        contact: &contact,
        moment: &|at| scene.moment(at),
        priority: &|_| String::new(),
        w,
    };
    let by = match (closing.source, &closing.by) {
        (ClosingSource::Inactivity, _) => return w.rec_inactive.into_any(),
        (ClosingSource::Bot, _) => Bit::Words(w.by_bot.to_owned()),
        (ClosingSource::Rule, _) => Bit::Words(w.by_rule.to_owned()),
        (ClosingSource::User, Some(user)) => teller.user(user),
        (ClosingSource::User, None) => teller.author(&message.author),
    };
    bits(filled(if cancelled { w.rec_cancelled } else { w.rec_closed }, vec![vec![by]]))
}

/// What was written, without what was left empty.
fn pairs(scene: Scene, closing: &Closing, cancelled: bool) -> Vec<(&'static str, String)> {
    let w = scene.w();
    let lookups = scene.lookups();
    let next = if cancelled {
        Some(w.rec_from_start.to_owned())
    } else {
        closing.next_owner.as_ref().map(|id| scene.user_name(id))
    };
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    [
        (if cancelled { w.rec_comments } else { w.rec_description }, filled(&closing.description)),
        (w.rec_category, category_path(closing, &lookups)),
        (w.rec_summary, filled(&closing.summary)),
        (w.rec_next, next),
    ]
    .into_iter()
    .filter_map(|(term, said)| Some((term, said?)))
    .collect()
}

/// «Venta › Entregada»; nothing without a category.
pub(crate) fn category_path(closing: &Closing, lookups: &Lookups) -> Option<String> {
    let names: Vec<_> = [&closing.category_id, &closing.subcategory_id]
        .into_iter()
        .flatten()
        .filter_map(|id| lookups.category(id))
        .map(|category| category.name.as_str())
        .collect();
    (!names.is_empty()).then(|| names.join(" › "))
}
