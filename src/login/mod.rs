//! Signing in: the screen of its own, and the dialog over an inbox whose session ended.
//!
//! Owns the form and the words for what goes wrong with it. A password is never kept longer than the call.

pub mod around;
pub mod dialog;
pub mod form;
pub mod screen;
pub mod told;
pub mod words;

pub use dialog::LoginDialog;
pub use screen::LoginScreen;
