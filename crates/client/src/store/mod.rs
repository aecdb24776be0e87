//! The store: what is known of the server, kept true by pure reducers that say what changed.

pub mod conversations;
pub mod jobs;
pub mod list;
pub mod lookups;
pub mod thread;

#[cfg(test)]
pub(crate) mod sample;
