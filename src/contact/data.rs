//! What is known of the contact, and where the conversation stands.

use super::pane::Person;
use super::words::ContactWords;
use crate::acting::names::priority_word;
use crate::i18n::fill;
use bandeja_ui::view;
use bandeja_ui::{IconButton, IconName, Toast, Toasts, platform};
use leptos::prelude::*;

/// Phone, mail, company and what else is known. Untrusted: everything is a text node.
pub(super) fn data(person: Person) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let Some(now) = person.conversation.get() else { return Vec::new() };
        let w = person.w();
        let contact = &now.contact;
        let known = |value: &Option<String>| value.clone().filter(|value| !value.trim().is_empty());
        let phone = known(&contact.phone);
        let email = known(&contact.email);
        // The address is on most channels the number or the mail once more.
        let address = Some(contact.address.clone()).filter(|address| {
            !address.is_empty() && Some(address) != phone.as_ref() && Some(address) != email.as_ref()
        });
        [
            (w.phone, phone, true),
            (w.email, email, true),
            (w.address, address, true),
            (w.company, known(&contact.company), false),
            (w.city, known(&contact.city), false),
            (w.language, known(&contact.language).map(|tag| language(&tag, w)), false),
            (
                w.since,
                Some(person.lang.day(now.created_at, person.desk.with_value(|desk| desk.now.get()))),
                false,
            ),
        ]
        .into_iter()
        .filter_map(|(term, value, copies)| Some((term, value?, copies)))
        .collect::<Vec<_>>()
    });
    let row = move |(term, value, copies): (&'static str, String, bool)| {
        view! {
            <dt>{term}</dt>
            <dd class:copies=copies>
                <span dir="auto">{value.clone()}</span>
                {copies.then(|| copy(person, term, value))}
            </dd>
        }
    };
    view! {
        <section class="block">
            <h3>{move || person.w().data}</h3>
            <dl class="pairs">{move || rows.get().into_iter().map(row).collect_view()}</dl>
        </section>
    }
}

/// The name of a language we speak; another one's tag stands for itself.
fn language(tag: &str, w: &ContactWords) -> String {
    match tag.split(['-', '_']).next().unwrap_or_default() {
        "es" => w.spanish.to_owned(),
        "en" => w.english.to_owned(),
        "pt" => w.portuguese.to_owned(),
        _ => tag.to_owned(),
    }
}

fn copy(person: Person, term: &'static str, value: String) -> impl IntoView {
    let toasts = use_context::<Toasts>();
    let act = move |()| {
        let w = super::words::words(person.lang.get_untracked());
        let told = fill(w.copied, &[&value]);
        platform::copy_text(&value, move |done| {
            let (text, icon) =
                if done { (told, IconName::Copy) } else { (w.not_copied.to_owned(), IconName::Alert) };
            if let Some(toasts) = toasts {
                toasts.push(Toast::new("copy", text).with_icon(icon));
            }
        });
    };
    view! {
        <IconButton
            icon=IconName::Copy
            label=fill(person.w().copy, &[&bandeja_letters::lowercase(term)])
            small=true
            on_click=Callback::new(act)
        />
    }
}

/// Owner, team, line, campaign, urgency.
pub(super) fn conversation_data(person: Person) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let Some(now) = person.conversation.get() else { return Vec::new() };
        let (w, lookups) = (person.w(), person.lookups());
        let owner = now.owner.as_ref().and_then(|id| lookups.user(id)).map(|user| user.name.clone());
        let team = now.team.as_ref().and_then(|id| lookups.team(id)).map(|team| team.name.clone());
        let waiting = now.waiting_since.filter(|_| now.status.is_open()).map(|since| {
            let day = person.lang.day(since, person.desk.with_value(|desk| desk.now.get()));
            format!("{day}, {}", person.lang.clock(since))
        });
        [
            (w.owner, Some(owner.unwrap_or_else(|| w.nobody.to_owned()))),
            (w.team, team),
            // Where there is one for all it says nothing.
            (
                w.line,
                lookups.line(&now.line).filter(|_| lookups.lines.len() > 1).map(|line| line.name.clone()),
            ),
            (
                w.campaign,
                lookups
                    .campaign(&now.campaign)
                    .filter(|_| lookups.campaigns.len() > 1)
                    .map(|campaign| campaign.name.clone()),
            ),
            (w.priority, Some(priority_word(now.priority, person.lang.get()).to_owned())),
            (w.waiting, waiting),
        ]
        .into_iter()
        .filter_map(|(term, value)| Some((term, value?)))
        .collect::<Vec<_>>()
    });
    let row = |(term, value): (&'static str, String)| view! { <dt>{term}</dt><dd dir="auto">{value}</dd> };
    view! {
        <section class="block">
            <h3>{move || person.w().here}</h3>
            <dl class="pairs">{move || rows.get().into_iter().map(row).collect_view()}</dl>
        </section>
    }
}
