//! What cards, the slim bar and receipts show of a job, and what can be done to it there.

use super::context::Bulk;
use super::draw::{reason, text, whether};
use super::job_face::{counts, parts};
use bandeja_client::JobAct;
use bandeja_contract::BulkJob;
use bandeja_model::JobState;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, IconName, Meter};
use leptos::prelude::*;
use std::sync::Arc;

/// A job as it is shown somewhere.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) bulk: Bulk,
    pub(super) job: Memo<Option<Arc<BulkJob>>>,
}

impl Shown {
    /// Something of the job; the default while it is not known.
    pub(super) fn of<T: Default>(self, of: impl Fn(&BulkJob) -> T) -> T {
        self.job.with(|job| job.as_ref().map(|job| of(job)).unwrap_or_default())
    }

    /// Whether it is over.
    pub(super) fn is_over(self) -> bool {
        self.of(|job| job.state.is_over())
    }

    /// Its bar.
    pub(super) fn meter(self, tall: bool) -> Dom {
        view! {
            <Meter
                parts=Signal::derive(move || self.of(parts))
                whole=Signal::derive(move || self.of(|job| job.matched))
                label=self.bulk.say(|w| w.progress)
                tall=tall
            />
        }
    }

    /// How many were done, skipped and failed.
    pub(super) fn told(self) -> Dom {
        let told = move || {
            let [done, skipped, failed] = self.of(|job| counts(job, self.bulk.lang));
            view! {
                <span>{done}</span>
                <span class="muted">{skipped}</span>
                <span class="bad">{failed}</span>
            }
        };
        view! { {told} }
    }

    fn button(
        self,
        act: JobAct,
        (kind, small, icon): (ButtonKind, bool, IconName),
        words: Signal<String>,
        off: Signal<Option<String>>,
    ) -> Dom {
        let bulk = self.bulk;
        let busy = move || self.of(|job| bulk.is_doing(&job.id, act));
        let press = move |()| {
            if let Some(job) = self.job.get_untracked() {
                bulk.act_on(&job, act);
            }
        };
        view! {
            <Button
                kind=kind
                small=small
                icon=icon
                busy=whether(busy)
                disabled=off
                on_click=press
            >
                {words}
            </Button>
        }
    }

    /// «Detener».
    pub(super) fn stop(self, small: bool) -> Dom {
        let off = move || {
            let stopping = self.of(|job| job.state == JobState::Stopping);
            stopping.then(|| self.bulk.w().stopping.to_owned())
        };
        let look = (ButtonKind::Normal, small, IconName::Stop);
        self.button(JobAct::Stop, look, self.bulk.say(|w| w.stop), reason(off))
    }

    /// «Deshacer».
    pub(super) fn undo(self, kind: ButtonKind, small: bool) -> Dom {
        let look = (kind, small, IconName::Undo);
        self.button(JobAct::Undo, look, self.bulk.say(|w| w.undo), Signal::stored(None))
    }

    /// «Reintentar 7».
    pub(super) fn retry(self) -> Dom {
        let bulk = self.bulk;
        let words =
            move || crate::i18n::fill(bulk.w().retry_n, &[&bulk.lang.number(self.of(|job| job.failed))]);
        let look = (ButtonKind::Primary, false, IconName::Refresh);
        self.button(JobAct::Retry, look, text(words), Signal::stored(None))
    }
}
