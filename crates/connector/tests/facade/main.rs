//! The facade over a small help desk in memory, asked as the app asks.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod acts;
mod answers;
mod bulk;
mod desk;
mod lists;
mod live;
mod posts;
mod session;
mod sparse;
mod sums;
mod time;
mod world;
