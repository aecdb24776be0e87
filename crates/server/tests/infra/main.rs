//! What every call goes through, over HTTP against a running server: sign-in, errors, repeats,
//! signatures, the event stream, embedding, and who may look what up.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "../common/mod.rs"]
mod common;

mod api_key;
mod cors;
mod demo;
mod embed;
mod embed_sight;
mod events;
mod idempotency;
mod ingress;
mod lookups;
mod problems;
mod seed;
mod session;
