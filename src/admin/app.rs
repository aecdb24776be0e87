//! The settings as one element: contexts, and which of their few screens is shown.

use super::frame::AdminFrame;
use super::place::{Place, Ways};
use super::refused::{Refused, Why};
use super::sections::name_of;
use super::words::words;
use crate::i18n::Lang;
use crate::login::{LoginDialog, LoginScreen};
use crate::shell::app::{Broken, expired, follow_zone};
use crate::shell::preferences::Preferences;
use crate::shell::words::words as shell_words;
use crate::shell::{Host, Outside, Prefs, Shell};
use bandeja_browser::{Desk, SessionState, SignedOutReason};
use bandeja_client::ClientError;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Announcer, LiveRegion, ToastHost, Toasts};
use leptos::prelude::*;
use std::rc::Rc;

/// What the whole element shows.
#[derive(Clone, Debug, PartialEq)]
enum Screen {
    /// The settings, also while the session is still being asked for: their shape is the same.
    Settings,
    /// Somebody is signed in who has none, or the back end has none.
    Refused(Why),
    /// Nobody is signed in.
    Login(SignedOutReason),
    /// The session could not be asked for.
    Broken(ClientError),
}

/// The settings. Their element is `.app`; everything they show, dialogs included, stands inside.
#[component]
pub fn AdminApp(
    /// What they show and act on.
    desk: Desk,
    /// Where they are.
    ways: Ways,
    /// The page around them.
    host: Host,
) -> impl IntoView {
    let prefs = Prefs::load(host.clone());
    let lang = Lang::new(prefs.locale(), host.languages.clone());
    let (toasts, announcer) = (Toasts::new(), Announcer::new());
    provide_context(desk.clone());
    provide_context(ways);
    provide_context(prefs);
    provide_context(Outside::new(host.clone()));
    provide_context(lang);
    provide_context(toasts);
    provide_context(announcer);
    provide_context(Shell::new());
    keep_locale(lang, prefs);
    follow_zone(&desk, lang);

    let was_in = RwSignal::new(false);
    let screen = which_screen(&desk, ways, was_in);
    let asks_again = expired(&desk, was_in);
    let leave = move |()| was_in.set(false);
    name_the_page(screen, ways, lang, &host);
    let reload = StoredValue::new_local(Rc::clone(&host.reload));
    let shown = move || match screen.get() {
        Screen::Settings => view! {
            <AdminFrame/>
            <LoginDialog open=asks_again on_leave=Callback::new(leave)/>
        }
        .into_any(),
        Screen::Refused(why) => view! { <Refused why/> }.into_any(),
        Screen::Login(reason) => view! { <LoginScreen reason/> }.into_any(),
        Screen::Broken(error) => view! { <Broken error reload/> }.into_any(),
    };
    view! {
        <div
            class="app"
            lang=move || lang.get().code()
            data-theme=move || prefs.theme().code()
            data-density=move || prefs.density().code()
        >
            {shown}
            <Preferences/>
            <div class="corner">
                <ToastHost toasts dismiss_label=move || shell_words(lang.get()).dismiss.to_owned()/>
            </div>
            <LiveRegion announcer/>
        </div>
    }
}

fn which_screen(desk: &Desk, ways: Ways, was_in: RwSignal<bool>) -> Memo<Screen> {
    let session = desk.session.clone();
    watch({
        let session = session.clone();
        move || {
            session.with(|state| match state {
                SessionState::SignedIn(_) => was_in.set(true),
                SessionState::SignedOut(SignedOutReason::ByUser) => {
                    was_in.set(false);
                    ways.go(Place::default());
                }
                _ => {}
            });
        }
    });
    let desk = desk.clone();
    Memo::new(move |_| {
        let has_any = desk.can("settings");
        session.with(|state| match state {
            SessionState::SignedIn(_) if !has_any => Screen::Refused(Why::NoneHere),
            SessionState::SignedIn(session) if !session.user.role.has_settings() => {
                Screen::Refused(Why::Role)
            }
            SessionState::Loading | SessionState::SignedIn(_) => Screen::Settings,
            SessionState::SignedOut(SignedOutReason::Expired) if was_in.get() => Screen::Settings,
            SessionState::SignedOut(reason) => Screen::Login(*reason),
            SessionState::Failed(error) => Screen::Broken(error.clone()),
        })
    })
}

/// Writes the language down when the reader chooses one, and only then.
fn keep_locale(lang: Lang, prefs: Prefs) {
    Effect::new(move |before: Option<_>| {
        let now = lang.get();
        if before.is_some_and(|before| before != now) {
            prefs.keep_locale(now);
        }
        now
    });
}

/// Names the page from now on: the section, as far as there is one to see.
fn name_the_page(screen: Memo<Screen>, ways: Ways, lang: Lang, host: &Host) {
    let set_title = Rc::clone(&host.set_title);
    watch(move || {
        let locale = lang.get();
        let w = shell_words(locale);
        let place = match screen.get() {
            Screen::Settings => name_of(ways.place(), words(locale)),
            _ => w.settings,
        };
        set_title(&format!("{place} · {}", w.brand));
    });
}
