//! The event stream. It is opened first and read last: what was tried in between must have come.

use crate::http::Sent;
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use crate::stream::Item;
use bandeja_contract::problem::code;
use bandeja_contract::{Event, paths};
use std::time::Duration;

const LATE: &str = "What others do is seen after a reload only.";
const POLLS: &str = "The app reloads what it shows after every loss of the connection.";
const ON: &[&str] = &["live.opens"];
/// How long an event may take.
const SOON: Duration = Duration::from_secs(5);
/// What comes this early says that the stream is open, and is no heartbeat.
const OPENING: Duration = Duration::from_secs(2);

pub(super) const OPENS: &[Point] = &[point(
    Area::Live,
    "live.opens",
    "GET /events answers text/event-stream and says at once that it is open.",
    LATE,
    opens,
)
.on(&["session.reads"])];

pub(super) const POINTS: &[Point] = &[
    point(Area::Live, "live.anonymous", "Without a token the stream is 401.", "Nothing: the app sends its token.", |probe| {
        let nobody = probe.client.as_other(None);
        let answer = probe.call_as(&nobody, "GET", paths::EVENTS, &Sent::default())?;
        answer.problem(401, &[code::UNAUTHENTICATED])?;
        Ok("401 unauthenticated".to_owned())
    })
    .on(&["session.reads"]),
    point(
        Area::Live,
        "live.unknown_id",
        "A Last-Event-ID that was never given out is answered with reset.",
        POLLS,
        unknown_id,
    )
    .on(ON),
    event("live.conversation", "A change of a conversation comes as conversation.changed, with what it is now.", |probe| {
        let id = super::target::original(probe)?.id;
        let is_it = |event: &Event| matches!(event, Event::ConversationChanged { conversation, .. } if conversation.id == id);
        await_event(probe, &format!("conversation.changed of {id}"), is_it)
    })
    .on(&["live.opens", "actions.priority"]),
    event("live.message", "A new entry of a thread comes as message.created.", |probe| {
        let id = probe.note.clone().unwrap_or_default();
        let is_it = |event: &Event| matches!(event, Event::MessageCreated { message } if message.id.as_str() == id);
        await_event(probe, &format!("message.created of {id}"), is_it)
    })
    .on(&["live.opens", "messages.note"]),
    event("live.bulk", "The end of a job comes as bulk.finished.", |probe| {
        let id = probe.job.as_ref().map(|(_, job)| job.id.clone()).unwrap_or_default();
        let is_it = |event: &Event| matches!(event, Event::BulkFinished { job } if job.id == id);
        await_event(probe, &format!("bulk.finished of {id}"), is_it)
    })
    .on(&["live.opens", "bulk.start"]),
    event("live.timing", "Saving a team's settings comes as timing.changed.", |probe| {
        let id = probe.saved_team.clone().unwrap_or_default();
        let is_it = |event: &Event| matches!(event, Event::TimingChanged { team } if team.as_str() == id);
        await_event(probe, &format!("timing.changed of {id}"), is_it)
    })
    .on(&["live.opens", "timing.saves"]),
    point(
        Area::Live,
        "live.resume",
        "Last-Event-ID brings what came since, in the same order and with the same ids.",
        POLLS,
        resume,
    )
    .on(&["live.conversation"])
    .writing(),
    point(
        Area::Live,
        "live.shape",
        "Every event is JSON whose type is the event's name, with an id of its own.",
        "What cannot be read is passed over, and the app shows old data.",
        shape,
    )
    .on(ON),
    point(
        Area::Live,
        "live.heartbeat",
        "A sign of life comes when nothing else came for 15 s.",
        "The app takes the connection for lost, and opens it again and again.",
        heartbeat,
    )
    .on(ON),
];

/// How long an event is waited for: no longer than an answer.
fn soon(probe: &Probe) -> Duration {
    SOON.min(probe.options.patience)
}

const fn event(id: &'static str, asks: &'static str, check: fn(&mut Probe) -> Outcome) -> Point {
    point(Area::Live, id, asks, LATE, check).writing()
}

