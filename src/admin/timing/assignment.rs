//! The dialog *Contact assignment*.

use bandeja_contract::Team;
use bandeja_model::timing::SavedTiming;
use bandeja_ui::view;
use leptos::prelude::*;

/// The dialog of a team; mount it with the team, and it opens and closes with `open`.
#[component]
pub fn AssignmentDialog(
    /// Whose setting.
    team: Team,
    /// Whether it is shown; it sets it back itself.
    open: RwSignal<bool>,
    /// It was saved: the settings as they are now.
    #[prop(into)]
    saved: Callback<SavedTiming>,
) -> impl IntoView {
    let _ = (team, open, saved);
    view! { <div></div> }
}
