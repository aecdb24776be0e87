//! The admins' settings: a page of its own beside the inbox, started by `bin/admin.rs`.
//!
//! Owns its frame, its places and its screens. Signing in, preferences, errors and the reader's menu are the inbox's;
//! of conversations it knows only how many there are.
//!
//! | folder | shows |
//! |---|---|
//! | [`app`], [`frame`] | which screen there is, and what stands around it |
//! | [`teams`] | teams and users |
//! | [`lines`] | lines and their automatic menu |
//! | [`timing`] | the two settings of a team, in dialogs |
//! | `editing` | what every dialog that changes a setting does: waiting, errors, leaving, conflicts |

pub mod app;
mod editing;
pub mod frame;
pub mod lines;
pub mod narrow;
pub mod place;
pub mod rail;
pub mod refused;
pub mod sections;
pub mod teams;
pub mod timing;
pub mod words;

pub use app::AdminApp;
pub use place::{Place, Ways};
