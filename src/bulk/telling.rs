//! What is done to jobs, and what is said of them: news once a stage, failures truthfully.

use super::context::Bulk;
use super::job_face::{summary, title};
use super::words::{BulkWords, words};
use crate::i18n::fill;
use bandeja_client::{ClientError, JobAct};
use bandeja_contract::BulkJob;
use bandeja_contract::problem::code;
use bandeja_model::{BulkAction, JobState};
use bandeja_ui::watch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::sync::Arc;

/// How far a job was when it was last spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Started,
    Half,
    Over,
}

fn stage(job: &BulkJob) -> Stage {
    if job.state.is_over() {
        Stage::Over
    } else if job.had_their_turn() * 2 >= job.matched && job.matched > 0 {
        Stage::Half
    } else {
        Stage::Started
    }
}

impl Bulk {
    /// Keeps an eye on the reader's own jobs: each gets a card while it is under way, and is spoken of at
    /// its start, its half and its end.
    pub(super) fn follow_jobs(self) {
        let (jobs, session) = self.desk.with_value(|desk| (desk.jobs.clone(), desk.session.clone()));
        let mut said = HashMap::<String, Stage>::new();
        watch(move || {
            let me = session.with(|session| crate::acting::signed_in(session).map(|it| it.user.id.clone()));
            let mine = jobs.with(|jobs| {
                jobs.iter().filter(|job| Some(&job.by) == me.as_ref()).cloned().collect::<Vec<_>>()
            });
            for job in mine {
                let now = stage(&job);
                match said.get(&job.id).copied() {
                    // One that was over before this page saw it is no news.
                    None if now == Stage::Over => {}
                    None => {
                        self.watch(&job.id);
                        self.tell_stage(&job, Stage::Started);
                        said.insert(job.id.clone(), Stage::Started);
                    }
                    // What failed is tried again.
                    Some(before) if now < before => {
                        self.watch(&job.id);
                        said.insert(job.id.clone(), now);
                    }
                    Some(before) if now > before => {
                        self.tell_stage(&job, now);
                        if now == Stage::Over {
                            // The end is not to be missed in a fold.
                            self.folded.set(false);
                        }
                        said.insert(job.id.clone(), now);
                    }
                    Some(_) => {}
                }
            }
        });
    }

    fn tell_stage(self, job: &BulkJob, stage: Stage) {
        let said = untrack(|| {
            let (w, lang) = (self.w(), self.lang);
            match stage {
                Stage::Started => fill(w.say_start, &[&title(job, lang)]),
                Stage::Half => {
                    fill(w.say_half, &[&lang.number(job.had_their_turn()), &lang.number(job.matched)])
                }
                Stage::Over if job.state == JobState::Stopped => fill(w.say_stopped, &[&summary(job, lang)]),
                Stage::Over => fill(w.say_end, &[&summary(job, lang)]),
            }
        });
        self.announcer.say(&said);
    }

    /// Gives a job a card.
    fn watch(self, id: &str) {
        if self.watched.with_untracked(|watched| watched.iter().any(|other| other == id)) {
            return;
        }
        self.watched.update(|watched| watched.insert(0, id.to_owned()));
    }

    /// Takes a job's card away; its receipt stays.
    pub(super) fn unwatch(self, id: &str) {
        self.watched.try_update(|watched| watched.retain(|other| other != id));
    }

    /// A job came of what was selected.
    pub(super) fn started(self, job: &Arc<BulkJob>) {
        if self.asked.try_set(None).is_none() {
            self.leave();
            self.folded.set(false);
            // A small one may be over before its first event.
            self.watch(&job.id);
        }
    }

    /// Stops a job, tries again what failed, or takes it back.
    pub(super) fn act_on(self, job: &BulkJob, act: JobAct) {
        let Some(desk) = self.desk.try_get_value() else { return };
        if self.acting_on.get_untracked().is_some() {
            return;
        }
        self.acting_on.set(Some((job.id.clone(), act)));
        let (id, w) = (job.id.clone(), words(self.lang.get_untracked()));
        spawn_local(async move {
            let answer = desk.act_on_job(&id, act).await;
            self.acting_on.try_set(None);
            match answer {
                Ok(_) if act == JobAct::Stop => {}
                Ok(next) => {
                    if act == JobAct::Undo {
                        // What it did is no more; its receipt still tells.
                        self.unwatch(&id);
                    }
                    self.receipt.try_set(None);
                    self.recent.try_set(false);
                    self.started(&next);
                }
                Err(error) => self.tell(said(&error, act, w)),
            }
        });
    }

    /// Whether that is being done to a job just now.
    pub(super) fn is_doing(self, id: &str, act: JobAct) -> bool {
        self.acting_on.with(|doing| doing.as_ref().is_some_and(|(of, what)| of == id && *what == act))
    }
}

/// Whether a job that failed in part can be tried again: undoing is not repeated.
pub(super) fn can_retry(job: &BulkJob) -> bool {
    job.state.is_over() && job.failed > 0 && job.undone_by.is_none() && job.action != BulkAction::Undo
}

fn said(error: &ClientError, act: JobAct, w: &BulkWords) -> String {
    let words = match (act, error.code()) {
        (JobAct::Undo, code::UNDO_OVER | code::UNDO_CHANGED | code::ALREADY_SO) => w.undo_over,
        (JobAct::Retry, code::NOTHING_TO_DO) => w.nothing_to_retry,
        (JobAct::Stop, _) => w.stop_failed,
        (JobAct::Retry, _) => w.retry_failed,
        (JobAct::Undo, _) => w.undo_failed,
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::job_face::tests::job;
    use super::*;
    use crate::i18n::Locale;
    use bandeja_contract::Problem;

    #[test]
    fn a_job_is_spoken_of_at_its_start_its_half_and_its_end() {
        assert_eq!(stage(&job(0, 0, 0, 100)), Stage::Started);
        assert_eq!(stage(&job(49, 0, 0, 100)), Stage::Started);
        assert_eq!(stage(&job(40, 10, 0, 100)), Stage::Half);
        let over = BulkJob { state: JobState::Stopped, ..job(1, 0, 0, 100) };
        assert_eq!(stage(&over), Stage::Over);
    }

    #[test]
    fn what_did_not_work_is_told_as_what_still_stands() {
        let w = words(Locale::Es);
        let problem = |code: &str| ClientError::Problem(Box::new(Problem::new(409, code, "", "")));
        assert_eq!(said(&problem(code::UNDO_OVER), JobAct::Undo, w), w.undo_over);
        assert_eq!(said(&ClientError::Offline, JobAct::Undo, w), w.undo_failed);
        assert_eq!(said(&problem(code::NOTHING_TO_DO), JobAct::Retry, w), w.nothing_to_retry);
    }

    #[test]
    fn only_what_failed_and_still_stands_is_tried_again() {
        let over = |failed| BulkJob { state: JobState::Finished, ..job(9, 0, failed, 10) };
        assert!(can_retry(&over(1)));
        assert!(!can_retry(&over(0)));
        assert!(!can_retry(&BulkJob { undone_by: Some("2".into()), ..over(1) }));
        assert!(!can_retry(&job(9, 0, 1, 10)), "it is still under way");
    }
}
