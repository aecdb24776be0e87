//! Proof that a cookie call comes from our own page: a header that other sites cannot set.

use super::problem::ApiError;
use crate::secret;
use axum::http::{HeaderMap, Method};
use bandeja_contract::headers::CSRF;

/// Whether calls of this method change nothing and so need no proof.
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Checks the header of a call that came with a cookie whose session expects `expected`.
pub fn check(method: &Method, headers: &HeaderMap, expected: &str) -> Result<(), ApiError> {
    if is_safe(method) {
        return Ok(());
    }
    let sent = headers.get(CSRF).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !expected.is_empty() && secret::same(sent, expected) { Ok(()) } else { Err(ApiError::csrf()) }
}
