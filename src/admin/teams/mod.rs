//! Teams and users: who is in which team, which lines it has, and the team's two settings.
//!
//! Owns the two tables and their search. The settings themselves are changed in the dialogs of
//! [`timing`](super::timing).

mod dialogs;
mod rows;
mod screen;
mod table;
mod team_cells;
mod user_table;
mod words;

pub use screen::TeamsAndUsers;
