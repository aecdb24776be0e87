//! Errors as RFC 9457 problems: what went wrong, in words and in a stable code.

use crate::session::SignInWay;
use bandeja_model::Conversation;
use serde::{Deserialize, Serialize};

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Stable codes a client may act on; the words beside them may change.
pub mod code {
    /// Nobody is signed in, or the token is over: get a new one.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// Name or password is wrong.
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// The CSRF header is missing or wrong.
    pub const CSRF: &str = "csrf";
    /// The call comes from a page that may not make it; `detail` says which.
    pub const ORIGIN: &str = "origin";
    /// Seen, but not the caller's to change; `permission` says which is missing.
    pub const FORBIDDEN: &str = "forbidden";
    /// Does not exist, or may not be seen.
    pub const NOT_FOUND: &str = "not_found";
    /// No such method on this path.
    pub const METHOD_NOT_ALLOWED: &str = "method_not_allowed";
    /// A field of the body or query is wrong; `fields` says which.
    pub const INVALID: &str = "invalid";
    /// The filter cannot be read; `fields` points at the part.
    pub const INVALID_FILTER: &str = "invalid_filter";
    /// The state of the conversation does not admit the action.
    pub const STATE: &str = "state";
    /// It is so already.
    pub const ALREADY_SO: &str = "already_so";
    /// `If-Match` is required.
    pub const VERSION_REQUIRED: &str = "version_required";
    /// The conversation changed meanwhile; `current` holds it as it is.
    pub const STALE: &str = "stale";
    /// The same `Idempotency-Key` came with another body.
    pub const KEY_REUSED: &str = "key_reused";
    /// The body is larger than the limit.
    pub const TOO_LARGE: &str = "too_large";
    /// The body has another media type than the contract's.
    pub const MEDIA_TYPE: &str = "media_type";
    /// Too many calls; `Retry-After` says when to come back.
    pub const RATE_LIMITED: &str = "rate_limited";
    /// The undo is refused: used, too late.
    pub const UNDO_OVER: &str = "undo_over";
    /// The undo is refused: something happened since; `current` holds the conversation.
    pub const UNDO_CHANGED: &str = "undo_changed";
    /// The preview is over or was started already: make a new one.
    pub const PREVIEW_OVER: &str = "preview_over";
    /// Nothing of the selection would change.
    pub const NOTHING_TO_DO: &str = "nothing_to_do";
    /// The feature is off here; `detail` says why.
    pub const FEATURE_OFF: &str = "feature_off";
    /// A connector: the foreign system answered well, but the conversation is as it was; `current` holds it.
    pub const NOT_APPLIED: &str = "not_applied";
    /// A connector: some steps were done, then one failed; `detail` says which, `current` holds what came of it.
    pub const PARTLY_DONE: &str = "partly_done";
    /// A connector: the foreign system answered something else than its file describes.
    pub const BAD_ANSWER: &str = "bad_answer";
    /// Free text cannot be sent: the interaction window has ended.
    pub const WINDOW_OVER: &str = "window_over";
    /// The signature of a gateway's call is missing or wrong.
    pub const SIGNATURE: &str = "signature";
    /// The server failed; nothing is known to have changed.
    pub const INTERNAL: &str = "internal";
    /// The server cannot take the call right now.
    pub const UNAVAILABLE: &str = "unavailable";
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Its name as in the body or query, with dots for nesting.
    pub field: String,
    /// A stable code: `required`, `too_long`, `unknown`, …
    pub code: String,
    /// A sentence in English.
    pub message: String,
}

/// What went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`, or an address that explains the kind.
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// This occurrence in words.
    #[serde(default)]
    pub detail: String,
    /// Stable code, see [`code`].
    #[serde(default)]
    pub code: String,
    /// Wrong fields, if it is about those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// The missing permission, for 403.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// The conversation as it is now, for 412 and for a refused undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Conversation>>,
    /// How one signs in here, for 401; absent: with a mail address and a password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInWay>,
}

/// The type of a problem that only its code describes.
pub fn about_blank() -> String {
    "about:blank".to_owned()
}

impl Problem {
    /// A problem of that status, code and words.
    pub fn new(status: u16, code: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: about_blank(),
            title: title.to_owned(),
            status,
            detail: detail.into(),
            code: code.to_owned(),
            ..Self::default()
        }
    }

    /// What is said of the field, if it is among the wrong ones.
    pub fn field(&self, name: &str) -> Option<&FieldProblem> {
        self.fields.iter().find(|field| field.field == name)
    }
}
