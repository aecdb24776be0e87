//! Many at a time: preview, job, items, receipt (P19–P25).

use crate::actions::{Assign, Close};
use crate::lists::Page;
use bandeja_model::closing::ClosingForm;
use bandeja_model::text::csv_cell;
use bandeja_model::{
    BulkAction, BulkReason, Channel, ConversationId, ItemResult, JobState, Status, TagId, UserId,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `POST /bulk/preview`: what would happen. It changes nothing and freezes the set for an hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewBulk {
    /// What is to be done.
    pub action: BulkAction,
    /// To which conversations.
    pub selection: BulkSelection,
    /// For `close` and `cancel`: the closing form. It may be incomplete here and be sent when the job is
    /// started; `transfer_to` decides what is said of owners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Close>,
    /// For `assign`: to whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign: Option<Assign>,
    /// For `add_tags` and `remove_tags`: which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<TagId>,
}

/// Which conversations: `ids`, or `filter` with `except`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkSelection {
    /// These, at most 10,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<ConversationId>>,
    /// All that match this filter, as in a query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// But these, at most 10,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<ConversationId>,
}

/// What a job would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkPreview {
    /// To be started with `POST /bulk`.
    pub preview_id: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// How many the selection holds.
    pub matched: u64,
    /// How many would change.
    pub changes: u64,
    /// Why the others would not.
    #[serde(default)]
    pub excluded: Vec<Excluded>,
    /// Who would answer next, for `close`.
    #[serde(default)]
    pub owners: OwnersTouched,
    /// How many of those that would change have unread messages.
    #[serde(default)]
    pub unread: u64,
    /// The closing form that their campaigns ask for together, for `close` and `cancel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<ClosingForm>,
    /// Automations that would start.
    #[serde(default)]
    pub automations: Vec<AutomationCount>,
}

/// Conversations left out for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Excluded {
    /// Why.
    pub reason: BulkReason,
    /// How many.
    pub count: u64,
}

/// What closing does to who answers next, in conversations (P25).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnersTouched {
    /// Keep their owner.
    pub kept: u64,
    /// Have none and become the closer's.
    pub become_yours: u64,
    /// Go to the member of the transfer.
    pub transferred: u64,
}

/// An automation and how often it would start (P15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AutomationCount {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// For so many conversations.
    pub count: u64,
}

/// `POST /bulk`: starts what was previewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartBulk {
    /// From the preview.
    pub preview_id: String,
    /// Pick up in one more pass what came to match meanwhile (P21).
    #[serde(default)]
    pub include_later: bool,
    /// The closing form as finally filled; absent: that of the preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Close>,
}

/// A job (P23, P24). For who started it, and super admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkJob {
    /// Id.
    pub id: String,
    /// What it does.
    pub action: BulkAction,
    /// For `undo`: the action that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<BulkAction>,
    /// Who started it.
    pub by: UserId,
    /// Where it stands.
    pub state: JobState,
    /// Conversations in it; `done + skipped + failed` in the end.
    pub matched: u64,
    /// Done so far.
    pub done: u64,
    /// Skipped so far.
    pub skipped: u64,
    /// Failed so far.
    pub failed: u64,
    /// Seconds left, while that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eta_s: Option<u32>,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// Until when it can be taken back; absent when it cannot, or was already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_until: Option<DateTime<Utc>>,
    /// The job that took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<String>,
    /// Why conversations were skipped or failed.
    #[serde(default)]
    pub reasons: Vec<Excluded>,
}

impl BulkJob {
    /// How many had their turn.
    pub const fn had_their_turn(&self) -> u64 {
        self.done + self.skipped + self.failed
    }
}

/// What became of one conversation, or why the preview leaves it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkItem {
    /// Which.
    pub conversation_id: ConversationId,
    /// The contact's name, else the address. Untrusted text.
    pub contact: String,
    /// Kind of line.
    pub channel: Channel,
    /// What became of it; absent before its turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ItemResult>,
    /// Why, unless it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BulkReason>,
    /// Its state before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Status>,
    /// Its state after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Status>,
    /// Its owner now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// What the foreign system said, behind a connector. Untrusted text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// First line of a receipt (P24), without its line end.
pub const RECEIPT_HEAD: &str = "id,contact,before,after,owner,reason,result";

/// The line of an item in a receipt, without its line end; `owner` is the name of who has it now. No cell is a formula
/// to a spreadsheet.
pub fn receipt_line(item: &BulkItem, owner: &str) -> String {
    let cells = [
        item.conversation_id.as_str(),
        &item.contact,
        item.before.map_or("", Status::code),
        item.after.map_or("", Status::code),
        owner,
        item.reason.map_or("", BulkReason::code),
        item.result.map_or("", ItemResult::code),
    ];
    cells.map(csv_cell).join(",")
}

/// A page of items; `next` leads on.
pub type BulkItemPage = Page<BulkItem>;
