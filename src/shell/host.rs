//! What a mount lends the app of the page it stands in. The app itself touches no window.

use bandeja_client::traits::Storage;
use leptos::prelude::*;
use std::rc::Rc;

/// The page around the app: the stand-alone start lends the browser, a host page what it likes.
#[derive(Clone)]
pub struct Host {
    /// The reader's languages, best first.
    pub languages: Vec<String>,
    /// Where preferences outlive the page.
    pub storage: Rc<dyn Storage>,
    /// Names the page: the title of its tab.
    pub set_title: Rc<dyn Fn(&str)>,
    /// Whether the page is the app's alone: then keys are heard also while nothing has the focus.
    pub owns_page: bool,
    /// Loads the page again, when nothing else helps.
    pub reload: Rc<dyn Fn()>,
    /// Leaves for another page of the site, as following a link does.
    pub leave: Rc<dyn Fn(&str)>,
}

/// The way out of the mount, for what is no link. A context; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Exit(StoredValue<Host, LocalStorage>);

impl Exit {
    /// To be provided as context.
    pub fn new(host: Host) -> Self {
        Self(StoredValue::new_local(host))
    }

    /// Leaves for another page of the site.
    pub fn leave(self, address: &str) {
        if let Some(host) = self.0.try_get_value() {
            (host.leave)(address);
        }
    }
}
