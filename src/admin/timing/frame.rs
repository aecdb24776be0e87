//! The frame of both dialogs: waiting, error, what was refused, leaving with changes, Cancel and OK.

use super::conflict::{Row, conflict};
use super::faults::failure;
use super::setting::{Setting, State};
use super::words::{TimingWords, words};
use crate::i18n::fill;
use crate::shell::ErrorView;
use bandeja_client::ClientError;
use bandeja_model::timing::SavedTiming;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize, IconName, Notice, Tone, platform};
use leptos::html;
use leptos::prelude::*;

/// What the frame needs of a dialog. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// Its title.
    pub(super) title: fn(&TimingWords) -> &'static str,
    /// The sentence under it; the team's name is filled in.
    pub(super) line: fn(&TimingWords) -> &'static str,
    /// Whether saving would change what was read.
    pub(super) is_changed: Signal<bool>,
    /// Saves.
    pub(super) save: Callback<()>,
    /// Saves over what somebody else saved meanwhile.
    pub(super) save_over: Callback<()>,
    /// How what somebody else saved differs from what is on screen.
    pub(super) rows: Callback<SavedTiming, Vec<Row>>,
    /// The body, to lead to a wrong field.
    pub(super) body: NodeRef<html::Div>,
}

/// Leads to the first wrong field, once it is marked.
pub(super) fn point_out(body: NodeRef<html::Div>) {
    platform::next_frame(move || {
        if let Some(body) = body.try_get_untracked().flatten() {
            platform::focus_first_invalid(&body);
        }
    });
}

/// The dialog; `fields` is built anew whenever the settings have come.
pub(super) fn frame(
    setting: Setting,
    parts: Parts,
    fields: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let w = move || words(setting.lang.get());
    let team = move || setting.team.with_value(|team| team.name.clone());
    let leave = move |()| setting.leave(parts.is_changed.get_untracked());
    let footer = move || {
        let not_yet = move || (setting.state.get() != State::Ready).then(|| w().loading.to_owned());
        view! {
            <Button on_click=Callback::new(leave)>{move || w().cancel}</Button>
            <Button
                kind=ButtonKind::Primary
                submit=true
                busy=setting.busy
                disabled=Signal::derive(not_yet)
            >
                {move || w().ok}
            </Button>
        }
    };
    let body = move || match setting.state.get() {
        State::Loading => loading(w().loading).into_any(),
        State::Failed(error) => view! {
            <ErrorView
                sentence=Signal::derive(move || w().cannot_load.to_owned())
                error=Signal::stored(error)
                on_retry=move |()| setting.load()
            />
        }
        .into_any(),
        State::Ready => fields(),
    };
    view! {
        <Dialog
            open=setting.open
            on_close=leave
            title=Signal::derive(move || (parts.title)(w()).to_owned())
            close_label=Signal::derive(move || w().cancel.to_owned())
            size=DialogSize::Setting
            line=move || view! { <span>{move || fill((parts.line)(w()), &[&team()])}</span> }
            footer=footer
            on_submit=Callback::new(move |()| parts.save.run(()))
        >
            <div class="timing" node_ref=parts.body>
                {move || setting.problem.get().map(|error| refused(setting, &error))}
                {move || {
                    setting.theirs.get().map(|theirs| conflict(setting, parts.rows.run(theirs), parts.save_over))
                }}
                {body}
            </div>
        </Dialog>
        {leaving(setting, parts)}
    }
}

/// The dialog's shape while its values are under way.
fn loading(label: &'static str) -> impl IntoView {
    let bones = ["bone w40", "bone tall w88", "bone w52", "bone w72", "bone w40"];
    view! {
        <div class="late bones" role="status" aria-busy="true">
            <span class="only-sr">{label}</span>
            {bones.map(|class| view! { <span class=class aria-hidden="true"></span> }).collect_view()}
        </div>
    }
}

fn refused(setting: Setting, error: &ClientError) -> AnyView {
    let sentence = failure(error, setting.lang.get());
    view! {
        <Notice
            tone=Tone::Bad
            icon=IconName::Alert
            sentence=sentence.to_owned()
            detail=Signal::derive(move || words(setting.lang.get()).kept.to_owned())
        />
    }
    .into_any()
}

/// Asks before changes are lost.
fn leaving(setting: Setting, parts: Parts) -> impl IntoView {
    let w = move || words(setting.lang.get());
    let stay = move |()| setting.leaving.set(false);
    let discard = move |()| {
        setting.leaving.set(false);
        setting.open.set(false);
    };
    let footer = move || {
        view! {
            <Button on_click=Callback::new(stay)>{move || w().discard_not}</Button>
            <Button kind=ButtonKind::Danger submit=true>{move || w().discard_do}</Button>
        }
    };
    let said = move || {
        let team = setting.team.with_value(|team| team.name.clone());
        fill(w().discard_detail, &[&format!("{} ({team})", (parts.title)(w()))])
    };
    view! {
        <Dialog
            open=setting.leaving
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
