//! Who one is talking to: data, labels, what happened before (P39).
//!
//! Owns the panel. Labels are changed through [`Acting`](crate::acting::Acting).

mod data;
pub mod pane;
mod past;
mod tags;
pub mod words;

pub use pane::ContactPane;
