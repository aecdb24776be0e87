//! The event stream: server-sent events with ids, resumed by the last one received.

use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::problem::{ApiError, ApiResult};
use crate::live::hub::{Batch, Heard, Listener};
use crate::live::receiver::{LiveEvent, prepare};
use crate::store::{StoreError, events, sessions, users};
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bandeja_contract::Event;
use bandeja_contract::headers::LAST_EVENT_ID;
use bandeja_model::Actor;
use futures::stream;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, Interval, MissedTickBehavior};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How often a sign of life is sent.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Events written ahead of a receiver that does not read.
const AHEAD: usize = 64;
/// Events replayed at a time.
const BATCH: i64 = 128;
/// Missed events above which reloading is quicker than replaying.
const MOST_REPLAYED: i64 = 5_000;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(stream_events))
}

/// The event stream
///
/// `text/event-stream`; each event has an id, its name is its `type`, its data one JSON object.
/// `Last-Event-ID` (or `after`) resumes behind that event; when that is not possible any more, the
/// first event is `reset`. Without it, the first event is `ready`, which carries the id of the newest
/// event and nothing else. A comment comes every 15 s.
#[utoipa::path(get, path = "/events", tag = "live",
    params(
        ("Last-Event-ID" = Option<String>, Header, description = "Id of the last event received"),
        ("after" = Option<String>, Query, description = "The same, for clients that cannot send the header"),
    ),
    responses((status = 200, description = "The stream", body = Event, content_type = "text/event-stream")))]
