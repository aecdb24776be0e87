//! Writing to the contact, or a private note (P37).
//!
//! Owns the text area, its drafts' editing and when sending is held back. What is sent goes through the
//! desk's outbox; whether it may be sent is the model's rule.

pub mod answered;
pub mod blocked;
mod emoji;
mod field;
mod footer;
mod keys;
mod mention_list;
pub mod mentions;
mod notices;
pub mod pane;
mod sending;
mod window;
pub mod words;

pub use pane::Composer;
