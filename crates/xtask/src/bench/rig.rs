//! What every bench needs: a server of its own on made-up data that is thrown away, somebody who asks for
//! the work, and somebody else who goes on reading the list and writing meanwhile.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
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

/// The bar of others' calls, in milliseconds.
const OTHERS_MS: f64 = 200.0;
/// Who asks for the work, and who works meanwhile.
const STARTER: &str = "super@demo.test";
const OTHER: &str = "admin@demo.test";

/// A server with the two who call it.
pub(super) struct Rig {
    /// Who asks for the work.
    pub(super) starter: Client,
    other: Client,
    stop: Stop,
    group: Group,
}

impl Rig {
    /// Measures on a new server with so many conversations. `demo`: its clock can be moved.
    pub(super) fn with<T>(
        project: &Project,
        conversations: u32,
        demo: bool,
        measure: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<T> {
        let server = build::server(project)?;
        let folder = project.scratch().join("bench");
        remove(&folder)?;
        fs::create_dir_all(&folder).context("cannot make a folder for the bench")?;
        let measured =
            Self::start(project, &server, &folder, conversations, demo).and_then(|rig| measure(&rig));
        remove(&folder)?;
        measured
    }

    fn start(
        project: &Project,
        server: &Path,
        folder: &Path,
        conversations: u32,
        demo: bool,
    ) -> Result<Self> {
        let database = format!("sqlite:{}", folder.join("bench.db").display());
        let command = |verb: &str| Exec::new(project, server).args([verb, "--database", &database]);
        step(&format!("Make up {conversations} conversations"), || {
            command("seed").args(["--conversations", &conversations.to_string()]).on_stderr().run()
        })?;
        let token = |user: &str| command("token").args(["--user", user]).read();
        let (starter, other) = (token(STARTER)?, token(OTHER)?);
        let port = free_port()?;
        let stop = Stop::listen()?;
        let mut group = Group::default();
        let serving = command("serve").args(["--listen", &format!("127.0.0.1:{port}")]);
        group.start(if demo { serving.arg("--demo") } else { serving }.on_stderr())?;
        if !group.until(&stop, || serve::answers(port))? {
            bail!("stopped before anything was measured");
        }
        Ok(Self { starter: Client::new(port, &starter), other: Client::new(port, &other), stop, group })
    }

    /// Opens what is closed.
    pub(super) fn open_all(&self) -> Result<()> {
        step("Open those that are closed", || {
            let asked = json!({ "action": "reopen", "selection": { "filter": "" } });
            let preview = self.starter.post("/bulk/preview", &asked)?;
            if number(&preview, "changes") == 0 {
                return Ok(());
            }
            self.finish(&preview).map(|_| ())
        })
    }

    /// Starts what was previewed and waits for its end.
    pub(super) fn finish(&self, preview: &Value) -> Result<Value> {
        self.until_over(&self.begin(preview)?)
    }

    /// Starts what was previewed.
    pub(super) fn begin(&self, preview: &Value) -> Result<Value> {
        self.starter.post("/bulk", &json!({ "preview_id": text(preview, "preview_id") }))
    }

    /// Waits until a job has finished, or stopped.
    pub(super) fn until_over(&self, job: &Value) -> Result<Value> {
        let path = format!("/bulk/{}", text(job, "id"));
        loop {
            let job = self.starter.get(&path)?;
            if matches!(text(&job, "state"), "finished" | "stopped") {
                return Ok(job);
            }
            self.wait()?;
        }
    }

    /// Waits a little before something is looked at again.
    pub(super) fn wait(&self) -> Result<()> {
        if self.stop.within(Duration::from_millis(50)) {
            bail!("stopped in the middle");
        }
        Ok(())
    }

    /// Does the work while somebody else reads the list and writes.
    pub(super) fn meanwhile<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<(T, Others)> {
        let (over, other) = (AtomicBool::new(false), &self.other);
        thread::scope(|scope| {
            let reads = scope.spawn(|| {
                Times::measure(&over, || other.get("/conversations?group=open&limit=50").map(|_| ()))
            });
            let writes = scope.spawn(|| {
                let mut away = false;
                Times::measure(&over, || {
                    away = !away;
                    let availability = if away { "away" } else { "online" };
                    other.put("/me/availability", &json!({ "availability": availability })).map(|_| ())
                })
            });
            let done = work();
            over.store(true, Ordering::Relaxed);
            let reads = reads.join().unwrap_or_else(|_| bail!("the reader failed"))?;
            let writes = writes.join().unwrap_or_else(|_| bail!("the writer failed"))?;
            Ok((done?, Others { reads, writes }))
        })
    }

    /// The most memory the server had, pages of the database's file that it looked at included.
    pub(super) fn peak_kb(&self) -> Option<u64> {
        let process = self.group.ids().next()?;
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

/// How long others' calls took meanwhile.
#[derive(Debug, Default)]
pub(super) struct Others {
    reads: Times,
    writes: Times,
}

impl Others {
    /// Two lines for people.
    pub(super) fn rows(&self) -> [String; 2] {
        [("another user reads the list", &self.reads), ("another user writes", &self.writes)].map(
            |(name, times)| {
                format!(
                    "{name:<28} p50 {:.0} ms, p95 {:.0} ms (at most {OTHERS_MS:.0}), longest {:.0} ms, {} calls",
                    times.percentile(50),
                    times.percentile(95),
                    times.percentile(100),
                    times.count()
                )
            },
        )
    }

    /// For programs: reading and writing.
    pub(super) fn json(&self) -> [Value; 2] {
        [&self.reads, &self.writes].map(|times| {
            json!({ "p50_ms": times.percentile(50), "p95_ms": times.percentile(95), "calls": times.count() })
        })
    }
}

/// A number of an answer.
pub(super) fn number(of: &Value, field: &str) -> u64 {
    of.get(field).and_then(Value::as_u64).unwrap_or_default()
}

/// A text of an answer.
pub(super) fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// A port nobody listens on right now.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
