//! Every dialog of doing many at a time, mounted once.

use super::dialog::bulk_dialog;
use super::leaving::leaving_dialog;
use super::receipt::receipt_dialog;
use super::recent::recent_dialog;
use bandeja_ui::view;
use leptos::prelude::*;

/// Put it once inside `.app`, where a [`Bulk`](super::Bulk) and an [`Acting`](crate::acting::Acting) are in
/// context.
#[component]
pub fn BulkDialogs() -> impl IntoView {
    // The receipt comes after the list of jobs that opens it.
    view! { {leaving_dialog()} {bulk_dialog()} {recent_dialog()} {receipt_dialog()} }
}
