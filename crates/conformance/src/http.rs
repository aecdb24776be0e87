//! Calls to the server, of which every one may fail, hang or answer nonsense. Owns reading answers strictly and
//! saying in words what came instead; knows no point of the contract.

use crate::options::Options;
use crate::point::Fault;
use crate::words::excerpt;
use bandeja_contract::{Problem, Session, headers, paths, problem};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use ureq::http::{HeaderMap, Request};
use ureq::{Agent, Body, Error};

/// Most bytes of an answer that are read.
const MOST_READ: u64 = 8 * 1024 * 1024;
/// Characters of an answer that a verdict shows.
const SHOWN: usize = 120;

/// A caller.
#[derive(Clone)]
pub(crate) struct Client {
    calls: Agent,
    streams: Agent,
    base: String,
    pass: Pass,
    patience: Duration,
}

/// What lets a caller in.
#[derive(Clone)]
enum Pass {
    None,
    Bearer(String),
    /// The session's cookie, and what goes back with every change.
    Cookie {
        cookie: String,
        csrf: String,
    },
}

/// What is sent besides method and path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent<'a> {
    pub(crate) headers: Vec<(&'a str, String)>,
    /// Media type and text.
    pub(crate) body: Option<(&'a str, String)>,
}

impl Sent<'_> {
    /// JSON.
    pub(crate) fn json(body: &Value) -> Self {
        Self { headers: Vec::new(), body: Some(("application/json", body.to_string())) }
    }

    /// With one more header.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// Nothing came in time.
    Silent(Duration),
    /// Nobody is there, or the connection broke.
    Broken(String),
    /// More came than anybody reads.
    Endless,
}

impl NoAnswer {
    fn of(error: &Error, patience: Duration) -> Self {
        match error {
            Error::Timeout(_) => Self::Silent(patience),
            Error::BodyExceedsLimit(_) => Self::Endless,
            Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Self::Silent(patience),
            other => Self::Broken(excerpt(&other.to_string(), SHOWN)),
        }
    }

    /// In words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Silent(patience) => format!("no answer within {} s", patience.as_secs_f32()),
            Self::Broken(why) => format!("no answer: {why}"),
            Self::Endless => format!("an answer of more than {} MB", MOST_READ / 1024 / 1024),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Client {
    pub(crate) fn new(options: &Options) -> Self {
        let config = || {
            Agent::config_builder()
                .http_status_as_error(false)
                // The token goes to the address it is for, and to no other.
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent("bandeja-conformance")
                .timeout_connect(Some(options.patience))
        };
        Self {
            calls: config().timeout_global(Some(options.patience)).build().into(),
            streams: config().timeout_recv_response(Some(options.patience)).build().into(),
            base: options.base_url.clone(),
            pass: if options.name.is_some() { Pass::None } else { Pass::Bearer(options.token.clone()) },
            patience: options.patience,
        }
    }

    /// The same with another token, or none.
    pub(crate) fn as_other(&self, token: Option<&str>) -> Self {
        let pass = token.map_or(Pass::None, |token| Pass::Bearer(token.to_owned()));
        Self { pass, ..self.clone() }
    }

    /// The same after signing in by name and password; what was said where that was refused.
    pub(crate) fn signed_in(&self, name: &str, password: &str) -> Result<Self, String> {
        let body = json!({ "email": name, "password": password });
        let answer = self.call("POST", paths::SESSION, &Sent::json(&body)).map_err(|error| error.words())?;
        let csrf = serde_json::from_str::<Session>(&answer.text).ok().and_then(|session| session.csrf);
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        match csrf {
            Some(csrf) if answer.status == 200 && !cookie.is_empty() => {
                Ok(Self { pass: Pass::Cookie { cookie, csrf }, ..self.clone() })
            }
            _ => Err(answer.words()),
        }
    }

    /// One call.
    pub(crate) fn call(&self, method: &str, path: &str, sent: &Sent<'_>) -> Result<Answer, NoAnswer> {
        let (status, headers, body) = self.open(&self.calls, method, path, sent)?;
        let read = body.into_with_config().limit(MOST_READ).read_to_vec();
        let bytes = read.map_err(|error| NoAnswer::of(&error, self.patience))?;
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if let Pass::Bearer(token) = &self.pass {
            // A server may echo it, and a verdict shows what came.
            text = text.replace(token, "(token)");
        }
        Ok(Answer { status, headers, text })
    }

    /// An answer that goes on; its head has come.
    pub(crate) fn stream(&self, path: &str, sent: &Sent<'_>) -> Result<(Answer, Body), NoAnswer> {
        let (status, headers, body) = self.open(&self.streams, "GET", path, sent)?;
        Ok((Answer { status, headers, text: String::new() }, body))
    }

    fn open(
        &self,
        agent: &Agent,
        method: &str,
        path: &str,
        sent: &Sent<'_>,
    ) -> Result<(u16, HeaderMap, Body), NoAnswer> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        match &self.pass {
            Pass::None => {}
            Pass::Bearer(token) => request = request.header("Authorization", format!("Bearer {token}")),
            Pass::Cookie { cookie, csrf } => {
                request = request.header("Cookie", cookie).header(headers::CSRF, csrf);
            }
        }
        for (name, value) in &sent.headers {
            request = request.header(*name, value);
        }
        let unsendable = |error: ureq::http::Error| NoAnswer::Broken(error.to_string());
        let response = match &sent.body {
            Some((kind, text)) => {
                let request = request.header("Content-Type", *kind).body(text.as_str());
                agent.run(request.map_err(unsendable)?)
            }
            None => agent.run(request.body(()).map_err(unsendable)?),
        };
        let (parts, body) = response.map_err(|error| NoAnswer::of(&error, self.patience))?.into_parts();
        Ok((parts.status.as_u16(), parts.headers, body))
    }
}

