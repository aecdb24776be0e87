//! The two settings of a team: *Contact closing* and *Contact assignment* (P26–P29).
//!
//! Owns the dialogs, what is chosen in them and what the simulator says of it. When a conversation is idle and who
//! gets one that comes back are the model's rules; the numbers are the server's.

mod assignment;
mod closing;

pub use assignment::AssignmentDialog;
pub use closing::ClosingDialog;
