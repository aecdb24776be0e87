//! Reading how changes are noticed.

use super::json::{Kind, Node};
use super::reader::Reader;
use super::{keys, scope};
use crate::plan::{Adapter, PollBy, Polling, Stream, Var};

impl Reader<'_> {
    pub(super) fn polling(&self, node: Option<&Node>) -> Option<Polling> {
        let Some(node) = node else {
            return Some(Polling { every_ms: 30_000, by: PollBy::Again, stream: None });
        };
        let object = self.object(node, &keys::POLLING)?;
        let every_ms = self.number(object.get("every_s"), 30, 0, 86_400) * 1000;
        let by = match object.get("by") {
            None => PollBy::Again,
            Some(node) if matches!(node.kind, Kind::Object(_)) => {
                let changed = self.object(node, &keys::CHANGED)?;
                let scope = scope::changed();
                let call = self.needed(changed, "call", "the request for what changed since `$since`");
                let call = call.and_then(|call| self.call(call, &scope));
                let items = self.needed(changed, "items", "jq that finds the changed rows in the answer");
                let items = items.and_then(|items| self.expr(items, &scope.and(&[Var::Headers])));
                PollBy::Since(Box::new(call?), items?)
            }
            Some(node) => match self.word(node, &["again", "etag"])? {
                "etag" => PollBy::Etag,
                _ => PollBy::Again,
            },
        };
        let stream = object.get("stream").map_or(Some(None), |node| self.stream(node).map(Some));
        Some(Polling { every_ms, by, stream: stream? })
    }

    fn stream(&self, node: &Node) -> Option<Stream> {
        let object = self.object(node, &keys::STREAM)?;
        let scope = scope::stream();
        let adapter = self.needed(object, "adapter", "`sse` or `websocket`");
        let adapter =
            adapter.and_then(|node| self.word(node, &["sse", "websocket"])).map(|word| match word {
                "sse" => Adapter::Sse,
                _ => Adapter::WebSocket,
            });
        let base =
            object.get("base").map_or(Some(None), |node| self.pieces(node, &scope::transport()).map(Some));
        let call = self.needed(object, "call", "where it is, such as `GET /events`");
        let call = call.and_then(|node| {
            let call = self.call(node, &scope)?;
            let plain = call.method == "GET" && call.each.is_none() && call.when.is_none();
            if !plain || call.success.is_some() || !call.save.is_empty() {
                let hint = "which messages count is said by `when` beside `call`";
                self.wrong(node, "a `GET` with nothing but `query` and `headers`", Some(hint));
            }
            Some(call)
        });
        let say = object.get("say");
        if let (Some(say), Some(Adapter::Sse)) = (say, adapter) {
            self.wrong(say, "no `say`: nothing can be sent to an `sse` stream", None);
        }
        let say = say.map_or(&[][..], |node| self.list(node)).iter().map(|node| self.shape(node, &scope));
        let say: Option<Vec<_>> = say.collect::<Vec<_>>().into_iter().collect();
        let when = self.optional(object, "when", &scope::conversation());
        Some(Stream { adapter: adapter?, base: base?, call: call?, say: say?, when: when.ok()? })
    }
}
