//! What the app knows of the server: typed calls, the event stream, the outbox and the store.
//!
//! Owns every decision about data in flight: which answer is newer, where a row belongs, when a
//! message is sent again, when the connection counts as lost. Pure and native: IO happens only behind
//! the traits of [`traits`]; no browser, no signals, no rule of the product (those are in the model).

pub mod api;
pub mod bearer;
pub mod connection;
pub mod error;
pub mod json;
pub mod live;
pub mod outbox;
pub mod sse;
pub mod store;
pub mod traits;

pub use api::{Api, Intent, ItemsAsked, JobAct};
pub use error::ClientError;
pub use outbox::{Pending, PendingState};
pub use store::lookups::Lookups;
pub use store::thread::ThreadEntry;
