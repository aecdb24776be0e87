//! What others do at the foreign API is told as soon as its stream says that there is something.

use super::{Foreign, Gateway, Start, by_password};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

/// A server of one stream.
struct Live {
    url: String,
    /// What a client said first: the head of its request, or its first message.
    asked: Receiver<String>,
    ring: Sender<()>,
}

impl Live {
    fn start(serve: impl Fn(TcpStream, &Sender<String>, &Receiver<()>) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (said, asked) = mpsc::channel();
        let (ring, bell) = mpsc::channel();
        std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            serve(stream, &said, &bell);
        });
        Self { url, asked, ring }
    }

    fn asked(&self) -> String {
        self.asked.recv_timeout(Duration::from_secs(20)).unwrap()
    }
}

fn endless(mut stream: TcpStream, said: &Sender<String>, bell: &Receiver<()>) {
    let mut head = [0; 4096];
    let length = stream.read(&mut head).unwrap();
    said.send(String::from_utf8_lossy(&head[..length]).into_owned()).unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n").unwrap();
    while bell.recv().is_ok() {
        stream.write_all(b"event: ticket\ndata: {\"id\":1}\n\n").unwrap();
    }
}

fn socket(stream: TcpStream, said: &Sender<String>, bell: &Receiver<()>) {
    let mut socket = tungstenite::accept(stream).unwrap();
    said.send(socket.read().unwrap().to_string()).unwrap();
    while bell.recv().is_ok() {
        socket.send(tungstenite::Message::text("{\"type\":\"ticket\"}")).unwrap();
    }
}

/// What customers write arrives by the stream alone: the next look without it would be tomorrow.
fn arrives(live: &Live, stream: &Value) -> String {
    let foreign = Foreign::start();
    let polling = json!({ "polling": { "every_s": 86_400, "stream": stream } });
    let start = Start { auth: by_password(), secrets: &[], flags: &[] };
    let gateway = Gateway::with(&foreign, &start, &polling);
    let ana = gateway.signed_in("ana");
    assert_eq!(ana.get("/conversations/ana-1/messages").status, 200);
    let events = ana.events(None);
    assert_eq!(events.next().name, "ready");
    let asked = live.asked();
    // The opening of a stream is followed by one look, and another may be under way: only the third proves something.
    for text in ["uno", "dos", "tres"] {
        foreign.receive(text);
        live.ring.send(()).unwrap();
        let told = std::iter::repeat_with(|| events.next()).find(|event| event.name == "message.created");
        assert!(told.unwrap().data.to_string().contains(text));
    }
    asked
}

#[test]
fn a_stream_of_server_sent_events_is_followed() {
    let live = Live::start(endless);
    let asked = arrives(
        &live,
        &json!({ "adapter": "sse", "base": live.url, "call": { "get": "/events", "query": { "all": "1" } } }),
    );
    assert!(asked.starts_with("GET /events?all=1 HTTP/1.1"), "{asked}");
    assert!(asked.to_lowercase().contains("authorization: token token-ana"), "{asked}");
}

#[test]
fn a_websocket_is_followed_after_what_the_file_says_first() {
    let live = Live::start(socket);
    let stream = json!({
        "adapter": "websocket",
        "base": live.url,
        "call": "GET /cable",
        "say": [{ "subscribe": "{{$me.id}}" }],
        "when": ".type == \"ticket\""
    });
    assert_eq!(arrives(&live, &stream), "{\"subscribe\":\"ana\"}");
}
