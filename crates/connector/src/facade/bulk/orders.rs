//! What users tell jobs: to start, to stop, to try again what failed, to take it back.

use super::{Head, Item, Job, Plan};
use crate::facade::core::Core;
use crate::facade::routes::Call;
use crate::facade::wire::{Outcome, Refusal, Whole, read};
use bandeja_contract::problem::code;
use bandeja_contract::{StartBulk, paths};
use bandeja_model::bulk::PREVIEW_S;
use bandeja_model::{BulkAction, ItemResult, JobState};
use chrono::Duration;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

impl Core {
    pub(in crate::facade) async fn start_job(&self, call: &Call) -> Outcome {
        let sent: StartBulk = read(call.body.as_deref())?;
        self.me().await?;
        let preview = self.jobs.find(&sent.preview_id).ok_or_else(Refusal::not_found)?;
        let mut plan = preview.borrow().head.plan.clone();
        let over = {
            let head = &preview.borrow().head;
            head.state.is_some() || self.now() > head.at + Duration::seconds(i64::from(PREVIEW_S))
        };
        if over {
            let detail = "The preview is too old, or was started already: make a new one.";
            return Err(Refusal::new(410, code::PREVIEW_OVER, "Preview over", detail));
        }
        if sent.form.is_some() && !plan.action.ends() {
            return Err(Refusal::field("form", "not_asked_for", "Not asked for by this action."));
        }
        if sent.form.is_some() {
            plan.form = sent.form;
        }
        if sent.include_later && preview.borrow().head.filter.is_none() {
            return Err(Refusal::field(
                "include_later",
                "not_asked_for",
                "Only a filter comes to match more.",
            ));
        }
        self.check_plan(&plan).await?;
        if plan.action.ends() {
            let form = plan.form.clone().unwrap_or_default();
            let mut faults = self.form_faults(&form, plan.action == BulkAction::Cancel).await?;
            for fault in &mut faults {
                fault.field = format!("form.{}", fault.field);
            }
            if !faults.is_empty() {
                return Err(Refusal::invalid(400, faults));
            }
        }
        let mut job = preview.borrow_mut();
        if job.head.state.is_some() {
            let detail = "The preview was started already.";
            return Err(Refusal::new(410, code::PREVIEW_OVER, "Preview over", detail));
        }
        if job.matched() == 0 {
            return Err(nothing_to_do());
        }
        job.head.plan = plan;
        job.head.later = sent.include_later;
        job.head.at = self.now();
        self.queue(&mut job);
        job.save_all(self.host.storage.as_ref());
        let told = job.told(self.now());
        Ok(Whole::json(202, &told).header("Location", paths::bulk(&told.id)))
    }

    fn queue(&self, job: &mut Job) {
        job.head.state = Some(JobState::Queued);
        job.head.finished_at = None;
        job.paced_at = None;
        self.tell_job(job);
    }

    pub(in crate::facade) async fn order_job(&self, id: &str, order: &str) -> Outcome {
        let job = self.started(id).await?;
        let job = match order {
            "stop" => self.stop_job(job)?,
            "retry" => self.retry_job(job)?,
            _ => self.undo_job(&job)?,
        };
        let told = job.borrow().told(self.now());
        Ok(Whole::json(200, &told))
    }

    fn stop_job(&self, shared: Rc<RefCell<Job>>) -> Result<Rc<RefCell<Job>>, Refusal> {
        {
            let mut job = shared.borrow_mut();
            if job.is_over() {
                return Err(job_state("The job is over already."));
            }
            let waits = job.head.state == Some(JobState::Queued);
            job.head.state = Some(JobState::Stopping);
            if waits {
                self.finish(&mut job);
            } else {
                self.tell_job(&mut job);
            }
        }
        Ok(shared)
    }

    fn retry_job(&self, shared: Rc<RefCell<Job>>) -> Result<Rc<RefCell<Job>>, Refusal> {
        {
            let mut job = shared.borrow_mut();
            if !job.is_over() {
                return Err(job_state("The job is still under way."));
            }
            if job.head.undone_by.is_some() {
                return Err(job_state("The job was taken back."));
            }
            if job.count(ItemResult::Failed) == 0 {
                return Err(nothing_to_do());
            }
            for item in job.items.iter_mut().filter(|item| item.result == Some(ItemResult::Failed)) {
                (item.result, item.reason, item.detail) = (None, None, None);
            }
            self.queue(&mut job);
            job.save_all(self.host.storage.as_ref());
        }
        Ok(shared)
    }

    fn undo_job(&self, shared: &Rc<RefCell<Job>>) -> Result<Rc<RefCell<Job>>, Refusal> {
        let mut job = shared.borrow_mut();
        if !job.is_over() {
            return Err(job_state("The job is still under way."));
        }
        if job.head.plan.action == BulkAction::Undo {
            return Err(job_state("What was taken back is not taken back again."));
        }
        if !job.head.can_undo {
            return Err(Refusal::off(self.reason("undo")));
        }
        let now = self.now();
        if job.undo_until().is_none_or(|until| now >= until) {
            let detail = "It was taken back already, or the time to do so is over.";
            return Err(Refusal::new(409, code::UNDO_OVER, "Cannot be taken back", detail));
        }
        let done =
            job.items.iter().filter(|item| item.result == Some(ItemResult::Done) && item.left.is_some());
        let items = done.map(|item| Item {
            result: None,
            before: item.after,
            after: None,
            detail: None,
            ..item.clone()
        });
        let items = items.collect();
        let head = Head {
            id: self.token(),
            plan: Plan { action: BulkAction::Undo, form: None, assign: None, tags: BTreeSet::new() },
            state: Some(JobState::Queued),
            at: now,
            finished_at: None,
            undoes: Some(job.head.plan.action),
            can_undo: false,
            filter: None,
            except: BTreeSet::new(),
            later: false,
            ..job.head.clone()
        };
        job.head.undone_by = Some(head.id.clone());
        job.save(self.host.storage.as_ref());
        let mut undoing = Job::new(head, items);
        undoing.save_all(self.host.storage.as_ref());
        let undoing = Rc::new(RefCell::new(undoing));
        self.jobs.all.borrow_mut().push(undoing.clone());
        self.tell_job(&mut undoing.borrow_mut());
        Ok(undoing)
    }
}

fn nothing_to_do() -> Refusal {
    Refusal::new(409, code::NOTHING_TO_DO, "Nothing to do", "No conversation would change.")
}

fn job_state(detail: &str) -> Refusal {
    Refusal::new(409, code::STATE, "Not in this state", detail)
}
