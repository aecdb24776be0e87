//! The list of conversations: views, filters, search, order, rows (P31–P35).
//!
//! Owns what stands in the list's column and its keyboard. Which rows there are and where is the desk's list
//! to say; what a filter matches is the model's.

pub mod bar;
pub mod chips;
pub mod conditions;
pub mod cursor;
pub mod date_span;
pub mod empty;
pub mod face;
pub mod filter_picker;
pub mod grid;
pub mod only_unread;
pub mod options;
pub mod pane;
pub mod partial;
pub mod row;
pub mod row_menu;
pub mod search;
pub mod sort_menu;
pub mod view_menu;
pub mod widening;
pub mod words;

pub(crate) use chips::chips_of;
pub use pane::ListPane;
pub use sort_menu::sort_word;
