//! Somebody else saved the same setting meanwhile: what stands there now, what one wanted, and the choice.

use super::setting::Setting;
use super::words::words;
use bandeja_ui::view;
use bandeja_ui::{Button, Icon, IconName};
use leptos::prelude::*;

/// One thing in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What it is.
    pub(super) thing: &'static str,
    /// As it is saved now.
    pub(super) theirs: String,
    /// As it is on screen.
    pub(super) mine: String,
}

/// Both values, and a button for each.
pub(super) fn conflict(setting: Setting, rows: Vec<Row>, save_over: Callback<()>) -> AnyView {
    let w = move || words(setting.lang.get());
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
                    <Button on_click=move |()| setting.keep_theirs()>{move || w().keep_theirs}</Button>
                    <Button busy=setting.busy on_click=save_over>{move || w().save_mine}</Button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
