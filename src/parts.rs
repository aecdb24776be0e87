//! The app in three parts: what shows the list, the thread with its composer, and the rest.
//!
//! The page waits for the first alone, so that rows stand there early. The others are fetched right behind it, the
//! thread first, and a part that does not arrive is asked for again. Owns what is in which part and when it comes;
//! `cargo xtask` cuts the built wasm where this file says. Built without the feature `split`, as while developing,
//! the app is of one piece and all parts are there at once.

mod load;

use crate::acting::ActingDialogs;
use crate::acting::menu_items::ActionItems;
use crate::bulk::{
    ActionBar, AllNote, Bulk, BulkDialogs, JobCards, RailJobs, SelectMenu, Selecting, SlimJobs, pick,
};
use crate::contact::ContactPane;
use crate::i18n::Lang;
use crate::inbox::chips::Chips;
use crate::inbox::empty::{EmptyView, NoMatch};
use crate::inbox::filter_picker::FilterMenu;
use crate::inbox::only_unread::OnlyUnread;
use crate::inbox::partial::PartialNote;
use crate::inbox::row_menu::Tools;
use crate::inbox::sort_menu::SortMenu;
use crate::inbox::view_menu::ViewMenu;
use crate::login::around::{outside_dialog, outside_screen};
use crate::login::{LoginDialog, LoginScreen};
use crate::shell::Outside;
use crate::shell::doors::SettingsLink;
use crate::shell::offline::OfflineBand;
use crate::shell::palette::Palette;
use crate::shell::preferences::Preferences;
use crate::shell::sheet::Sheet;
use crate::shell::user_menu::{UserItems, UserMenu};
use crate::shell::words::words;
use crate::thread::ThreadPane;
use bandeja_browser::{Desk, SignedOutReason};
use bandeja_model::{Conversation, ConversationId};
use bandeja_ui::dom::Dom;
use bandeja_ui::{Skeleton, ToastHost, Toasts, view};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Between two attempts to fetch a part, in milliseconds.
const AGAIN_MS: u32 = 3_000;

/// The thread's part.
#[derive(Clone, Copy)]
pub struct ThreadPart {
    /// One conversation.
    pub thread: fn(ConversationId) -> Dom,
}

/// Makes the box of a row: of which conversation, where it stands, what it is called.
type Pick = fn(Bulk, Signal<Option<ConversationId>>, Signal<Option<usize>>, Signal<String>) -> Dom;

/// Everything that the first look at the list does without.
#[derive(Clone, Copy)]
pub struct Rest {
    /// The band over the frame while there is no network.
    pub offline: fn() -> Dom,
    /// Dialogs over the inbox; the signal says whether signing in again is asked for, the callback leaves it.
    pub overlays: fn(Signal<bool>, Callback<()>) -> Dom,
    /// What was just done, and over the inbox the jobs under way.
    pub corner: fn(Toasts, Signal<bool>) -> Dom,
    /// The dialog of preferences.
    pub preferences: fn() -> Dom,
    /// The screen of signing in.
    pub login: fn(SignedOutReason) -> Dom,
    /// The panel of a contact.
    pub contact: fn(ConversationId) -> Dom,
    /// What can be done to a conversation, inside a menu.
    pub actions: fn(Signal<Option<Arc<Conversation>>>) -> Dom,
    /// The tools over a row of the list.
    pub tools: fn(Memo<Option<Arc<Conversation>>>) -> Dom,
    /// The foot of the rail: who is signed in, and a menu.
    pub user_menu: fn() -> Dom,
    /// What the rail has for admins besides.
    pub settings: fn() -> Dom,
    /// The menu of views, where there is no room for the rail.
    pub view_menu: fn() -> Dom,
    /// The quickest filter.
    pub only_unread: fn() -> Dom,
    /// The order of the list.
    pub sort_menu: fn() -> Dom,
    /// A view without conversations.
    pub empty_view: fn() -> Dom,
    /// A filter or search without a match.
    pub no_match: fn() -> Dom,
    /// The button beside the search field.
    pub filter_menu: fn() -> Dom,
    /// The conditions under it.
    pub chips: fn() -> Dom,
    /// The menu that begins to select.
    pub select_menu: fn() -> Dom,
    /// The strip over the list while somebody selects.
    pub selecting: fn() -> Dom,
    /// What selecting all means, under the strip.
    pub all_note: fn() -> Dom,
    /// What the rows leave out, where a back end cannot say.
    pub partial_note: fn() -> Dom,
    /// The box of a row while somebody selects.
    pub pick: Pick,
    /// What can be done to what is selected.
    pub bar: fn() -> Dom,
    /// Jobs, folded into the rail.
    pub rail_jobs: fn() -> Dom,
    /// Jobs, where there is one pane.
    pub slim_jobs: fn() -> Dom,
}

