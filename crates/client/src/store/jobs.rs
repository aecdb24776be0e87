//! Jobs over many conversations, each as new as any answer or event told. Pure.

use bandeja_contract::BulkJob;
use std::sync::Arc;

/// Jobs kept; older ones are asked for again when somebody wants to see them.
const KEPT: usize = 50;

/// A moment in the order in which news of jobs came in; not a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobTick(u64);

/// The jobs, newest first.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    known: Vec<(Arc<BulkJob>, JobTick)>,
    clock: JobTick,
}

impl Jobs {
    /// The present moment, to be kept by who asks the server something.
    pub fn tick(&self) -> JobTick {
        self.clock
    }

    /// All of them.
    pub fn all(&self) -> Vec<Arc<BulkJob>> {
        self.known.iter().map(|(job, _)| job.clone()).collect()
    }

    /// The job of that id.
    pub fn get(&self, id: &str) -> Option<&Arc<BulkJob>> {
        self.known.iter().map(|(job, _)| job).find(|job| job.id == id)
    }

    /// Whether any is under way.
    pub fn any_under_way(&self) -> bool {
        self.known.iter().any(|(job, _)| !job.state.is_over())
    }

    /// Takes in what an event told, or an answer to a question asked at `asked`; news that came in
    /// since win. Says whether anything changed.
    pub fn take_in(&mut self, job: BulkJob, asked: JobTick) -> bool {
        let known = self.known.iter().find(|(known, _)| known.id == job.id);
        if known.is_some_and(|(known, at)| asked < *at || **known == job) {
            return false;
        }
        self.clock.0 += 1;
        self.known.retain(|(known, _)| known.id != job.id);
        self.known.push((Arc::new(job), self.clock));
        self.known
            .sort_by(|(one, _), (other, _)| (other.started_at, &other.id).cmp(&(one.started_at, &one.id)));
        self.known.truncate(KEPT);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::{BulkAction, JobState};

    fn job(id: &str, minute: u32, done: u64, state: JobState) -> BulkJob {
        BulkJob {
            id: id.to_owned(),
            action: BulkAction::Close,
            undoes: None,
            by: "me".into(),
            state,
            matched: 100,
            done,
            skipped: 0,
            failed: 0,
            eta_s: None,
            started_at: crate::store::sample::at(i64::from(minute) * 60),
            finished_at: None,
            undo_until: None,
            undone_by: None,
            reasons: Vec::new(),
        }
    }

    #[test]
    fn an_answer_that_an_event_overtook_does_not_turn_the_bar_back() {
        let mut jobs = Jobs::default();
        jobs.take_in(job("1", 0, 10, JobState::Running), jobs.tick());
        let asked = jobs.tick();
        assert!(jobs.take_in(job("1", 0, 60, JobState::Running), jobs.tick()));
        assert!(!jobs.take_in(job("1", 0, 20, JobState::Running), asked));
        assert_eq!(jobs.get("1").unwrap().done, 60);
    }

    #[test]
    fn a_finished_job_may_go_on_when_what_failed_is_tried_again() {
        let mut jobs = Jobs::default();
        jobs.take_in(job("1", 0, 100, JobState::Finished), jobs.tick());
        assert!(!jobs.any_under_way());
        assert!(jobs.take_in(job("1", 0, 90, JobState::Running), jobs.tick()));
        assert!(jobs.any_under_way());
    }

    #[test]
    fn the_newest_stands_first_and_the_oldest_are_dropped() {
        let mut jobs = Jobs::default();
        for minute in 0..60 {
            jobs.take_in(job(&minute.to_string(), minute, 0, JobState::Finished), jobs.tick());
        }
        assert_eq!(jobs.all().len(), KEPT);
        assert_eq!(jobs.all()[0].id, "59");
        assert!(jobs.get("3").is_none());
    }
}
