//! What a job says: its title, its bar, how long it still takes. Pure but for the language's formatters.

use super::context::Bulk;
use super::verbs::{Verb, conversations};
use super::words::words;
use crate::i18n::{Lang, fill, plural};
use bandeja_contract::BulkJob;
use bandeja_model::JobState;
use bandeja_ui::Part;

/// The parts of a job's bar.
pub(super) fn parts(job: &BulkJob) -> Vec<Part> {
    vec![
        Part { count: job.done, class: "" },
        Part { count: job.skipped, class: "skip" },
        Part { count: job.failed, class: "bad" },
    ]
}

/// How far it is, in whole percent; a hundred only when every one had its turn.
pub(super) const fn percent(job: &BulkJob) -> u64 {
    match job.matched {
        0 => 100,
        matched => job.had_their_turn() * 100 / matched,
    }
}

/// «Cerrando 4.290 conversaciones», and when it is over «4.271 de 4.290 conversaciones cerradas».
pub(super) fn title(job: &BulkJob, lang: Lang) -> String {
    let verb = Verb::of(job.action, lang.get());
    if !job.state.is_over() {
        return verb.going(job.matched, lang);
    }
    let w = words(lang.get());
    let of = conversations(job.matched, lang);
    fill(w.receipt_of, &[&lang.number(job.done), &of, verb.done(job.matched)])
}

/// «Quedan unos 24 s», or what it is doing instead.
pub(super) fn time_left(job: &BulkJob, lang: Lang) -> String {
    let w = words(lang.get());
    match (job.state, job.eta_s) {
        (JobState::Queued, _) => w.queued.to_owned(),
        (JobState::Stopping, _) => w.stopping.to_owned(),
        (JobState::Running, Some(seconds)) if seconds < 120 => {
            fill(w.left_s, &[&lang.number(u64::from(seconds.max(1)))])
        }
        (JobState::Running, Some(seconds)) => {
            fill(w.left_min, &[&lang.duration(chrono::Duration::seconds(i64::from(seconds)))])
        }
        _ => String::new(),
    }
}

/// «2.309 cerradas, 5 omitidas, 4 con error»: what became of those that had their turn.
pub(super) fn counts(job: &BulkJob, lang: Lang) -> [String; 3] {
    let w = words(lang.get());
    let verb = Verb::of(job.action, lang.get());
    let number = |n| lang.number(n);
    [
        format!("{} {}", number(job.done), verb.done(job.done)),
        if job.skipped == 0 {
            String::new()
        } else {
            fill(plural(job.skipped, w.skipped_one, w.skipped_other), &[&number(job.skipped)])
        },
        if job.failed == 0 { String::new() } else { fill(w.failed_n, &[&number(job.failed)]) },
    ]
}

/// The same as one sentence.
pub(super) fn summary(job: &BulkJob, lang: Lang) -> String {
    let said: Vec<_> = counts(job, lang).into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.", said.join(", "))
}

impl Bulk {
    /// The job of that id, tracked.
    pub(super) fn job(self, id: &str) -> Option<std::sync::Arc<BulkJob>> {
        use leptos::prelude::*;
        let jobs = self.desk.with_value(|desk| desk.jobs.clone());
        jobs.with(|jobs| jobs.iter().find(|job| job.id == id).cloned())
    }

    /// Whether a job can still be taken back.
    pub(super) fn can_undo(self, job: &BulkJob) -> bool {
        use leptos::prelude::*;
        let now = self.desk.with_value(|desk| desk.now.get());
        job.undone_by.is_none() && job.undo_until.is_some_and(|until| now < until)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use bandeja_model::BulkAction;

    pub(in crate::bulk) fn job(done: u64, skipped: u64, failed: u64, matched: u64) -> BulkJob {
        BulkJob {
            id: "1".into(),
            action: BulkAction::Close,
            undoes: None,
            by: "me".into(),
            state: JobState::Running,
            matched,
            done,
            skipped,
            failed,
            eta_s: None,
            started_at: bandeja_model::Timestamp::UNIX_EPOCH,
            finished_at: None,
            undo_until: None,
            undone_by: None,
            reasons: Vec::new(),
        }
    }

    #[test]
    fn a_hundred_percent_is_said_only_when_every_one_had_its_turn() {
        assert_eq!(percent(&job(4_288, 0, 1, 4_290)), 99);
        assert_eq!(percent(&job(4_271, 12, 7, 4_290)), 100);
        assert_eq!(percent(&job(0, 0, 0, 0)), 100);
    }

    #[test]
    fn the_bar_holds_what_was_done_skipped_and_failed() {
        let counts: Vec<_> = parts(&job(3, 2, 1, 10)).iter().map(|part| part.count).collect();
        assert_eq!(counts, [3, 2, 1]);
    }
}
