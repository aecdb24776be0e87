//! Lines and their automatic menu (P45).
//!
//! Owns the screen and what is chosen in its dialog. What the menu does is the model's.

pub mod dialog;
mod draft;
mod fields;
mod menu_fields;
pub mod rows;
pub mod screen;
pub mod table;
mod told;
mod words;

pub use screen::LinesScreen;
