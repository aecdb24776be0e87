//! Every dialog an action can open, mounted once.

use super::assign_dialog::assign_dialog;
use super::conflict_dialog::conflict_dialog;
use super::snooze_dialog::snooze_dialog;
use super::tags_dialog::tags_dialog;
use crate::closing::ClosingDialog;
use bandeja_ui::view;
use leptos::prelude::*;

/// Put it once inside `.app`, where an [`Acting`](super::Acting) is in context.
#[component]
pub fn ActingDialogs() -> impl IntoView {
    view! {
        <ClosingDialog/>
        {assign_dialog()} {tags_dialog()} {snooze_dialog()}
        // Last, so that it stands above the dialog whose answer it is about.
        {conflict_dialog()}
    }
}
