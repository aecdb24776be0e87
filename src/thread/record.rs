//! The closing record as a card (P36): who ended it, why, and who attends next. Taken back, it stays,
//! struck through.

use super::entry::Scene;
use super::event_words::{Bit, Teller, filled};
use super::events::bits;
use super::words::words;
use crate::i18n::{Locale, fill, span};
use bandeja_client::Lookups;
use bandeja_model::timing::Anchor;
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
        (ClosingSource::Inactivity, _) => return inactive(closing, scene.lang.get()).into_any(),
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

/// That it was closed for inactivity, and by which rule if the record says so.
pub(crate) fn inactive(closing: &Closing, locale: Locale) -> String {
    let w = words(locale);
    let Some(rule) = closing.rule else { return w.rec_inactive.to_owned() };
    let text = match rule.anchor {
        Anchor::Any => w.rec_idle,
        Anchor::Contact => w.rec_idle_contact,
        Anchor::Agent => w.rec_idle_agent,
    };
    fill(text, &[&span(rule.after_s, locale)])
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

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::timing::{ClosingRule, DAY_S};

    fn closing(rule: Option<ClosingRule>) -> Closing {
        Closing {
            by: None,
            source: ClosingSource::Inactivity,
            at: chrono::DateTime::UNIX_EPOCH,
            description: String::new(),
            category_id: None,
            subcategory_id: None,
            summary: String::new(),
            next_owner: None,
            transferred: false,
            undone: false,
            rule,
        }
    }

    #[test]
    fn a_closing_for_inactivity_names_its_rule_and_what_had_started_the_clock() {
        let said = |anchor| inactive(&closing(Some(ClosingRule { after_s: 7 * DAY_S, anchor })), Locale::Es);
        assert_eq!(said(Anchor::Any), "Cerrada por inactividad: 7 días sin actividad");
        assert_eq!(said(Anchor::Contact), "Cerrada por inactividad: 7 días sin mensajes del contacto");
        assert_eq!(inactive(&closing(None), Locale::Es), "Se cerró por inactividad");
    }
}
