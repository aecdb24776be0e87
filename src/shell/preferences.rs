//! The preferences of this browser, applied at once: language, appearance, density, keys, after closing.

use super::context::Shell;
use super::prefs::{Density, Prefs, Theme};
use super::words::words;
use crate::acting::{Acting, AfterClosing};
use crate::i18n::{Lang, Locale};
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Checkbox, Choice, Dialog, DialogSize, Select};
use leptos::prelude::*;

/// The dialog of preferences. Everything applies at once; nothing has to be saved.
#[component]
pub fn Preferences() -> impl IntoView {
    let lang = Lang::here();
    let shell = Shell::here();
    let close = move |()| shell.preferences.set(false);
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Primary submit=true>{move || words(lang.get()).done}</Button>
        }
    };
    view! {
        <Dialog
            open=shell.preferences
            on_close=close
            on_submit=close
            title=move || words(lang.get()).preferences.to_owned()
            close_label=move || words(lang.get()).back.to_owned()
            line=move || words(lang.get()).kept_here
            size=DialogSize::Narrow
            footer
        >
            <Choices/>
        </Dialog>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let (lang, prefs) = (Lang::here(), Prefs::here());
    let languages = || Locale::ALL.map(|locale| Choice::new(locale.code(), locale.own_name())).to_vec();
    let themes = move || {
        let w = words(lang.get());
        let word = |theme| match theme {
            Theme::Auto => w.theme_auto,
            Theme::Light => w.theme_light,
            Theme::Dark => w.theme_dark,
        };
        Theme::ALL.map(|theme| Choice::new(theme.code(), word(theme))).to_vec()
    };
    let densities = move || {
        let w = words(lang.get());
        let word = |density| match density {
            Density::Comfortable => w.comfortable,
            Density::Compact => w.compact,
        };
        Density::ALL.map(|density| Choice::new(density.code(), word(density))).to_vec()
    };
    view! {
        <Select
            label=move || words(lang.get()).language.to_owned()
            choices=Signal::derive(languages)
            value=move || lang.get().code().to_owned()
            on_change=move |code: String| lang.set(Locale::from_code(&code).unwrap_or(lang.get_untracked()))
        />
        <Select
            label=move || words(lang.get()).theme.to_owned()
            choices=Signal::derive(themes)
            value=move || prefs.theme().code().to_owned()
            on_change=move |code: String| prefs.set_theme(Theme::from_code(&code).unwrap_or_default())
        />
        <Select
            label=move || words(lang.get()).density.to_owned()
            choices=Signal::derive(densities)
            value=move || prefs.density().code().to_owned()
            on_change=move |code: String| prefs.set_density(Density::from_code(&code).unwrap_or_default())
        />
        {use_context::<Acting>().map(|acting| view! { <InboxChoices acting/> })}
    }
}

/// What only the inbox has to choose.
#[component]
fn InboxChoices(acting: Acting) -> impl IntoView {
    let (lang, prefs) = (Lang::here(), Prefs::here());
    let after = acting.after_closing.clone();
    let afters = move || {
        let w = words(lang.get());
        vec![Choice::new("next", w.after_next), Choice::new("stay", w.after_stay)]
    };
    let after_code = {
        let after = after.clone();
        move || if after.get() == AfterClosing::Stay { "stay" } else { "next" }.to_owned()
    };
    view! {
        <Select
            label=move || words(lang.get()).after_closing.to_owned()
            choices=Signal::derive(afters)
            value=Signal::derive(after_code)
            on_change=move |code: String| {
                after.set(if code == "stay" { AfterClosing::Stay } else { AfterClosing::Next });
            }
        />
        <Checkbox
            switch=true
            label=move || words(lang.get()).one_key.to_owned()
            hint=move || words(lang.get()).one_key_hint.to_owned()
            checked=move || prefs.one_key()
            on_change=move |on| prefs.set_one_key(on)
        />
    }
}
