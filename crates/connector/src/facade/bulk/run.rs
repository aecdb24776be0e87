//! Works through jobs, one after the other, a few conversations at a time.

use super::{Item, Job, Shared, TOLD_MS};
use crate::backend::{Fault, FaultKind};
use crate::facade::core::Core;
use bandeja_model::bulk::Deed;
use bandeja_model::{BulkAction, BulkReason, Filter, ItemResult, JobState};
use chrono::Duration;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Conversations given to a backend that acts on many, at a time.
const AT_ONCE: usize = 50;
/// Longest that what came to match meanwhile is read for, in milliseconds.
const LATER_MS: i64 = 60_000;

impl Core {
    pub(in crate::facade) async fn work_jobs(self: &Rc<Self>) {
        while !self.stopped.get() {
            let rung = self.bell.count();
            match self.jobs.next() {
                Some(job) => self.work(&job).await,
                None => self.bell.after(rung).await,
            }
        }
    }

    async fn work(&self, job: &Shared) {
        {
            let mut job = job.borrow_mut();
            job.head.state = Some(JobState::Running);
            job.paced_at = Some(self.now());
            job.paced_turns = job.turns();
        }
        self.pass(job).await;
        if !self.must_stop(job) && job.borrow().head.later {
            self.add_later(job).await;
            self.pass(job).await;
        }
        if self.stopped.get() {
            job.borrow_mut().save(self.host.storage.as_ref());
        } else {
            self.finish(&mut job.borrow_mut());
        }
    }

    pub(super) fn must_stop(&self, job: &Shared) -> bool {
        self.stopped.get() || job.borrow().head.state == Some(JobState::Stopping)
    }

    /// Gives everything without a result its turn.
    async fn pass(&self, job: &Shared) {
        let waiting: Vec<usize> = {
            let job = job.borrow();
            let open = job.items.iter().enumerate().filter(|(_, item)| item.result.is_none());
            open.map(|(index, _)| index).collect()
        };
        let native = {
            let plan = &job.borrow().head.plan;
            let can = self.backend.abilities();
            // What the call for many does not carry is done one by one.
            let carries = plan.whole_act().is_none_or(|act| can.lost_to_many(&act).is_none());
            plan.is_uniform() && can.bulk.contains(&plan.action.code()) && carries
        };
        if native {
            for some in waiting.chunks(AT_ONCE) {
                if !self.must_stop(job) {
                    self.turn_of_many(job, some).await;
                    self.look_up(job);
                }
            }
            return;
        }
        let at_once = self.backend.abilities().concurrency.clamp(1, 32) as usize;
        let (mut waiting, mut going) = (waiting.into_iter(), FuturesUnordered::new());
        loop {
            while going.len() < at_once && !self.must_stop(job) {
                let Some(index) = waiting.next() else { break };
                self.takes_turn(job, &[index]);
                going.push(self.turn(job, index));
            }
            if going.next().await.is_none() {
                return;
            }
            self.look_up(job);
        }
    }

    pub(super) fn takes_turn(&self, job: &Shared, indices: &[usize]) {
        let mut job = job.borrow_mut();
        job.going.extend(indices);
        job.save_going(self.host.storage.as_ref());
    }

    /// Writes down and tells how far it is, now and then.
    fn look_up(&self, job: &Shared) {
        let mut job = job.borrow_mut();
        let wait = Duration::milliseconds(TOLD_MS);
        if job.told_at.is_none_or(|at| self.now() - at >= wait) {
            job.save(self.host.storage.as_ref());
            self.tell_job(&mut job);
        }
    }

    /// One more pass's worth: what matches by now and is not in it (P21).
    async fn add_later(&self, job: &Shared) {
        let (filter, except) = {
            let mut job = job.borrow_mut();
            job.head.later = false;
            (job.head.filter.clone(), job.head.except.clone())
        };
        let Some(filter) = filter.and_then(|text| Filter::parse(&text).ok()) else { return };
        let deadline = self.now() + Duration::milliseconds(LATER_MS);
        let Ok(found) = self.all_matching(&filter, &except, deadline).await else { return };
        let Ok(me) = self.me().await else { return };
        let mut job = job.borrow_mut();
        let known: BTreeSet<_> = job.items.iter().map(|item| item.id.clone()).collect();
        for row in found.rows.iter().filter(|row| !known.contains(&row.id)) {
            if super::preview::due(&me, &job.head.plan, row).is_ok() {
                let index = job.items.len();
                job.items.push(Item::of(row));
                job.unsaved.insert(index);
            }
        }
    }

    pub(super) fn finish(&self, job: &mut Job) {
        let stopped = job.head.state == Some(JobState::Stopping);
        let open = job.items.iter_mut().enumerate().filter(|(_, item)| item.result.is_none());
        let mut left = Vec::new();
        for (index, item) in open {
            item.result = Some(BulkReason::Stopped.result());
            item.reason = Some(BulkReason::Stopped);
            left.push(index);
        }
        job.unsaved.extend(left);
        job.head.state = Some(if stopped { JobState::Stopped } else { JobState::Finished });
        job.head.finished_at = Some(self.now());
        job.head.can_undo = self.can_undo(job);
        job.save(self.host.storage.as_ref());
        self.tell_job(job);
    }

    /// Whether the backend has what taking it back needs, for all that was done.
    fn can_undo(&self, job: &Job) -> bool {
        let marks = matches!(job.head.plan.deed(), Deed::Plain(BulkAction::Read | BulkAction::Unread));
        let done = || job.items.iter().filter(|item| item.result == Some(ItemResult::Done));
        let back = |item: &Item| {
            let left = item.left.as_ref();
            left.is_some_and(|left| {
                self.can_put_back(&left.before, &left.after, left.form.as_ref(), &job.head.by)
            })
        };
        let cancels = matches!(job.head.plan.action, BulkAction::Cancel | BulkAction::Undo);
        !marks && !cancels && done().next().is_some() && done().all(back)
    }

    /// Waits while the foreign API wants to be left alone.
    pub(super) async fn hold(&self, job: &Shared) {
        loop {
            let until = job.borrow().hold_until;
            let Some(wait) = until.map(|until| until - self.now()).filter(|wait| *wait > Duration::zero())
            else {
                return;
            };
            // Not longer than a stop may take to be heard.
            let ms = u32::try_from(wait.num_milliseconds()).unwrap_or(u32::MAX).clamp(1, 2_000);
            self.host.clock.sleep(ms).await;
            if self.must_stop(job) {
                return;
            }
        }
    }

    /// How long to wait before trying again, in milliseconds; nothing: it is no use.
    pub(super) fn again_in(fault: &Fault, tries: u32) -> Option<i64> {
        match fault.kind {
            FaultKind::RateLimited { retry_after_s } if tries < 6 => {
                Some(i64::from(retry_after_s.unwrap_or(5)) * 1_000)
            }
            FaultKind::Unavailable if tries < 2 => Some(1_000 << tries),
            _ => None,
        }
    }
}