impl ThreadPart {
    fn new() -> Self {
        Self { thread: |id| view! { <ThreadPane id/> } }
    }
}

impl Rest {
    fn new() -> Self {
        Self {
            overlays: |open, on_leave| {
                view! {
                    <ActingDialogs/>
                    <BulkDialogs/>
                    <Palette/>
                    <Sheet/>
                    {sign_in_again(open, on_leave)}
                }
            },
            offline: || view! { <OfflineBand/> },
            preferences: || view! { <Preferences/> },
            corner: |toasts, in_inbox| view! { <Corner toasts in_inbox/> },
            login: |reason| {
                if expect_context::<Outside>().signs_in() {
                    outside_screen(reason)
                } else {
                    view! { <LoginScreen reason/> }
                }
            },
            contact: |id| view! { <ContactPane id/> },
            actions: |conversation| view! { <ActionItems conversation/> },
            tools: |conversation| view! { <Tools conversation/> },
            user_menu: || view! { <UserMenu items=|| view! { <UserItems/> }/> },
            settings: || view! { <SettingsLink/> },
            view_menu: || view! { <ViewMenu/> },
            only_unread: || view! { <OnlyUnread/> },
            sort_menu: || view! { <SortMenu/> },
            empty_view: || view! { <EmptyView/> },
            no_match: || view! { <NoMatch/> },
            filter_menu: || view! { <FilterMenu/> },
            chips: || view! { <Chips/> },
            select_menu: || view! { <SelectMenu/> },
            selecting: || view! { <Selecting/> },
            all_note: || view! { <AllNote/> },
            partial_note: || view! { <PartialNote/> },
            pick,
            bar: || view! { <ActionBar/> },
            rail_jobs: || view! { <RailJobs/> },
            slim_jobs: || view! { <SlimJobs/> },
        }
    }
}

/// The way back in over the inbox, whose business that is; it may only turn out when a session ends.
fn sign_in_again(open: Signal<bool>, on_leave: Callback<()>) -> impl Fn() -> Dom {
    let outside = expect_context::<Outside>();
    let is_outside = Memo::new(move |_| {
        open.track();
        outside.signs_in()
    });
    move || {
        if is_outside.get() {
            outside_dialog(open, on_leave)
        } else {
            view! { <LoginDialog open on_leave/> }
        }
    }
}

/// The parts as far as they have come. A context of the mount; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Parts {
    thread: RwSignal<Option<ThreadPart>>,
    rest: RwSignal<Option<Rest>>,
}

impl Parts {
    /// Begins to fetch them, to be provided as context.
    pub fn fetch(desk: &Desk) -> Self {
        let parts = Self { thread: RwSignal::new(None), rest: RwSignal::new(None) };
        let desk = desk.clone();
        spawn_local(async move {
            while matches!(parts.thread.try_get_untracked(), Some(None)) {
                match load::thread().await {
                    Ok(part) => drop(parts.thread.try_set(Some(part))),
                    Err(_) => desk.pause(AGAIN_MS).await,
                }
            }
            while matches!(parts.rest.try_get_untracked(), Some(None)) {
                match load::rest().await {
                    Ok(part) => drop(parts.rest.try_set(Some(part))),
                    Err(_) => desk.pause(AGAIN_MS).await,
                }
            }
        });
        parts
    }

    /// The mount's.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// What `show` makes of the rest, once it is here; nothing until then. Tracks.
    pub fn rest(self, show: impl FnOnce(Rest) -> Dom) -> Dom {
        self.rest.get().map_or(Dom::Nothing, show)
    }

    /// The thread of a conversation, or its shape until it can be shown. Tracks.
    pub fn thread(self, id: ConversationId) -> Dom {
        if let Some(part) = self.thread.get() {
            return (part.thread)(id);
        }
        let lang = Lang::here();
        view! { <Skeleton rows=6 label=move || words(lang.get()).loading_part.to_owned()/> }
    }
}

/// The corner of the mount: toasts, and below them the jobs under way.
#[component]
fn Corner(toasts: Toasts, in_inbox: Signal<bool>) -> impl IntoView {
    let lang = Lang::here();
    view! {
        <div class="corner">
            <ToastHost toasts dismiss_label=move || words(lang.get()).dismiss.to_owned()/>
            {move || in_inbox.get().then(|| view! { <JobCards/> })}
        </div>
    }
}
