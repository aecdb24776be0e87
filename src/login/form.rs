//! The form of signing in: two fields, what is wrong with them, and the pause the server may ask for.

use super::told::{Told, looks_like_an_address, told};
use super::words::words;
use crate::i18n::Lang;
use bandeja_browser::{Desk, desk};
use bandeja_client::ClientError;
use bandeja_contract::SignInWay;
use bandeja_contract::problem::code;
use bandeja_ui::platform::{Ticker, focus, keep, next_frame};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{IconButton, IconName, Notice, TextField};
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

/// What stands in the form, and how far it is. Copies speak of the same form.
#[derive(Clone, Copy)]
pub struct LoginForm {
    email: RwSignal<String>,
    password: RwSignal<String>,
    tried: RwSignal<bool>,
    error: RwSignal<Option<ClientError>>,
    wait_s: RwSignal<u32>,
    /// Whether the server is being asked.
    pub busy: RwSignal<bool>,
    email_node: NodeRef<html::Input>,
    password_node: NodeRef<html::Input>,
    lang: Lang,
    /// How one signs in, as far as it is known.
    pub way: RwSignal<Option<SignInWay>>,
}

impl LoginForm {
    /// An empty form, or one with an address.
    pub fn new(email: String) -> Self {
        let form = Self {
            email: RwSignal::new(email),
            password: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
            error: RwSignal::new(None),
            wait_s: RwSignal::new(0),
            busy: RwSignal::new(false),
            email_node: NodeRef::new(),
            password_node: NodeRef::new(),
            lang: Lang::here(),
            way: RwSignal::new(desk().sign_in_way()),
        };
        keep(Ticker::every(1_000, move || {
            if form.wait_s.try_get_untracked().unwrap_or_default() > 0 {
                form.wait_s.try_update(|left| *left = left.saturating_sub(1));
            }
        }));
        form
    }

    /// Fills in an address.
    pub fn set_email(self, email: &str) {
        self.email.set(email.to_owned());
    }

    /// Why it cannot be sent now, in words: the pause the server asked for.
    pub fn paused(self) -> Option<String> {
        (self.wait_s.get() > 0).then(|| self.told().map(|told| told.detail)).flatten()
    }

    fn by_token(self) -> bool {
        self.way.get() == Some(SignInWay::Token)
    }

    /// Whoever signs in elsewhere is known there by a name of any form.
    fn by_name(self) -> bool {
        self.way.get() == Some(SignInWay::Name)
    }

    fn told(self) -> Option<Told> {
        let wait = self.wait_s.get();
        let locale = self.lang.get();
        self.error.with(|error| error.as_ref().map(|error| told(error, Some(wait), locale)))
    }

    fn email_fault(self) -> Option<String> {
        let w = words(self.lang.get());
        if self.by_token() || !self.tried.get() {
            return None;
        }
        self.email
            .with(|email| match email.trim() {
                "" => Some(if self.by_name() { w.name_missing } else { w.email_missing }),
                email if !self.by_name() && !looks_like_an_address(email) => Some(w.email_odd),
                _ => None,
            })
            .map(str::to_owned)
    }

    fn password_fault(self) -> Option<String> {
        let is_missing = self.tried.get() && self.password.with(String::is_empty);
        let w = words(self.lang.get());
        is_missing.then(|| if self.by_token() { w.token_missing } else { w.password_missing }.to_owned())
    }

