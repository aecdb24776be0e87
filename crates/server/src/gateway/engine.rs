//! The process of an engine: reads messages from standard input, writes messages to standard output, one a line.
//!
//! One thread runs it all, so an expression that does not end keeps it from answering pings; the gateway then ends
//! the process. It ends by itself when its input does.

use super::clock::{SystemClock, SystemZones};
use super::door::HttpDoor;
use bandeja_connector::remote::{FromEngine, Say, Station, ToEngine};
use std::io;
use std::rc::Rc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;
use tokio::task::{LocalSet, spawn_local};

/// The memory that an engine may ask for, in bytes: an expression that collects without end is stopped by it.
#[cfg(unix)]
const MEMORY_BYTES: u64 = 2 << 30;

/// Runs until standard input ends.
pub async fn run() -> io::Result<()> {
    limit_memory();
    LocalSet::new().run_until(serve()).await
}

#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(MEMORY_BYTES), maximum: Some(MEMORY_BYTES) };
    if let Err(error) = setrlimit(Resource::As, limit) {
        tracing::warn!(%error, "the engine's memory cannot be limited");
    }
}

#[cfg(not(unix))]
fn limit_memory() {}

async fn serve() -> io::Result<()> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let Some(first) = lines.next_line().await? else { return Ok(()) };
    let Ok(ToEngine::Start(start)) = serde_json::from_str(&first) else {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "only a gateway can start an engine"));
    };
    let (out, outgoing) = mpsc::unbounded_channel();
    let writing = spawn_local(write(outgoing));
    // The writer goes away only where the gateway does.
    let say: Say = Rc::new(move |message| drop(out.send(message)));
    let base = start.settings.get("base_url").map(String::as_str).unwrap_or_default();
    let door = Rc::new(HttpDoor::new(base));
    let station = Station::start(start, door, Rc::new(SystemClock), Rc::new(SystemZones), say)
        .map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?;
    spawn_local(station.run());
    while let Some(line) = lines.next_line().await? {
        let Ok(message) = serde_json::from_str(&line) else {
            tracing::warn!("the gateway said what nobody understands");
            continue;
        };
        if let Some(work) = station.heard(message) {
            spawn_local(work);
        }
    }
    station.stop();
    writing.abort();
    Ok(())
}

async fn write(mut outgoing: mpsc::UnboundedReceiver<FromEngine>) {
    let mut out = tokio::io::stdout();
    while let Some(message) = outgoing.recv().await {
        // Secrets stay in this process.
        if matches!(message, FromEngine::Keep { .. } | FromEngine::Renew { .. }) {
            continue;
        }
        let Ok(mut line) = serde_json::to_vec(&message) else { continue };
        line.push(b'\n');
        if out.write_all(&line).await.is_err() || out.flush().await.is_err() {
            break;
        }
    }
}
