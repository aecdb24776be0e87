//! What the surroundings lend to the engine: a way to the foreign API, time, storage, secrets.
//!
//! Nothing here is `Send`: an engine lives on one thread, as the app does. A server gives each its own.

pub use bandeja_client::traits::{Bytes, Clock, Local, Storage};
use bandeja_model::Timestamp;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A request to the foreign API. No `Debug`: headers and bodies hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    /// `GET`, `POST`, … in capitals.
    pub method: String,
    /// Absolute, or from the root of the page's origin; with its query.
    pub url: String,
    /// Names as the file writes them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: SentBody,
    /// How long the whole answer may take, in milliseconds.
    pub timeout_ms: u32,
    /// Whether cookies go along and are kept.
    pub cookies: bool,
    /// How many bytes of an answer are read at most.
    pub max_bytes: usize,
}

/// What a request carries.
#[derive(Clone, PartialEq, Eq)]
pub enum SentBody {
    /// Nothing.
    None,
    /// JSON or a form, already written.
    Text {
        /// The media type.
        content_type: &'static str,
        /// The text.
        text: String,
    },
    /// Fields of a `multipart/form-data` body, in their order; the host writes the boundary.
    Multipart(Vec<(String, String)>),
}

/// A whole answer of the foreign API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Got {
    /// HTTP status.
    pub status: u16,
    /// It came from another address than the one asked, because of a redirect.
    pub redirected: bool,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Got {
    /// The first header of that name, which is in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorError {
    /// Not reachable; in a browser also: forbidden by the other origin (CORS).
    Unreachable,
    /// Too slow.
    Timeout,
    /// The head came, the body broke off.
    Cut {
        /// HTTP status of the head.
        status: u16,
    },
    /// More than [`Sent::max_bytes`].
    TooLarge {
        /// HTTP status of the head.
        status: u16,
    },
}

/// The way to the foreign API.
pub trait Door {
    /// Sends `sent`, follows redirects, and waits for the whole answer, not for ever.
    fn send(&self, sent: Sent) -> Local<'static, Result<Got, DoorError>>;
    /// The value of a cookie that was set for the foreign API, where the host can read it.
    fn cookie(&self, name: &str) -> Option<String>;
}

/// What must not be written down: tokens and passwords, by name. They live as long as the engine.
pub trait Secrets {
    /// The secret of that name.
    fn get(&self, name: &str) -> Option<String>;
    /// Keeps one, or forgets it.
    fn set(&self, name: &str, value: Option<String>);
    /// Asks the surroundings for a fresh one after the foreign API refused it; `None` if there is none.
    fn renew(&self, name: &str) -> Local<'static, Option<String>>;
}

/// The clocks of places.
pub trait Zones {
    /// Seconds that the clocks of a place of the IANA database are ahead of UTC at a moment; `None` for no such place.
    fn offset_s(&self, zone: &str, at: Timestamp) -> Option<i32>;
}

/// Everything lent.
#[derive(Clone)]
pub struct Host {
    /// The way out.
    pub door: Rc<dyn Door>,
    /// Time and chance.
    pub clock: Rc<dyn Clock>,
    /// The clocks of places.
    pub zones: Rc<dyn Zones>,
    /// Texts that outlive the engine: jobs, and what was read where the foreign API does not know.
    pub storage: Rc<dyn Storage>,
    /// Tokens and passwords.
    pub secrets: Rc<dyn Secrets>,
    /// Values of the file's settings, by name; none is secret.
    pub settings: BTreeMap<String, String>,
}
