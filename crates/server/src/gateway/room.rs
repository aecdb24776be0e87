//! One engine's process: calls to it, and the watch over it.
//!
//! A process that gives no sign of life for too long, or ends by itself, is over: who waits for it is told so, and
//! nothing else happens. Knows no cookies.

use super::settings::Settings;
use super::shelves::Shelf;
use axum::body::Bytes;
use bandeja_connector::remote::{Call, FromEngine, Start, ToEngine};
use futures::Stream;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::pin::Pin;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Notify, mpsc, oneshot};

/// Pieces of an answer kept for a caller that does not read; a stream that lags further behind is cut.
const AHEAD: usize = 256;

/// The engine's process is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone;

/// A call of the contract.
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
}

/// The answer to it.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Pieces,
}

/// A process with one engine. It ends when the last handle on it is dropped.
pub(super) struct Room {
    to: mpsc::UnboundedSender<ToEngine>,
    desk: Arc<Desk>,
}

/// What callers and the watch share.
struct Desk {
    waiting: Mutex<Waiting>,
    /// Where the engine's texts are kept; given back when the process is over.
    shelf: Mutex<Arc<Shelf>>,
    next: AtomicU64,
    end: Notify,
}

struct Waiting {
    /// The process runs.
    runs: bool,
    by_id: HashMap<u64, Waiter>,
    used: Instant,
}

/// Status and headers.
type Head = (u16, Vec<(String, String)>);

struct Waiter {
    head: Option<oneshot::Sender<Head>>,
    parts: mpsc::Sender<Bytes>,
    /// It goes on until somebody ends it.
    is_stream: bool,
}

impl Desk {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shelf(&self) -> MutexGuard<'_, Arc<Shelf>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever waits is told that the process is gone.
    fn close(&self) {
        *self.shelf() = Arc::default();
        let mut waiting = self.waiting();
        waiting.runs = false;
        waiting.by_id.clear();
    }
}

impl Room {
    /// Starts the process. To be called within a tokio runtime.
    pub(super) fn start(settings: &Settings, start: Start, shelf: Arc<Shelf>) -> io::Result<Arc<Self>> {
        let mut command = Command::new(&settings.program);
        command.arg("gateway-engine").stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        // Each arena reserves address space, of which the process may have only so much.
        command.env("MALLOC_ARENA_MAX", "2");
        // What is meant for it comes by the pipe.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("BANDEJA_")) {
                command.env_remove(name);
            }
        }
        let mut child = command.spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the process has no pipes"));
        };
        let (to, outgoing) = mpsc::unbounded_channel();
        let waiting = Waiting { runs: true, by_id: HashMap::new(), used: Instant::now() };
        let desk = Arc::new(Desk {
            waiting: Mutex::new(waiting),
            shelf: Mutex::new(shelf),
            next: AtomicU64::new(1),
            end: Notify::new(),
        });
        // The process has just begun to read.
        let _ = to.send(ToEngine::Start(start));
        tokio::spawn(write(stdin, outgoing));
        let lines = BufReader::new(stdout).lines();
        let watch = Watch { child, lines, ping: to.downgrade(), desk: Arc::clone(&desk) };
        tokio::spawn(watch.run(settings.patience));
        Ok(Arc::new(Self { to, desk }))
    }

    /// Sends a call and waits for the head of the answer.
    pub(super) async fn call(self: &Arc<Self>, asked: Asked) -> Result<Answered, Gone> {
        let id = self.desk.next.fetch_add(1, Ordering::Relaxed);
        let (head, answer) = oneshot::channel();
        let (parts, pieces) = mpsc::channel(AHEAD);
        {
            let mut waiting = self.desk.waiting();
            if !waiting.runs {
                return Err(Gone);
            }
            waiting.used = Instant::now();
            waiting.by_id.insert(id, Waiter { head: Some(head), parts, is_stream: false });
        }
        // What changes something is not broken off half-way because a browser went away.
        let cancel = (asked.method == "GET").then(|| self.to.clone());
        let guard = Guard { id, cancel, desk: Arc::clone(&self.desk) };
        let Asked { method, url, headers, body } = asked;
        self.to
            .send(ToEngine::Call(Call { id, method, url, headers, body, cookies: None }))
            .map_err(|_| Gone)?;
        let (status, headers) = answer.await.map_err(|_| Gone)?;
        Ok(Answered {
            status,
            headers,
            body: Pieces { receiver: pieces, _guard: guard, _room: Arc::clone(self) },
        })
    }

    /// It is known by now whose engine it is: its texts go to that shelf, and it is told what lies there.
    pub(super) fn move_to(&self, board: Arc<Shelf>, texts: BTreeMap<String, String>) {
        let mut own = self.desk.shelf();
        for (key, value) in own.all().into_iter().filter(|(key, _)| !texts.contains_key(key)) {
            board.put(key, Some(value));
        }
        *own = board;
        if !texts.is_empty() {
            let texts = texts.into_iter().map(|(key, value)| (key, Some(value))).collect();
            // A process that is gone needs none.
            let _ = self.to.send(ToEngine::Stored { texts, begins: true });
        }
    }

    /// Whether the process still runs.
    pub(super) fn runs(&self) -> bool {
        self.desk.waiting().runs
    }

    /// How long nobody has called and nobody listens.
    pub(super) fn idle(&self) -> Duration {
        let waiting = self.desk.waiting();
        if waiting.by_id.is_empty() { waiting.used.elapsed() } else { Duration::ZERO }
    }

    /// Ends every stream; other calls go on.
    pub(super) fn end_streams(&self) {
        self.desk.waiting().by_id.retain(|_, waiter| !waiter.is_stream);
    }

    /// Ends the process; whoever waits is told that it is gone.
    pub(super) fn end(&self) {
        *self.desk.shelf() = Arc::default();
        self.desk.end.notify_one();
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.end();
    }
}

