//! JSON bodies in and out. Strict: another media type, a larger body, an unknown field, a wrong type
//! are each answered with a problem that names them.

use super::limits;
use super::problem::ApiError;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bandeja_contract::problem::code;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A JSON body, read strictly; as an answer, written with its media type and never cached.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::media_type());
        }
        let body = limits::read(request.into_body()).await?;
        parse(&body).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                let headers = [
                    (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
                    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                ];
                (headers, body).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written as JSON");
                ApiError::internal().into_response()
            }
        }
    }
}

/// Reads a body; the problem names the field.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| explain(body, &error))?;
    reader.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

/// Whether a body says of itself that it is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn not_json(error: &serde_json::Error) -> ApiError {
    let detail = format!("The body is not JSON: {error}");
    ApiError::new(axum::http::StatusCode::BAD_REQUEST, code::INVALID, "Not JSON", detail)
}

fn explain(body: &[u8], error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    let inner = error.inner();
    let path = error.path().to_string();
    let path = if path == "." { "" } else { path.as_str() };
    // Whether it is JSON at all comes first, whatever was found wrong on the way.
    if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(body) {
        return not_json(&error);
    }
    if !inner.is_data() {
        // A number where a word belongs counts as a mistake of syntax there.
        return ApiError::invalid(path, "type", "This has another type.");
    }
    let words = inner.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    for (start, code) in
        [("unknown field `", "unknown"), ("missing field `", "required"), ("duplicate field `", "duplicate")]
    {
        if let Some(name) = words.strip_prefix(start).and_then(|rest| rest.split('`').next()) {
            return ApiError::invalid(join(path, name), code, words);
        }
    }
    let code = if words.starts_with("unknown variant") { "unknown_value" } else { "type" };
    ApiError::invalid(path, code, words)
}

/// `name` under `path`; some versions of the tracker count the name to the path already.
fn join(path: &str, name: &str) -> String {
    if path.is_empty() || path == name {
        name.to_owned()
    } else if path.rsplit('.').next() == Some(name) {
        path.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::{Inbound, SetAvailability, SignIn};

    fn fault<T: DeserializeOwned>(body: &str) -> (String, String) {
        let error = parse::<T>(body.as_bytes()).err().unwrap();
        let field = error.problem().fields.first();
        field.map_or_else(Default::default, |field| (field.field.clone(), field.code.clone()))
    }

    fn pair(field: &str, code: &str) -> (String, String) {
        (field.to_owned(), code.to_owned())
    }

    #[test]
    fn an_unknown_field_is_named_with_its_path() {
        assert_eq!(
            fault::<SignIn>(r#"{"email":"a","password":"b","remember":true}"#),
            pair("remember", "unknown")
        );
        let nested = r#"{"provider_message_id":"1","contact":{"address":"a","age":3},"text":"x"}"#;
        assert_eq!(fault::<Inbound>(nested), pair("contact.age", "unknown"));
    }

    #[test]
    fn a_missing_field_and_a_wrong_type_are_named() {
        assert_eq!(fault::<SignIn>(r#"{"email":"a"}"#), pair("password", "required"));
        assert_eq!(fault::<SignIn>(r#"{"email":7,"password":"b"}"#), pair("email", "type"));
        assert_eq!(fault::<SetAvailability>(r#"{"availability":3}"#), pair("availability", "type"));
        assert_eq!(
            fault::<SetAvailability>(r#"{"availability":"asleep"}"#),
            pair("availability", "unknown_value")
        );
    }

    #[test]
    fn what_is_not_json_names_no_field() {
        assert_eq!(fault::<SignIn>("{"), pair("", ""));
        assert_eq!(fault::<SignIn>(r#"{"email":"a","password":"b"} x"#), pair("", ""));
        assert!(parse::<SignIn>(b"\xff\xfe").is_err());
    }
}
