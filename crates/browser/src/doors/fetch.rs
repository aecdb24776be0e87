//! Calls and streams by `fetch`.

use super::clock::sleep;
use bandeja_client::traits::{Bytes, Local, Method, Opened, Request, Response, Transport, TransportError};
use futures::future::{Either, select};
use gloo_net::http::{self, RequestBuilder};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use std::future::Future;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCredentials};

/// How long an answer may take, in milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// The browser's own transport, or one in its place.
#[derive(Clone, Debug)]
pub struct FetchTransport {
    credentials: RequestCredentials,
    instead: Option<Function>,
}

impl Default for FetchTransport {
    /// Cookies go to the page's origin only.
    fn default() -> Self {
        Self { credentials: RequestCredentials::SameOrigin, instead: None }
    }
}

impl FetchTransport {
    /// No cookies at all: for calls that prove themselves otherwise, in a page whose cookies are somebody else's.
    pub const fn without_cookies() -> Self {
        Self { credentials: RequestCredentials::Omit, instead: None }
    }

    /// By a function in the place of `fetch`: it takes a `Request` and promises a `Response`.
    pub fn by(fetch: Function) -> Self {
        Self { instead: Some(fetch), ..Self::default() }
    }
}

impl Transport for FetchTransport {
    fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>> {
        let transport = self.clone();
        Box::pin(in_time(async move {
            let guard = Guard::new();
            let response = transport.start(request, &guard).await?;
            let status = response.status();
            let retry_after_s = response.headers().get("Retry-After").and_then(|text| text.parse().ok());
            let body = response.binary().await.map_err(|_| TransportError::Cut { status })?;
            Ok(Response { status, retry_after_s, body })
        }))
    }

    fn open(&self, request: Request) -> Local<'static, Result<Opened, TransportError>> {
        let transport = self.clone();
        Box::pin(in_time(async move {
            let guard = Guard::new();
            let response = transport.start(request, &guard).await?;
            let status = response.status();
            let reader = response.body().map(|body| body.get_reader().unchecked_into());
            let reader = reader.ok_or(TransportError::Cut { status })?;
            Ok(Opened { status, body: Box::new(Body { reader, _guard: guard }) })
        }))
    }
}

/// Aborts its call when dropped; nothing happens to one that is over.
struct Guard(Option<AbortController>);

impl Guard {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, TransportError>>) -> Result<T, TransportError> {
    match select(pin!(work), pin!(sleep(PATIENCE_MS))).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => Err(TransportError::Timeout),
    }
}

impl FetchTransport {
    async fn start(&self, request: Request, guard: &Guard) -> Result<http::Response, TransportError> {
        let method = match request.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Delete => http::Method::DELETE,
        };
        let signal = guard.0.as_ref().map(AbortController::signal);
        let mut builder = RequestBuilder::new(&request.url)
            .method(method)
            .credentials(self.credentials)
            .abort_signal(signal.as_ref());
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        // A request that cannot be made, or a fetch that fails with a TypeError: no way to the server.
        let request = match request.body {
            Some(body) => builder.body(body),
            None => builder.build(),
        };
        let request = request.map_err(|_| TransportError::Offline)?;
        let Some(fetch) = &self.instead else {
            return request.send().await.map_err(|_| TransportError::Offline);
        };
        let request = web_sys::Request::from(request);
        let promise = fetch.call1(&JsValue::UNDEFINED, &request).map_err(|_| TransportError::Offline)?;
        let response = JsFuture::from(promise.unchecked_into::<Promise>()).await;
        let response: web_sys::Response = response.map_err(|_| TransportError::Offline)?.unchecked_into();
        Ok(response.into())
    }
}

/// A body that is read as it comes.
struct Body {
    reader: ReadableStreamDefaultReader,
    _guard: Guard,
}

impl Bytes for Body {
    fn next(&mut self) -> Local<'_, Option<Vec<u8>>> {
        Box::pin(async move {
            let piece = JsFuture::from(self.reader.read()).await.ok()?;
            let value = Reflect::get(&piece, &JsValue::from_str("value")).ok()?;
            value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
        })
    }
}
