//! The app as one element: contexts, and which of its few screens is shown.

use super::context::Shell;
use super::frame::Frame;
use super::host::{Host, Inside, Outside};
use super::prefs::Prefs;
use super::shortcuts::Keys;
use super::title::name_the_page;
use super::words::words;
use crate::acting::Acting;
use crate::bulk::Bulk;
use crate::i18n::Lang;
use crate::parts::Parts;
use crate::route::{Navigator, Route, Step};
use bandeja_browser::{Desk, SessionState, SignedOutReason};
use bandeja_client::ClientError;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Announcer, Button, ButtonKind, Empty, IconName, LiveRegion, Toasts};
use leptos::prelude::*;
use std::rc::Rc;

/// What the whole element shows.
#[derive(Clone, Debug, PartialEq)]
enum Screen {
    /// The inbox, also while the session is still being asked for: its shape is the same.
    Inbox,
    /// Nobody is signed in.
    Login(SignedOutReason),
    /// The session could not be asked for.
    Broken(ClientError),
}

/// The app. Its element is `.app`; everything it shows, dialogs included, stands inside.
#[component]
pub fn App(
    /// What it shows and acts on.
    desk: Desk,
    /// Where it is.
    navigator: Navigator,
    /// The page around it.
    host: Host,
) -> impl IntoView {
    let prefs = Prefs::load(host.clone());
    let lang = Lang::new(prefs.locale(), host.languages.clone());
    let toasts = Toasts::new();
    let announcer = Announcer::new();
    let shell = Shell::new();
    let outside = Outside::new(host.clone());
    let acting = Acting::new(desk.clone(), lang, navigator, toasts, outside);
    acting.after_closing.set(prefs.after_closing());
    provide_context(desk.clone());
    provide_context(navigator);
    provide_context(prefs);
    provide_context(outside);
    provide_context(lang);
    provide_context(toasts);
    provide_context(announcer);
    provide_context(shell);
    provide_context(acting.clone());
    let bulk = Bulk::new(desk.clone(), lang, navigator, toasts, announcer);
    provide_context(bulk);
    keep_choices(lang, prefs, &acting);
    follow_zone(&desk, lang);
    name_the_page(&desk, navigator, lang, &host, shell.unread);
    if let Some(around) = &host.around {
        around.moved_in(Inside { desk: desk.clone(), navigator, prefs, lang, shell });
    }

    let parts = Parts::fetch(&desk);
    provide_context(parts);
    let was_in = RwSignal::new(false);
    let screen = which_screen(&desk, navigator, was_in);
    let asks_again = expired(&desk, was_in);
    let leave = Callback::new(move |()| was_in.set(false));
    let is_inbox = Signal::derive(move || screen.get() == Screen::Inbox);
    let keys = Keys::new(desk.clone(), acting, bulk, navigator, prefs, shell);
    if host.owns_page {
        keys.hear_strays();
    }
    let reload = StoredValue::new_local(Rc::clone(&host.reload));
    let shown = move || match screen.get() {
        Screen::Inbox => view! {
            <Frame layout=shell.layout.get()/>
            {move || parts.rest(|rest| (rest.overlays)(asks_again, leave))}
        }
        .into_any(),
        Screen::Login(reason) => (move || parts.rest(|rest| (rest.login)(reason))).into_any(),
        Screen::Broken(error) => view! { <Broken error reload/> }.into_any(),
    };
    view! {
        <div
            class="app"
            lang=move || lang.get().code()
            data-theme=move || prefs.theme().code()
            data-density=move || prefs.density().code()
            on:keydown=move |event| keys.pressed(&event)
        >
            {shown}
            {move || parts.rest(|rest| (rest.preferences)())}
            {move || parts.rest(|rest| (rest.corner)(toasts, is_inbox))}
            <LiveRegion announcer/>
        </div>
    }
}

fn which_screen(desk: &Desk, navigator: Navigator, was_in: RwSignal<bool>) -> Memo<Screen> {
    let session = desk.session.clone();
    Effect::new({
        let session = session.clone();
        move |_| {
            session.with(|state| match state {
                SessionState::SignedIn(_) => was_in.set(true),
                SessionState::SignedOut(SignedOutReason::ByUser) => {
                    was_in.set(false);
                    // Whoever comes next starts at the beginning, not in another's conversation.
                    navigator.go(Route::default(), Step::Replace);
                }
                _ => {}
            });
        }
    });
    Memo::new(move |_| {
        session.with(|state| match state {
            SessionState::Loading | SessionState::SignedIn(_) => Screen::Inbox,
            SessionState::SignedOut(SignedOutReason::Expired) if was_in.get() => Screen::Inbox,
            SessionState::SignedOut(reason) => Screen::Login(*reason),
            SessionState::Failed(error) => Screen::Broken(error.clone()),
        })
    })
}

/// Whether the session ended under an open inbox: the frame stays, with what was typed in it.
pub(crate) fn expired(desk: &Desk, was_in: RwSignal<bool>) -> Signal<bool> {
    let session = desk.session.clone();
    Signal::derive(move || {
        was_in.get()
            && session.with(|state| matches!(state, SessionState::SignedOut(SignedOutReason::Expired)))
    })
}

/// Writes down what the reader chooses, and only that: a first visit stores nothing.
fn keep_choices(lang: Lang, prefs: Prefs, acting: &Acting) {
    let after_closing = acting.after_closing.clone();
    Effect::new(move |before: Option<_>| {
        let now = (lang.get(), after_closing.get());
        if let Some((locale, after)) = before {
            if locale != now.0 {
                prefs.keep_locale(now.0);
            }
            if after != now.1 {
                prefs.keep_after_closing(now.1);
            }
        }
        now
    });
}

/// Times are shown in the installation's zone, like its days.
pub(crate) fn follow_zone(desk: &Desk, lang: Lang) {
    let session = desk.session.clone();
    watch(move || {
        session.with(|state| {
            if let SessionState::SignedIn(session) = state {
                lang.set_offset(session.utc_offset_s);
            }
        });
    });
}

/// The session could not be asked for: there is nothing behind it to show yet.
#[component]
pub(crate) fn Broken(error: ClientError, reload: StoredValue<Rc<dyn Fn()>, LocalStorage>) -> impl IntoView {
    let lang = Lang::here();
    let is_offline = error == ClientError::Offline;
    let icon = if is_offline { IconName::Offline } else { IconName::Alert };
    let sentence = move || {
        let w = words(lang.get());
        if is_offline { w.connecting } else { w.cannot_start }.to_owned()
    };
    let detail = move || {
        let locale = lang.get();
        if is_offline { words(locale).connecting_detail } else { super::error_words(&error, locale) }
            .to_owned()
    };
    view! {
        <main class="alone">
            <Empty icon sentence detail=Signal::derive(detail) alert=true>
                <Button
                    kind=ButtonKind::Primary
                    icon=IconName::Refresh
                    on_click=move |()| reload.with_value(|reload| reload())
                >
                    {move || words(lang.get()).reload}
                </Button>
            </Empty>
        </main>
    }
}
