//! The conformance check of the REST contract: asks a running server point by point and says what is complete,
//! incomplete or missing, and what the app makes of it.
//!
//! Owns the points and how they are told. What is right is not decided here: paths and bodies are those of
//! `bandeja-contract`, and whether a row belongs to a filter is asked of `bandeja-model`. Whatever a server
//! answers, however wrong, ends as a verdict and never as a panic.

mod catalogue;
mod csv;
mod http;
mod options;
mod point;
mod points;
mod probe;
mod report;
mod run;
mod stream;
mod words;

pub use catalogue::catalogue;
pub use options::{Options, OptionsError};
pub use point::{Area, Told, Verdict};
pub use report::{Report, Summary};
pub use run::run;
