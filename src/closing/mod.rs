//! Ending a conversation with its closing form, or cancelling it (P12–P14).
//!
//! Owns the dialog and what is typed in it; ending many at once shows the same form. Which fields are asked for is a setting, whether they are
//! complete is the model's rule, and sending is [`Acting`](crate::acting::Acting)'s.

pub(crate) mod besides;
pub mod dialog;
pub(crate) mod ending;
mod footer;
pub(crate) mod form;
pub(crate) mod transfer;
pub mod typed;
pub mod words;

pub use dialog::ClosingDialog;
