//! The screen of signing in.

use super::form::{LoginFields, LoginForm, submitter};
use super::words::words;
use crate::i18n::{Lang, Locale};
use crate::shell::words::words as shell_words;
use crate::shell::{Outside, Place, Shell};
use bandeja_browser::{SignedOutReason, desk};
use bandeja_contract::SignInWay;
use bandeja_ui::platform::{first_matching, focus, next_frame};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, ButtonKind, Icon, IconName};
use leptos::{html, prelude::*};

/// Nobody is signed in: the form, alone.
#[component]
pub fn LoginScreen(
    /// Why nobody is.
    reason: SignedOutReason,
) -> impl IntoView {
    let lang = Lang::here();
    let form = LoginForm::new(String::new());
    let submit = submitter(form);
    let shell = Shell::here();
    on_cleanup(move || {
        // Somebody came in: the list takes the focus that this form had.
        shell.wants_focus.try_set(Some(Place::Grid));
    });
    let node = NodeRef::<html::Form>::new();
    let embedded = expect_context::<Outside>().is_embedded();
    watch(move || {
        // In somebody else's page the focus stays where it is.
        let Some(form) = node.get().filter(|_| !embedded) else { return };
        next_frame(move || {
            if let Some(field) = first_matching(&form, "[data-autofocus]") {
                focus(&field);
            }
        });
    });
    let way = desk().sign_in_way();
    let elsewhere = way == Some(SignInWay::Elsewhere);
    let lead = move || {
        let w = words(lang.get());
        match reason {
            SignedOutReason::Never if way == Some(SignInWay::Token) => w.lead_token,
            SignedOutReason::Never if way == Some(SignInWay::Name) => w.lead_name,
            SignedOutReason::Never if elsewhere => w.lead_elsewhere,
            SignedOutReason::Never => w.lead,
            SignedOutReason::ByUser => w.lead_by_user,
            SignedOutReason::Expired => w.lead_expired,
        }
    };
    let inside = move || {
        view! {
            <section class="sign-in">
                <div class="brand">
                    <span class="mark"><Icon name=IconName::Logo/></span>
                    <span>{move || shell_words(lang.get()).brand}</span>
                </div>
                <h1>{move || words(lang.get()).title}</h1>
                <p>{lead}</p>
                {(!elsewhere).then(|| view! { <form
                    node_ref=node
                    novalidate=true
                    on:submit=move |event| {
                        event.prevent_default();
                        submit.run(());
                    }
                >
                    <LoginFields form/>
                    <Button
                        kind=ButtonKind::Primary
                        submit=true
                        busy=form.busy
                        disabled=Signal::derive(move || form.paused())
                    >
                        {move || words(lang.get()).submit}
                    </Button>
                </form> })}
            </section>
            <Languages/>
        }
    };
    if embedded {
        view! { <div class="alone">{inside}</div> }
    } else {
        view! { <main class="alone">{inside}</main> }
    }
}

/// The way to the other language, for those who cannot read this one.
#[component]
fn Languages() -> impl IntoView {
    let lang = Lang::here();
    let one = move |locale: Locale| {
        view! {
            <button
                type="button"
                class="link"
                lang=locale.code()
                aria-pressed=move || (lang.get() == locale).to_string()
                on:click=move |_| lang.set(locale)
            >
                {locale.own_name()}
            </button>
        }
    };
    view! { <footer>{Locale::ALL.map(one).collect_view()}</footer> }
}
