//! The table of lines.

use super::rows::LineRow;
use super::words::{LinesWords, words};
use crate::acting::names::{channel_icon, channel_word};
use crate::i18n::{Lang, fill};
use bandeja_contract::Line;
use bandeja_model::LineId;
use bandeja_ui::view;
use bandeja_ui::{Badge, ChannelMark, IconButton, IconName, Tone};
use leptos::prelude::*;

/// The columns that have a heading to see.
const COLUMNS: [fn(&LinesWords) -> &'static str; 4] = [|w| w.line, |w| w.team, |w| w.user, |w| w.bot];

/// The lines, a row each; a card where there is no room for columns.
#[component]
pub fn LineTable(
    /// The rows.
    rows: Memo<Vec<LineRow>>,
    /// Opens the dialog of a line.
    edit: Callback<Line>,
) -> impl IntoView {
    let lang = Lang::here();
    let heading = move |column: fn(&LinesWords) -> &'static str| {
        view! { <th scope="col" role="columnheader">{move || column(words(lang.get()))}</th> }
    };
    let ids = move || rows.with(|rows| rows.iter().map(|row| row.line.id.clone()).collect::<Vec<_>>());
    view! {
        <div class="card">
            // The roles are written down because a browser forgets those of a table that is laid out otherwise.
            <table class="table fold" role="table" aria-label=move || words(lang.get()).lines>
                <thead role="rowgroup">
                    <tr role="row">
                        {COLUMNS.map(heading).collect_view()}
                        <th scope="col" role="columnheader">
                            <span class="only-sr">{move || words(lang.get()).edit_column}</span>
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=ids key=LineId::clone let:id>
                        <Row id rows edit/>
                    </For>
                </tbody>
            </table>
        </div>
        <p class="below">{move || words(lang.get()).foot}</p>
    }
}

/// One line. Built once: what changes in it changes in place, so that its button keeps the focus.
#[component]
fn Row(id: LineId, rows: Memo<Vec<LineRow>>, edit: Callback<Line>) -> impl IntoView {
    let lang = Lang::here();
    // While the row is on its way out, it shows what it showed last.
    let row = Memo::new(move |before: Option<&Option<LineRow>>| {
        let now = rows.with(|rows| rows.iter().find(|row| row.line.id == id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let w = move || words(lang.get());
    let name = move || row.with(|row| row.as_ref().map(|row| row.line.name.clone()).unwrap_or_default());
    let cell = move |label: fn(&LinesWords) -> &'static str, inside: AnyView| {
        view! {
            <td role="cell">
                <span class="cell-label" aria-hidden="true">{move || label(w())}</span>
                {inside}
            </td>
        }
    };
    let named = move |name: Option<String>, none: &'static str| match name {
        Some(name) => view! { <span class="names"><bdi>{name}</bdi></span> }.into_any(),
        None => view! { <span class="faint">{none}</span> }.into_any(),
    };
    let team = move || named(row.with(|row| row.as_ref().and_then(|row| row.team.clone())), w().no_team);
    let user = move || named(row.with(|row| row.as_ref().and_then(|row| row.user.clone())), w().nobody);
    let bot = move || {
        let w = w();
        if row.with(|row| row.as_ref().is_some_and(|row| row.line.bot)) {
            view! { <Badge tone=Tone::Good>{w.on}</Badge> }
        } else {
            view! { <Badge>{w.off}</Badge> }
        }
    };
    let click = move |()| {
        if let Some(row) = row.get_untracked() {
            edit.run(row.line);
        }
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{move || row.get().map(|row| line(&row, lang))}</th>
            {cell(|w| w.team, team.into_any())}
            {cell(|w| w.user, user.into_any())}
            {cell(|w| w.bot, bot.into_any())}
            <td role="cell" class="acts">
                <IconButton
                    icon=IconName::Edit
                    label=Signal::derive(move || fill(w().edit, &[&name()]))
                    small=true
                    on_click=Callback::new(click)
                />
            </td>
        </tr>
    }
}

fn line(row: &LineRow, lang: Lang) -> AnyView {
    let (channel, locale) = (row.line.channel, lang.get());
    view! {
        <span class="cluster">
            <ChannelMark
                class=channel.code()
                icon=channel_icon(channel)
                title=channel_word(channel, locale)
            />
            <span class="named">
                <b><bdi>{row.line.name.clone()}</bdi></b>
                {row.campaign.clone().map(|campaign| view! { <small>{campaign}</small> })}
            </span>
        </span>
    }
    .into_any()
}
