//! What a mount lends the app of the page it stands in, and what that page has a say in. The app itself touches no
//! window.

use super::context::Shell;
use super::prefs::Prefs;
use crate::i18n::Lang;
use crate::route::Navigator;
use bandeja_browser::{Desk, desk};
use bandeja_client::Intent;
use bandeja_client::traits::{Local, Storage};
use bandeja_contract::{BulkSelection, SignInWay};
use bandeja_model::Conversation;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

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
    /// Leaves for another page of the site.
    pub leave: Rc<dyn Fn(&str)>,
    /// What stands before the paths of the app's own pages: nothing in one of them.
    pub site: String,
    /// The page of somebody else that the app is a part of, if it is.
    pub around: Option<Rc<dyn Around>>,
}

/// A page of somebody else around the app: it signs its users in, and may have a say in what they close.
pub trait Around {
    /// The app stands; called once, under the mount's owner.
    fn moved_in(&self, inside: Inside);
    /// The reader asks that the page should be asked for a token again.
    fn ask_again(&self);
    /// Whether it signs its users in; where it does not, they do it themselves, if they can.
    fn signs_in(&self) -> bool;
    /// Whether a conversation, or many, may be ended so. The page may take its time to find out.
    fn may_end(&self, ending: Ending) -> Local<'static, Verdict>;
    /// A conversation was ended from here.
    fn ended(&self, intent: &Intent, conversation: &Conversation);
}

/// What a page around the app can reach of it.
#[derive(Clone)]
pub struct Inside {
    /// What the app shows and acts on.
    pub desk: Desk,
    /// Where it is.
    pub navigator: Navigator,
    /// How it looks.
    pub prefs: Prefs,
    /// What it speaks.
    pub lang: Lang,
    /// Which panes it has.
    pub shell: Shell,
}

/// What is to be ended.
pub enum Ended {
    /// One conversation, as it is seen.
    One(Arc<Conversation>),
    /// Many at once: how many would be, and which.
    Many(u64, BulkSelection),
}

/// Ending, before it is done.
pub struct Ending {
    /// What.
    pub what: Ended,
    /// What would be done: [`Intent::Close`] or [`Intent::Cancel`].
    pub intent: Intent,
    /// What was filled in of the fields that the page asked for before, by name.
    pub values: BTreeMap<String, String>,
}

/// What the page around says to an ending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// It may not be, for this reason.
    pub veto: Option<String>,
    /// What has to be filled in first: a field of the closing form by its name, or one of the page's own.
    pub fields: Vec<AskedField>,
}

/// A field that the page around asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedField {
    /// Its name.
    pub name: String,
    /// What stands over it. A field of the closing form has its own.
    pub label: String,
}

/// What is outside the mount. A context; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Outside(StoredValue<Host, LocalStorage>);

impl Outside {
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

    /// The page around, if it is somebody else's.
    pub fn around(self) -> Option<Rc<dyn Around>> {
        self.0.try_with_value(|host| host.around.clone()).flatten()
    }

    /// Whether the app is part of somebody else's page.
    pub fn is_embedded(self) -> bool {
        self.around().is_some()
    }

    /// Whether signing in is the business of the page around. It may leave that to a form that the back end has.
    pub fn signs_in(self) -> bool {
        let has_form = || desk().sign_in_way() != Some(SignInWay::Elsewhere);
        self.around().is_some_and(|around| around.signs_in() || !has_form())
    }

    /// The address of a place of the app, as a link names it.
    pub fn href(self, path: &str) -> String {
        self.0.try_with_value(|host| [&host.site, path].concat()).unwrap_or_default()
    }
}
