//! Streams of the foreign API: a `fetch` whose body does not end, or a WebSocket.

use super::door::{read_piece, request};
use super::scope::{scope, sleep};
use bandeja_connector::host::{Bytes, DoorError, Heard, ListenBy, Listening, Local, Sent};
use futures::StreamExt;
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Event, MessageEvent, ReadableStreamDefaultReader, Response, WebSocket};

/// Messages that may wait to be taken; when there are more, those say enough.
const WAITING: usize = 64;

/// Opens a stream.
pub(super) async fn listen(to: Listening) -> Result<Heard, DoorError> {
    let patience = to.sent.timeout_ms;
    let opening = async {
        match to.by {
            ListenBy::Sse => events(to.sent).await,
            ListenBy::WebSocket { say } => socket(to.sent, say).await,
        }
    };
    match select(pin!(opening), pin!(sleep(patience))).await {
        Either::Left((heard, _)) => heard,
        Either::Right(_) => Err(DoorError::Timeout),
    }
}

/// Breaks a request off when it is dropped.
struct Breaking(Option<AbortController>);

impl Drop for Breaking {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

struct Body {
    reader: Option<ReadableStreamDefaultReader>,
    _breaking: Breaking,
}

impl Bytes for Body {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(async { read_piece(self.reader.as_ref()?).await.ok().flatten() })
    }
}

async fn events(sent: Sent) -> Result<Heard, DoorError> {
    let breaking = Breaking(AbortController::new().ok());
    let request = request(sent, breaking.0.as_ref()).map_err(|_| DoorError::Unreachable)?;
    let response = JsFuture::from(scope().fetch_with_request(&request)).await;
    let response: Response = response.map_err(|_| DoorError::Unreachable)?.unchecked_into();
    let reader = response.body().map(|body| body.get_reader().unchecked_into());
    Ok(Heard { status: response.status(), pieces: Box::new(Body { reader, _breaking: breaking }) })
}

/// A socket with the closures that it calls; dropping it closes it.
struct Socket {
    open: WebSocket,
    messages: mpsc::Receiver<Vec<u8>>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _changed: Closure<dyn FnMut(Event)>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.open.set_onmessage(None);
        self.open.set_onopen(None);
        self.open.set_onclose(None);
        // It may be closed already.
        let _ = self.open.close();
    }
}

impl Bytes for Socket {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(self.messages.next())
    }
}

async fn socket(sent: Sent, say: Vec<String>) -> Result<Heard, DoorError> {
    let socket = WebSocket::new(&absolute(&sent.url)).map_err(|_| DoorError::Unreachable)?;
    let (sender, messages) = mpsc::channel(WAITING);
    let sender = Rc::new(RefCell::new(Some(sender)));
    let into = sender.clone();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let (Some(sender), Some(text)) = (into.borrow_mut().as_mut(), event.data().as_string()) {
            let _ = sender.try_send(text.into_bytes());
        }
    });
    let (opened, opening) = oneshot::channel();
    let mut opened = Some(opened);
    let changed = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let is_open = event.type_() == "open";
        if let Some(opened) = opened.take() {
            let _ = opened.send(is_open);
        }
        if !is_open {
            sender.borrow_mut().take();
        }
    });
    socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
    socket.set_onopen(Some(changed.as_ref().unchecked_ref()));
    socket.set_onclose(Some(changed.as_ref().unchecked_ref()));
    let socket = Socket { open: socket, messages, _message: message, _changed: changed };
    if opening.await != Ok(true) {
        return Err(DoorError::Unreachable);
    }
    for text in say {
        socket.open.send_with_str(&text).map_err(|_| DoorError::Unreachable)?;
    }
    Ok(Heard { status: 101, pieces: Box::new(socket) })
}

/// The address of a WebSocket, which must be a whole one.
fn absolute(url: &str) -> String {
    match scope().location().origin().strip_prefix("http") {
        Some(origin) if url.starts_with('/') => format!("ws{origin}{url}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_connector::host::SentBody;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    fn to(by: ListenBy, url: &str) -> Listening {
        let sent = Sent {
            method: "GET".to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            body: SentBody::None,
            timeout_ms: 5_000,
            cookies: false,
            max_bytes: 1_000,
        };
        Listening { by, sent }
    }

    #[wasm_bindgen_test]
    async fn an_endless_answer_is_heard_until_it_ends() {
        let mut heard = listen(to(ListenBy::Sse, "data:text/event-stream,data%3A%20a%0A%0A")).await.unwrap();
        assert_eq!(heard.status, 200);
        assert_eq!(heard.pieces.next().await.as_deref(), Some(b"data: a\n\n".as_slice()));
        assert_eq!(heard.pieces.next().await, None);
    }

    #[wasm_bindgen_test]
    async fn nobody_there_is_unreachable_either_way() {
        let socket = ListenBy::WebSocket { say: vec!["x".to_owned()] };
        for (by, url) in [(ListenBy::Sse, "http://127.0.0.1:1/"), (socket, "ws://127.0.0.1:1/")] {
            assert_eq!(listen(to(by, url)).await.err(), Some(DoorError::Unreachable));
        }
    }

    #[wasm_bindgen_test]
    fn a_websocket_at_the_pages_own_origin_has_a_whole_address() {
        let origin = scope().location().origin();
        assert_eq!(absolute("/cable?a=1"), format!("{}/cable?a=1", origin.replacen("http", "ws", 1)));
        assert_eq!(absolute("wss://a.test/x"), "wss://a.test/x");
    }
}
