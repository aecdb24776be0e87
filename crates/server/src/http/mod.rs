//! What every call goes through, whatever it is about: sign-in, errors, limits, headers, repeats.
//! Knows no conversation and no SQL.

pub mod api_key;
pub mod assets;
pub mod caller;
pub mod cors;
pub mod csrf;
pub mod frames;
pub mod headers;
pub mod idempotency;
pub mod json;
pub mod limits;
pub mod log;
pub mod problem;
pub mod rate;
