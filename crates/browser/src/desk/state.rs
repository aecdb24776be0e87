//! What the desk's signals can say.

use bandeja_client::ClientError;
use bandeja_contract::Session;
use bandeja_model::Timestamp;
use std::sync::Arc;

/// Where the server is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskConfig {
    /// What stands before `/api/v1`: empty for the page's own origin.
    pub api_base: String,
    /// What it is there for.
    pub work: Work,
    /// Whether the session lives on tokens that somebody hands out anew (see
    /// [`Doors::with_tokens`](crate::doors::Doors::with_tokens)): when one runs out, the session does not end with it.
    pub by_tokens: bool,
}

/// What is done at a desk: how much of what happens has to be known there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Work {
    /// Conversations.
    #[default]
    Inbox,
    /// Settings: of conversations only how many there are, of jobs nothing; teams as they are now.
    Settings,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Not known yet.
    Loading,
    /// Nobody.
    SignedOut(SignedOutReason),
    /// Somebody.
    SignedIn(Arc<Session>),
    /// The question failed; it is asked again by itself while the server cannot be reached.
    Failed(ClientError),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOutReason {
    /// Nobody was.
    Never,
    /// The session ended; what was typed is kept.
    Expired,
    /// The user left.
    ByUser,
}

/// Whether the server can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// As far as is known.
    Online,
    /// Not.
    Offline {
        /// Since when, by the corrected clock.
        since: Timestamp,
    },
}

/// How far a list or a thread is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing to show yet.
    Loading,
    /// Shown; may be empty.
    Ready,
    /// Nothing to show, for this reason.
    Failed(ClientError),
}
