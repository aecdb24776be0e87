//! Teams and users: who is in which team, which lines it has, and the team's two settings.
//!
//! Owns the two tables and their search. The settings themselves are changed in the dialogs of
//! [`timing`](super::timing).

pub mod dialogs;
pub mod rows;
pub mod screen;
pub mod table;
pub mod team_cells;
pub mod user_table;
pub mod words;

pub use screen::TeamsAndUsers;
