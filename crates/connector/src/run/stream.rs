//! Listening to the foreign API: each message that counts is a hint that it is time to look.

use super::core::Core;
use super::request::{self, Extra};
use super::{fault, fill, session};
use crate::backend::{Fault, FaultKind, Hints};
use crate::host::{Bytes, Heard, ListenBy, Listening};
use crate::plan::val;
use crate::plan::{Adapter, ExprError, Stream, Var, Vars};
use bandeja_client::sse::SseParser;
use futures::StreamExt;
use futures::stream;
use std::rc::Rc;

pub(super) async fn listen(core: &Rc<Core>) -> Result<Hints, Fault> {
    let off = |said: String| fault::fault(FaultKind::Off, said);
    let stream = core.plan.polling.stream.as_ref().ok_or_else(|| off("no stream".to_owned()))?;
    session::ready(core).await?;
    let to = listening(core, stream, &core.vars()).map_err(|error| off(error.to_string()))?;
    let (timeout_ms, max_bytes) = (to.sent.timeout_ms, to.sent.max_bytes);
    let heard = core.host.door.listen(to).await;
    let Heard { status, pieces } = heard.map_err(|error| fault::of_door(error, timeout_ms, max_bytes))?;
    if status >= 300 {
        let said = format!("the stream answered {status}");
        return Err(Fault { status: Some(status), ..fault::fault(FaultKind::Unavailable, said) });
    }
    let mut reader = match stream.adapter {
        Adapter::Sse => Reader::Sse(Box::default()),
        Adapter::WebSocket => Reader::Whole,
    };
    let core = Rc::clone(core);
    let messages = stream::unfold(pieces, |mut pieces: Box<dyn Bytes>| async move {
        pieces.next().await.map(|piece| (piece, pieces))
    });
    let hints = messages.filter_map(move |piece| {
        let counts = reader.messages(&piece).iter().any(|message| counts(&core, message));
        std::future::ready(counts.then_some(()))
    });
    Ok(hints.boxed_local())
}

/// The request, and what is said first.
fn listening(core: &Core, stream: &Stream, vars: &Vars) -> Result<Listening, ExprError> {
    let extra = Extra { base: stream.base.clone(), ..Extra::default() };
    let mut sent = request::build(core, &stream.call, vars, &extra)?;
    if stream.adapter == Adapter::Sse {
        sent.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("accept"));
        sent.headers.push(("Accept".to_owned(), "text/event-stream".to_owned()));
        return Ok(Listening { by: ListenBy::Sse, sent });
    }
    if let Some(rest) = sent.url.strip_prefix("http") {
        sent.url = format!("ws{rest}");
    }
    let vars = vars.clone().with(Var::Secret, core.secrets());
    let said = stream.say.iter().map(|shape| Ok(fill::value(shape, &vars)?.map(|said| text(&said))));
    let said: Result<Vec<_>, ExprError> = said.collect();
    Ok(Listening { by: ListenBy::WebSocket { say: said?.into_iter().flatten().collect() }, sent })
}

fn text(said: &val::Val) -> String {
    match val::to_json(said) {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}

enum Reader {
    Sse(Box<SseParser>),
    Whole,
}

impl Reader {
    /// The messages that a piece completes.
    fn messages(&mut self, piece: &[u8]) -> Vec<String> {
        match self {
            Self::Sse(parser) => parser.push(piece).into_iter().map(|event| event.data).collect(),
            Self::Whole => vec![String::from_utf8_lossy(piece).into_owned()],
        }
    }
}

/// Whether a message counts. One that `when` cannot judge does: looking in vain does no harm.
fn counts(core: &Core, message: &str) -> bool {
    let when = core.plan.polling.stream.as_ref().and_then(|stream| stream.when.as_ref());
    when.is_none_or(|when| {
        let message = serde_json::from_str(message).unwrap_or_else(|_| serde_json::Value::from(message));
        when.truthy(&val::from_json(&message), &core.vars()).unwrap_or(true)
    })
}
