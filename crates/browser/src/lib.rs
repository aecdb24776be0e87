//! The app's handle on the server in a browser: the client's doors, and signals over its store.
//!
//! Owns fetch, streams, timers, storage and the signals screens are drawn from. Knows no screen and no
//! rule. This crate touches `window` so that the screens need not.

pub mod desk;
pub mod doors;

pub use bandeja_client::{
    ClientError, Intent, ItemsAsked, JobAct, Lookups, Pending, PendingState, ThreadEntry,
};
pub use desk::{
    Connection, Desk, DeskConfig, List, Phase, SessionState, SignedOutReason, Thread, Work, desk,
};
