//! Which of the two dialogs is open, and for which team.

use crate::admin::timing::{AssignmentDialog, ClosingDialog};
use bandeja_browser::{Desk, desk};
use bandeja_contract::Team;
use bandeja_model::timing::SavedTiming;
use bandeja_ui::view;
use leptos::prelude::*;

/// One of a team's two settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// When idle conversations close.
    Closing,
    /// For how long contacts come back to the same agent.
    Assignment,
}

/// What is asked for. A context of the screen; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Asking {
    of: RwSignal<Option<(Setting, Team)>>,
    open: RwSignal<bool>,
}

impl Default for Asking {
    /// To be provided as context.
    fn default() -> Self {
        Self { of: RwSignal::new(None), open: RwSignal::new(false) }
    }
}

impl Asking {
    /// Opens the dialog of a setting.
    pub fn ask(self, setting: Setting, team: Team) {
        self.of.set(Some((setting, team)));
        self.open.set(true);
    }
}

/// The place of the dialogs.
#[component]
pub fn TimingDialogs(
    /// What is asked for.
    asking: Asking,
) -> impl IntoView {
    let desk = StoredValue::new(desk());
    let open = asking.open;
    // The event says so too; without the stream, this does.
    let saved = move |_: SavedTiming| desk.with_value(Desk::reload_lookups);
    move || {
        asking.of.get().map(|(setting, team)| match setting {
            Setting::Closing => view! { <ClosingDialog team open saved/> },
            Setting::Assignment => view! { <AssignmentDialog team open saved/> },
        })
    }
}
