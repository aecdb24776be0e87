//! One call: headers, CSRF, answer or error. Everything typed stands in the modules beside it.

use crate::error::{ClientError, read, sign_in_way};
use crate::traits::{Method, Opened, Request, Response, Transport, TransportError};
use bandeja_contract::problem::code;
use bandeja_contract::{Session, SignInWay, headers, paths};
use bandeja_model::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;

/// The typed calls over a transport. Cloning shares the session.
#[derive(Clone)]
pub struct Api {
    transport: Rc<dyn Transport>,
    base: Rc<str>,
    own: Rc<RefCell<Own>>,
}

/// What proves that a changing call comes from our own page, and on whose behalf.
#[derive(Default)]
struct Own {
    csrf: Option<String>,
    user: Option<UserId>,
    way: Option<SignInWay>,
}

/// A call that failed, with what only a repeat wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub error: ClientError,
    /// Seconds the server asks to be left alone.
    pub retry_after_s: Option<u32>,
}

impl From<Failure> for ClientError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self { error, retry_after_s: None }
    }
}

/// A call before it is sent.
#[derive(Clone)]
pub(super) struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
}

impl Call {
    pub(super) fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: None }
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Self {
        // The bodies of the contract are plain structs: they have no key that is not a string.
        self.body = serde_json::to_string(body).ok();
        self
    }
}

impl Api {
    /// Calls to a server whose paths begin behind `base`: empty for the page's own origin.
    pub fn new(transport: Rc<dyn Transport>, base: &str) -> Self {
        Self { transport, base: Rc::from(base.trim_end_matches('/')), own: Rc::default() }
    }

    /// Takes the session's proof for the calls to come.
    pub(super) fn adopt(&self, session: &Session) {
        let mut own = self.own.borrow_mut();
        own.csrf.clone_from(&session.csrf);
        own.user = Some(session.user.id.clone());
    }

    /// Where a path of the contract is found.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Forgets whose session it was.
    pub fn forget(&self) {
        let way = self.own.borrow().way;
        *self.own.borrow_mut() = Own { way, ..Own::default() };
    }

    /// How one signs in there, as the last refusal said; nothing: by mail address and password.
    pub fn sign_in_way(&self) -> Option<SignInWay> {
        self.own.borrow().way
    }

    /// Sends the call and reads the answer.
    pub(super) async fn ask<T: DeserializeOwned>(&self, call: Call) -> Result<T, Failure> {
        let response = self.send(call).await?;
        Ok(read(response.status, &response.body)?)
    }

    /// Sends the call. When another tab has signed in again, the CSRF proof of this one is old: it is
    /// fetched anew and the call sent once more, provided that the user is the same.
    pub(super) async fn send(&self, call: Call) -> Result<Response, Failure> {
        match self.once(call.clone()).await {
            Err(failure) if failure.error.code() == code::CSRF && self.renew().await => self.once(call).await,
            other => other,
        }
    }

    async fn renew(&self) -> bool {
        let Ok(answer) = self.once(Call::get(paths::SESSION)).await else { return false };
        let Ok(session) = read::<Session>(answer.status, &answer.body) else { return false };
        let same = self.own.borrow().user.as_ref() == Some(&session.user.id);
        if same {
            self.adopt(&session);
        }
        same
    }

    async fn once(&self, call: Call) -> Result<Response, Failure> {
        let response = self.transport.send(self.request(call)).await.map_err(|error| match error {
            TransportError::Offline => ClientError::Offline,
            TransportError::Timeout => ClientError::Timeout,
            TransportError::Cut { status } => ClientError::malformed(status, b"", "cut"),
        })?;
        if (200..300).contains(&response.status) {
            return Ok(response);
        }
        let error = ClientError::of_answer(response.status, &response.body);
        if error == ClientError::SignedOut {
            self.own.borrow_mut().way = sign_in_way(&response.body);
        }
        Err(Failure { error, retry_after_s: response.retry_after_s })
    }

    /// Opens an answer that does not end.
    pub(super) async fn open(&self, call: Call) -> Result<Opened, ClientError> {
        let opened = self.transport.open(self.request(call)).await.map_err(|error| match error {
            TransportError::Offline => ClientError::Offline,
            TransportError::Timeout => ClientError::Timeout,
            TransportError::Cut { status } => ClientError::malformed(status, b"", "cut"),
        })?;
        if opened.status == 200 { Ok(opened) } else { Err(ClientError::of_answer(opened.status, b"")) }
    }

    fn request(&self, call: Call) -> Request {
        let mut headers = call.headers;
        if call.body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        if call.method != Method::Get
            && let Some(csrf) = &self.own.borrow().csrf
        {
            headers.push((headers::CSRF, csrf.clone()));
        }
        Request { method: call.method, url: self.address(&call.path), headers, body: call.body }
    }
}
