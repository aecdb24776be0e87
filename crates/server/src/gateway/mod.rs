//! The gateway: the contract in front of a foreign REST API, as a connector file describes it.
//!
//! ```text
//! browser ──HTTP──▶ site ─▶ guests ─▶ room ══pipe══▶ engine ─▶ door ──HTTPS──▶ foreign API
//!                                            (a process of its own)
//! ```
//!
//! - `site` takes calls, serves the app, and knows cookies and headers.
//! - `guests` knows which caller has which engine.
//! - `room` holds one engine's process and watches it.
//! - `shelves` keeps what engines want kept beyond their lives.
//! - `engine` is what runs in there: one engine of `bandeja_connector`, which also says how the two sides speak
//!   (`bandeja_connector::remote`).
//!
//! An engine is a process of its own, because expressions of a connector file have limits to their steps, not to
//! their time and memory: one that runs away takes its own process with it and nothing else. It also keeps
//! one user's token out of the memory that another user's engine runs in.
//!
//! Knows nothing of the reference server's store; shares with it what every answer goes through (`http`).

pub mod check;
mod clock;
mod door;
pub mod engine;
mod guests;
mod room;
mod settings;
mod shelves;
mod site;

pub use clock::{SystemClock, SystemZones};
pub use door::HttpDoor;
pub use settings::{Connector, GatewayError, Settings, read_secrets};
pub use site::serve;
