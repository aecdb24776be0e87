//! What came back, made readable: text by its character set, JSON where it is JSON, and in words what it is where it
//! is not.

use super::{charset, say};
use crate::host::Got;
use crate::plan::val::{self, Val};

/// A foreign answer.
#[derive(Clone)]
pub(super) struct Answer {
    /// HTTP status.
    pub(super) status: u16,
    /// It came from another address because of a redirect.
    pub(super) redirected: bool,
    /// Headers by name in small letters.
    pub(super) headers: Val,
    /// JSON, or a text if it is none; null if it is empty.
    pub(super) body: Val,
    /// What the body is.
    pub(super) form: Form,
    /// The body broke off or was too large, though the status says that it was done.
    pub(super) lost: bool,
    /// Its media type as it came.
    content_type: String,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Empty,
    /// JSON.
    Json,
    /// HTML.
    Html,
    /// Another text.
    Text,
    /// JSON that breaks off or is wrong.
    BrokenJson,
    /// No text at all, or not in the character set that it declares.
    Bytes,
}

impl Answer {
    /// Reads what came.
    pub(super) fn of(got: &Got) -> Self {
        let content_type = got.header("content-type").unwrap_or_default().to_owned();
        let (form, body) = read(&got.body, &content_type);
        let headers = got.headers.iter().map(|(name, value)| (name.as_str(), val::text(value.as_str())));
        Self {
            status: got.status,
            redirected: got.redirected,
            headers: val::object(headers),
            body,
            form,
            lost: false,
            content_type,
        }
    }

    /// It was done, but what was said is lost.
    pub(super) fn lost(status: u16) -> Self {
        Self { lost: true, ..Self::of(&Got { status, ..Got::default() }) }
    }

    /// The same as expressions of signs and conditions see it.
    pub(super) fn whole(&self) -> Val {
        val::object([
            ("status", val::int(i64::from(self.status))),
            ("redirected", Val::Bool(self.redirected)),
            ("headers", self.headers.clone()),
            ("body", self.body.clone()),
        ])
    }

    /// A header by its name in small letters.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let Val::Obj(headers) = &self.headers else { return None };
        headers.get(&val::text(name)).map(val::scalar_text)
    }

    /// What it is instead of JSON, in words.
    pub(super) fn instead_of_json(&self) -> String {
        let kind = self.content_type.split(';').next().unwrap_or_default().trim();
        let kind = if kind.is_empty() { "no content type" } else { kind };
        match (self.form, &self.body) {
            (Form::Empty, _) => "JSON was expected, but the answer is empty".to_owned(),
            (Form::BrokenJson, body) => {
                format!("the JSON of the answer is broken: {}", say::glimpse(&val::scalar_text(body)))
            }
            (Form::Bytes, _) => match charset::declared(&self.content_type) {
                Some(set) => {
                    format!("JSON was expected, but the answer ({kind}) is not in its character set {set}")
                }
                None => format!("JSON was expected, but the answer ({kind}) is no text"),
            },
            (_, body) => {
                format!("JSON was expected, but {kind} came: {}", say::glimpse(&val::scalar_text(body)))
            }
        }
    }
}

fn read(bytes: &[u8], content_type: &str) -> (Form, Val) {
    let Some(text) = charset::decode(bytes, content_type) else { return (Form::Bytes, Val::Null) };
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return (Form::Empty, Val::Null);
    }
    let media = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let says_json = media.ends_with("json");
    // Some send JSON as text/plain or text/html, so the text itself decides; a bare word is JSON only if it says so.
    let looks_json = trimmed.starts_with(['{', '[']);
    if says_json || looks_json {
        if let Ok(value) = val::parse(trimmed.as_bytes()) {
            return (Form::Json, value);
        }
        if says_json && !trimmed.starts_with('<') {
            return (Form::BrokenJson, val::text(text));
        }
    }
    let form = if media.contains("html") || trimmed.starts_with('<') { Form::Html } else { Form::Text };
    (form, val::text(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(content_type: &str, body: &[u8]) -> Answer {
        Answer::of(&Got {
            status: 200,
            redirected: false,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.to_vec(),
        })
    }

    #[test]
    fn json_is_recognised_whatever_its_label_says() {
        assert_eq!(answer("text/html", b"{\"a\":1}").form, Form::Json);
        assert_eq!(answer("application/vnd.api+json", b"3").form, Form::Json);
        assert_eq!(answer("text/plain", b"3").form, Form::Text);
        assert_eq!(answer("application/json", b"").form, Form::Empty);
    }

    #[test]
    fn what_came_instead_is_said_without_its_tags() {
        let page = answer("text/html; charset=utf-8", b"<title>x</title><h1>Bad   gateway</h1><p>nginx</p>");
        assert_eq!(page.instead_of_json(), "JSON was expected, but text/html came: Bad gateway nginx");
        let broken = answer("application/json", b"{\"items\": [1,");
        assert_eq!(broken.instead_of_json(), "the JSON of the answer is broken: {\"items\": [1,");
        assert!(answer("image/png", b"\x89PNG\xFF").instead_of_json().contains("image/png"));
        assert!(answer("application/json; charset=klingon", b"{}").instead_of_json().contains("klingon"));
    }

    #[test]
    fn latin_1_is_read_as_such() {
        let name = answer("application/json; charset=iso-8859-1", b"[\"Pe\xF1a\"]").body;
        assert_eq!(val::to_json(&name), serde_json::json!(["Peña"]));
    }
}
