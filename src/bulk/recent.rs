//! The recent jobs, each with its receipt.

use super::context::Bulk;
use super::job_face::{summary, time_left, title};
use super::verbs::action_icon;
use crate::shell::ErrorView;
use bandeja_client::ClientError;
use bandeja_contract::BulkJob;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, Dialog, Empty, Icon, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Opens for `Bulk::recent`; asks for the newest jobs each time.
pub(super) fn recent_dialog() -> impl IntoView {
    let bulk = Bulk::here();
    let jobs = bulk.desk.with_value(|desk| desk.jobs.clone());
    let jobs = Memo::new(move |_| jobs.get());
    let failed = RwSignal::new(None::<ClientError>);
    let load = move || {
        failed.set(None);
        let Some(desk) = bulk.desk.try_get_value() else { return };
        spawn_local(async move {
            if let Err(error) = desk.load_jobs().await {
                failed.try_set(Some(error));
            }
        });
    };
    watch(move || {
        if bulk.recent.get() {
            load();
        }
    });
    let body = move || {
        let none = jobs.with(Vec::is_empty);
        Some(match failed.get() {
            Some(error) if none => view! {
                <ErrorView
                    sentence=bulk.say(|w| w.recent_failed)
                    error=error
                    on_retry=move |()| load()
                />
            },
            _ if none => view! {
                <Empty
                    icon=IconName::Layers
                    sentence=bulk.say(|w| w.none_recent)
                    detail=bulk.say(|w| w.none_recent_detail)
                />
            },
            _ => {
                let lines = jobs.get().into_iter().map(|job| line(bulk, &job)).collect_view();
                view! { <ul class="choices">{lines}</ul> }
            }
        })
    };
    let close = move |()| bulk.recent.set(false);
    view! {
        <Dialog
            open=bulk.recent
            on_close=close
            on_submit=close
            title=bulk.say(|w| w.recent)
            close_label=bulk.say(|w| w.back)
            footer=move || view! { <Button submit=true>{bulk.say(|w| w.close_receipt)}</Button> }
        >
            {body}
        </Dialog>
    }
}

fn line(bulk: Bulk, job: &Arc<BulkJob>) -> Dom {
    let lang = bulk.lang;
    let now = bulk.desk.with_value(|desk| desk.now.get());
    let told = if job.state.is_over() { summary(job, lang) } else { time_left(job, lang) };
    let when = lang.row_time(job.started_at, now);
    let id = job.id.clone();
    view! {
        <li>
            <button
                type="button"
                class="item"
                aria-haspopup="dialog"
                on:click=move |_| bulk.receipt.set(Some(id.clone()))
            >
                <Icon name=action_icon(job.action)/>
                <span class="grow">{title(job, lang)} <small>{told}</small></span>
                <time class="n" title=lang.full(job.started_at)>{when}</time>
            </button>
        </li>
    }
}
