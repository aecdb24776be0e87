//! `bench bulk`: closes every conversation of a made-up installation by one job, while another user goes
//! on reading the list and writing; before that stops one that has hardly begun, and afterwards takes all back.
//! The data is thrown away.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{http::Client, probe::Times};
use crate::{
    build,
    exec::{Exec, step},
    project::Project,
    serve,
    supervise::{Group, Stop},
};

/// The bar: so many closings may take so many seconds.
const BAR: (f64, f64) = (100_000.0, 60.0);
/// The bar of others' calls, in milliseconds.
const OTHERS_MS: f64 = 200.0;
/// The bar of stopping, in seconds.
const STOP_S: f64 = 1.0;
/// Who starts the job, and who works meanwhile.
const STARTER: &str = "super@demo.test";
const OTHER: &str = "admin@demo.test";

/// What was measured.
struct Figures {
    closed: u64,
    preview_s: f64,
    job_s: f64,
    stop_s: f64,
    undone: u64,
    undo_s: f64,
    reads: Times,
    writes: Times,
    progress: usize,
    peak_kb: Option<u64>,
}

/// Measures and prints.
pub(crate) fn run(project: &Project, conversations: u32, as_json: bool) -> Result<()> {
    let server = build::server(project)?;
    let folder = project.scratch().join("bench");
    remove(&folder)?;
    fs::create_dir_all(&folder).context("cannot make a folder for the bench")?;
    let figures = measure(project, &server, &folder, conversations);
    remove(&folder)?;
    let figures = figures?;
    println!("{}", if as_json { figures.json() } else { figures.table() });
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn measure(project: &Project, server: &Path, folder: &Path, conversations: u32) -> Result<Figures> {
    let database = format!("sqlite:{}", PathBuf::from(folder).join("bench.db").display());
    let command = |verb: &str| Exec::new(project, server).args([verb, "--database", &database]);
    step(&format!("Make up {conversations} conversations"), || {
        command("seed").args(["--conversations", &conversations.to_string()]).on_stderr().run()
    })?;
    let token = |user: &str| command("token").args(["--user", user]).read();
    let (starter, other) = (token(STARTER)?, token(OTHER)?);
    let port = free_port()?;
    let stop = Stop::listen()?;
    let mut group = Group::default();
    group.start(command("serve").args(["--listen", &format!("127.0.0.1:{port}")]).on_stderr())?;
    if !group.until(&stop, || serve::answers(port))? {
        bail!("stopped before anything was measured");
    }
    let (starter, other) = (Client::new(port, &starter), Client::new(port, &other));
    step("Open those that are closed", || {
        let preview =
            starter.post("/bulk/preview", &json!({ "action": "reopen", "selection": { "filter": "" } }))?;
        if number(&preview, "changes") == 0 {
            return Ok(());
        }
        finish(&starter, &preview, &stop).map(|_| ())
    })?;
    let stop_s = step("Stop a job that has hardly begun", || stop_early(&starter, &stop))?;
    let (mut figures, job) = step("Close all that are left", || close(&starter, &other, &stop))?;
    figures.stop_s = stop_s;
    (figures.undone, figures.undo_s) = step("Take it back", || undo(&starter, &job, &stop))?;
    figures.peak_kb = group.ids().next().and_then(peak_kb);
    Ok(figures)
}

/// Seconds from asking a job to stop, with nearly all before it, until it has stopped.
fn stop_early(starter: &Client, stop: &Stop) -> Result<f64> {
    let job = begin(starter, &starter.post("/bulk/preview", &closing())?)?;
    stop.within(Duration::from_secs(1));
    let start = Instant::now();
    starter.post(&format!("/bulk/{}/stop", text(&job, "id")), &json!({}))?;
    let stopped = until_over(starter, &job, stop)?;
    if text(&stopped, "state") != "stopped" {
        bail!("the job did not stop: {stopped}");
    }
    Ok(start.elapsed().as_secs_f64())
}

/// How many conversations came back, and after how many seconds.
fn undo(starter: &Client, job: &str, stop: &Stop) -> Result<(u64, f64)> {
    let start = Instant::now();
    let undo = starter.post(&format!("/bulk/{job}/undo"), &json!({}))?;
    let over = until_over(starter, &undo, stop)?;
    Ok((number(&over, "done"), start.elapsed().as_secs_f64()))
}

/// Closing all there is.
fn closing() -> Value {
    json!({ "action": "close", "selection": { "filter": "" }, "form": { "description": "Bench" } })
}

/// A port nobody listens on right now.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// Starts what was previewed and waits for its end.
fn finish(starter: &Client, preview: &Value, stop: &Stop) -> Result<Value> {
    until_over(starter, &begin(starter, preview)?, stop)
}

fn begin(starter: &Client, preview: &Value) -> Result<Value> {
    starter.post("/bulk", &json!({ "preview_id": text(preview, "preview_id") }))
}

fn until_over(starter: &Client, job: &Value, stop: &Stop) -> Result<Value> {
    let path = format!("/bulk/{}", text(job, "id"));
    loop {
        let job = starter.get(&path)?;
        if matches!(text(&job, "state"), "finished" | "stopped") {
            return Ok(job);
        }
        if stop.within(Duration::from_millis(50)) {
            bail!("stopped in the middle");
        }
    }
}

fn close(starter: &Client, other: &Client, stop: &Stop) -> Result<(Figures, String)> {
    let start = Instant::now();
    let preview = starter.post("/bulk/preview", &closing())?;
    let preview_s = start.elapsed().as_secs_f64();
    let (over, progress) = (AtomicBool::new(false), AtomicUsize::new(0));
    let events = starter.events()?;
    thread::scope(|scope| {
        let reads = scope
            .spawn(|| Times::measure(&over, || other.get("/conversations?group=open&limit=50").map(|_| ())));
        let writes = scope.spawn(|| {
            let mut away = false;
            Times::measure(&over, || {
                away = !away;
                let availability = if away { "away" } else { "online" };
                other.put("/me/availability", &json!({ "availability": availability })).map(|_| ())
            })
        });
        scope.spawn(|| {
            for line in events {
                if line == "event: bulk.progress" {
                    progress.fetch_add(1, Ordering::Relaxed);
                } else if line == "event: bulk.finished" || over.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let start = Instant::now();
        let job = finish(starter, &preview, stop);
        let job_s = start.elapsed().as_secs_f64();
        over.store(true, Ordering::Relaxed);
        let reads = reads.join().unwrap_or_else(|_| bail!("the reader failed"))?;
        let writes = writes.join().unwrap_or_else(|_| bail!("the writer failed"))?;
        let job = job?;
        if number(&job, "done") != number(&preview, "changes") {
            bail!("the job did not do all that it was to do: {job}");
        }
        let (closed, progress) = (number(&job, "done"), progress.load(Ordering::Relaxed));
        let (stop_s, undone, undo_s, peak_kb) = (0.0, 0, 0.0, None);
        let id = text(&job, "id").to_owned();
        Ok((
            Figures { closed, preview_s, job_s, stop_s, undone, undo_s, reads, writes, progress, peak_kb },
            id,
        ))
    })
}

fn number(of: &Value, field: &str) -> u64 {
    of.get(field).and_then(Value::as_u64).unwrap_or_default()
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The most memory a process had, pages of the database's file that it looked at included.
fn peak_kb(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
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
        let times = |name: &str, times: &Times| {
            format!(
                "{name:<28} p50 {:.0} ms, p95 {:.0} ms (at most {OTHERS_MS:.0}), longest {:.0} ms, {} calls",
                times.percentile(50),
                times.percentile(95),
                times.percentile(100),
                times.count()
            )
        };
        let rows = [
            format!("{:<28} {:.2} s", "preview", self.preview_s),
            format!("{:<28} {:.1} s for {} conversations", "close by filter", self.job_s, self.closed),
            format!("{:<28} {:.1} s (at most {:.0})", "per 100,000", self.per_bar(), BAR.1),
            format!("{:<28} {:.2} s (at most {STOP_S:.0})", "stop, nearly all waiting", self.stop_s),
            format!("{:<28} {:.1} s for {} conversations", "undo", self.undo_s, self.undone),
            times("another user reads the list", &self.reads),
            times("another user writes", &self.writes),
            format!("{:<28} {:.1} a second", "progress", self.progress_rate()),
            format!("{:<28} {} MB", "peak memory", self.peak_kb.map_or(0, |kb| kb / 1_024)),
        ];
        rows.join("\n")
    }

    fn json(&self) -> String {
        let times = |times: &Times| json!({ "p50_ms": times.percentile(50), "p95_ms": times.percentile(95), "calls": times.count() });
        json!({
            "closed": self.closed,
            "preview_s": self.preview_s,
            "job_s": self.job_s,
            "per_100000_s": self.per_bar(),
            "stop_s": self.stop_s,
            "undone": self.undone,
            "undo_s": self.undo_s,
            "reads": times(&self.reads),
            "writes": times(&self.writes),
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
        let (reads, writes) = (Times::default(), Times::default());
        Figures {
            closed: 50_000,
            preview_s: 1.0,
            job_s: 20.0,
            stop_s: 0.2,
            undone: 50_000,
            undo_s: 21.0,
            reads,
            writes,
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
