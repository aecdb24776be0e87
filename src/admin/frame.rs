//! What stands around a screen of the settings: the rail, the head of the page, the sections.

use super::lines::LinesScreen;
use super::narrow::NarrowMenu;
use super::place::{Place, Ways};
use super::rail::AdminRail;
use super::sections::{Sections, name_of, section_of};
use super::teams::TeamsAndUsers;
use super::words::words;
use crate::i18n::{Lang, fill};
use crate::shell::Shell;
use crate::shell::words::words as shell_words;
use bandeja_browser::{Connection, desk};
use bandeja_ui::platform::{focus, next_frame};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Banner, Icon, IconName, IconSize};
use leptos::{html, prelude::*};

/// The frame with the screen of the present place.
#[component]
pub fn AdminFrame() -> impl IntoView {
    let (lang, ways) = (Lang::here(), Ways::here());
    let section = Memo::new(move |_| section_of(ways.place()));
    let heading = NodeRef::<html::H1>::new();
    // Whoever has just signed in goes on at the top of the page.
    let shell = Shell::here();
    watch(move || {
        let Some(heading) = heading.get() else { return };
        if shell.wants_focus.get().is_some() {
            shell.wants_focus.set(None);
            next_frame(move || focus(&heading));
        }
    });
    let screen = move || match section.get() {
        // Tabs of one screen: going from one to the other builds nothing anew.
        Place::Teams | Place::Users => view! { <TeamsAndUsers/> },
        Place::Lines => view! { <LinesScreen/> },
    };
    view! {
        <div class="app-frame">
            <OfflineBand/>
            <div class="frame wide">
                <AdminRail/>
                <main class="page">
                    <header class="top">
                        <NarrowMenu/>
                        <span class="muted not-narrow">{move || shell_words(lang.get()).settings}</span>
                        <span class="not-narrow crumb"><Icon name=IconName::Right size=IconSize::Tiny/></span>
                        <h1 node_ref=heading tabindex="-1">{move || name_of(ways.place(), words(lang.get()))}</h1>
                    </header>
                    <div class="settings">
                        <Sections/>
                        <div class="scroll">{screen}</div>
                    </div>
                </main>
            </div>
        </div>
    }
}

/// The band over the frame while the server cannot be reached.
#[component]
fn OfflineBand() -> impl IntoView {
    let lang = Lang::here();
    let connection = desk().connection.clone();
    move || {
        let Connection::Offline { since } = connection.get() else { return None };
        Some(view! {
            <Banner
                icon=IconName::Offline
                sentence=move || fill(shell_words(lang.get()).offline_since, &[&lang.clock(since)])
                detail=move || words(lang.get()).offline_detail.to_owned()
            />
        })
    }
}
