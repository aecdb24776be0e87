//! The frame of such a dialog: waiting, error, what was refused, leaving with changes, Cancel and OK.

use super::conflict::{Row, conflict};
use super::failure::failure;
use super::words::words;
use super::{Editing, State};
use crate::i18n::fill;
use crate::shell::ErrorView;
use bandeja_client::ClientError;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize, IconName, Notice, Tone, platform};
use leptos::html;
use leptos::prelude::*;

/// What the frame needs of a dialog. Cheap to copy.
#[derive(Clone, Copy)]
pub(in crate::admin) struct Parts {
    /// Its title.
    pub(in crate::admin) title: Signal<String>,
    /// The sentence under it.
    pub(in crate::admin) line: Signal<String>,
    /// What stays as it was when changes are discarded.
    pub(in crate::admin) named: Signal<String>,
    /// Whether saving would change what was read.
    pub(in crate::admin) is_changed: Signal<bool>,
    /// Reads again.
    pub(in crate::admin) load: Callback<()>,
    /// Saves.
    pub(in crate::admin) save: Callback<()>,
    /// How what somebody else saved meanwhile differs from what is on screen; nothing while nobody did.
    pub(in crate::admin) rows: Signal<Option<Vec<Row>>>,
    /// Leaves what somebody else saved.
    pub(in crate::admin) keep_theirs: Callback<()>,
    /// Saves over it.
    pub(in crate::admin) save_over: Callback<()>,
    /// The body, to lead to a wrong field.
    pub(in crate::admin) body: NodeRef<html::Div>,
}

/// Leads to the first wrong field, once it is marked.
pub(in crate::admin) fn point_out(body: NodeRef<html::Div>) {
    platform::next_frame(move || {
        if let Some(body) = body.try_get_untracked().flatten() {
            platform::focus_first_invalid(&body);
        }
    });
}

/// The dialog; `fields` is built anew whenever what is to be changed has come.
pub(in crate::admin) fn frame(
    editing: Editing,
    parts: Parts,
    fields: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let w = move || words(editing.lang.get());
    let leave = move |()| editing.leave(parts.is_changed.get_untracked());
    let footer = move || {
        let not_yet = move || (editing.state.get() != State::Ready).then(|| w().loading.to_owned());
        view! {
            <Button on_click=Callback::new(leave)>{move || w().cancel}</Button>
            <Button
                kind=ButtonKind::Primary
                submit=true
                busy=editing.busy
                disabled=Signal::derive(not_yet)
            >
                {move || w().ok}
            </Button>
        }
    };
    let body = move || match editing.state.get() {
        State::Loading => loading(w().loading).into_any(),
        State::Failed(error) => view! {
            <ErrorView
                sentence=Signal::derive(move || w().cannot_load.to_owned())
                error=Signal::stored(error)
                on_retry=parts.load
            />
        }
        .into_any(),
        State::Ready => fields(),
    };
    view! {
        <Dialog
            open=editing.open
            on_close=leave
            title=parts.title
            close_label=Signal::derive(move || w().cancel.to_owned())
            size=DialogSize::Setting
            line=move || view! { <span>{move || parts.line.get()}</span> }
            footer=footer
            on_submit=parts.save
        >
            <div class="editing" node_ref=parts.body>
                {move || editing.problem.get().map(|error| refused(editing, &error))}
                {move || {
                    parts.rows.get().map(|rows| conflict(editing, rows, parts.keep_theirs, parts.save_over))
                }}
                {body}
            </div>
        </Dialog>
        {leaving(editing, parts)}
    }
}

/// The dialog's shape while its values are under way.
fn loading(label: &'static str) -> impl IntoView {
    let bones = ["bone w40", "bone tall w88", "bone w52", "bone w72", "bone w40"];
    view! {
        <div class="late editing-bones" role="status" aria-busy="true">
            <span class="only-sr">{label}</span>
            {bones.map(|class| view! { <span class=class aria-hidden="true"></span> }).collect_view()}
        </div>
    }
}

fn refused(editing: Editing, error: &ClientError) -> AnyView {
    let sentence = failure(error, editing.lang.get());
    view! {
        <Notice
            tone=Tone::Bad
            icon=IconName::Alert
            sentence=sentence.to_owned()
            detail=Signal::derive(move || words(editing.lang.get()).kept.to_owned())
        />
    }
    .into_any()
}

/// Asks before changes are lost.
fn leaving(editing: Editing, parts: Parts) -> impl IntoView {
    let w = move || words(editing.lang.get());
    let stay = move |()| editing.leaving.set(false);
    let discard = move |()| {
        editing.leaving.set(false);
        editing.open.set(false);
    };
    let footer = move || {
        view! {
            <Button on_click=Callback::new(stay)>{move || w().discard_not}</Button>
            <Button kind=ButtonKind::Danger submit=true>{move || w().discard_do}</Button>
        }
    };
    let said = move || fill(w().discard_detail, &[&parts.named.get()]);
    view! {
        <Dialog
            open=editing.leaving
            on_close=stay
            title=Signal::derive(move || w().discard_title.to_owned())
            close_label=Signal::derive(move || w().discard_not.to_owned())
            size=DialogSize::Narrow
            footer=footer
            on_submit=Callback::new(discard)
        >
            <p>{said}</p>
        </Dialog>
    }
}
