//! Who is signed in: availability (P42), preferences, shortcuts, signing out.

use super::context::Shell;
use super::host::Outside;
use super::words::words;
use crate::acting::names::availability_word;
use crate::bulk::{Bulk, bulk_words};
use crate::i18n::Lang;
use bandeja_browser::{Desk, SessionState, desk};
use bandeja_contract::SessionUser;
use bandeja_model::Availability;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Align, Avatar, AvatarSize, IconName, Menu, MenuHeading, MenuItem, MenuRule, Toast, Toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// All of them, in the order they are offered.
pub const AVAILABILITIES: [Availability; 3] =
    [Availability::Online, Availability::Away, Availability::Offline];

/// Its name among the capabilities.
const AVAILABILITY: &str = "availability";

/// Whether something is there.
fn can(name: &'static str) -> Memo<bool> {
    let desk = desk();
    Memo::new(move |_| desk.can(name))
}

/// The foot of the rail: the reader, and a menu.
#[component]
pub fn UserMenu(
    /// What the menu offers.
    items: fn() -> Dom,
) -> impl IntoView {
    let lang = Lang::here();
    let user = signed_in_user(&desk());
    let id = move || user.with(|user| user.as_ref().map(|user| user.id.to_string()).unwrap_or_default());
    let name = move || user.with(|user| user.as_ref().map(|user| user.name.clone()).unwrap_or_default());
    let availability = Memo::new(move |_| user.with(|user| user.as_ref().map(|user| user.availability)));
    let shows_presence = can(AVAILABILITY);
    let trigger = move || {
        view! {
            <Avatar id=Signal::derive(id) name=Signal::derive(name) size=AvatarSize::Medium/>
            <span class="grow">
                <span class="clip">{name}</span>
                {move || {
                    shows_presence
                        .get()
                        .then(|| {
                            view! {
                                <small>
                                    <span class=move || presence_class(availability.get())></span>
                                    {move || availability.get().map(|a| availability_word(a, lang.get()))}
                                </small>
                            }
                        })
                }}
            </span>
            <bandeja_ui::Icon name=IconName::Up/>
        }
    };
    move || {
        user.with(Option::is_some).then(|| {
            view! {
                <Menu
                    label=move || words(lang.get()).account.to_owned()
                    trigger=trigger
                    class="me"
                    align=Align::Start
                >
                    {items()}
                </Menu>
            }
        })
    }
}

/// The items of the user's menu, for the rail and for the view menu of narrow frames.
#[component]
pub fn UserItems() -> impl IntoView {
    let lang = Lang::here();
    let (shell, bulk) = (Shell::here(), Bulk::here());
    let has_jobs = can("bulk");
    let recent = move || {
        view! {
            <MenuItem
                icon=IconName::Layers
                label=move || bulk_words(lang.get()).recent.to_owned()
                on_choose=move |()| bulk.show_recent()
            />
        }
    };
    // Where the page around signs in, signing out is its business too.
    let signs_out = !expect_context::<Outside>().signs_in();
    view! {
        <AvailabilityItems/>
        {move || has_jobs.get().then(recent)}
        <PreferencesItem/>
        <MenuItem
            icon=IconName::Keyboard
            label=move || words(lang.get()).shortcuts.to_owned()
            keys="?"
            on_choose=move |()| shell.sheet.set(true)
        />
        {signs_out.then(|| view! { <MenuRule/> <SignOutItem/> })}
    }
}

/// Whether the reader is there, to be chosen, and a rule behind it; nothing where nobody is told of it.
#[component]
pub fn AvailabilityItems() -> impl IntoView {
    let lang = Lang::here();
    let (user, toasts) = (signed_in_user(&desk()), expect_context::<Toasts>());
    let desk = StoredValue::new(desk());
    let is_there = can(AVAILABILITY);
    let choice = move |availability: Availability| {
        let is_it = move || user.with(|user| user.as_ref().map(|user| user.availability == availability));
        let hint = move || {
            let w = words(lang.get());
            match availability {
                Availability::Online => w.online_hint,
                Availability::Away => w.away_hint,
                Availability::Offline => w.offline_hint,
            }
            .to_owned()
        };
        view! {
            <MenuItem
                label=move || availability_word(availability, lang.get()).to_owned()
                hint=Signal::derive(hint)
                checked=Signal::derive(is_it)
                on_choose=move |()| set_availability(&desk.get_value(), availability, lang, toasts)
            />
        }
    };
    move || {
        is_there.get().then(|| {
            view! {
                <MenuHeading text=move || words(lang.get()).availability.to_owned()/>
                {AVAILABILITIES.map(choice).collect_view()}
                <MenuRule/>
            }
        })
    }
}

/// Opens the preferences.
#[component]
pub fn PreferencesItem() -> impl IntoView {
    let (lang, shell) = (Lang::here(), Shell::here());
    view! {
        <MenuItem
            icon=IconName::Sliders
            label=move || words(lang.get()).preferences_ask.to_owned()
            on_choose=move |()| shell.preferences.set(true)
        />
    }
}

/// Signs out.
#[component]
pub fn SignOutItem() -> impl IntoView {
    let (lang, toasts) = (Lang::here(), expect_context::<Toasts>());
    let desk = StoredValue::new(desk());
    view! {
        <MenuItem
            icon=IconName::Open
            label=move || words(lang.get()).sign_out.to_owned()
            on_choose=move |()| sign_out(&desk.get_value(), lang, toasts)
        />
    }
}

/// The signed-in user.
pub fn signed_in_user(desk: &Desk) -> Memo<Option<SessionUser>> {
    let session = desk.session.clone();
    Memo::new(move |_| {
        session.with(|state| match state {
            SessionState::SignedIn(session) => Some(session.user.clone()),
            _ => None,
        })
    })
}

/// Tells the others whether the reader is there; says so if that failed.
pub fn set_availability(desk: &Desk, availability: Availability, lang: Lang, toasts: Toasts) {
    let desk = desk.clone();
    spawn_local(async move {
        if desk.set_availability(availability).await.is_err() {
            let text = words(lang.get_untracked()).availability_failed;
            toasts.push(Toast::new("availability", text).with_icon(IconName::Alert));
        }
    });
}

/// Signs out; says so if the server could not be told.
pub fn sign_out(desk: &Desk, lang: Lang, toasts: Toasts) {
    let desk = desk.clone();
    spawn_local(async move {
        if desk.sign_out().await.is_err() {
            let text = words(lang.get_untracked()).sign_out_failed;
            toasts.push(Toast::new("sign_out", text).with_icon(IconName::Alert));
        }
    });
}

/// The class of the dot that shows it.
pub(crate) fn presence_class(availability: Option<Availability>) -> &'static str {
    match availability {
        Some(Availability::Online) => "presence",
        Some(Availability::Away) => "presence away",
        Some(Availability::Offline) | None => "presence off",
    }
}
