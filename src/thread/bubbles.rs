//! Messages in bubbles and private notes, with how far they got.

use super::entry::Scene;
use super::text::text;
use super::words::ThreadWords;
use bandeja_client::{ClientError, Pending, PendingState, ThreadEntry};
use bandeja_contract::NewMessageKind;
use bandeja_contract::problem::code;
use bandeja_model::{Action, Author, Delivery, Direction, Message};
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize, Icon, IconName};
use leptos::prelude::*;
use std::sync::Arc;

/// Messages of one voice under one face and one time.
pub(super) fn burst(scene: Scene, entries: Vec<ThreadEntry>) -> AnyView {
    let Some(last) = entries.last().cloned() else { return ().into_any() };
    let incoming = matches!(&last, ThreadEntry::Sent(message) if message.direction == Some(Direction::In));
    let state = match &last {
        ThreadEntry::Sent(message) if message.delivery == Some(Delivery::Failed) => "failed",
        ThreadEntry::Sent(_) => "",
        ThreadEntry::Pending(Pending { state: PendingState::Failed { .. }, .. }) => "failed",
        ThreadEntry::Pending(_) => "waiting",
    };
    let side = if incoming { "" } else { "out" };
    let bubbles = entries
        .iter()
        .map(|entry| view! { <div class="bubble" dir="auto">{text(body(entry), &[])}</div> })
        .collect_view();
    let face = incoming.then(|| {
        let id = scene.conversation.with_untracked(|now| now.as_ref().map(|now| now.contact.id.to_string()));
        view! {
            <Avatar
                id=id.unwrap_or_else(|| "?".to_owned())
                name=Signal::derive(move || scene.contact_name())
                size=AvatarSize::Medium
            />
        }
    });
    view! {
        <div class=format!("message {side} {state}")>
            <span class="only-sr">{move || speaker(scene, &last)}": "</span>
            {face}
            <div class="bubbles">{bubbles}</div>
            {foot(scene, entries.last())}
        </div>
    }
    .into_any()
}

/// A private note: amber, full width, never sent.
pub(super) fn note(scene: Scene, entries: &[ThreadEntry]) -> AnyView {
    let Some(entry) = entries.first().cloned() else { return ().into_any() };
    let (at, mentions) = match &entry {
        ThreadEntry::Sent(message) => (message.at, message.mentions.clone()),
        ThreadEntry::Pending(pending) => (pending.at, pending.mentions.clone()),
    };
    let class = match &entry {
        ThreadEntry::Sent(_) => "note",
        ThreadEntry::Pending(Pending { state: PendingState::Failed { .. }, .. }) => "note failed",
        ThreadEntry::Pending(_) => "note waiting",
    };
    let pending = matches!(entry, ThreadEntry::Pending(_));
    let said = entry.clone();
    let names = Memo::new(move |_| mentions.iter().map(|id| scene.user_name(id)).collect::<Vec<_>>());
    view! {
        <div class=class>
            <header>
                <Icon name=IconName::Lock/>
                <b>{move || scene.w().note}</b>
                <span>{let entry = entry.clone(); move || format!("· {}", speaker(scene, &entry))}</span>
                {scene.time(at)}
            </header>
            <div class="said" dir="auto">{move || names.with(|names| text(body(&said), names))}</div>
            {pending.then(|| foot(scene, Some(&entry)))}
        </div>
    }
    .into_any()
}

fn body(entry: &ThreadEntry) -> &str {
    match entry {
        ThreadEntry::Sent(message) => &message.body,
        ThreadEntry::Pending(pending) => &pending.body,
    }
}

/// Who speaks, in words.
pub(super) fn speaker(scene: Scene, entry: &ThreadEntry) -> String {
    match entry {
        ThreadEntry::Sent(message) => match &message.author {
            Author::Contact => match scene.contact_name() {
                name if name.is_empty() => scene.w().contact_unnamed.to_owned(),
                name => name,
            },
            Author::User { id } => scene.user_name(id),
            Author::Bot => scene.w().bot.to_owned(),
            Author::System => scene.w().rule.to_owned(),
        },
        ThreadEntry::Pending(_) => scene.me().map(|me| scene.user_name(&me)).unwrap_or_default(),
    }
}

fn foot(scene: Scene, entry: Option<&ThreadEntry>) -> AnyView {
    match entry {
        None => ().into_any(),
        Some(ThreadEntry::Sent(message)) => sent_foot(scene, message),
        Some(ThreadEntry::Pending(pending)) => pending_foot(scene, pending),
    }
}

