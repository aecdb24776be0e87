//! Tokens for embedding: a CRM's back end asks for one in the name of a user, and the page works with it.

use bandeja_model::Scopes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How long a token for embedding is good at most, and unless told, in seconds.
pub const EMBED_TTL_S: u32 = 900;

/// `POST /session/embed-token`: asks for a token, with an API key as the bearer token of the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedTokenRequest {
    /// Mail address of the user whom the page is shown to.
    pub user_email: String,
    /// What the token is narrowed to; everything the user and the key have unless told.
    #[serde(default)]
    pub scopes: Scopes,
    /// How long it is good, from 1 to 900 seconds; 900 unless told.
    #[serde(default = "longest")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 900))]
    pub ttl_s: u32,
}

const fn longest() -> u32 {
    EMBED_TTL_S
}

/// A token for embedding: the bearer token of the page's calls, until it is over.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedToken {
    /// To be kept in memory only.
    pub token: String,
    /// When it is over, by the system's clock.
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for EmbedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbedToken").field("token", &"***").field("expires_at", &self.expires_at).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_shown_by_debug() {
        let token = EmbedToken { token: "bandeja_embed_1234".to_owned(), expires_at: DateTime::default() };
        assert!(!format!("{token:?}").contains("1234"));
    }

    #[test]
    fn a_request_that_names_only_the_user_asks_for_everything_and_the_longest_time() {
        let asked: EmbedTokenRequest = serde_json::from_str(r#"{"user_email":"ana@example.test"}"#).unwrap();
        assert!(asked.scopes.is_everything());
        assert_eq!(asked.ttl_s, EMBED_TTL_S);
        assert!(serde_json::from_str::<EmbedTokenRequest>(r#"{"user_email":"a","ttl":5}"#).is_err());
    }
}
