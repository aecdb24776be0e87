//! Every dialog of doing many at a time, mounted once.

use super::context::Bulk;
use super::dialog::bulk_dialog;
use super::leaving::leaving_dialog;
use super::receipt::receipt_dialog;
use super::recent::recent_dialog;
use super::selecting::change;
use bandeja_ui::view;
use leptos::prelude::*;

/// Put it once inside `.app`, where a [`Bulk`](super::Bulk) and an [`Acting`](crate::acting::Acting) are in
/// context.
#[component]
pub fn BulkDialogs() -> impl IntoView {
    Bulk::here().take_in_hand(change);
    // The receipt comes after the list of jobs that opens it.
    view! { {leaving_dialog()} {bulk_dialog()} {recent_dialog()} {receipt_dialog()} }
}
