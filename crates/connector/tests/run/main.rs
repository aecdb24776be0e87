//! What a connector file can say, against foreign APIs in memory: no network, and every request is looked at.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]
#![allow(clippy::unnecessary_wraps, reason = "scripted answers all have the type of a door's")]

mod auth;
mod delivered;
mod errors;
mod lists;
mod lookups;
mod mapping;
mod property;
mod requests;
mod streams;
mod threads;
mod world;
mod writes;
