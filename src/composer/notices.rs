//! What is said in place above the text: why a reply cannot go, or that somebody answered meanwhile.

use super::blocked::Blocked;
use super::sending::{Then, Writing};
use crate::acting::names::channel_word;
use crate::acting::told::{moment, name_of};
use crate::i18n::fill;
use bandeja_client::Intent;
use bandeja_model::{Action, Author, Conversation, Message};
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, IconName, Notice, Tone};
use leptos::prelude::*;

/// The notices of the present tab.
pub(super) fn notices(writing: Writing) -> impl IntoView {
    let blocked = Memo::new(move |_| if writing.is_note() { None } else { writing.blocked() });
    let answered =
        Memo::new(
            move |_| {
                if writing.is_note() || writing.blocked().is_some() { None } else { writing.answered() }
            },
        );
    view! {
        {move || blocked.get().and_then(|why| Some(block(writing, why, &*writing.conversation.get()?)))}
        {move || answered.get().map(|message| answer(writing, &message))}
        {move || {
            let kept = writing.desk.with_value(|desk| desk.drafts_are_kept.get());
            let written = writing.draft().with(|draft| !draft.trim().is_empty());
            (!kept && written).then(|| {
                view! { <Notice tone=Tone::Warn icon=IconName::Warn sentence=writing.w().not_kept.to_owned()/> }
            })
        }}
    }
}

fn block(writing: Writing, why: Blocked, now: &Conversation) -> AnyView {
    let w = writing.w();
    let locale = writing.lang.get();
    let channel = channel_word(now.channel, locale);
    let (icon, sentence, detail) = match why {
        Blocked::Closed => (IconName::CheckCircle, w.ended.to_owned(), w.ended_detail),
        Blocked::Cancelled => (IconName::StateCancelled, w.cancelled.to_owned(), w.cancelled_detail),
        Blocked::NotPermitted => {
            let reason = writing.acting.with_value(|acting| acting.reason(Action::Reply, now));
            (IconName::Lock, reason.unwrap_or_default(), w.no_right_detail)
        }
        Blocked::WindowOver(end) => {
            let when = moment(end, writing.now(), writing.lang);
            (IconName::Clock, fill(w.window_over, &[channel, &when]), w.window_detail)
        }
        Blocked::NeverWrote => {
            (IconName::Clock, fill(w.window_never, &[&name_of(now, locale), channel]), w.window_detail)
        }
    };
    let reopen = (why == Blocked::Closed).then(|| reopen(writing, now.clone()));
    view! {
        <Notice tone=Tone::Warn icon=icon sentence=sentence detail=detail.to_owned()>
            {reopen}
        </Notice>
    }
    .into_any()
}

fn reopen(writing: Writing, now: Conversation) -> impl IntoView {
    let off = {
        let now = now.clone();
        move || writing.acting.with_value(|acting| acting.reason(Action::Reopen, &now))
    };
    let act = move |()| writing.acting.with_value(|acting| acting.perform(&now.id, Intent::Reopen));
    view! {
        <Button
            small=true
            kind=ButtonKind::Primary
            icon=IconName::Undo
            disabled=Signal::derive(off)
            on_click=Callback::new(act)
        >
            {move || writing.w().reopen}
        </Button>
    }
}

fn answer(writing: Writing, message: &Message) -> AnyView {
    let w = writing.w();
    let who = match &message.author {
        Author::User { id } => {
            writing.lookups().user(id).map_or_else(|| w.somebody.to_owned(), |user| user.name.clone())
        }
        Author::Bot => w.the_bot.to_owned(),
        Author::Contact | Author::System => w.a_rule.to_owned(),
    };
    let age = writing.now() - message.at;
    let when = if age.num_seconds() < 60 {
        w.answered_now.to_owned()
    } else {
        fill(w.answered_ago, &[&writing.lang.duration(age)])
    };
    let read = move |()| {
        writing.take_note();
        writing.to_end.update(|times| *times += 1);
        writing.focus();
    };
    let anyway = move |()| {
        writing.take_note();
        writing.send(Then::Stay);
    };
    // Once sending was held back it is said as a warning, at once.
    let held = writing.held.get();
    view! {
        <div role=held.then_some("alert")>
            <Notice
                tone=if held { Tone::Bad } else { Tone::Warn }
                icon=IconName::Reply
                sentence=fill(w.answered, &[&who, &when])
                detail=w.answered_detail.to_owned()
            >
                <Button small=true on_click=Callback::new(read)>{w.answered_read}</Button>
                <Button small=true on_click=Callback::new(anyway)>{w.answered_anyway}</Button>
            </Notice>
        </div>
    }
    .into_any()
}