/// The body of an answer. Dropping it tells the engine that nobody listens.
pub(super) struct Pieces {
    receiver: mpsc::Receiver<Bytes>,
    _guard: Guard,
    /// The process stays until its answer is passed on.
    _room: Arc<Room>,
}

impl Stream for Pieces {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.receiver.poll_recv(context).map(|piece| piece.map(Ok))
    }
}

/// A call that somebody waits for.
struct Guard {
    id: u64,
    cancel: Option<mpsc::UnboundedSender<ToEngine>>,
    desk: Arc<Desk>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut waiting = self.desk.waiting();
        waiting.used = Instant::now();
        let was_open = waiting.by_id.remove(&self.id).is_some();
        drop(waiting);
        if let (true, Some(cancel)) = (was_open, &self.cancel) {
            // Nobody there to be told is as good.
            let _ = cancel.send(ToEngine::Cancel { id: self.id });
        }
    }
}

async fn write(mut stdin: ChildStdin, mut outgoing: mpsc::UnboundedReceiver<ToEngine>) {
    while let Some(message) = outgoing.recv().await {
        let Ok(mut line) = serde_json::to_vec(&message) else { continue };
        line.push(b'\n');
        // A process that does not take it any more is noticed by the watch.
        if stdin.write_all(&line).await.is_err() || stdin.flush().await.is_err() {
            break;
        }
    }
}

/// What looks after the process until it is over.
struct Watch {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Weak, so that the process does not outlive its handles.
    ping: mpsc::WeakUnboundedSender<ToEngine>,
    desk: Arc<Desk>,
}

impl Watch {
    async fn run(mut self, patience: Duration) {
        let mut alive = Instant::now();
        let mut asking = tokio::time::interval((patience / 4).max(Duration::from_millis(20)));
        loop {
            tokio::select! {
                line = self.lines.next_line() => {
                    let Ok(Some(line)) = line else {
                        tracing::warn!("an engine ended by itself; its calls are answered 503");
                        break;
                    };
                    alive = Instant::now();
                    self.pass_on(&line);
                }
                _ = asking.tick() => {
                    if alive.elapsed() > patience {
                        tracing::warn!(
                            seconds = alive.elapsed().as_secs(),
                            "an engine gave no sign of life and is ended: an expression of the connector file runs too long"
                        );
                        break;
                    }
                    if let Some(ping) = self.ping.upgrade() {
                        // The writer is gone only where the process is.
                        let _ = ping.send(ToEngine::Ping);
                    }
                }
                () = self.desk.end.notified() => break,
            }
        }
        self.desk.close();
        // It may be over already.
        let _ = self.child.kill().await;
    }

    fn pass_on(&self, line: &str) {
        let message = match serde_json::from_str(line) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, "an engine said what nobody understands");
                return;
            }
        };
        let mut waiting = self.desk.waiting();
        match message {
            FromEngine::Failed { why } => tracing::error!(why, "an engine cannot run its file"),
            // A sign of life, or what only a page keeps.
            FromEngine::Pong | FromEngine::Keep { .. } | FromEngine::Renew { .. } => {}
            FromEngine::Store { key, value } => self.desk.shelf().put(key, value),
            FromEngine::Head { id, status, headers } => {
                let Some(waiter) = waiting.by_id.get_mut(&id) else { return };
                waiter.is_stream = headers.iter().any(|(_, value)| value.starts_with("text/event-stream"));
                if let Some(head) = waiter.head.take() {
                    // A caller that has gone away says so by its guard.
                    let _ = head.send((status, headers));
                }
            }
            FromEngine::Part { id, text } => {
                let sent = waiting.by_id.get(&id).map(|waiter| waiter.parts.try_send(Bytes::from(text)));
                if let Some(Err(_)) = sent {
                    waiting.by_id.remove(&id);
                }
            }
            FromEngine::End { id } => {
                waiting.by_id.remove(&id);
            }
        }
    }
}
