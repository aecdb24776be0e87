//! What happens without being asked: event streams, the work of jobs, and that of every quarter of a
//! minute.

pub mod bulk;
pub mod housekeeping;
pub mod hub;
pub mod receiver;
