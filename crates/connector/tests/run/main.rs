//! What a connector file can say, against foreign APIs in memory: no network, and every request is looked at.

mod auth;
mod delivered;
mod errors;
mod lists;
mod lookups;
mod mapping;
mod property;
mod requests;
mod threads;
mod world;
mod writes;
