//! Somebody else saved the same setting meanwhile: what stands there now, what one wanted, and the choice.

use super::Editing;
use super::words::words;
use bandeja_ui::view;
use bandeja_ui::{Button, Icon, IconName};
use leptos::prelude::*;

/// One thing in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::admin) struct Row {
    /// What it is.
    pub(in crate::admin) thing: &'static str,
    /// As it is saved now.
    pub(in crate::admin) theirs: String,
    /// As it is on screen.
    pub(in crate::admin) mine: String,
}

/// The things whose two values are not the same.
pub(in crate::admin) fn differing<const N: usize>(
    things: [&'static str; N],
    theirs: [String; N],
    mine: [String; N],
) -> Vec<Row> {
    let rows = things.into_iter().zip(theirs).zip(mine);
    rows.filter(|((_, theirs), mine)| theirs != mine)
        .map(|((thing, theirs), mine)| Row { thing, theirs, mine })
        .collect()
}

/// Both values, and a button for each.
pub(super) fn conflict(
    editing: Editing,
    rows: Vec<Row>,
    keep_theirs: Callback<()>,
    save_over: Callback<()>,
) -> AnyView {
    let w = move || words(editing.lang.get());
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{row.thing}</th>
                <td dir="auto">{row.theirs}</td>
                <td dir="auto">{row.mine}</td>
            </tr>
        }
    });
    view! {
        <div class="notice warn" role="alert">
            <Icon name=IconName::Warn/>
            <div class="grow stack">
                <p>{move || w().conflict}</p>
                <table class="changes">
                    <thead>
                        <tr>
                            <th scope="col"><span class="only-sr">{move || w().conflict_thing}</span></th>
                            <th scope="col">{move || w().conflict_theirs}</th>
                            <th scope="col">{move || w().conflict_mine}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                <div class="cluster">
                    <Button on_click=keep_theirs>{move || w().keep_theirs}</Button>
                    <Button busy=editing.busy on_click=save_over>{move || w().save_mine}</Button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