async fn stream_events(
    State(app): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> ApiResult<Response> {
    let after = resume_from(&headers, query.as_deref())?;
    // Before the table is read: what is committed in between is heard, and told apart by its id.
    let listener = app.hub.listen(caller.key).ok_or_else(|| ApiError::rate_limited(60))?;
    let (sender, receiver) = mpsc::channel(AHEAD);
    let sending = Sending { app, caller, sender, last: 0 };
    tokio::spawn(async move {
        if let Err(Stopped::Store(error)) = sending.run(listener, after).await {
            tracing::error!(error = &error as &dyn std::error::Error, "an event stream failed");
        }
    });
    let chunks = stream::unfold(receiver, |mut receiver: mpsc::Receiver<Bytes>| async move {
        receiver.recv().await.map(|chunk| (Ok::<_, Infallible>(chunk), receiver))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform")),
        // Asks proxies not to collect the stream before passing it on.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, Body::from_stream(chunks)).into_response())
}

/// The id to resume behind. An id that is no number is unknown, which is −1.
fn resume_from(headers: &HeaderMap, query: Option<&str>) -> ApiResult<Option<i64>> {
    let mut sent = headers.get(LAST_EVENT_ID).map(|id| id.to_str().unwrap_or("-").to_owned());
    for part in query.unwrap_or_default().split('&').filter(|part| !part.is_empty()) {
        let (name, id) = part.split_once('=').unwrap_or((part, ""));
        if name != "after" {
            return Err(ApiError::invalid(name, "unknown", "There is no such parameter."));
        }
        sent = sent.or_else(|| Some(id.to_owned()));
    }
    let sent = sent.filter(|id| !id.is_empty());
    Ok(sent.map(|id| id.parse::<u32>().map_or(-1, i64::from)))
}

/// Why a stream ends.
enum Stopped {
    /// The receiver went away, or the server stops.
    Gone,
    /// The database failed; the client resumes later.
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// One receiver's stream.
struct Sending {
    app: AppState,
    caller: Caller,
    sender: mpsc::Sender<Bytes>,
    /// The newest event that was looked at.
    last: i64,
}

impl Sending {
    async fn run(mut self, mut listener: Listener, after: Option<i64>) -> Result<(), Stopped> {
        self.begin(after).await?;
        let left = self.caller.session.expires_at - self.app.clock.wall();
        let over = Instant::now() + left.to_std().unwrap_or_default();
        let mut heartbeat = every(HEARTBEAT);
        loop {
            tokio::select! {
                heard = listener.next() => match heard {
                    None => return Err(Stopped::Gone),
                    Some(Err(_)) => self.reset().await?,
                    Some(Ok(Heard::Batch(batch))) => {
                        let Some(viewer) = self.viewer_in(&batch).await? else { return self.expired().await };
                        self.send_all(&batch.events, &viewer).await?;
                    }
                    Some(Ok(Heard::SessionOver(token))) => {
                        if *token == *self.caller.session.token_hash {
                            return self.expired().await;
                        }
                    }
                },
                _ = heartbeat.tick() => {
                    if !self.is_signed_in().await? {
                        return self.expired().await;
                    }
                    self.write(": heartbeat\n\n".to_owned()).await?;
                }
                () = tokio::time::sleep_until(over) => return self.expired().await,
            }
        }
    }

    /// Says that the stream is open, and replays what was missed.
    async fn begin(&mut self, after: Option<i64>) -> Result<(), Stopped> {
        let mut reader = self.app.store.read().await?;
        let newest = events::last_id(&mut reader).await?;
        let Some(after) = after else {
            self.last = newest;
            let text = format!("id: {newest}\nevent: ready\ndata: {{\"type\":\"ready\"}}\n\n");
            return self.write(text).await;
        };
        let can = after >= 0
            && newest.saturating_sub(after) <= MOST_REPLAYED
            && events::can_resume(&mut reader, after, self.app.clock.now()).await?;
        drop(reader);
        self.write(": ready\n\n".to_owned()).await?;
        if !can {
            return self.reset().await;
        }
        self.last = after;
        while self.last < newest {
            let mut tx = self.app.store.snapshot().await?;
            let missed = events::after(&mut tx, self.last, BATCH).await?;
            let missed = prepare(&mut tx, missed, &self.app.clock).await?;
            let viewer = users::actor(&mut tx, self.caller.key).await?;
            drop(tx);
            let Some(viewer) = viewer.map(|actor| self.narrowed(actor)) else { return self.expired().await };
            if missed.is_empty() {
                break;
            }
            self.send_all(&missed, &viewer).await?;
        }
        Ok(())
    }

    /// The receiver's rights as of the batch; `None` if they were deactivated.
    async fn viewer_in(&self, batch: &Batch) -> Result<Option<Actor>, Stopped> {
        if batch.asked.contains(&self.caller.key) {
            return Ok(batch.actors.get(&self.caller.key).cloned().map(|actor| self.narrowed(actor)));
        }
        let actor = users::actor(&mut *self.app.store.read().await?, self.caller.key).await?;
        Ok(actor.map(|actor| self.narrowed(actor)))
    }

    /// The user's rights, cut down to what the session is narrowed to.
    fn narrowed(&self, actor: Actor) -> Actor {
        Actor { scopes: self.caller.actor.scopes.clone(), ..actor }
    }

    async fn is_signed_in(&self) -> Result<bool, Stopped> {
        let mut reader = self.app.store.read().await?;
        let found =
            sessions::find(&mut reader, &self.caller.session.token_hash, self.app.clock.wall()).await?;
        Ok(found.is_some())
    }

    async fn send_all(&mut self, events: &[LiveEvent], viewer: &Actor) -> Result<(), Stopped> {
        for event in events {
            if event.id <= self.last {
                continue;
            }
            self.last = event.id;
            if event.ends_sessions() && !self.is_signed_in().await? {
                self.expired().await?;
                return Err(Stopped::Gone);
            }
            if let Some(told) = event.told_to(viewer) {
                self.send(&told).await?;
            }
        }
        Ok(())
    }

    /// Tells the receiver to reload, and goes on from the newest event.
    async fn reset(&mut self) -> Result<(), Stopped> {
        self.last = events::last_id(&mut *self.app.store.read().await?).await?;
        self.send(&Event::Reset).await
    }

    async fn expired(&mut self) -> Result<(), Stopped> {
        self.send(&Event::SessionExpired).await
    }

    async fn send(&mut self, event: &Event) -> Result<(), Stopped> {
        let data = serde_json::to_string(event).map_err(StoreError::from)?;
        let text = format!("id: {}\nevent: {}\ndata: {data}\n\n", self.last, event.name());
        self.write(text).await
    }

    async fn write(&self, text: String) -> Result<(), Stopped> {
        self.sender.send(Bytes::from(text)).await.map_err(|_| Stopped::Gone)
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = tokio::time::interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
