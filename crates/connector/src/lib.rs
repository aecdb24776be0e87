//! Answers the contract in front of a foreign REST API, as a connector file describes it.
//!
//! The way of a call:
//!
//! ```text
//! contract request ─▶ facade ─▶ Backend ─▶ run (a compiled plan) ─▶ Door ─▶ foreign API
//! ```
//!
//! - [`plan`] is a connector file read once: every mistake in it is an error with its place.
//! - [`run`] makes foreign requests out of a plan and contract values out of foreign answers.
//! - [`backend`] is the seam: what the facade asks of whatever is behind it.
//! - [`carried`] is what of an act reaches the foreign API.
//! - [`facade`] answers the contract over any [`Backend`](backend::Backend): routes, pages, jobs, events.
//! - [`remote`] is an engine that runs where it can be ended from outside.
//! - [`zone`] is what a local time means in UTC.
//! - [`host`] is what the surroundings lend: a way out, time, storage, secrets.
//!
//! Knows no browser and no server; both are hosts of it.

pub mod backend;
pub mod carried;
pub mod facade;
pub mod host;
pub mod plan;
pub mod remote;
pub mod run;
pub mod zone;
