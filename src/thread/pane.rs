//! The pane of one conversation: head, log, composer; or why there is nothing to show.

use super::entry::Scene;
use super::head::head;
use super::log::log;
use super::reading::read_while_open;
use super::words::words;
use crate::acting::{Acting, is_off, user_of};
use crate::composer::Composer;
use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::ErrorView;
use bandeja_browser::{Connection, Phase, SessionState, desk};
use bandeja_client::ClientError;
use bandeja_model::{Action, ConversationId};
use bandeja_ui::view;
use bandeja_ui::{Button, Empty, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One conversation. Made anew for each, so that nothing of one shows on another.
#[component]
pub fn ThreadPane(
    /// Which.
    id: ConversationId,
) -> impl IntoView {
    let lang = Lang::here();
    let user = user_of(&desk());
    move || match user.get() {
        Some(_) => opened(id.clone()).into_any(),
        None => loading(lang).into_any(),
    }
}

fn opened(id: ConversationId) -> impl IntoView {
    let desk = desk();
    let lang = Lang::here();
    let signal = desk.conversation(&id);
    let scene = Scene {
        desk: StoredValue::new(desk.clone()),
        acting: StoredValue::new(Acting::here()),
        lang,
        id: StoredValue::new(id.clone()),
        conversation: Memo::new(move |_| signal.get()),
    };
    let failed = RwSignal::new(None::<ClientError>);
    let was_known = RwSignal::new(false);
    let load = move || {
        failed.set(None);
        let (desk, id) = (scene.desk.get_value(), scene.id.get_value());
        spawn_local(async move {
            if let Err(error) = desk.load_conversation(&id).await {
                failed.try_set(Some(error));
            }
        });
    };
    let (session, connection) = (desk.session.clone(), desk.connection.clone());
    let can_load = Memo::new(move |_| {
        session.with(|state| matches!(state, SessionState::SignedIn(_)))
            && connection.with(|connection| *connection == Connection::Online)
    });
    Effect::new(move |could: Option<bool>| {
        let can = can_load.get();
        if scene.conversation.with(Option::is_some) {
            was_known.set(true);
        } else if could.is_none() || (can && could == Some(false)) {
            // Asked for on opening, and again when the connection or the session is back.
            load();
        }
        can
    });
    read_while_open(&desk, &id);
    let thread = desk.thread(&id);
    let phase = thread.phase.clone();
    let thread = StoredValue::new(thread);
    let to_end = RwSignal::new(0_u32);
    // Who can write nothing here, whatever the conversation, is shown no place for it.
    let session = desk.session.clone();
    let writes = Memo::new(move |_| {
        let off = |action: Action| session.with(|state| is_off(state, action.code()));
        !(off(Action::Reply) && off(Action::Note))
    });
    let is_known = Memo::new(move |_| scene.conversation.with(Option::is_some));
    let body = move || {
        if is_known.get() {
            let phase = phase.clone();
            let failure = Memo::new(move |_| match phase.get() {
                Phase::Failed(error) => Some(error),
                _ => None,
            });
            let middle = move || match failure.get() {
                Some(error) => view! {
                    <ErrorView
                        sentence=Signal::derive(move || scene.w().failed.to_owned())
                        error=error
                        on_retry=move |()| thread.with_value(bandeja_browser::Thread::reload)
                    />
                }
                .into_any(),
                None => log(scene, thread.get_value(), to_end).into_any(),
            };
            view! {
                {head(scene)}
                <div class="thread-in">{middle}</div>
                {move || {
                    writes
                        .get()
                        .then(|| view! { <Composer id=scene.id.get_value() thread=thread.get_value() to_end/> })
                }}
            }
            .into_any()
        } else if was_known.get_untracked() {
            missing(scene, true)
        } else {
            match failed.get() {
                Some(error) if error.is_not_found() => missing(scene, false),
                Some(error) => view! {
                    <ErrorView
                        sentence=Signal::derive(move || scene.w().failed.to_owned())
                        error=error
                        on_retry=move |()| load()
                    />
                }
                .into_any(),
                None => loading(lang).into_any(),
            }
        }
    };
    view! { {body} }
}

fn loading(lang: Lang) -> impl IntoView {
    view! {
        <div class="thread-in late" role="status" aria-busy="true">
            <span class="only-sr">{move || words(lang.get()).loading}</span>
            <div class="log bones" aria-hidden="true">
                <span class="bone w52"></span>
                <span class="bone w40"></span>
                <span class="bone w72"></span>
            </div>
        </div>
    }
}

/// It does not exist, cannot be seen, or left the viewer's sight: the three are told apart only where the
/// viewer saw it before (P4).
fn missing(scene: Scene, was_known: bool) -> AnyView {
    let navigator = Navigator::here();
    let lang = scene.lang;
    let shell = move || crate::shell::words::words(lang.get());
    let sentence = move || if was_known { words(lang.get()).gone } else { shell().missing_title };
    let detail = move || if was_known { words(lang.get()).gone_detail } else { shell().missing_detail };
    view! {
        <Empty
            icon=IconName::Hide
            sentence=Signal::derive(move || sentence().to_owned())
            detail=Signal::derive(move || detail().to_owned())
        >
            <Button icon=IconName::Left on_click=move |()| navigator.leave()>
                {move || words(lang.get()).back}
            </Button>
        </Empty>
    }
    .into_any()
}
