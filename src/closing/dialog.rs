//! The closing dialog of one conversation: opens for [`Acting::close`] and [`Acting::cancel`], keeps what
//! is typed a conversation, sends nothing that is incomplete.

use super::besides::{Besides, MayEnd, besides};
use super::ending::{can_archive, can_transfer, modes, transfer_hint, transfer_people, unsent};
use super::footer::footer;
use super::form::{Form, fields};
use super::transfer::transfer;
use super::typed::{Faults, Place, Typed, faults_of_answer};
use crate::acting::told::failed;
use crate::acting::who_line::who_line;
use crate::acting::{Acting, Attempt, Question};
use crate::shell::Ended;
use bandeja_client::{ClientError, Intent};
use bandeja_model::closing::ClosingForm;
use bandeja_model::{Conversation, ConversationId};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Dialog, IconName, Notice, Tone, platform};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Both forms of the dialog; mounted once.
#[component]
pub fn ClosingDialog() -> impl IntoView {
    view! {
        <EndingDialog question=Question::Close/>
        <EndingDialog question=Question::Cancel/>
    }
}

#[component]
fn EndingDialog(question: Question) -> impl IntoView {
    let acting = StoredValue::new(Acting::here());
    let lang = acting.with_value(|acting| acting.lang);
    let cancels = question == Question::Cancel;
    let seen = acting.with_value(|acting| acting.asking(question));
    let host = acting.with_value(Besides::new);
    let form = Form {
        cancels,
        many: false,
        modes: host.stricter(acting.with_value(|acting| modes(acting, seen, cancels))),
        typed: RwSignal::new(Typed::default()),
        faults: RwSignal::new(Faults::new()),
        lang,
        known: acting.with_value(|acting| acting.desk.lookups.clone()).into(),
    };
    let transfers = Memo::new(move |_| !cancels && acting.with_value(|acting| can_transfer(&acting.desk)));
    let archives = Memo::new(move |_| !cancels && acting.with_value(|acting| can_archive(&acting.desk)));
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ClientError>);
    let picker_open = RwSignal::new(false);
    let body = NodeRef::<html::Div>::new();
    keep_typed(form, acting, seen, question);
    watch(move || {
        seen.with(|_| ());
        form.faults.set(Faults::new());
        problem.set(None);
        host.forget();
        picker_open.set(false);
    });
    let leave = move || acting.with_value(Acting::answer);
    let point_out = move |faults: Faults| {
        let transfer = faults.first().is_some_and(|(place, _)| *place == Place::Transfer);
        form.faults.set(faults);
        if transfer {
            picker_open.set(true);
            return;
        }
        platform::next_frame(move || {
            if let Some(body) = body.try_get_untracked().flatten() {
                platform::focus_first_invalid(&body);
            }
        });
    };
    let submit = move || {
        let Some(seen) = seen.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        let (typed, modes) = (form.typed.get_untracked(), untrack(|| form.modes()));
        let wrong = faults_of(form, &typed, &modes);
        if !wrong.is_empty() {
            return point_out(wrong);
        }
        let close = typed.to_close(&modes, form.cancels);
        let intent = if form.cancels { Intent::Cancel(close) } else { Intent::Close(close) };
        busy.set(true);
        problem.set(None);
        let acting = acting.get_value();
        spawn_local(async move {
            match host.ask(Ended::One(seen.clone()), intent.clone(), &typed, &modes).await {
                MayEnd::Go => {}
                refused => {
                    busy.try_set(false);
                    // The dialog may be gone by now.
                    if let (MayEnd::Fill, Some(modes)) = (refused, form.modes.try_get_untracked()) {
                        point_out(faults_of(form, &typed, &modes));
                    }
                    return;
                }
            }
            let ended = acting.attempt(seen, intent).await;
            busy.try_set(false);
            match ended {
                Attempt::Done => {
                    form.typed.try_set(Typed::default());
                    acting.answer();
                }
                // What was typed stays for when it is opened again.
                Attempt::Conflict => acting.answer(),
                Attempt::UnderWay => {}
                Attempt::Failed(error) => {
                    let w = super::words::words(acting.lang.get_untracked());
                    let faults = faults_of_answer(&error, form.cancels, w);
                    if faults.is_empty() {
                        problem.try_set(Some(error));
                    } else {
                        point_out(faults);
                    }
                }
            }
        });
    };
    let line = move || {
        let lookups = form.lookups();
        seen.get().map(|seen| who_line(&seen, &lookups, lang))
    };
    view! {
        <Dialog
            open=Signal::derive(move || seen.with(Option::is_some))
            on_close=move |()| leave()
            title=Signal::derive(move || {
                let w = form.w();
                if form.cancels { w.cancel_title.to_owned() } else { w.close_title.to_owned() }
            })
            close_label=Signal::derive(move || form.w().leave_cancel.to_owned())
            keep=true
            line=move || line
            footer=move || footer(form, archives, busy, leave)
            on_submit=Callback::new(move |()| submit())
        >
            <div class="stack" node_ref=body>
                {move || problem.get().map(|error| refused(form, &error))}
                {fields(form)}
                {besides(host)}
                {move || {
                    transfers
                        .get()
                        .then(|| {
                            let hint = transfer_hint(form, acting, seen);
                            transfer(form, picker_open, hint, transfer_people(form, acting, seen))
                        })
                }}
                {move || seen.get().and_then(|seen| unsent(form, acting, &seen))}
                {form.cancels.then(|| cancel_notice(form))}
            </div>
        </Dialog>
    }
}

fn faults_of(form: Form, typed: &Typed, modes: &ClosingForm) -> Faults {
    untrack(|| typed.faults(modes, &form.lookups().categories, form.cancels, form.w()))
}

fn refused(form: Form, error: &ClientError) -> AnyView {
    let sentence = failed(error, form.lang.get());
    view! {
        <Notice
            tone=Tone::Bad
            icon=IconName::Alert
            sentence=sentence
            detail=Signal::derive(move || form.w().kept.to_owned())
        />
    }
    .into_any()
}

fn cancel_notice(form: Form) -> AnyView {
    view! {
        <Notice
            tone=Tone::Warn
            icon=IconName::StateCancelled
            sentence=Signal::derive(move || form.w().cancel_notice.to_owned())
            detail=Signal::derive(move || form.w().cancel_notice_detail.to_owned())
        />
    }
    .into_any()
}

/// Puts what was typed for a conversation back when its dialog opens, and keeps it when it is left.
fn keep_typed(
    form: Form,
    acting: StoredValue<Acting>,
    seen: Memo<Option<Arc<Conversation>>>,
    question: Question,
) {
    let kept = acting.with_value(|acting| acting.typed.clone());
    Effect::new(move |before: Option<Option<ConversationId>>| {
        let now = seen.with(|seen| seen.as_ref().map(|seen| seen.id.clone()));
        let left = form.typed.get_untracked();
        if let Some(before) = before.flatten() {
            kept.update_untracked(|kept| {
                let key = (before, question);
                if left == Typed::default() {
                    kept.remove(&key);
                } else {
                    kept.insert(key, left);
                }
            });
        }
        let found = now.clone().and_then(|id| kept.with_untracked(|kept| kept.get(&(id, question)).cloned()));
        form.typed.set(found.unwrap_or_default());
        now
    });
}
