//! What a call notices of its token: nothing, as long as there is a good one to be had.

use super::*;
use crate::traits::Method;
use futures::executor::block_on;
use std::cell::{Cell, RefCell};

/// Takes one token only, and writes down which it was shown.
struct Server {
    good: &'static str,
    shown: RefCell<Vec<String>>,
}

impl Server {
    fn status(&self, request: &Request) -> u16 {
        let shown = request.headers.iter().find(|(name, _)| *name == "Authorization").unwrap().1.clone();
        let status = if shown == format!("Bearer {}", self.good) { 200 } else { 401 };
        self.shown.borrow_mut().push(shown);
        status
    }
}

struct To(Rc<Server>);

impl Transport for To {
    fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>> {
        let status = self.0.status(&request);
        Box::pin(async move { Ok(Response { status, retry_after_s: None, body: request.url.into_bytes() }) })
    }
    fn open(&self, request: Request) -> Local<'static, Result<Opened, TransportError>> {
        let status = self.0.status(&request);
        Box::pin(async move { Ok(Opened { status, body: Box::new(Nothing) }) })
    }
}

fn request() -> Request {
    Request { method: Method::Post, url: "/close".into(), headers: Vec::new(), body: Some("{}".into()) }
}

/// A server that takes `good` only, and a way to it whose tokens come from the list, the first one to begin with.
fn rig(good: &'static str, tokens: &'static [&'static str]) -> (Rc<Server>, Bearer) {
    let server = Rc::new(Server { good, shown: RefCell::default() });
    let at = Cell::new(0_usize);
    let give: Tokens = Rc::new(move |refused| {
        if refused.is_some() {
            at.set(at.get() + 1);
        }
        let token = tokens.get(at.get()).map(|token| (*token).to_owned());
        Box::pin(async move { token })
    });
    let bearer = Bearer::new(Rc::new(To(Rc::clone(&server))), give);
    (server, bearer)
}

#[test]
fn a_call_whose_token_ran_out_is_made_again_with_a_new_one_and_succeeds() {
    let (server, bearer) = rig("two", &["one", "two"]);
    assert_eq!(block_on(bearer.send(request())).unwrap().status, 200);
    assert_eq!(*server.shown.borrow(), ["Bearer one", "Bearer two"]);
    assert_eq!(block_on(bearer.open(request())).ok().unwrap().status, 200);
    assert_eq!(server.shown.borrow().len(), 3, "the new one is known by now");
}

#[test]
fn a_new_token_that_is_refused_too_ends_the_attempt() {
    let (server, bearer) = rig("none of them", &["one", "two", "three"]);
    assert_eq!(block_on(bearer.send(request())).unwrap().status, 401);
    assert_eq!(server.shown.borrow().len(), 2);
}

#[test]
fn without_a_token_nothing_is_sent() {
    let (server, bearer) = rig("one", &[]);
    assert_eq!(block_on(bearer.send(request())).unwrap().status, 401);
    assert_eq!(block_on(bearer.open(request())).ok().unwrap().status, 401);
    assert!(server.shown.borrow().is_empty());
}
