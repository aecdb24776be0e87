//! The table of teams.

use super::dialogs::Setting;
use super::rows::TeamRow;
use super::team_cells::{bot, lines, members, name, options, value};
use super::words::{TeamsWords, words};
use crate::i18n::Lang;
use bandeja_model::TeamId;
use bandeja_ui::view;
use leptos::prelude::*;

/// The columns that have a heading to see.
const COLUMNS: [fn(&TeamsWords) -> &'static str; 6] =
    [|w| w.team, |w| w.members, |w| w.lines, |w| w.bot, |w| w.closing, |w| w.assignment];

/// The teams, a row each. Where there is no room for a table the sheet makes each row a card; the roles are written
/// down because a browser forgets those of a table that is laid out otherwise.
#[component]
pub fn TeamTable(
    /// The rows.
    rows: Memo<Vec<TeamRow>>,
) -> impl IntoView {
    let lang = Lang::here();
    let heading = move |column: fn(&TeamsWords) -> &'static str| {
        view! { <th scope="col" role="columnheader">{move || column(words(lang.get()))}</th> }
    };
    view! {
        <div class="card">
            <table class="table fold" role="table" aria-label=move || words(lang.get()).teams>
                <thead role="rowgroup">
                    <tr role="row">
                        {COLUMNS.map(heading).collect_view()}
                        <th scope="col" role="columnheader">
                            <span class="only-sr">{move || words(lang.get()).options}</span>
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For
                        each=move || rows.with(|rows| rows.iter().map(|row| row.team.id.clone()).collect::<Vec<_>>())
                        key=TeamId::clone
                        let:id
                    >
                        <Row id rows/>
                    </For>
                </tbody>
            </table>
        </div>
        <p class="below">{move || words(lang.get()).foot}</p>
    }
}

/// One team. Built once: what changes in it changes in place, so that a button keeps the focus.
#[component]
fn Row(id: TeamId, rows: Memo<Vec<TeamRow>>) -> impl IntoView {
    // While the row is on its way out, it shows what it showed last.
    let row = Memo::new(move |before: Option<&Option<TeamRow>>| {
        let now = rows.with(|rows| rows.iter().find(|row| row.team.id == id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{move || row.get().map(|row| name(&row))}</th>
            <Cell label=|w| w.members>{move || row.get().map(|row| members(&row))}</Cell>
            <Cell label=|w| w.lines>{move || row.get().map(|row| lines(&row))}</Cell>
            <Cell label=|w| w.bot>{move || row.get().map(|row| bot(&row))}</Cell>
            <Cell label=|w| w.closing>{value(row, Setting::Closing)}</Cell>
            <Cell label=|w| w.assignment>{value(row, Setting::Assignment)}</Cell>
            <td role="cell" class="acts">{options(row)}</td>
        </tr>
    }
}

/// A cell. Its heading stands beside it where the row is a card; who listens hears the column's own.
#[component]
pub fn Cell<W: Fn(&TeamsWords) -> &'static str + Copy + Send + Sync + 'static>(
    /// The heading of its column.
    label: W,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let lang = Lang::here();
    view! {
        <td role="cell">
            <span class="cell-label" aria-hidden="true">{move || label(words(lang.get()))}</span>
            {children()}
        </td>
    }
}
