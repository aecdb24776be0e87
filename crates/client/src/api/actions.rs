//! Actions on one conversation, and taking them back.

use super::core::{Api, Call};
use crate::error::ClientError;
use crate::traits::Method;
use bandeja_contract::{Assign, Changed, Close, SetBot, SetPriority, SetTags, Snooze, etag, headers, paths};
use bandeja_model::{ConversationId, Priority, TagId, Timestamp};

/// What somebody wants to do to one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// End the episode (P12).
    Close(Close),
    /// End it as an admin (P17); `transfer_to` and `archive` are not part of it.
    Cancel(Close),
    /// Open it by hand (P11).
    Reopen,
    /// Put it away for the record (P10).
    Archive,
    /// Take it out of the archive.
    Unarchive,
    /// Give it to a user, a team, or a user within a team.
    Assign(Assign),
    /// Give it to nobody.
    Unassign,
    /// Mark it read.
    Read,
    /// Mark it unread.
    Unread,
    /// The labels it shall have, all of them.
    Tags(Vec<TagId>),
    /// The urgency it shall have.
    Priority(Priority),
    /// Let it sleep until a moment, or wake it.
    Snooze(Option<Timestamp>),
    /// Pause the automatic menu, or let it on.
    Bot {
        /// Pause it.
        paused: bool,
    },
}

impl Intent {
    fn call(self, id: &ConversationId) -> Call {
        let post = |action| Call::new(Method::Post, paths::conversation_action(id, action));
        let put = |action| Call::new(Method::Put, paths::conversation_action(id, action));
        match self {
            Self::Close(close) => post("close").json(&close),
            Self::Cancel(close) => post("cancel").json(&close),
            Self::Reopen => post("reopen"),
            Self::Archive => post("archive"),
            Self::Unarchive => post("unarchive"),
            Self::Assign(assign) => post("assign").json(&assign),
            Self::Unassign => post("unassign"),
            Self::Read => post("read"),
            Self::Unread => post("unread"),
            Self::Tags(tags) => put("tags").json(&SetTags { tags }),
            Self::Priority(priority) => put("priority").json(&SetPriority { priority }),
            Self::Snooze(until) => post("snooze").json(&Snooze { until }),
            Self::Bot { paused } => post("bot").json(&SetBot { paused }),
        }
    }
}

impl Api {
    /// Does `intent` to the conversation as it was at `version`; `key` makes a repeat harmless.
    pub async fn act(
        &self,
        id: &ConversationId,
        version: u64,
        intent: Intent,
        key: &str,
    ) -> Result<Changed, ClientError> {
        let call =
            intent.call(id).header(headers::IF_MATCH, etag(version)).header(headers::IDEMPOTENCY_KEY, key);
        Ok(self.ask(call).await?)
    }

    /// `POST /undo/{token}`
    pub async fn undo(&self, token: &str, key: &str) -> Result<Changed, ClientError> {
        let call = Call::new(Method::Post, paths::undo(token)).header(headers::IDEMPOTENCY_KEY, key);
        Ok(self.ask(call).await?)
    }
}
