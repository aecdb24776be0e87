//! Jobs over many conversations: loaded, followed by events or, while the stream is down, by asking.

use super::Desk;
use super::core::{Core, Later};
use bandeja_client::store::jobs::{JobTick, Jobs};
use bandeja_client::{ClientError, ItemsAsked, JobAct};
use bandeja_contract::{BulkItemPage, BulkJob, BulkPreview, PreviewBulk, StartBulk};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// How soon, and how often at most, the list of jobs is asked for, in milliseconds.
const LOAD_MS: (u32, u32) = (200, 1_000);
/// How often jobs are asked for while the stream is down, in milliseconds.
const POLL_MS: u32 = 2_000;

/// The jobs' part of the core.
#[derive(Default)]
pub(super) struct JobBook {
    known: RefCell<Jobs>,
    load: Later,
    polling: Cell<bool>,
}

impl Core {
    /// An event told of a job.
    pub(super) fn hear_of_job(&self, job: BulkJob) {
        let now = self.jobs.known.borrow().tick();
        self.take_in_job(job, now);
    }

    fn take_in_job(&self, job: BulkJob, asked: JobTick) {
        let news = self.jobs.known.borrow_mut().take_in(job, asked);
        if news {
            self.show_jobs();
        }
    }

    fn show_jobs(&self) {
        let all = self.jobs.known.borrow().all();
        self.signals.jobs.set(all);
    }

    /// The desk changes hands.
    pub(super) fn forget_jobs(&self) {
        *self.jobs.known.borrow_mut() = Jobs::default();
        self.show_jobs();
        self.signals.gone.update(Vec::clear);
    }

    /// Asks for the jobs soon.
    pub(super) fn load_jobs_soon(self: &Rc<Self>) {
        self.later(
            |core| &core.jobs.load,
            LOAD_MS.0,
            LOAD_MS.1,
            |core| {
                let core = core.clone();
                core.clone().spawn(Box::pin(async move {
                    // If it fails, the next event, break or job brings them.
                    let _ = core.load_jobs().await;
                }));
            },
        );
    }

    pub(super) async fn load_jobs(self: &Rc<Self>) -> Result<(), ClientError> {
        if !self.is_signed_in() {
            return Err(ClientError::SignedOut);
        }
        let (asked, era) = (self.jobs.known.borrow().tick(), self.era.get());
        let jobs = self.told(self.api.bulk_jobs().await)?;
        if self.era.get() != era {
            return Err(ClientError::SignedOut);
        }
        let mut news = false;
        for job in jobs {
            news |= self.jobs.known.borrow_mut().take_in(job, asked);
        }
        if news {
            self.show_jobs();
            self.follow_jobs_without_stream();
        }
        Ok(())
    }

    /// While a job is under way and no event can tell of it, it is asked for.
    pub(super) fn follow_jobs_without_stream(self: &Rc<Self>) {
        let needed = |core: &Core| !core.hears_events() && core.jobs.known.borrow().any_under_way();
        if !needed(self) || self.jobs.polling.replace(true) {
            return;
        }
        let core = self.clone();
        self.spawn(Box::pin(async move {
            while needed(&core) {
                core.doors.clock.sleep(POLL_MS).await;
                let _ = core.load_jobs().await;
            }
            core.jobs.polling.set(false);
        }));
    }

    async fn changed_job(
        self: &Rc<Self>,
        answer: impl Future<Output = Result<BulkJob, ClientError>>,
    ) -> Result<Arc<BulkJob>, ClientError> {
        let (asked, era) = (self.jobs.known.borrow().tick(), self.era.get());
        let job = self.told(answer.await)?;
        if self.era.get() != era {
            return Err(ClientError::SignedOut);
        }
        let id = job.id.clone();
        self.take_in_job(job.clone(), asked);
        self.follow_jobs_without_stream();
        let known = self.jobs.known.borrow().get(&id).cloned();
        Ok(known.unwrap_or_else(|| Arc::new(job)))
    }
}

impl Desk {
    /// What a job would do. It changes nothing and is good for an hour.
    pub async fn preview_bulk(&self, asked: &PreviewBulk) -> Result<BulkPreview, ClientError> {
        self.core.told(self.core.api.preview_bulk(asked).await)
    }

    /// Starts what was previewed; with the same `key` again it is the same job.
    pub async fn start_bulk(&self, start: &StartBulk, key: &str) -> Result<Arc<BulkJob>, ClientError> {
        self.core.changed_job(self.core.api.start_bulk(start, key)).await
    }

    /// Stops a job, tries again what failed, or takes it back: the job that comes of it.
    pub async fn act_on_job(&self, id: &str, act: JobAct) -> Result<Arc<BulkJob>, ClientError> {
        let key = self.core.new_key();
        let job = self.core.changed_job(self.core.api.act_on_job(id, act, &key)).await;
        // The job that was taken back or tried again says so from now on.
        self.core.load_jobs_soon();
        job
    }

    /// Asks for the jobs now.
    pub async fn load_jobs(&self) -> Result<(), ClientError> {
        self.core.load_jobs().await
    }

    /// The job as the server has it, also one that is no longer in the list.
    pub async fn load_job(&self, id: &str) -> Result<Arc<BulkJob>, ClientError> {
        self.core.changed_job(self.core.api.bulk_job(id)).await
    }

    /// A page of the conversations of a job or preview.
    pub async fn bulk_items(&self, asked: &ItemsAsked) -> Result<BulkItemPage, ClientError> {
        self.core.told(self.core.api.bulk_items(asked).await)
    }

    /// The address of a job's receipt, for a link.
    pub fn receipt_address(&self, id: &str) -> String {
        self.core.api.receipt_address(id)
    }

    /// A key that no other call has, for calls whose repeat must be harmless.
    pub fn new_key(&self) -> String {
        self.core.new_key()
    }
}
