//! jq as connector files speak it: compiling with only what an expression uses, and running under limits.
//!
//! The interpreter itself knows no limits. What is cheap is done here: recursion and `range` count their steps
//! ([`STEPS`]), and recursion looks how far the stack has grown ([`STACK`]), so that an endless loop in a file is an
//! error with its place. What that misses (a product of many generators, a text repeated a thousand million times) is
//! the hosts' part: a browser's worker is ended, a gateway works under a time limit.

mod dates;
mod defs;
mod natives;
mod regex;
mod run;
mod tables;
mod texts;
mod walk;

pub use defs::{Library, Wrong, definitions_of};
pub(crate) use defs::{UNKNOWN, near};
pub use run::{Code, Stop};
pub use tables::{Table, Tables};
pub(crate) use texts::{encode_base64, encode_uri, html_text};

/// Recursive calls and numbers of a range in one evaluation at most.
pub const STEPS: u32 = 500_000;

/// Bytes that the stack may grow in one evaluation.
pub const STACK: usize = 256 * 1024;
