//! The two settings of a team: *Contact closing* and *Contact assignment* (P26–P29).
//!
//! Owns the dialogs, what is chosen in them and what the simulator says of it. When a conversation is idle and who
//! gets one that comes back are the model's rules; the numbers are the server's.

pub mod assignment;
mod assignment_fields;
pub mod closing;
mod closing_fields;
mod closing_sim;
mod exact;
mod exact_field;
mod farewell;
mod faults;
mod halves;
mod idle_draft;
mod returns_sim;
mod setting;
mod sim;
mod simulating;
mod stops;
mod time_passed;
mod told;
mod ways;
mod window_draft;
mod words;

pub use assignment::AssignmentDialog;
pub use closing::ClosingDialog;
