//! Bandeja's words and rules.
//!
//! Owns every type that server and app share and every rule of the product: which conversations a
//! filter matches, who may do what, when a closing form is complete, who gets a returning contact.
//! Pure: no IO, no async, no web, no clock (callers pass `now`), so each rule is tested natively and
//! is the same on both sides.

pub mod arrival;
pub mod bot;
pub mod bulk;
pub mod channel;
pub mod closing;
pub mod conversation;
pub mod filter;
pub mod id;
pub mod limits;
pub mod message;
pub mod people;
pub mod permission;
pub mod scopes;
pub mod sort;
pub mod status;
pub mod text;
pub mod timing;
pub mod undo;

pub use bulk::{BulkAction, BulkReason, ItemResult, JobState, Selection};
pub use channel::Channel;
pub use closing::{Closing, ClosingForm, ClosingSource, FieldMode};
pub use conversation::{Contact, Conversation, Direction, LastMessage, Priority};
pub use filter::{Filter, View, Viewer};
pub use id::*;
pub use message::{Author, Delivery, Message, MessageKind, SystemEvent};
pub use people::{Actor, Availability, Role};
pub use permission::{Action, Denial};
pub use scopes::{ContactScope, Scopes};
pub use sort::Sort;
pub use status::{Group, Status};
pub use timing::Timing;

/// A moment in UTC; RFC 3339 on the wire.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