fn sent_foot(scene: Scene, message: &Arc<Message>) -> AnyView {
    let by = match &message.author {
        Author::Contact => None,
        author => Some(author.clone()),
    };
    // One's own name says nothing; a colleague's, the bot's or a rule's does.
    let by = move || match &by {
        Some(Author::User { id }) if scene.me().as_ref() != Some(id) => {
            Some(format!("{} · ", scene.user_name(id)))
        }
        Some(Author::Bot) => Some(format!("{} · ", scene.w().bot)),
        Some(Author::System) => Some(format!("{} · ", scene.w().rule)),
        _ => None,
    };
    let delivery = match message.delivery {
        None => ().into_any(),
        Some(Delivery::Failed) => return refused_foot(scene, message),
        Some(Delivery::Sent) => mark(scene, IconName::Check, "", |w| w.sent),
        Some(Delivery::Delivered) => mark(scene, IconName::Checks, "", |w| w.delivered),
        Some(Delivery::Read) => mark(scene, IconName::Checks, "seen", |w| w.read),
    };
    view! { <div class="foot">{by}{scene.time(message.at)}{delivery}</div> }.into_any()
}

fn mark(
    scene: Scene,
    icon: IconName,
    class: &'static str,
    word: fn(&ThreadWords) -> &'static str,
) -> AnyView {
    view! {
        <span
            class=format!("delivery {class}")
            role="img"
            title=move || word(scene.w())
            aria-label=move || word(scene.w())
        >
            <Icon name=icon/>
        </span>
    }
    .into_any()
}

/// The line refused it after the server had taken it: it can be sent once more, as a new message.
fn refused_foot(scene: Scene, message: &Arc<Message>) -> AnyView {
    let why = message.delivery_error.clone();
    let said = move || match &why {
        Some(why) => crate::i18n::fill(scene.w().not_sent_why, &[why]),
        None => scene.w().not_sent.to_owned(),
    };
    let can_reply = move || {
        let now = scene.conversation.get()?;
        let allowed = scene.acting.with_value(|acting| acting.reason(Action::Reply, &now)).is_none();
        (allowed && now.window_is_open(scene.now())).then_some(())
    };
    let body = StoredValue::new(message.body.clone());
    let again = move |_| {
        let id = scene.id.get_value();
        scene.desk.with_value(|desk| desk.send(&id, NewMessageKind::Reply, body.get_value(), Vec::new()));
    };
    view! {
        <div class="foot">
            <Icon name=IconName::Alert/>
            <span dir="auto">{said}</span>
            {scene.time(message.at)}
            {move || {
                can_reply()
                    .map(|()| view! { <button type="button" on:click=again>{move || scene.w().send_again}</button> })
            }}
        </div>
    }
    .into_any()
}

fn pending_foot(scene: Scene, pending: &Pending) -> AnyView {
    let at = pending.at;
    let (error, can_retry) = match &pending.state {
        PendingState::Queued | PendingState::Sending => {
            let sending = pending.state == PendingState::Sending;
            let word = move || if sending { scene.w().sending } else { scene.w().pending };
            return view! {
                <div class="foot">
                    <Icon name=IconName::Clock/>
                    <span>{word}" · "</span>
                    {scene.time(at)}
                </div>
            }
            .into_any();
        }
        PendingState::Failed { error, can_retry } => (error.clone(), *can_retry),
    };
    let client_id = StoredValue::new(pending.client_id.clone());
    let said = move || crate::i18n::fill(scene.w().not_sent_why, &[why(&error, scene.w())]);
    let retry = move |_| scene.desk.with_value(|desk| client_id.with_value(|id| desk.retry_send(id)));
    let take_back = move || scene.desk.with_value(|desk| client_id.with_value(|id| desk.discard_send(id)));
    let discard = move |_| drop(take_back());
    let edit = move |_| {
        let Some(pending) = take_back() else { return };
        let draft = scene.desk.with_value(|desk| desk.draft(&pending.conversation, pending.kind));
        draft.update(|draft| *draft = joined(draft, &pending.body));
    };
    view! {
        <div class="foot">
            <Icon name=IconName::Alert/>
            <span>{said}</span>
            {can_retry.then(|| view! { <button type="button" on:click=retry>{move || scene.w().retry}</button> })}
            <button type="button" on:click=edit>{move || scene.w().edit}</button>
            <button type="button" on:click=discard>{move || scene.w().discard}</button>
            {scene.time(at)}
        </div>
    }
    .into_any()
}

/// What comes back for editing stands before what is being written now.
fn joined(draft: &str, body: &str) -> String {
    if draft.trim().is_empty() { body.to_owned() } else { format!("{body}\n{draft}") }
}

fn why(error: &ClientError, w: &ThreadWords) -> &'static str {
    match error {
        ClientError::Offline => w.why_offline,
        ClientError::Timeout => w.why_timeout,
        ClientError::SignedOut => w.why_signed_out,
        ClientError::Malformed { .. } => w.why_server,
        ClientError::Problem(problem) => match problem.code.as_str() {
            code::WINDOW_OVER => w.why_window,
            code::STATE => w.why_state,
            code::FORBIDDEN => w.why_forbidden,
            code::NOT_FOUND => w.why_not_found,
            code::TOO_LARGE | code::INVALID => w.why_too_long,
            _ => w.why_server,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_message_taken_back_does_not_overwrite_what_is_being_written() {
        assert_eq!(joined(" ", "uno"), "uno");
        assert_eq!(joined("dos", "uno"), "uno\ndos");
    }
}
