//! The contract as typed calls.

mod actions;
mod bulk;
mod core;
mod lists;
mod messages;
mod people;
mod session;
mod settings;

pub use actions::Intent;
pub use bulk::{ItemsAsked, JobAct};
pub use core::{Api, Failure};
