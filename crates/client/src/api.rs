//! The contract as typed calls.

mod actions;
mod core;
mod lists;
mod messages;
mod people;
mod session;

pub use actions::Intent;
pub use core::{Api, Failure};
