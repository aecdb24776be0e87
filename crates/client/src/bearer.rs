//! Calls that prove themselves by a token somebody else hands out, as a host page does for what is embedded in it.
//!
//! A token lives for minutes. When the server refuses one, a newer one is asked for and the call goes out once more, so
//! whoever made it never hears of it. Knows nothing of where tokens come from; they are never stored.

use crate::traits::{Bytes, Local, Opened, Request, Response, Transport, TransportError};
use std::rc::Rc;

/// Gives a token: the present one, or where that one is named as refused, a newer one. `None`: there is none to be had.
pub type Tokens = Rc<dyn Fn(Option<String>) -> Local<'static, Option<String>>>;

/// The status of a refused token, and of having none.
const UNAUTHORIZED: u16 = 401;

/// A transport that adds a token to every call.
#[derive(Clone)]
pub struct Bearer {
    inner: Rc<dyn Transport>,
    tokens: Tokens,
}

impl Bearer {
    /// Over another transport.
    pub fn new(inner: Rc<dyn Transport>, tokens: Tokens) -> Self {
        Self { inner, tokens }
    }

    /// The request with a token on it, and that token; `None`: there is none.
    async fn signed(&self, request: &Request, refused: Option<String>) -> Option<(Request, String)> {
        let token = (self.tokens)(refused).await?;
        let mut request = request.clone();
        request.headers.push(("Authorization", ["Bearer ", &token].concat()));
        Some((request, token))
    }
}

impl Transport for Bearer {
    fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>> {
        let this = self.clone();
        Box::pin(async move {
            let mut refused = None;
            loop {
                let again = refused.is_some();
                let Some((signed, token)) = this.signed(&request, refused).await else {
                    return Ok(Response { status: UNAUTHORIZED, retry_after_s: None, body: Vec::new() });
                };
                let response = this.inner.send(signed).await?;
                if again || response.status != UNAUTHORIZED {
                    return Ok(response);
                }
                refused = Some(token);
            }
        })
    }

    fn open(&self, request: Request) -> Local<'static, Result<Opened, TransportError>> {
        let this = self.clone();
        Box::pin(async move {
            let mut refused = None;
            loop {
                let again = refused.is_some();
                let Some((signed, token)) = this.signed(&request, refused).await else {
                    return Ok(Opened { status: UNAUTHORIZED, body: Box::new(Nothing) });
                };
                let opened = this.inner.open(signed).await?;
                if again || opened.status != UNAUTHORIZED {
                    return Ok(opened);
                }
                refused = Some(token);
            }
        })
    }
}

/// The body of an answer that was never given.
struct Nothing;

impl Bytes for Nothing {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(async { None })
    }
}

#[cfg(test)]
mod tests;
