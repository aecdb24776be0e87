//! The screen: the table of lines, and the dialog of one.

use super::dialog::LineDialog;
use super::rows::line_rows;
use super::table::LineTable;
use super::words::words;
use crate::i18n::Lang;
use crate::shell::ErrorView;
use bandeja_browser::desk;
use bandeja_client::ClientError;
use bandeja_contract::Line;
use bandeja_ui::view;
use bandeja_ui::{Empty, IconName};
use leptos::prelude::*;

/// What the screen shows.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    /// The shape of a table.
    Coming,
    /// Why there is none.
    Failed(ClientError),
    /// The table.
    Rows,
    /// There are no lines.
    None,
}

/// The lines of the viewer's campaigns.
#[component]
pub fn LinesScreen() -> impl IntoView {
    let (lang, desk) = (Lang::here(), desk());
    let (lookups, failed) = (desk.lookups.clone(), desk.lookups_failed.clone());
    let rows = Memo::new({
        let lookups = lookups.clone();
        move |_| lookups.with(|lookups| line_rows(lookups))
    });
    // A memo, so that a table that stays is not built anew with every event.
    let shown = Memo::new(move |_| match lookups.with(|lookups| lookups.loaded) {
        false => failed.get().map_or(Shown::Coming, Shown::Failed),
        true if rows.with(Vec::is_empty) => Shown::None,
        true => Shown::Rows,
    });
    let asked = RwSignal::new(None::<Line>);
    let open = RwSignal::new(false);
    let edit = Callback::new(move |line: Line| {
        asked.set(Some(line));
        open.set(true);
    });
    let w = move || words(lang.get());
    let desk = StoredValue::new(desk);
    let content = move || match shown.get() {
        Shown::Coming => view! { <Bones/> }.into_any(),
        Shown::Failed(error) => view! {
            <ErrorView
                sentence=Signal::derive(move || w().failed.to_owned())
                error=Signal::stored(error)
                on_retry=move |()| desk.with_value(bandeja_browser::Desk::reload_lookups)
            />
        }
        .into_any(),
        Shown::None => view! {
            <Empty
                icon=IconName::Phone
                sentence=Signal::derive(move || w().none.to_owned())
                detail=Signal::derive(move || w().none_detail.to_owned())
            />
        }
        .into_any(),
        Shown::Rows => view! { <LineTable rows edit/> }.into_any(),
    };
    view! {
        <div class="content">
            {content}
            {move || asked.get().map(|line| view! { <LineDialog line open/> })}
        </div>
    }
}

/// The shape of the table while the lines are on their way.
#[component]
fn Bones() -> impl IntoView {
    let lang = Lang::here();
    let line = |_| {
        view! {
            <div class="bone-row">
                <span class="bone round dot"></span>
                <span class="bone w40"></span>
                <span class="bone w30"></span>
            </div>
        }
    };
    view! {
        <div class="card table-bones late" role="status" aria-busy="true">
            <span class="only-sr">{move || words(lang.get()).loading}</span>
            <div class="bone-head" aria-hidden="true"></div>
            <div aria-hidden="true">{(0..6).map(line).collect_view()}</div>
        </div>
    }
}
