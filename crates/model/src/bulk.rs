//! Many at a time: what a selection holds, what is due to each conversation of it, what became of it,
//! and when it can be taken back (P19–P25). Knows no server, no job table and no screen.

mod deed;
mod selection;

pub use deed::{Deed, OwnerFate, asked_together, is_assigned, is_unassigned, owner_fate};
pub use selection::Selection;

use crate::closing::ClosingSource;
use crate::{Action, Denial, Timestamp};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// Most conversations named one by one in a selection, and most exceptions to "all" (P19).
pub const NAMED: usize = 10_000;
/// Ending more than this asks to type the number (P22).
pub const TYPED_ABOVE: u64 = 100;
/// How long a preview can be started, in seconds (P21).
pub const PREVIEW_S: u32 = 3_600;
/// How long a finished job can be taken back, in seconds (P24).
pub const UNDO_S: u32 = 86_400;

/// What can be done to many at a time (P20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkAction {
    /// End the episodes with the closing form.
    Close,
    /// End them as an admin.
    Cancel,
    /// Open ended ones by hand.
    Reopen,
    /// Put ended ones away.
    Archive,
    /// Give them to a user, a team, or a user within a team.
    Assign,
    /// Give them to nobody.
    Unassign,
    /// Mark them read.
    Read,
    /// Mark them unread.
    Unread,
    /// Add labels.
    AddTags,
    /// Take labels away.
    RemoveTags,
    /// Take a finished job back; started by undoing it, never by a preview.
    Undo,
}

impl BulkAction {
    /// Those a selection can be given to.
    pub const ALL: [Self; 10] = [
        Self::Close,
        Self::Cancel,
        Self::Reopen,
        Self::Archive,
        Self::Assign,
        Self::Unassign,
        Self::Read,
        Self::Unread,
        Self::AddTags,
        Self::RemoveTags,
    ];

    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Cancel => "cancel",
            Self::Reopen => "reopen",
            Self::Archive => "archive",
            Self::Assign => "assign",
            Self::Unassign => "unassign",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::AddTags => "add_tags",
            Self::RemoveTags => "remove_tags",
            Self::Undo => "undo",
        }
    }

    /// The permission it takes for each conversation; undoing asks for sight only, since it gives
    /// back what was there before.
    pub const fn permission(self) -> Action {
        match self {
            Self::Close => Action::Close,
            Self::Cancel => Action::Cancel,
            Self::Reopen => Action::Reopen,
            Self::Archive => Action::Archive,
            Self::Assign | Self::Unassign => Action::Assign,
            Self::Read => Action::Read,
            Self::Unread => Action::Unread,
            Self::AddTags | Self::RemoveTags => Action::Tag,
            Self::Undo => Action::See,
        }
    }

    /// Whether it ends episodes and thus asks for a closing form.
    pub const fn ends(self) -> bool {
        matches!(self, Self::Close | Self::Cancel)
    }

    /// Whether `changes` are so many that the number has to be typed (P22).
    pub const fn asks_to_type(self, changes: u64) -> bool {
        self.ends() && changes > TYPED_ABOVE
    }

    /// Whether a job of it can be taken back as a whole.
    pub const fn can_be_undone(self) -> bool {
        !matches!(self, Self::Undo)
    }
}

/// By what hand a bulk closing is done: a user's, like a single one (P25).
pub const SOURCE: ClosingSource = ClosingSource::User;

/// Whether the typed text is the number, whatever stands between its digits.
pub fn is_typed(text: &str, number: u64) -> bool {
    let text = text.trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let separators = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '’');
    text.chars().all(separators) && digits.parse() == Ok(number)
}

/// Why a conversation of a selection is left out, skipped or failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkReason {
    /// Does not exist, or is out of sight (P4).
    NotFound,
    /// Seen, but not the starter's to change.
    NotPermitted,
    /// Its state does not admit the action.
    State,
    /// It is so already.
    AlreadySo,
    /// It does not match the filter any more.
    NoMatch,
    /// Another job has it.
    OtherJob,
    /// Somebody changed it, or the contact wrote, since.
    Changed,
    /// The job was stopped before its turn.
    Stopped,
    /// The new owner cannot take conversations of its campaign, or was deactivated.
    Target,
    /// The closing form of its campaign asks for more.
    Form,
    /// It would carry too many labels.
    TooManyTags,
    /// The server failed.
    Internal,
}

