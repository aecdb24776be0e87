//! The way to the foreign API: HTTP and HTTPS on blocking threads, with cookies of its own.
//!
//! A redirect to another origin is not followed, because headers of the file hold secrets; it is told as one.

use super::listen;
use bandeja_connector::host::{Door, DoorError, Got, Heard, ListenBy, Listening, Local, Sent, SentBody};
use std::fmt::Write as _;
use std::io::Read;
use std::time::{Duration, Instant};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, http};
use url::Url;

/// Redirects followed at most.
const REDIRECTS: usize = 5;

/// A client with connections and cookies of its own; cloning shares them.
#[derive(Clone)]
pub struct HttpDoor {
    with_cookies: Agent,
    without: Agent,
    /// Where cookies are looked up.
    base: Option<Url>,
}

impl HttpDoor {
    /// A door to the API at `base`.
    pub fn new(base: &str) -> Self {
        Self { with_cookies: agent(), without: agent(), base: Url::parse(base).ok() }
    }

    fn agent(&self, cookies: bool) -> Agent {
        if !cookies {
            self.without.cookie_jar_lock().clear();
            return self.without.clone();
        }
        self.with_cookies.clone()
    }
}

impl HttpDoor {
    /// All cookies as a header, if the address is of the same host: no other one has set any.
    fn cookies_for(&self, sent: &Sent) -> Option<String> {
        let (base, url) = (self.base.as_ref()?, Url::parse(&sent.url).ok()?);
        if base.host_str() != url.host_str() {
            return None;
        }
        let jar = self.with_cookies.cookie_jar_lock();
        let all: Vec<_> = jar.iter().map(|cookie| format!("{}={}", cookie.name(), cookie.value())).collect();
        jar.release();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

fn agent() -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .user_agent(concat!("bandeja-gateway/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls)
        .build()
        .into()
}

impl Door for HttpDoor {
    fn send(&self, sent: Sent) -> Local<'static, Result<Got, DoorError>> {
        let agent = self.agent(sent.cookies);
        Box::pin(async move {
            let sending = tokio::task::spawn_blocking(move || follow(&agent, &sent));
            sending.await.unwrap_or(Err(DoorError::Unreachable))
        })
    }

    fn listen(&self, to: Listening) -> Local<'static, Result<Heard, DoorError>> {
        let Listening { by, sent } = to;
        match by {
            ListenBy::Sse => Box::pin(listen::events(self.agent(sent.cookies), sent)),
            ListenBy::WebSocket { say } => {
                let cookies = self.cookies_for(&sent).filter(|_| sent.cookies);
                Box::pin(listen::socket(sent, cookies, say))
            }
        }
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let base = self.base.as_ref()?;
        let jar = self.with_cookies.cookie_jar_lock();
        let found = jar.get(base.host_str()?, "/", name).map(|cookie| cookie.value().to_owned());
        // A cookie may have been set for a path or a parent domain.
        let value = found.or_else(|| {
            let mut all = jar.iter();
            all.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
        });
        jar.release();
        value
    }
}

/// What is asked at one step of a chain of redirects.
struct Step<'a> {
    method: &'a str,
    url: Url,
    body: Option<(String, Vec<u8>)>,
}

fn follow(agent: &Agent, sent: &Sent) -> Result<Got, DoorError> {
    let until = Instant::now() + Duration::from_millis(sent.timeout_ms.into());
    let url = Url::parse(&sent.url).map_err(|_| DoorError::Unreachable)?;
    let mut step = Step { method: &sent.method, url, body: written(&sent.body) };
    for followed in 0..=REDIRECTS {
        let left = until.saturating_duration_since(Instant::now());
        let response = ask(agent, sent, &step, left)?;
        let Some(target) = target(&response, &step.url) else {
            return read(response, sent.max_bytes, followed > 0);
        };
        if target.origin() != step.url.origin() || followed == REDIRECTS {
            return read(response, sent.max_bytes, true);
        }
        let status = response.status().as_u16();
        if status == 303 || (status < 303 && step.method == "POST") {
            step = Step { method: "GET", url: target, body: None };
        } else {
            step.url = target;
        }
    }
    Err(DoorError::Unreachable)
}

fn ask(
    agent: &Agent,
    sent: &Sent,
    step: &Step<'_>,
    left: Duration,
) -> Result<http::Response<Body>, DoorError> {
    let mut request = http::Request::builder().method(step.method).uri(step.url.as_str());
    for (name, value) in &sent.headers {
        request = request.header(name, value);
    }
    let answer = if let Some((kind, bytes)) = &step.body {
        let request = request.header("content-type", kind).body(bytes.as_slice());
        let request = request.map_err(|_| DoorError::Unreachable)?;
        agent.run(agent.configure_request(request).timeout_global(Some(left)).build())
    } else if matches!(step.method, "POST" | "PUT" | "PATCH") {
        // Without a length such a request would be sent in chunks, which some servers refuse.
        let request = request.body([].as_slice()).map_err(|_| DoorError::Unreachable)?;
        agent.run(agent.configure_request(request).timeout_global(Some(left)).build())
    } else {
        let request = request.body(()).map_err(|_| DoorError::Unreachable)?;
        agent.run(agent.configure_request(request).timeout_global(Some(left)).build())
    };
    answer.map_err(|error| match error {
        ureq::Error::Timeout(_) => DoorError::Timeout,
        _ => DoorError::Unreachable,
    })
}

/// Where a redirect leads; `None` is an answer.
fn target(response: &http::Response<Body>, from: &Url) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    from.join(response.headers().get("location")?.to_str().ok()?).ok()
}

fn read(response: http::Response<Body>, max_bytes: usize, redirected: bool) -> Result<Got, DoorError> {
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let most = u64::try_from(max_bytes).unwrap_or(u64::MAX);
    let body = response.into_body().into_with_config().limit(u64::MAX).reader();
    let mut bytes = Vec::new();
    match body.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::TimedOut => Err(DoorError::Timeout),
        Err(_) => Err(DoorError::Cut { status }),
        Ok(_) if bytes.len() > max_bytes => Err(DoorError::TooLarge { status }),
        Ok(_) => Ok(Got { status, redirected, headers, body: bytes }),
    }
}

/// The media type and the bytes of a body.
fn written(body: &SentBody) -> Option<(String, Vec<u8>)> {
    match body {
        SentBody::None => None,
        SentBody::Text { content_type, text } => {
            Some(((*content_type).to_owned(), text.clone().into_bytes()))
        }
        SentBody::Multipart(fields) => Some(multipart(fields)),
    }
}

fn multipart(fields: &[(String, String)]) -> (String, Vec<u8>) {
    // Long and random, so that no text of a user holds it.
    let boundary = crate::secret::Token::random().map_or_else(
        |_| "bandeja-b1b6b5f2c4f04f0c9d0b7f6a".to_owned(),
        |token| format!("bandeja-{}", token.hash()),
    );
    let mut text = String::new();
    for (name, value) in fields {
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    let _ = write!(text, "--{boundary}--\r\n");
    (format!("multipart/form-data; boundary={boundary}"), text.into_bytes())
}
