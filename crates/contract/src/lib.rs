//! The REST contract between the app and any back end.
//!
//! Owns paths, request and response bodies, events and problem errors. Knows no transport and no
//! rule: rules are in `bandeja-model`. The OpenAPI document is made from these types.

pub mod actions;
pub mod bulk;
pub mod embed;
pub mod events;
pub mod lists;
pub mod paths;
pub mod problem;
pub mod resources;
pub mod session;
pub mod timing;

pub use actions::*;
pub use bulk::*;
pub use embed::*;
pub use events::*;
pub use lists::*;
pub use problem::{FieldProblem, Problem};
pub use resources::*;
pub use session::*;
pub use timing::*;

/// Names of the headers the contract gives a meaning.
pub mod headers {
    /// Quoted version of the conversation an action was decided on.
    pub const IF_MATCH: &str = "If-Match";
    /// Makes a repeated call answer as the first time.
    pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
    /// Proves that a cookie call comes from our own page.
    pub const CSRF: &str = "X-Bandeja-CSRF";
    /// Signature of a gateway's call: `sha256=<hex>`.
    pub const SIGNATURE: &str = "X-Bandeja-Signature";
    /// Id of the last event received.
    pub const LAST_EVENT_ID: &str = "Last-Event-ID";
}

/// The ETag of a version: quoted, as `If-Match` wants it.
pub fn etag(version: u64) -> String {
    format!("\"{version}\"")
}

/// Reads an ETag back; `None` is not one of ours.
pub fn version_of(etag: &str) -> Option<u64> {
    etag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_is_the_quoted_version() {
        assert_eq!(etag(7), "\"7\"");
        assert_eq!(version_of("\"7\""), Some(7));
        assert_eq!(version_of("7"), None);
        assert_eq!(version_of("W/\"7\""), None);
    }
}