impl BulkReason {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::NotFound,
        Self::NotPermitted,
        Self::State,
        Self::AlreadySo,
        Self::NoMatch,
        Self::OtherJob,
        Self::Changed,
        Self::Stopped,
        Self::Target,
        Self::Form,
        Self::TooManyTags,
        Self::Internal,
    ];

    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NotPermitted => "not_permitted",
            Self::State => "state",
            Self::AlreadySo => "already_so",
            Self::NoMatch => "no_match",
            Self::OtherJob => "other_job",
            Self::Changed => "changed",
            Self::Stopped => "stopped",
            Self::Target => "target",
            Self::Form => "form",
            Self::TooManyTags => "too_many_tags",
            Self::Internal => "internal",
        }
    }

    /// The reason of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// What it makes of a conversation at its turn: failed is what trying again may mend (P24).
    pub const fn result(self) -> ItemResult {
        match self {
            Self::Target | Self::Form | Self::TooManyTags | Self::Internal => ItemResult::Failed,
            _ => ItemResult::Skipped,
        }
    }
}

impl From<Denial> for BulkReason {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotFound => Self::NotFound,
            Denial::NotPermitted(_) => Self::NotPermitted,
            Denial::State(_) => Self::State,
            Denial::AlreadySo => Self::AlreadySo,
        }
    }
}

/// What became of one conversation of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ItemResult {
    /// It was done.
    Done,
    /// It was rightly left alone.
    Skipped,
    /// It should have been done and was not.
    Failed,
    /// The preview left it out; it is not part of the job.
    Excluded,
}

impl ItemResult {
    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Excluded => "excluded",
        }
    }

    /// The result of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Done, Self::Skipped, Self::Failed, Self::Excluded].into_iter().find(|it| it.code() == code)
    }
}

/// Where a job stands (P23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobState {
    /// Waits for its first turn.
    Queued,
    /// Under way.
    Running,
    /// Told to stop; the batch under way still ends.
    Stopping,
    /// Stopped: what had not had its turn was skipped.
    Stopped,
    /// Every conversation had its turn.
    Finished,
}

impl JobState {
    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
            Self::Finished => "finished",
        }
    }

    /// The state of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Queued, Self::Running, Self::Stopping, Self::Stopped, Self::Finished]
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// Nothing more happens by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Finished)
    }
}

/// Until when a job that ended at `finished_at` can be taken back (P24).
pub fn undo_until(finished_at: Timestamp) -> Timestamp {
    finished_at + Duration::seconds(i64::from(UNDO_S))
}

/// What a job left in a conversation, to tell at an undo whether anything happened since (P24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The version.
    pub version: u64,
    /// Messages unread.
    pub unread: u32,
    /// The newest entry of the thread, as a number that only grows.
    pub newest: i64,
}

/// Seconds left when `done` of `all` took `elapsed_s`; nothing while too little is known.
pub fn eta_s(done: u64, all: u64, elapsed_s: f64) -> Option<u32> {
    if done == 0 || elapsed_s < 1.0 || done > all {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of conversations stay far below 2^52")]
    let left = elapsed_s / done as f64 * (all - done) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never negative, and a cast ends at the largest number"
    )]
    let left = left.ceil() as u32;
    Some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_the_number_ignores_what_stands_between_its_digits() {
        for text in ["4290", " 4.290 ", "4,290", "4 290", "4’290"] {
            assert!(is_typed(text, 4290), "{text}");
        }
        for text in ["", "429", "42900", "4290 ya", "-4290", "cuatro"] {
            assert!(!is_typed(text, 4290), "{text}");
        }
    }

    #[test]
    fn only_ending_more_than_a_hundred_asks_to_type() {
        assert!(BulkAction::Close.asks_to_type(101) && BulkAction::Cancel.asks_to_type(101));
        assert!(!BulkAction::Close.asks_to_type(100) && !BulkAction::AddTags.asks_to_type(5000));
    }

    #[test]
    fn what_trying_again_may_mend_failed_and_the_rest_was_skipped() {
        let failed: Vec<_> =
            BulkReason::ALL.into_iter().filter(|it| it.result() == ItemResult::Failed).collect();
        assert_eq!(
            failed,
            [BulkReason::Target, BulkReason::Form, BulkReason::TooManyTags, BulkReason::Internal]
        );
    }

    #[test]
    fn codes_lead_back() {
        for reason in BulkReason::ALL {
            assert_eq!(BulkReason::from_code(reason.code()), Some(reason));
        }
        for code in ["queued", "running", "stopping", "stopped", "finished"] {
            assert_eq!(JobState::from_code(code).unwrap().code(), code);
        }
    }

    #[test]
    fn the_time_left_follows_the_pace_so_far() {
        assert_eq!(eta_s(100, 400, 10.0), Some(30));
        assert_eq!(eta_s(0, 400, 10.0), None);
        assert_eq!(eta_s(10, 400, 0.2), None);
        assert_eq!(eta_s(400, 400, 10.0), Some(0));
    }
}
