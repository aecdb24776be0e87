//! Many at a time: selecting, what would happen, jobs, receipts (P19–P25).
//!
//! Owns the selection and everything that is shown of it and of the jobs it becomes. What a selection
//! holds, what asks to be typed and why one is left out are the model's rules; the work itself is the
//! server's. Acting upon one conversation is [`acting`](crate::acting)'s.

mod around;
pub mod bar;
pub mod cards;
mod choosing;
pub mod context;
mod dialog;
pub mod dialogs;
mod draw;
mod fate;
mod items;
mod job_face;
mod job_parts;
mod leaving;
pub mod menu;
pub mod palette;
mod pick;
mod plan;
pub mod reasons;
mod receipt;
mod recent;
mod selecting;
mod starting;
mod steps;
pub mod strip;
mod telling;
pub mod verbs;
pub mod words;

pub use bar::ActionBar;
pub use cards::{JobCards, RailJobs, SlimJobs};
pub use context::{Bulk, Change};
pub use dialogs::BulkDialogs;
pub use menu::SelectMenu;
pub use palette::{BulkDeed, offers};
pub(crate) use pick::pick;
pub use strip::{AllNote, Selecting};
pub use words::words as bulk_words;
