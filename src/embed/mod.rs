//! The inbox inside somebody else's page: what a custom element's attributes, methods and events mean to the app.
//!
//! Owns the way between the two: settings that come as texts and follow their attribute, what the page is told, what it
//! may refuse. The element itself is written in JavaScript (`embed/`), the program that joins both is `bin/embed.rs`.
//! Knows no window, no address and no history: places are kept in memory.

mod around;
mod context;
mod events;
mod following;
mod limits;
mod places;
mod settings;
mod told;

pub use settings::Settings;

use crate::mount::{Mounted, Start, mount};
use crate::shell::{Host, Inside};
use around::HostPage;
use bandeja_browser::doors::{Doors, LocalStorage, languages};
use bandeja_browser::{Desk, DeskConfig, SessionState};
use bandeja_client::bearer::Tokens;
use bandeja_client::traits::{Local, Storage, StorageError};
use js_sys::Function;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlElement;

/// The element in the host page, as the app talks to it.
pub trait Port {
    /// Tells the page of something: a name without its prefix, and the details as JSON.
    fn say(&self, name: &str, detail: &str);
    /// Asks the page about something in the same form. It answers as JSON, or not at all.
    fn ask(&self, name: &str, detail: &str) -> Local<'static, Option<String>>;
    /// Whether the page signs its users in.
    fn gives_tokens(&self) -> bool;
}

/// What is behind the inbox.
pub enum Behind {
    /// A Bandeja server, which tokens open.
    Server(Tokens),
    /// Whatever a function in the place of `fetch` leads to, which sees to its tokens by itself.
    Instead(Function),
}

/// What never changes of a mount.
pub struct Place {
    /// The element that the app shall stand in.
    pub element: HtmlElement,
    /// What stands before `/api/v1` in the addresses of calls.
    pub api_base: String,
    /// What answers them.
    pub behind: Behind,
    /// The way to the page.
    pub port: Rc<dyn Port>,
}

/// The inbox in somebody else's page. Dropping it takes it away, with everything it began.
pub struct Embedded {
    settings: ArcRwSignal<Settings>,
    inside: Rc<RefCell<Option<Inside>>>,
    _mounted: Mounted,
}

impl Embedded {
    /// Mounts it.
    pub fn start(place: Place, settings: Settings) -> Self {
        let Place { element, api_base, behind, port } = place;
        let settings = ArcRwSignal::new(settings);
        let inside = Rc::new(RefCell::new(None));
        let page = HostPage::new(port, settings.clone(), Rc::clone(&inside));
        let starting = settings.clone();
        let mounted = mount(element, move || {
            let config = DeskConfig { api_base: api_base.clone(), by_tokens: true, ..DeskConfig::default() };
            let doors = match behind {
                Behind::Server(tokens) => Doors::with_tokens(tokens),
                Behind::Instead(fetch) => Doors::with_instead(fetch),
            };
            let desk = Desk::start_with(config, doors);
            let navigator = places::navigator(&starting);
            let host = host(page, api_base, desk.clone(), &starting);
            Start { desk, navigator, host }
        });
        Self { settings, inside, _mounted: mounted }
    }

    /// An attribute has another value, or none. A name that means nothing here is nobody's mistake: hosts have their own.
    pub fn set(&self, name: &str, value: Option<&str>) {
        let mut settings = self.settings.get_untracked();
        settings.set(name, value);
        if self.settings.with_untracked(|before| *before != settings) {
            self.settings.set(settings);
        }
    }

    /// Opens a conversation.
    pub fn open(&self, id: &str) {
        if let Some(inside) = &*self.inside.borrow() {
            inside.navigator.open(id.into());
        }
    }

    /// Narrows the list to a filter as an address writes it; gives the parts that could not be read, and then does nothing.
    pub fn set_filter(&self, filter: &str) -> Vec<String> {
        let Some(inside) = self.inside.borrow().clone() else { return Vec::new() };
        let view = inside.navigator.route().with_untracked(|route| route.view);
        let wanted = places::narrowed_to(view, Some(filter));
        if wanted.unread_parts.is_empty() {
            inside.navigator.set_filter(wanted.filter);
        }
        wanted.unread_parts
    }

    /// Asks again for everything that is shown; where nobody is signed in, for a token first.
    pub fn refresh(&self) {
        let Some(inside) = self.inside.borrow().clone() else { return };
        if inside.desk.session.with_untracked(|state| matches!(state, SessionState::SignedIn(_))) {
            inside.desk.refresh();
        } else {
            inside.desk.resume();
        }
    }

    /// Ends the session here and wipes the user's drafts and unsent messages from this browser.
    pub fn logout(&self) {
        if let Some(inside) = &*self.inside.borrow() {
            inside.desk.leave();
        }
    }
}

/// What the host page lends, which is little: its title, its address and its other pages stay its own.
fn host(page: HostPage, api_base: String, desk: Desk, settings: &ArcRwSignal<Settings>) -> Host {
    let wanted = settings.with_untracked(|settings| settings.locale.clone());
    Host {
        languages: wanted.into_iter().chain(languages()).collect(),
        storage: Rc::new(OwnCorner { prefix: ["bandeja:", &api_base, ":"].concat() }),
        set_title: Rc::new(|_| {}),
        owns_page: false,
        reload: Rc::new(move || desk.resume()),
        leave: Rc::new(|_| {}),
        site: api_base,
        around: Some(Rc::new(page)),
    }
}

/// The host page's storage, where preferences for one server are told from those for another.
struct OwnCorner {
    prefix: String,
}

impl OwnCorner {
    fn key(&self, key: &str) -> String {
        [&self.prefix, key].concat()
    }
}

impl Storage for OwnCorner {
    fn get(&self, key: &str) -> Option<String> {
        LocalStorage.get(&self.key(key))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        LocalStorage.set(&self.key(key), value)
    }

    fn remove(&self, key: &str) {
        LocalStorage.remove(&self.key(key));
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        let own = LocalStorage.keys(&self.key(prefix));
        own.iter().filter_map(|key| key.strip_prefix(&self.prefix).map(str::to_owned)).collect()
    }
}
