//! The way to the foreign API by `fetch`. Cookies go to the page's own origin only.

use super::listen::listen;
use super::scope::{scope, sleep};
use bandeja_connector::host::{Door, DoorError, Got, Heard, Listening, Local, Sent, SentBody};
use futures::future::{Either, select};
use js_sys::{Array, Reflect, Uint8Array};
use std::cell::RefCell;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, FormData, ReadableStreamDefaultReader, Request, RequestCredentials, RequestInit,
    Response,
};

/// `fetch` with the cookies that the page can read.
#[derive(Default)]
pub(super) struct FetchDoor {
    cookies: RefCell<String>,
}

impl FetchDoor {
    /// The page's cookies as they are now, in the form of `document.cookie`.
    pub(super) fn take_cookies(&self, cookies: Option<&str>) {
        if let Some(cookies) = cookies {
            cookies.clone_into(&mut self.cookies.borrow_mut());
        }
    }
}

impl Door for FetchDoor {
    fn send(&self, sent: Sent) -> Local<'static, Result<Got, DoorError>> {
        Box::pin(async move {
            let controller = AbortController::new().ok();
            let patience = sent.timeout_ms;
            let result = match select(pin!(ask(sent, controller.as_ref())), pin!(sleep(patience))).await {
                Either::Left((result, _)) => return result,
                Either::Right(_) => Err(DoorError::Timeout),
            };
            if let Some(controller) = &controller {
                controller.abort();
            }
            result
        })
    }

    fn listen(&self, to: Listening) -> Local<'static, Result<Heard, DoorError>> {
        Box::pin(listen(to))
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.borrow();
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
    }
}

async fn ask(sent: Sent, controller: Option<&AbortController>) -> Result<Got, DoorError> {
    let max_bytes = sent.max_bytes;
    let request = request(sent, controller).map_err(|_| DoorError::Unreachable)?;
    let response = JsFuture::from(scope().fetch_with_request(&request)).await;
    let response: Response = response.map_err(|_| DoorError::Unreachable)?.unchecked_into();
    let status = response.status();
    let body = read(&response, status, max_bytes).await;
    if body.is_err()
        && let Some(controller) = controller
    {
        controller.abort();
    }
    Ok(Got { status, redirected: response.redirected(), headers: headers(&response), body: body? })
}

pub(super) fn request(sent: Sent, controller: Option<&AbortController>) -> Result<Request, JsValue> {
    let init = RequestInit::new();
    init.set_method(&sent.method);
    init.set_signal(controller.map(AbortController::signal).as_ref());
    let own = scope().location().origin();
    let is_own = sent.url.starts_with('/') || is_of(&sent.url, &own);
    init.set_credentials(if is_own && sent.cookies {
        RequestCredentials::SameOrigin
    } else {
        RequestCredentials::Omit
    });
    let mut kind = None;
    match sent.body {
        SentBody::None => {}
        SentBody::Text { content_type, text } => {
            kind = Some(content_type);
            init.set_body(&JsValue::from_str(&text));
        }
        SentBody::Multipart(fields) => {
            let form = FormData::new()?;
            for (name, value) in fields {
                form.append_with_str(&name, &value)?;
            }
            init.set_body(&form);
        }
    }
    let request = Request::new_with_str_and_init(&sent.url, &init)?;
    let headers = request.headers();
    for (name, value) in sent.headers {
        headers.set(&name, &value)?;
    }
    if let Some(kind) = kind {
        headers.set("content-type", kind)?;
    }
    Ok(request)
}

/// Whether an address is one of that origin.
fn is_of(url: &str, origin: &str) -> bool {
    url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

fn headers(response: &Response) -> Vec<(String, String)> {
    let entries = response.headers().entries().into_iter().flatten();
    entries
        .filter_map(|entry| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// The body, as far as it may go.
async fn read(response: &Response, status: u16, max_bytes: usize) -> Result<Vec<u8>, DoorError> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let piece = read_piece(&reader).await.map_err(|_| DoorError::Cut { status })?;
        let Some(piece) = piece else { return Ok(bytes) };
        if bytes.len() + piece.len() > max_bytes {
            return Err(DoorError::TooLarge { status });
        }
        bytes.extend(piece);
    }
}

/// The next piece of a body; none when it is over.
pub(super) async fn read_piece(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let piece = JsFuture::from(reader.read()).await?;
    let value = Reflect::get(&piece, &JsValue::from_str("value"))?;
    Ok(value.dyn_into::<Uint8Array>().ok().map(|piece| piece.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    fn get(url: &str) -> Sent {
        Sent {
            method: "GET".to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            body: SentBody::None,
            timeout_ms: 5_000,
            cookies: true,
            max_bytes: 1_000,
        }
    }

    #[wasm_bindgen_test]
    async fn an_answer_comes_whole_with_its_headers() {
        let got = FetchDoor::default().send(get("data:application/json,%7B%22a%22%3A1%7D")).await.unwrap();
        assert_eq!((got.status, got.body.as_slice()), (200, br#"{"a":1}"#.as_slice()));
        assert_eq!(got.header("content-type"), Some("application/json"));
    }

    #[wasm_bindgen_test]
    async fn an_answer_over_the_limit_is_not_read_on() {
        let long = format!("data:text/plain,{}", "a".repeat(2_000));
        let got = FetchDoor::default().send(get(&long)).await;
        assert_eq!(got, Err(DoorError::TooLarge { status: 200 }));
    }

    #[wasm_bindgen_test]
    async fn nobody_there_is_unreachable() {
        let got = FetchDoor::default().send(get("http://127.0.0.1:1/")).await;
        assert_eq!(got, Err(DoorError::Unreachable));
    }

    #[wasm_bindgen_test]
    fn a_cookie_of_the_page_is_found_by_its_whole_name() {
        let door = FetchDoor::default();
        door.take_cookies(Some("xcsrf=no; csrf=a=b; theme=dark"));
        assert_eq!(door.cookie("csrf").as_deref(), Some("a=b"));
        assert_eq!(door.cookie("srf"), None);
    }

    #[wasm_bindgen_test]
    fn only_the_pages_own_origin_is_its_own() {
        assert!(is_of("https://a.test/x", "https://a.test") && is_of("https://a.test", "https://a.test"));
        assert!(!is_of("https://a.test.evil/x", "https://a.test"));
    }
}
