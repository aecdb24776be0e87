//! Filter chips: key, value, and a way to take the condition away.

use crate::view;
use leptos::{html, prelude::*};

use crate::icon::{Icon, IconName};

/// One condition of a filter.
#[component]
pub fn Chip(
    /// What is asked: «Estado».
    #[prop(into)]
    key_word: Signal<String>,
    /// What it must be: «Abiertas».
    #[prop(into)]
    value: Signal<String>,
    /// Whether the condition is turned round; the key then says so in words too.
    #[prop(optional, into)]
    not: Signal<bool>,
    /// The name of the button that takes it away: «Quitar filtro Estado».
    #[prop(into)]
    remove_label: Signal<String>,
    /// Opens the condition for changing, if it can be.
    #[prop(optional, into)]
    on_edit: Option<Callback<()>>,
    /// Takes it away.
    #[prop(into)]
    on_remove: Callback<()>,
) -> impl IntoView {
    let words = move || {
        view! {
            <span class="k">{move || key_word.get()}":"</span>
            " "
            <span class="v" title=move || value.get()>{move || value.get()}</span>
        }
    };
    view! {
        <span class="chip" class:not=move || not.get()>
            {match on_edit {
                Some(edit) => {
                    view! {
                        <button type="button" class="value" on:click=move |_| edit.run(())>
                            {words()}
                        </button>
                    }
                        .into_any()
                }
                None => words().into_any(),
            }}
            <button
                type="button"
                aria-label=move || remove_label.get()
                title=move || remove_label.get()
                on:click=move |_| on_remove.run(())
            >
                <Icon name=IconName::X/>
            </button>
        </span>
    }
}

/// The dashed chip that adds a condition.
#[component]
pub fn AddChip(
    /// Its name: «Añadir filtro».
    #[prop(into)]
    label: Signal<String>,
    /// To reach the element.
    #[prop(optional)]
    node: NodeRef<html::Button>,
    /// Opens the choice of conditions.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip add"
            node_ref=node
            aria-label=move || label.get()
            title=move || label.get()
            on:click=move |_| on_click.run(())
        >
            <Icon name=IconName::Plus/>
        </button>
    }
}
