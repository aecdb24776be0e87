//! Why a change is not made. Knows nothing of how the caller is told.

use super::StoreError;
use bandeja_contract::{FieldProblem, LineSettings};
use bandeja_model::filter::FilterError;
use bandeja_model::permission::NoSettings;
use bandeja_model::timing::SavedTiming;
use bandeja_model::{Conversation, Denial};
use std::fmt;

/// Why a change is not made; nothing was written.
#[derive(Debug)]
pub enum Refusal {
    /// The database failed.
    Store(StoreError),
    /// The actor may not, or the state does not admit it.
    Denied(Denial),
    /// The settings are not theirs.
    NoSettings(NoSettings),
    /// Nobody said on which version it was decided.
    VersionRequired,
    /// It changed meanwhile (P18); as it is now.
    Stale(Box<Conversation>),
    /// The line's settings changed meanwhile (P18); as they are now.
    StaleLine(Box<LineSettings>),
    /// The settings were saved by somebody else meanwhile (P18); as they are now.
    StaleTiming(Box<SavedTiming>),
    /// Something sent is wrong.
    Invalid(Vec<FieldProblem>),
    /// Free text cannot be sent any more (P9).
    WindowOver,
    /// The undo was used, or comes too late (P16).
    UndoOver,
    /// Something happened since (P16); as it is now.
    UndoChanged(Box<Conversation>),
    /// The filter of a selection cannot be read.
    Filter(FilterError),
    /// The preview is too old, or was started (P21).
    PreviewOver,
    /// No conversation would change.
    NothingToDo,
    /// The job does not stand where this can be done: in words.
    JobState(&'static str),
    /// Only who started the job may.
    NotTheStarter,
}

impl Refusal {
    /// One wrong field.
    pub fn invalid(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            message: message.into(),
        }])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Denied(denial) => write!(f, "denied: {denial:?}"),
            Self::NoSettings(none) => write!(f, "denied: {none:?}"),
            Self::VersionRequired => f.write_str("no version was given"),
            Self::Stale(_) | Self::StaleLine(_) | Self::StaleTiming(_) | Self::UndoChanged(_) => {
                f.write_str("it changed meanwhile")
            }
            Self::Invalid(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
                write!(f, "wrong: {}", names.join(", "))
            }
            Self::WindowOver => f.write_str("the interaction window has ended"),
            Self::UndoOver => f.write_str("it cannot be taken back any more"),
            Self::Filter(error) => error.fmt(f),
            Self::PreviewOver => f.write_str("the preview is over"),
            Self::NothingToDo => f.write_str("nothing would change"),
            Self::JobState(words) => f.write_str(words),
            Self::NotTheStarter => f.write_str("only who started the job may"),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Filter(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<NoSettings> for Refusal {
    fn from(why: NoSettings) -> Self {
        Self::NoSettings(why)
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}
