//! The client's doors in a browser.

mod address;
mod clock;
mod fetch;
mod own_page;
mod page;
mod share;
mod storage;

pub use address::{address, follow_address, move_to};
pub use clock::BrowserClock;
pub use fetch::FetchTransport;
pub use own_page::{languages, leave_for, mounting_place, reload, set_title};
pub use page::Listener;
pub(crate) use page::{is_visible, listen};
pub(crate) use share::Share;
pub use storage::LocalStorage;

use bandeja_client::bearer::{Bearer, Tokens};
use bandeja_client::traits::{Clock, Storage, Transport};
use js_sys::Function;
use std::rc::Rc;

/// The doors the desk goes through; tests bring their own.
#[derive(Clone)]
pub struct Doors {
    /// To the server.
    pub transport: Rc<dyn Transport>,
    /// To what outlives the page.
    pub storage: Rc<dyn Storage>,
    /// To time and chance.
    pub clock: Rc<dyn Clock>,
    /// Whether one event stream serves all tabs and instances of a user. Not where each has event ids of its own.
    pub shares_stream: bool,
}

impl Doors {
    /// Those of a browser.
    pub fn browser() -> Self {
        Self {
            transport: Rc::new(FetchTransport::default()),
            storage: Rc::new(LocalStorage),
            clock: Rc::new(BrowserClock),
            shares_stream: true,
        }
    }

    /// Those of somebody else's page, whose tokens open the server.
    pub fn with_tokens(tokens: Tokens) -> Self {
        let transport = Bearer::new(Rc::new(FetchTransport::without_cookies()), tokens);
        Self { transport: Rc::new(transport), ..Self::browser() }
    }

    /// Those of a page of one's own, which may have put something in the place of the server.
    pub fn own_page() -> Self {
        own_page::fetch_instead().map_or_else(Self::browser, Self::with_instead)
    }

    /// Those of a page where a function stands in the place of `fetch`.
    pub fn with_instead(fetch: Function) -> Self {
        // Behind each is an engine of its own, which numbers its events by itself.
        Self { transport: Rc::new(FetchTransport::by(fetch)), shares_stream: false, ..Self::browser() }
    }
}