impl Answer {
    /// A header, empty if it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The media type without its parameters.
    pub(crate) fn kind(&self) -> String {
        self.header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// What came, in words.
    pub(crate) fn words(&self) -> String {
        let kind = self.kind();
        let kind = if kind.is_empty() { "no media type" } else { kind.as_str() };
        let text = excerpt(&self.text, SHOWN);
        let text = if text.is_empty() { "nothing in it".to_owned() } else { format!("“{text}”") };
        format!("{} {kind}: {text}", self.status)
    }

    /// The status alone; 404, 405 and 501 in the place of a success mean that the call is not there.
    pub(crate) fn expect(&self, status: u16) -> Result<(), Fault> {
        if self.status == status {
            return Ok(());
        }
        let expected = format!("status {status}");
        if status < 300 && matches!(self.status, 404 | 405 | 501) {
            return Err(Fault::missing(expected, self.words()));
        }
        Err(Fault::wrong(expected, self.words()))
    }

    /// JSON of any shape, with that status.
    pub(crate) fn value(&self, status: u16) -> Result<Value, Fault> {
        self.expect(status)?;
        if self.kind() != "application/json" {
            return Err(Fault::wrong("application/json", self.words()));
        }
        self.parse()
    }

    /// JSON of the contract's shape, with that status.
    pub(crate) fn read<T: DeserializeOwned>(&self, status: u16) -> Result<T, Fault> {
        let value = self.value(status)?;
        serde_json::from_value(value)
            .map_err(|error| Fault::wrong("the contract's shape", format!("{error} in {}", self.words())))
    }

    /// A problem with that status and one of these codes.
    pub(crate) fn problem(&self, status: u16, codes: &[&str]) -> Result<Problem, Fault> {
        let expected = format!("{status} {} with code {}", problem::MEDIA_TYPE, codes.join(" or "));
        if self.status != status || self.kind() != problem::MEDIA_TYPE {
            return Err(Fault::wrong(expected, self.words()));
        }
        let said: Problem = serde_json::from_value(self.parse()?)
            .map_err(|error| Fault::wrong("a problem's members", format!("{error} in {}", self.words())))?;
        if said.status != status {
            return Err(Fault::wrong(
                format!("{status} in the problem too"),
                format!("{} there", said.status),
            ));
        }
        if !codes.is_empty() && !codes.contains(&said.code.as_str()) {
            return Err(Fault::wrong(expected, format!("code “{}”", excerpt(&said.code, SHOWN))));
        }
        if said.title.trim().is_empty() {
            return Err(Fault::wrong("a title", "a problem without one"));
        }
        Ok(said)
    }

    /// A 400 that names this field.
    pub(crate) fn refusal_of(&self, field: &str) -> Result<Problem, Fault> {
        let said = self.problem(400, &[])?;
        if said.field(field).is_some() {
            return Ok(said);
        }
        let named: Vec<&str> = said.fields.iter().map(|field| field.field.as_str()).collect();
        let named = if named.is_empty() { "no field".to_owned() } else { named.join(", ") };
        Err(Fault::wrong(
            format!("“{field}” among the fields named"),
            format!("{} named", excerpt(&named, SHOWN)),
        ))
    }

    fn parse(&self) -> Result<Value, Fault> {
        serde_json::from_str(&self.text).map_err(|error| {
            let what = if error.is_eof() { "JSON that ends early" } else { "no JSON" };
            Fault::wrong("JSON", format!("{what} ({error}): {}", self.words()))
        })
    }
}
