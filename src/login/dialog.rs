//! Signing in again over the inbox one was in: nothing behind it is lost.

use super::form::{LoginFields, LoginForm, submitter};
use super::words::words;
use crate::i18n::Lang;
use bandeja_browser::{SessionState, desk};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog that stands over the inbox after its session ended.
#[component]
pub fn LoginDialog(
    /// Whether the session ended.
    open: Signal<bool>,
    /// The reader would rather leave the inbox: for the screen of signing in.
    on_leave: Callback<()>,
) -> impl IntoView {
    let lang = Lang::here();
    let desk = desk();
    let form = LoginForm::new(String::new());
    // Whoever was signed in is most likely to sign in again.
    let session = desk.session.clone();
    watch(move || {
        session.with(|state| {
            if let SessionState::SignedIn(session) = state {
                form.set_email(&session.user.email);
            }
        });
    });
    // The end of a session is told without a word on how the next one begins.
    watch(move || {
        if open.get() {
            let desk = bandeja_browser::desk();
            spawn_local(async move {
                let way = desk.ask_sign_in_way().await;
                form.way.try_set(way);
            });
        }
    });
    let submit = submitter(form);
    let footer = move || {
        view! {
            <Button
                kind=ButtonKind::Primary
                submit=true
                busy=form.busy
                disabled=Signal::derive(move || form.paused())
            >
                {move || words(lang.get()).submit}
            </Button>
        }
    };
    view! {
        <Dialog
            open
            on_close=on_leave
            on_submit=submit
            keep=true
            title=move || words(lang.get()).again_title.to_owned()
            close_label=move || words(lang.get()).other_user.to_owned()
            line=move || words(lang.get()).again_line
            size=DialogSize::Narrow
            footer
        >
            <LoginFields form/>
        </Dialog>
    }
}
