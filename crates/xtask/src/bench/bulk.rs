//! `bench bulk`: closes every conversation of a made-up installation by one job, while another user goes
//! on reading the list and writing; before that stops one that has hardly begun, and afterwards takes all back.
//! The data is thrown away.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Instant,
};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::rig::{Others, Rig, number, text};
use crate::{exec::step, project::Project};

/// The bar: so many closings may take so many seconds.
const BAR: (f64, f64) = (100_000.0, 60.0);

/// The bar of stopping, in seconds.
const STOP_S: f64 = 1.0;

/// What was measured.
struct Figures {
    closed: u64,
    preview_s: f64,
    job_s: f64,
    stop_s: f64,
    undone: u64,
    undo_s: f64,
    others: Others,
    progress: usize,
    peak_kb: Option<u64>,
}

/// Measures and prints.
pub(crate) fn run(project: &Project, conversations: u32, as_json: bool) -> Result<()> {
    let figures = Rig::with(project, conversations, false, |rig| {
        rig.open_all()?;
        let stop_s = step("Stop a job that has hardly begun", || stop_early(rig))?;
        let (mut figures, job) = step("Close all that are left", || close(rig))?;
        figures.stop_s = stop_s;
        (figures.undone, figures.undo_s) = step("Take it back", || undo(rig, &job))?;
        figures.peak_kb = rig.peak_kb();
        Ok(figures)
    })?;
    println!("{}", if as_json { figures.json() } else { figures.table() });
    Ok(())
}

/// Closing all there is.
fn closing() -> Value {
    json!({ "action": "close", "selection": { "filter": "" }, "form": { "description": "Bench" } })
}

/// Seconds from asking a job to stop, with nearly all before it, until it has stopped.
fn stop_early(rig: &Rig) -> Result<f64> {
    let job = rig.begin(&rig.starter.post("/bulk/preview", &closing())?)?;
    while number(&rig.starter.get(&format!("/bulk/{}", text(&job, "id")))?, "done") == 0 {
        rig.wait()?;
    }
    let start = Instant::now();
    rig.starter.post(&format!("/bulk/{}/stop", text(&job, "id")), &json!({}))?;
    let stopped = rig.until_over(&job)?;
    if text(&stopped, "state") != "stopped" {
        bail!("the job did not stop: {stopped}");
    }
    Ok(start.elapsed().as_secs_f64())
}

/// How many conversations came back, and after how many seconds.
fn undo(rig: &Rig, job: &str) -> Result<(u64, f64)> {
    let start = Instant::now();
    let undo = rig.starter.post(&format!("/bulk/{job}/undo"), &json!({}))?;
    let over = rig.until_over(&undo)?;
    Ok((number(&over, "done"), start.elapsed().as_secs_f64()))
}

/// The figures so far, and the job's id.
fn close(rig: &Rig) -> Result<(Figures, String)> {
    let start = Instant::now();
    let preview = rig.starter.post("/bulk/preview", &closing())?;
    let preview_s = start.elapsed().as_secs_f64();
    let (over, progress) = (AtomicBool::new(false), AtomicUsize::new(0));
    let events = rig.starter.events()?;
    thread::scope(|scope| {
        scope.spawn(|| {
            for line in events {
                if line == "event: bulk.progress" {
                    progress.fetch_add(1, Ordering::Relaxed);
                } else if line == "event: bulk.finished" || over.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let done = rig.meanwhile(|| {
            let start = Instant::now();
            let job = rig.finish(&preview)?;
            Ok((job, start.elapsed().as_secs_f64()))
        });
        over.store(true, Ordering::Relaxed);
        let ((job, job_s), others) = done?;
        if number(&job, "done") != number(&preview, "changes") {
            bail!("the job did not do all that it was to do: {job}");
        }
        let (closed, progress) = (number(&job, "done"), progress.load(Ordering::Relaxed));
        let (stop_s, undone, undo_s, peak_kb) = (0.0, 0, 0.0, None);
        let figures = Figures { closed, preview_s, job_s, stop_s, undone, undo_s, others, progress, peak_kb };
        Ok((figures, text(&job, "id").to_owned()))
    })
}

impl Figures {
    #[expect(clippy::cast_precision_loss, reason = "counts of conversations stay far below 2^52")]
    fn per_bar(&self) -> f64 {
        self.job_s / (self.closed.max(1) as f64) * BAR.0
    }

    #[expect(clippy::cast_precision_loss, reason = "a job tells of its progress a few hundred times")]
    fn progress_rate(&self) -> f64 {
        self.progress as f64 / self.job_s.max(0.001)
    }

    fn table(&self) -> String {
        let [reads, writes] = self.others.rows();
        let rows = [
            format!("{:<28} {:.2} s", "preview", self.preview_s),
            format!("{:<28} {:.1} s for {} conversations", "close by filter", self.job_s, self.closed),
            format!("{:<28} {:.1} s (at most {:.0})", "per 100,000", self.per_bar(), BAR.1),
            format!("{:<28} {:.2} s (at most {STOP_S:.0})", "stop, nearly all waiting", self.stop_s),
            format!("{:<28} {:.1} s for {} conversations", "undo", self.undo_s, self.undone),
            reads,
            writes,
            format!("{:<28} {:.1} a second", "progress", self.progress_rate()),
            format!("{:<28} {} MB", "peak memory", self.peak_kb.map_or(0, |kb| kb / 1_024)),
        ];
        rows.join("\n")
    }

    fn json(&self) -> String {
        let [reads, writes] = self.others.json();
        json!({
            "closed": self.closed,
            "preview_s": self.preview_s,
            "job_s": self.job_s,
            "per_100000_s": self.per_bar(),
            "stop_s": self.stop_s,
            "undone": self.undone,
            "undo_s": self.undo_s,
            "reads": reads,
            "writes": writes,
            "progress_per_s": self.progress_rate(),
            "peak_kb": self.peak_kb,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        Figures {
            closed: 50_000,
            preview_s: 1.0,
            job_s: 20.0,
            stop_s: 0.2,
            undone: 50_000,
            undo_s: 21.0,
            others: Others::default(),
            progress: 40,
            peak_kb: Some(2_048),
        }
    }

    #[test]
    fn the_pace_is_told_for_as_many_as_the_bar_is_for() {
        assert!((figures().per_bar() - 40.0).abs() < 0.001);
        assert!(figures().table().contains("40.0 s (at most 60)"));
    }

    #[test]
    fn the_json_is_one_line() {
        let line = figures().json();
        assert!(!line.contains('\n'));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&value["closed"], &value["peak_kb"]), (&json!(50_000), &json!(2_048)));
    }
}
