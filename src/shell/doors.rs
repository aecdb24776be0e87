//! The way from the inbox to the admins' settings, for those who have any.

use super::host::Outside;
use super::words::words;
use crate::i18n::Lang;
use bandeja_browser::{SessionState, desk};
use bandeja_ui::view;
use bandeja_ui::{Icon, IconName, MenuItem, MenuRule};
use leptos::prelude::*;

/// Where the admins' page is: another page of the site, with a program of its own.
pub const SETTINGS: &str = "/admin";

/// Whether the reader has settings, and the back end too; tracked.
pub(super) fn has_settings() -> Memo<bool> {
    let desk = desk();
    // Inside somebody else's page there is no way to a page of ours.
    let embedded = expect_context::<Outside>().is_embedded();
    Memo::new(move |_| {
        !embedded
            && desk.can("settings")
            && desk.session.with(
                |state| matches!(state, SessionState::SignedIn(session) if session.user.role.has_settings()),
            )
    })
}

/// The rail's section for admins.
#[component]
pub fn SettingsLink() -> impl IntoView {
    let (lang, shown) = (Lang::here(), has_settings());
    move || {
        shown.get().then(|| {
            view! {
                <div class="nav">
                    <h2>{move || words(lang.get()).administration}</h2>
                    <a href=SETTINGS>
                        <Icon name=IconName::Sliders/>
                        <span class="clip">{move || words(lang.get()).settings}</span>
                    </a>
                </div>
            }
        })
    }
}

/// The same in a menu, where there is no room for the rail.
#[component]
pub fn SettingsItem() -> impl IntoView {
    let (lang, shown) = (Lang::here(), has_settings());
    let outside = expect_context::<Outside>();
    move || {
        shown.get().then(|| {
            view! {
                <MenuRule/>
                <MenuItem
                    icon=IconName::Sliders
                    label=move || words(lang.get()).settings.to_owned()
                    on_choose=move |()| outside.leave(SETTINGS)
                />
            }
        })
    }
}