    /// Sends it, if it can be sent.
    pub fn submit(self, desk: &Desk) {
        self.tried.set(true);
        let fault_at = untrack(|| {
            if self.email_fault().is_some() {
                Some(self.email_node)
            } else if self.password_fault().is_some() {
                Some(self.password_node)
            } else {
                None
            }
        });
        if let Some(node) = fault_at {
            focus_on(node);
            return;
        }
        if self.busy.get_untracked() || self.wait_s.get_untracked() > 0 {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let desk = desk.clone();
        spawn_local(async move {
            let (Some(email), Some(password)) =
                (self.email.try_get_untracked(), self.password.try_get_untracked())
            else {
                return;
            };
            let answer = desk.sign_in(email.trim(), &password).await;
            self.answered(answer);
        });
    }

    fn answered(self, answer: Result<(), ClientError>) {
        self.busy.try_set(false);
        match answer {
            Ok(()) => {
                self.password.try_set(String::new());
                self.tried.try_set(false);
            }
            Err(error) => {
                self.wait_s.try_set(pause_of(&error).unwrap_or_default());
                if error.code() == code::WRONG_CREDENTIALS {
                    self.password.try_set(String::new());
                    self.tried.try_set(false);
                    focus_on(self.password_node);
                }
                self.error.try_set(Some(error));
            }
        }
    }
}

/// How long the server asks to wait, in seconds.
fn pause_of(error: &ClientError) -> Option<u32> {
    let problem = error.problem().filter(|problem| problem.code == code::RATE_LIMITED)?;
    let digits: String = problem.detail.chars().skip_while(|c| !c.is_ascii_digit()).collect();
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn focus_on(node: NodeRef<html::Input>) {
    next_frame(move || {
        if let Some(input) = node.try_get_untracked().flatten() {
            focus(&input);
        }
    });
}

/// The fields, and over them what went wrong. Stands inside a `<form>` of the caller.
#[component]
pub fn LoginFields(
    /// The form.
    form: LoginForm,
) -> impl IntoView {
    let lang = form.lang;
    let shown = RwSignal::new(false);
    let notice = move || {
        form.told().map(|told| {
            view! {
                <Notice tone=told.tone icon=told.icon sentence=told.sentence.to_owned() detail=told.detail/>
            }
        })
    };
    let eye = move || if shown.get() { IconName::Hide } else { IconName::Eye };
    let eye_label = move || {
        let w = words(lang.get());
        if shown.get() { w.hide_password } else { w.show_password }.to_owned()
    };
    form.way.set(desk().sign_in_way());
    let name_label = move || {
        let w = words(lang.get());
        if form.by_name() { w.name } else { w.email }.to_owned()
    };
    let secret_label = move || {
        let w = words(lang.get());
        if form.by_token() { w.token } else { w.password }.to_owned()
    };
    let has_email = form.email.with_untracked(|email| !email.is_empty());
    // The native type cannot change under a field that keeps its text, so the input's attribute is set.
    watch(move || {
        let kind = if shown.get() { "text" } else { "password" };
        if let Some(input) = form.password_node.get() {
            input.set_type(kind);
        }
    });
    view! {
        <div class="told" aria-live="assertive">{notice}</div>
        {move || (!form.by_token()).then(|| view! {
            <TextField
                label=Signal::derive(name_label)
                kind=if form.by_name() { "text" } else { "email" }
                autocomplete="username"
                required=true
                autofocus=!has_email
                node=form.email_node
                value=form.email
                error=move || form.email_fault()
                on_input=move |text| form.email.set(text)
            />
        })}
        <div class="with-eye-field">
            <TextField
                label=Signal::derive(secret_label)
                kind="password"
                autocomplete=if untrack(|| form.by_token()) { "off" } else { "current-password" }
                required=true
                autofocus=has_email || untrack(|| form.by_token())
                node=form.password_node
                value=form.password
                error=move || form.password_fault()
                on_input=move |text| form.password.set(text)
            />
            <IconButton
                icon=Signal::derive(eye)
                label=Signal::derive(eye_label)
                pressed=move || Some(shown.get())
                on_click=move |()| shown.update(|shown| *shown = !*shown)
            />
        </div>
    }
}

/// The desk and the submit of a form, for its callers.
pub fn submitter(form: LoginForm) -> Callback<()> {
    let desk = desk();
    Callback::new(move |()| form.submit(&desk))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::Problem;

    #[test]
    fn the_pause_is_read_from_what_the_server_says() {
        let limited = |detail: &str| {
            pause_of(&ClientError::Problem(Box::new(Problem::new(429, code::RATE_LIMITED, "", detail))))
        };
        assert_eq!(limited("Try again in 42 seconds."), Some(42));
        assert_eq!(limited("Later."), None);
        assert_eq!(pause_of(&ClientError::Offline), None);
    }
}
