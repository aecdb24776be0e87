//! Streams of the foreign API, each read on a thread of its own: an answer that does not end, or a WebSocket.

use bandeja_connector::host::{Bytes, DoorError, Heard, Local, Sent};
use std::io::{ErrorKind, Read};
use std::net::{TcpStream, ToSocketAddrs};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use tungstenite::client::IntoClientRequest;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Error, Message, WebSocket};
use ureq::{Agent, http};

/// Pieces that may wait to be taken.
const WAITING: usize = 64;
/// Longest life of an endless answer: a connection that died without a word is noticed then.
const LIFE: Duration = Duration::from_mins(10);
/// How often a WebSocket's thread looks whether anybody still listens.
const LOOK: Duration = Duration::from_millis(500);
/// A silence after which the other side of a WebSocket is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(30);

struct Pieces(mpsc::Receiver<Vec<u8>>);

impl Bytes for Pieces {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(self.0.recv())
    }
}

type Opening = oneshot::Sender<Result<u16, DoorError>>;

/// Starts a thread that says how the opening ended and then gives its pieces.
async fn on_thread(
    work: impl FnOnce(Opening, mpsc::Sender<Vec<u8>>) + Send + 'static,
) -> Result<Heard, DoorError> {
    let (opened, opening) = oneshot::channel();
    let (pieces, taken) = mpsc::channel(WAITING);
    thread::spawn(move || work(opened, pieces));
    let status = opening.await.unwrap_or(Err(DoorError::Unreachable))?;
    Ok(Heard { status, pieces: Box::new(Pieces(taken)) })
}

/// Opens an answer that does not end.
pub(super) async fn events(agent: Agent, sent: Sent) -> Result<Heard, DoorError> {
    on_thread(move |opened, pieces| {
        let answer = ask(&agent, &sent);
        let status = answer.as_ref().map(|response| response.status().as_u16()).map_err(|error| *error);
        let (Ok(()), Ok(response)) = (opened.send(status), answer) else { return };
        let mut body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let mut piece = [0; 8192];
        while let Ok(length @ 1..) = body.read(&mut piece) {
            let piece = piece.get(..length).unwrap_or_default().to_vec();
            if pieces.blocking_send(piece).is_err() {
                return;
            }
        }
    })
    .await
}

fn ask(agent: &Agent, sent: &Sent) -> Result<http::Response<ureq::Body>, DoorError> {
    let mut request = http::Request::builder().method("GET").uri(&sent.url);
    for (name, value) in &sent.headers {
        request = request.header(name, value);
    }
    let request = request.body(()).map_err(|_| DoorError::Unreachable)?;
    let patience = Duration::from_millis(sent.timeout_ms.into());
    let request = agent.configure_request(request);
    let request = request.timeout_connect(Some(patience)).timeout_recv_response(Some(patience));
    agent.run(request.timeout_recv_body(Some(LIFE)).build()).map_err(|error| match error {
        ureq::Error::Timeout(_) => DoorError::Timeout,
        _ => DoorError::Unreachable,
    })
}

/// Opens a WebSocket and says what is to be said first. `cookie` is the header of that name, if any.
pub(super) async fn socket(sent: Sent, cookie: Option<String>, say: Vec<String>) -> Result<Heard, DoorError> {
    on_thread(move |opened, pieces| {
        let answer = connect(&sent, cookie, say);
        let status = answer.as_ref().map(|(_, status)| *status).map_err(|error| *error);
        if let (Ok(()), Ok((Some(mut socket), _))) = (opened.send(status), answer) {
            pass_on(&mut socket, &pieces);
            // It may be gone already.
            let _ = socket.close(None);
        }
    })
    .await
}

type Socket = WebSocket<MaybeTlsStream<TcpStream>>;

fn connect(
    sent: &Sent,
    cookie: Option<String>,
    say: Vec<String>,
) -> Result<(Option<Socket>, u16), DoorError> {
    let unreachable = |_| DoorError::Unreachable;
    let mut request = sent.url.as_str().into_client_request().map_err(|_| DoorError::Unreachable)?;
    let headers = sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in headers.chain(cookie.as_deref().map(|value| ("cookie", value))) {
        let name = http::HeaderName::from_bytes(name.as_bytes()).map_err(|_| DoorError::Unreachable)?;
        request.headers_mut().insert(name, value.parse().map_err(|_| DoorError::Unreachable)?);
    }
    let host = request.uri().host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port =
        request.uri().port_u16().unwrap_or(if request.uri().scheme_str() == Some("wss") { 443 } else { 80 });
    let patience = Duration::from_millis(sent.timeout_ms.into());
    let stream = (host.as_str(), port)
        .to_socket_addrs()
        .map_err(unreachable)?
        .find_map(|address| TcpStream::connect_timeout(&address, patience).ok())
        .ok_or(DoorError::Unreachable)?;
    let wire = stream.try_clone().map_err(unreachable)?;
    wire.set_read_timeout(Some(patience)).map_err(unreachable)?;
    wire.set_write_timeout(Some(patience)).map_err(unreachable)?;
    let limits = WebSocketConfig::default().max_message_size(Some(sent.max_bytes));
    let mut socket = match tungstenite::client_tls_with_config(request, stream, Some(limits), None) {
        Ok((socket, _)) => socket,
        Err(tungstenite::HandshakeError::Failure(Error::Http(answer))) => {
            return Ok((None, answer.status().as_u16()));
        }
        Err(tungstenite::HandshakeError::Interrupted(_)) => return Err(DoorError::Timeout),
        Err(tungstenite::HandshakeError::Failure(_)) => return Err(DoorError::Unreachable),
    };
    for text in say {
        socket.send(Message::text(text)).map_err(|_| DoorError::Unreachable)?;
    }
    wire.set_read_timeout(Some(LOOK)).map_err(unreachable)?;
    Ok((Some(socket), 101))
}

/// Passes messages on until nobody takes them any more or the other side is gone.
fn pass_on(socket: &mut Socket, pieces: &mpsc::Sender<Vec<u8>>) {
    let mut heard = Instant::now();
    while !pieces.is_closed() {
        match socket.read() {
            Ok(message) => {
                heard = Instant::now();
                let message = match message {
                    Message::Text(text) => text.as_bytes().to_vec(),
                    Message::Binary(bytes) => bytes.to_vec(),
                    _ => continue,
                };
                // When there are too many, those that wait say enough.
                let _ = pieces.try_send(message);
            }
            Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if heard.elapsed() > SILENCE {
                    heard = Instant::now();
                    if socket.send(Message::Ping(Vec::new().into())).is_err() {
                        return;
                    }
                }
            }
            Err(_) => return,
        }
    }
}
