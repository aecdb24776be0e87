//! What happens without being asked: event streams, the work of jobs, conversations that follow their
//! line, closing what is idle, and the rest of what is done every quarter of a minute.

pub mod bulk;
pub mod follow;
pub mod housekeeping;
pub mod hub;
pub mod receiver;
pub mod sweep;
