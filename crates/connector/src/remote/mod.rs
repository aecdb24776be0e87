//! An engine that runs somewhere else than whoever asks it: in a Web Worker of a browser, in a process of a gateway.
//!
//! An expression of a connector file has limits to its steps, not to its time, so an engine runs where it can be
//! ended from outside. `wire`
//! is what both sides say to each other, [`Station`] is the engine's side. The other side pings; whoever gives no
//! sign of life is ended by it. Knows neither workers nor processes.

mod lent;
mod station;
mod wire;

pub use lent::{Held, Kept};
pub use station::{Say, Station};
pub use wire::{Call, FromEngine, Start, ToEngine};
