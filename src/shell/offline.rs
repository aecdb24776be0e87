//! Without a network: since when, what waits to be sent, and a way to take it back.

use super::words::words;
use crate::i18n::{Lang, fill, plural};
use bandeja_browser::{Connection, Desk, Pending, PendingState, desk};
use bandeja_contract::NewMessageKind;
use bandeja_model::text::preview;
use bandeja_ui::view;
use bandeja_ui::{Badge, Banner, Button, Icon, IconButton, IconName, Tone};
use leptos::prelude::*;

/// The band over the frame while the server cannot be reached, and a warning where drafts are not kept.
#[component]
pub fn OfflineBand() -> impl IntoView {
    let desk = desk();
    let (connection, outbox, kept) =
        (desk.connection.clone(), desk.outbox.clone(), desk.drafts_are_kept.clone());
    let lang = Lang::here();
    let is_open = RwSignal::new(false);
    let since = Memo::new(move |_| match connection.get() {
        Connection::Online => None,
        Connection::Offline { since } => Some(since),
    });
    let waiting = Memo::new(move |_| outbox.with(Vec::len));
    let band = move || {
        let since = since.get()?;
        Some(view! {
            <Banner
                icon=IconName::Offline
                sentence=move || fill(words(lang.get()).offline_since, &[&lang.clock(since)])
                detail=move || pending_words(waiting.get(), lang)
            >
                {move || (waiting.get() > 0).then(|| view! { <PendingToggle is_open/> })}
            </Banner>
            <Show when=move || is_open.get() && (waiting.get() > 0)>
                <PendingList/>
            </Show>
        })
    };
    let unkept = move || {
        (!kept.get()).then(|| {
            view! {
                <Banner
                    icon=IconName::Warn
                    sentence=move || words(lang.get()).drafts_not_kept.to_owned()
                    detail=move || words(lang.get()).drafts_not_kept_detail.to_owned()
                />
            }
        })
    };
    view! {
        {band}
        {unkept}
    }
}

fn pending_words(waiting: usize, lang: Lang) -> String {
    let w = words(lang.get());
    let n = u64::try_from(waiting).unwrap_or(u64::MAX);
    match n {
        0 => w.pending_none.to_owned(),
        n => fill(plural(n, w.pending_one, w.pending_other), &[&lang.number(n)]),
    }
}

#[component]
fn PendingToggle(is_open: RwSignal<bool>) -> impl IntoView {
    let lang = Lang::here();
    let label = move || {
        let w = words(lang.get());
        if is_open.get() { w.hide_pending } else { w.see_pending }
    };
    view! {
        <Button small=true pressed=move || Some(is_open.get()) on_click=move |()| is_open.update(|open| *open = !*open)>
            {label}
        </Button>
    }
}

#[component]
fn PendingList() -> impl IntoView {
    let outbox = desk().outbox.clone();
    view! {
        <ul class="pending">
            <For each=move || outbox.get() key=|pending| (pending.client_id.clone(), is_failed(pending)) let:pending>
                <PendingLine pending/>
            </For>
        </ul>
    }
}

fn is_failed(pending: &Pending) -> bool {
    matches!(pending.state, PendingState::Failed { .. })
}

#[component]
fn PendingLine(pending: Pending) -> impl IntoView {
    let lang = Lang::here();
    let desk = desk();
    let failed = is_failed(&pending);
    let is_note = pending.kind == NewMessageKind::Note;
    let text = format!("«{}»", preview(&pending.body, 60));
    let who = contact_of(&desk, &pending);
    let heading = move || {
        let w = words(lang.get());
        let name = who.get().unwrap_or_else(|| w.somebody.to_owned());
        fill(if is_note { w.pending_note } else { w.pending_reply }, &[&name])
    };
    let client_id = pending.client_id;
    view! {
        <li>
            <Icon name=if is_note { IconName::Lock } else { IconName::Reply }/>
            <span class="clip grow">{heading}": "<bdi>{text}</bdi></span>
            <Badge tone=if failed { Tone::Bad } else { Tone::Neutral }>
                {move || {
                    let w = words(lang.get());
                    if failed { w.pending_failed } else { w.pending }
                }}
            </Badge>
            <IconButton
                icon=IconName::X
                small=true
                label=move || words(lang.get()).discard_pending.to_owned()
                on_click=move |()| drop(desk.discard_send(&client_id))
            />
        </li>
    }
}

fn contact_of(desk: &Desk, pending: &Pending) -> Memo<Option<String>> {
    let conversation = desk.conversation(&pending.conversation);
    Memo::new(move |_| conversation.with(|known| known.as_ref()?.contact.called().map(str::to_owned)))
}
