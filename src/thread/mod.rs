//! One conversation: its head, its messages and events, and the composer below.
//!
//! Owns how a thread is drawn and read. Sending is the composer's, acting is
//! [`Acting`](crate::acting::Acting)'s, loading the desk's.

pub mod blocks;
mod bubbles;
mod entry;
mod event_words;
mod events;
mod glances;
mod head;
pub mod links;
mod log;
pub mod pane;
mod reading;
mod record;
mod text;
pub mod words;

pub use pane::ThreadPane;
pub(crate) use record::{category_path, inactive};
