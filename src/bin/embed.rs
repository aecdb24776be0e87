//! The start inside somebody else's page: the program behind the custom elements of `embed/`.
//!
//! A program of its own, so that the stand-alone inbox carries none of it; browsers keep what they fetched for one site
//! apart from what they fetched for another, so there is nothing to share. It starts nothing by itself: each element asks
//! for an instance, and drops it. Whatever is on the other side of [`Element`] is the host page's.

use bandeja_app::embed::{Behind, Embedded, Place, Port, Settings};
use bandeja_client::bearer::Tokens;
use bandeja_client::traits::Local;
use js_sys::{Array, Function, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

fn main() {}

#[wasm_bindgen]
extern "C" {
    /// What the element offers: see `embed/inbox.js`.
    pub type Element;

    /// A token, newer than the one that was refused; resolves with nothing where there is none.
    #[wasm_bindgen(method)]
    fn token(this: &Element, refused: Option<String>) -> Promise;

    /// Whether the page signs its users in.
    #[wasm_bindgen(method, js_name = givesTokens)]
    fn gives_tokens(this: &Element) -> bool;

    /// What stands in the place of `fetch`, if anything does.
    #[wasm_bindgen(method, getter)]
    fn fetch(this: &Element) -> Option<Function>;

    /// Sends an event.
    #[wasm_bindgen(method)]
    fn say(this: &Element, name: &str, detail: &str);

    /// Sends an event that can be answered; resolves with the answer.
    #[wasm_bindgen(method)]
    fn ask(this: &Element, name: &str, detail: &str) -> Promise;
}

/// One inbox.
#[wasm_bindgen]
pub struct Inbox(Embedded);

#[wasm_bindgen]
impl Inbox {
    /// Mounts one in `place`, over the server at `api_base` or what the element has in its place. `settings` are pairs of names and values.
    #[wasm_bindgen(constructor)]
    pub fn new(place: HtmlElement, api_base: String, element: Element, settings: &Array) -> Self {
        let mut wanted = Settings::default();
        for pair in settings.iter() {
            let pair = Array::from(&pair);
            if let (Some(name), value) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                wanted.set(&name, value.as_deref());
            }
        }
        let instead = element.fetch();
        let page = Rc::new(Page(element));
        let behind = instead.map_or_else(|| Behind::Server(tokens(Rc::clone(&page))), Behind::Instead);
        let place = Place { element: place, api_base, behind, port: page as Rc<dyn Port> };
        Self(Embedded::start(place, wanted))
    }

    /// A setting has another value, or none.
    pub fn set(&self, name: &str, value: Option<String>) {
        self.0.set(name, value.as_deref());
    }

    /// Opens a conversation.
    pub fn open(&self, id: &str) {
        self.0.open(id);
    }

    /// Narrows the list; gives the parts that could not be read, and then does nothing.
    #[wasm_bindgen(js_name = setFilter)]
    pub fn set_filter(&self, filter: &str) -> Vec<String> {
        self.0.set_filter(filter)
    }

    /// Asks again for everything.
    pub fn refresh(&self) {
        self.0.refresh();
    }

    /// Ends the session here, and wipes what this browser holds of the user.
    pub fn logout(&self) {
        self.0.logout();
    }
}

/// The page behind the element.
struct Page(Element);

impl Port for Page {
    fn say(&self, name: &str, detail: &str) {
        self.0.say(name, detail);
    }

    fn ask(&self, name: &str, detail: &str) -> Local<'static, Option<String>> {
        text_of(self.0.ask(name, detail))
    }

    fn gives_tokens(&self) -> bool {
        self.0.gives_tokens()
    }
}

fn tokens(page: Rc<Page>) -> Tokens {
    Rc::new(move |refused| text_of(page.0.token(refused)))
}

/// The text a promise comes to; nothing where it comes to none, in whatever way.
fn text_of(promise: Promise) -> Local<'static, Option<String>> {
    Box::pin(async move { JsFuture::from(promise).await.ok()?.as_string() })
}
