//! The doors to the world: transport, storage, clock. None is `Send`; the app runs on one thread.
//!
//! Futures are boxed, so that the code above is compiled once and not once per implementation.

use bandeja_model::Timestamp;
use std::future::Future;
use std::pin::Pin;

/// A future of one thread.
pub type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The methods the contract uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Acts.
    Post,
    /// Replaces.
    Put,
    /// Ends.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One request. No `Debug`: a body may hold a password, a header a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// Address, from the root of the origin or absolute.
    pub url: String,
    /// Headers, without those the transport sets by itself.
    pub headers: Vec<(&'static str, String)>,
    /// JSON text, if there is a body.
    pub body: Option<String>,
}

/// One whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Seconds to wait before asking again, where the server says so.
    pub retry_after_s: Option<u32>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// Not reachable, or cut before the head of the answer had come.
    Offline,
    /// Too slow.
    Timeout,
    /// The head came, the body broke off.
    Cut {
        /// HTTP status of the head.
        status: u16,
    },
}

/// An answer whose body comes bit by bit.
pub struct Opened {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Box<dyn Bytes>,
}

/// A body that comes bit by bit. Dropping it closes it.
pub trait Bytes {
    /// The next piece; `None` when it is over, in whatever way.
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>>;
}

/// Sends requests.
pub trait Transport {
    /// Sends `request` and waits for the whole answer, not for ever.
    fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>>;
    /// Sends `request` and waits for the head of the answer; the body may go on for hours.
    fn open(&self, request: Request) -> Local<'static, Result<Opened, TransportError>>;
}

/// Why something was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// No room, or storing is forbidden here.
    Full,
}

/// Texts that outlive the page. Not async: the last words are written while the page is being left.
pub trait Storage {
    /// The text under `key`.
    fn get(&self, key: &str) -> Option<String>;
    /// Puts `value` under `key`.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Takes `key` away.
    fn remove(&self, key: &str);
    /// Every key that begins with `prefix`.
    fn keys(&self, prefix: &str) -> Vec<String>;
}

/// Time and chance.
pub trait Clock {
    /// This machine's clock, which may be wrong.
    fn now(&self) -> Timestamp;
    /// Waits.
    fn sleep(&self, ms: u32) -> Local<'static, ()>;
    /// 64 random bits.
    fn random(&self) -> u64;
}
