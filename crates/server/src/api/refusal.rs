//! How a refusal of the store is told to the caller.

use crate::http::problem::ApiError;
use crate::store::Refusal;
use axum::http::StatusCode;
use bandeja_contract::problem::code;
use bandeja_contract::{StaleLine, StaleTiming};

/// The problem for a refusal.
pub(super) fn explain(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Store(error) => error.into(),
        Refusal::Denied(denial) => denial.into(),
        Refusal::VersionRequired => ApiError::version_required(),
        Refusal::Stale(current) => ApiError::stale(*current),
        Refusal::StaleLine(current) => ApiError::stale_settings(&StaleLine { current_line: *current }),
        Refusal::StaleTiming(current) => ApiError::stale_settings(&StaleTiming { current_timing: *current }),
        Refusal::NoSettings(why) => why.into(),
        Refusal::Invalid(fields) => ApiError::invalid_fields(fields),
        Refusal::WindowOver => ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code::WINDOW_OVER,
            "Window over",
            "The interaction window has ended: free text cannot be sent.",
        ),
        Refusal::UndoOver => ApiError::undo_over(),
        Refusal::UndoChanged(current) => ApiError::undo_changed(*current),
        Refusal::Filter(error) => ApiError::invalid_filter("selection.filter", &error),
        Refusal::PreviewOver => ApiError::preview_over(),
        Refusal::NothingToDo => ApiError::nothing_to_do(),
        Refusal::JobState(words) => ApiError::job_state(words),
        Refusal::NotTheStarter => ApiError::forbidden("undo"),
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        explain(refusal)
    }
}