fn opens(probe: &mut Probe) -> Outcome {
    let (answer, mut stream) = probe.events(None)?;
    if answer.kind() != "text/event-stream" {
        return Err(Fault::wrong("text/event-stream", answer.words()));
    }
    let first = stream.find(soon(probe), |_| true);
    let Some(first) = first else { return Err(Fault::wrong("a first event or comment at once", "nothing")) };
    let seen = if first.comment { "open".to_owned() } else { format!("open, at event {}", first.id) };
    probe.stream = Some((stream, first.id));
    Ok(seen)
}

fn await_event(probe: &mut Probe, what: &str, is_it: impl Fn(&Event) -> bool) -> Outcome {
    probe.request = format!("GET {}", paths::EVENTS);
    let soon = soon(probe);
    let Some((stream, _)) = &mut probe.stream else { return Err(Fault::untried("the stream is not open")) };
    let read =
        |item: &Item| serde_json::from_value::<Event>(item.data.clone()).is_ok_and(|event| is_it(&event));
    match stream.find(soon, read) {
        Some(item) => Ok(format!("event {}", item.id)),
        None => Err(Fault::wrong(what, stream.names())),
    }
}

fn unknown_id(probe: &mut Probe) -> Outcome {
    let (_, mut stream) = probe.events(Some("never-given-out"))?;
    match stream.find(soon(probe), |item| !item.comment) {
        Some(item) if item.name == "reset" => Ok("reset".to_owned()),
        Some(item) => Err(Fault::wrong("reset", item.name)),
        None => Err(Fault::wrong("reset", "nothing")),
    }
}

fn resume(probe: &mut Probe) -> Outcome {
    let Some((stream, from)) = &probe.stream else { return Err(Fault::untried("the stream is not open")) };
    let came: Vec<Item> =
        stream.items.iter().filter(|item| !item.comment && item.id != *from).cloned().collect();
    let from = from.clone();
    let wanted = came.iter().find(|item| item.name == "conversation.changed").cloned();
    let (Some(wanted), false) = (wanted, from.is_empty()) else {
        return Err(Fault::untried("the stream's first event has no id to resume behind"));
    };
    let (_, mut again) = probe.events(Some(&from))?;
    let found = again.find(soon(probe), |item| item.id == wanted.id && item.name == wanted.name);
    if found.is_none() {
        return Err(Fault::wrong(format!("{} {} behind {from}", wanted.name, wanted.id), again.names()));
    }
    let names = |items: &[Item], most: usize| -> Vec<String> {
        let events = items.iter().filter(|item| !item.comment);
        events.take(most).map(|item| format!("{} {}", item.id, item.name)).collect()
    };
    let replayed = names(&again.items, usize::MAX);
    let lived = names(&came, replayed.len());
    if replayed != lived {
        return Err(Fault::wrong(lived.join(", "), replayed.join(", ")));
    }
    Ok(format!("{} events behind {from}", replayed.len()))
}

fn shape(probe: &mut Probe) -> Outcome {
    let Some((stream, _)) = &mut probe.stream else { return Err(Fault::untried("the stream is not open")) };
    let mut known = 0;
    for item in stream.items.iter().filter(|item| !item.comment) {
        let named = item.data.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
        if named != item.name || item.id.is_empty() {
            let seen = format!("event “{}” with type “{named}” and id “{}”", item.name, item.id);
            return Err(Fault::wrong("an id, and the event's name as its type", seen));
        }
        if let Err(error) = serde_json::from_value::<Event>(item.data.clone()) {
            return Err(Fault::wrong(format!("a {named} of the contract's shape"), error.to_string()));
        }
        known += 1;
    }
    Ok(format!("{known} events"))
}

fn heartbeat(probe: &mut Probe) -> Outcome {
    let patience = probe.options.heartbeat;
    if patience.is_zero() {
        return Err(Fault::untried("not waited for"));
    }
    let Some((stream, _)) = &mut probe.stream else { return Err(Fault::untried("the stream is not open")) };
    // What came last may be a moment old: only silence counts.
    match stream.find(patience, |item| item.comment && item.after >= OPENING) {
        Some(item) => Ok(format!("after {} s", item.after.as_secs())),
        None => Err(Fault::wrong(format!("a comment within {} s", patience.as_secs()), stream.names())),
    }
}
