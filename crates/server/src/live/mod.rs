//! What happens without being asked: event streams, and the work of every quarter of a minute.

pub mod housekeeping;
pub mod hub;
pub mod receiver;
