//! Somebody was quicker (P18): what was, what is now, and the choice.

use super::differences::{Difference, differences};
use super::names::{priority_word, status_word};
use super::told::{thing, user_name};
use super::who_line::who_line;
use super::words::{ActingWords, words};
use super::{Acting, Conflict, action_of};
use crate::i18n::{Lang, Locale};
use bandeja_client::{Intent, Lookups};
use bandeja_model::{TagId, Timestamp};
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Dialog};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Opens when an action was refused because the conversation had changed. Nothing was sent; what was
/// typed in a dialog is kept there.
pub(super) fn conflict_dialog() -> impl IntoView {
    let acting = StoredValue::new(Acting::here());
    let lang = acting.with_value(|acting| acting.lang);
    let conflict = acting.with_value(|acting| acting.conflict.clone());
    let conflict = Memo::new(move |_| conflict.get());
    let busy = RwSignal::new(false);
    let leave = move || acting.with_value(|acting| acting.conflict.set(None));
    let discard = move || {
        if let Some(conflict) = conflict.get_untracked() {
            acting.with_value(|acting| acting.forget_typed(&conflict.current.id));
        }
        leave();
    };
    let w = move || words(lang.get());
    let cannot = move || {
        let conflict = conflict.get()?;
        acting.with_value(|acting| acting.reason(action_of(&conflict.intent), &conflict.current))
    };
    let anyway = move || {
        let Some(Conflict { intent, current, .. }) = conflict.get_untracked() else { return };
        if busy.get_untracked() || untrack(cannot).is_some() {
            return;
        }
        busy.set(true);
        let acting = acting.get_value();
        spawn_local(async move {
            // A third change in between opens the choice again, with what is so then.
            acting.conflict.set(None);
            acting.perform_on(current, intent).await;
            busy.try_set(false);
        });
    };
    let see = move || {
        let Some(conflict) = conflict.get_untracked() else { return };
        leave();
        acting.with_value(|acting| acting.navigator.open(conflict.current.id.clone()));
    };
    let line = move || {
        let lookups = acting.with_value(|acting| acting.desk.lookups.get());
        conflict.get().map(|conflict| who_line(&conflict.current, &lookups, lang))
    };
    let is_open_already = move || {
        let open =
            acting.with_value(|acting| acting.navigator.route().with(|route| route.conversation.clone()));
        conflict.with(|conflict| conflict.as_ref().map(|conflict| conflict.current.id.clone())) == open
    };
    let footer = move || {
        view! {
            {move || {
                (!is_open_already())
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Quiet class="aside" on_click=move |()| see()>
                                {move || w().conflict_open}
                            </Button>
                        }
                    })
            }}
            <Button on_click=move |()| discard()>{move || w().conflict_discard}</Button>
            <Button
                kind=ButtonKind::Primary
                submit=true
                busy=busy
                disabled=Signal::derive(cannot)
            >
                {move || conflict.with(|conflict| conflict.as_ref().map(|conflict| anyway_word(&conflict.intent, w())))}
            </Button>
        }
    };
    let rows = move || {
        let conflict = conflict.get()?;
        let lookups = acting.with_value(|acting| acting.desk.lookups.get());
        Some(table(&conflict, &lookups, lang, acting.with_value(|acting| acting.desk.now.get_untracked())))
    };
    view! {
        <Dialog
            open=Signal::derive(move || conflict.with(Option::is_some))
            on_close=move |()| leave()
            title=Signal::derive(move || w().conflict_title.to_owned())
            close_label=Signal::derive(move || w().back.to_owned())
            keep=true
            line=line
            footer=footer
            on_submit=Callback::new(move |()| anyway())
        >
            <p>{move || w().conflict_lead}</p>
            {rows}
            {move || cannot().map(|reason| view! { <p class="muted">{reason}</p> })}
        </Dialog>
    }
}

fn anyway_word(intent: &Intent, w: &ActingWords) -> &'static str {
    match intent {
        Intent::Close(_) => w.anyway_close,
        Intent::Cancel(_) => w.anyway_cancel,
        Intent::Assign(_) => w.anyway_assign,
        _ => w.anyway_other,
    }
}

fn table(conflict: &Conflict, lookups: &Lookups, lang: Lang, now: Timestamp) -> AnyView {
    let locale = lang.get();
    let w = words(locale);
    let differences = differences(&conflict.seen, &conflict.current);
    if differences.is_empty() {
        return view! { <p class="muted">{w.conflict_none}</p> }.into_any();
    }
    let rows = differences.iter().map(|difference| {
        let (thing, before, after) = told(difference, lookups, lang, locale, now);
        view! {
            <tr>
                <th scope="row">{thing}</th>
                <td dir="auto">{before}</td>
                <td dir="auto"><b>{after}</b></td>
            </tr>
        }
    });
    view! {
        <table class="changes">
            <thead>
                <tr>
                    <th scope="col"><span class="only-sr">{w.conflict_thing}</span></th>
                    <th scope="col">{w.conflict_before}</th>
                    <th scope="col">{w.conflict_now}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// A difference in words: the thing, as it was, as it is.
fn told(
    difference: &Difference,
    lookups: &Lookups,
    lang: Lang,
    locale: Locale,
    now: Timestamp,
) -> (&'static str, String, String) {
    let w = words(locale);
    let user =
        |id: &Option<_>| id.as_ref().map_or_else(|| w.nobody.to_owned(), |id| user_name(lookups, id, w));
    let team = |id: &Option<_>| match id {
        None => w.no_team.to_owned(),
        Some(id) => lookups.team(id).map_or_else(|| w.unknown_team.to_owned(), |team| team.name.clone()),
    };
    let yes = |so: bool| if so { w.is_so.to_owned() } else { w.is_not_so.to_owned() };
    let moment = |at: &Option<Timestamp>| {
        at.map_or_else(|| w.is_not_so.to_owned(), |at| format!("{}, {}", lang.day(at, now), lang.clock(at)))
    };
    let (before, now) = match difference {
        Difference::Status(a, b) => (status_word(*a, locale).to_owned(), status_word(*b, locale).to_owned()),
        Difference::Owner(a, b) => (user(a), user(b)),
        Difference::Team(a, b) => (team(a), team(b)),
        Difference::Tags(a, b) => (tags(a, lookups, w), tags(b, lookups, w)),
        Difference::Priority(a, b) => {
            (priority_word(*a, locale).to_owned(), priority_word(*b, locale).to_owned())
        }
        Difference::Snooze(a, b) => (moment(a), moment(b)),
        Difference::Archived(a, b) | Difference::BotPaused(a, b) => (yes(*a), yes(*b)),
    };
    (thing(difference, w), before, now)
}

fn tags(ids: &[TagId], lookups: &Lookups, w: &ActingWords) -> String {
    let names: Vec<_> = ids.iter().filter_map(|id| lookups.tag(id)).map(|tag| tag.name.as_str()).collect();
    if names.is_empty() { w.no_tags.to_owned() } else { names.join(", ") }
}
