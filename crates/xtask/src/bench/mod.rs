//! `bench`: measures the real server on made-up data, apart from any other.

pub(crate) mod bulk;
mod http;
mod probe;
mod rig;
pub(crate) mod sweep;
