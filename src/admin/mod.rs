//! The admins' screens.

pub mod timing;
