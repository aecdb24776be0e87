//! What is asked, of whom, and how patiently.

use std::fmt;
use std::time::Duration;

/// What a run needs to know.
#[derive(Clone)]
pub struct Options {
    /// Where the contract's paths begin, without them, as in `https://inbox.example.com`.
    pub(crate) base_url: String,
    /// The bearer token, or the password of `name`; never shown.
    pub(crate) token: String,
    /// Who signs in by name and password. Without one the token is sent along with every call.
    pub name: Option<String>,
    /// Try calls that change something.
    pub write: bool,
    /// The conversation they are tried on; else one is looked for.
    pub conversation: Option<String>,
    /// How long one answer may take.
    pub patience: Duration,
    /// How long the event stream may be silent; zero: this is not waited for.
    pub heartbeat: Duration,
}

/// Why nothing can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionsError {
    /// The address does not begin with `http://` or `https://`.
    NoHttp,
    /// The address carries a user, a query or a fragment.
    MoreThanAnAddress,
    /// The token, or the password, is empty or has characters that no header takes.
    Token,
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHttp => "the base URL begins with http:// or https://",
            Self::MoreThanAnAddress => "the base URL is an address alone, without user, query or fragment",
            Self::Token => "the token is empty or has characters that no header takes",
        })
    }
}

impl std::error::Error for OptionsError {}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Options {
    /// Reading only, 10 s for an answer and 20 s for a heartbeat. A base URL may end with the contract's own base.
    pub fn new(base_url: &str, token: &str) -> Result<Self, OptionsError> {
        let url = base_url.trim().trim_end_matches('/');
        let url = url.strip_suffix(bandeja_contract::paths::BASE).unwrap_or(url).trim_end_matches('/');
        let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
        let rest = rest.filter(|rest| !rest.is_empty()).ok_or(OptionsError::NoHttp)?;
        if rest.contains(['@', '?', '#', ' ']) {
            return Err(OptionsError::MoreThanAnAddress);
        }
        let token = token.trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(OptionsError::Token);
        }
        Ok(Self {
            base_url: url.to_owned(),
            token: token.to_owned(),
            name: None,
            write: false,
            conversation: None,
            patience: Duration::from_secs(10),
            heartbeat: Duration::from_secs(20),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_may_end_with_the_contracts_base() {
        for text in
            ["http://a.test:1", "http://a.test:1/", "http://a.test:1/api/v1", "http://a.test:1/api/v1/"]
        {
            assert_eq!(Options::new(text, "t").unwrap().base_url, "http://a.test:1", "{text}");
        }
        assert_eq!(Options::new("https://a.test/inbox", "t").unwrap().base_url, "https://a.test/inbox");
    }

    #[test]
    fn what_cannot_be_asked_is_refused_and_the_token_is_never_shown() {
        let refused = |url, token| Options::new(url, token).unwrap_err();
        assert_eq!(refused("a.test", "t"), OptionsError::NoHttp);
        assert_eq!(refused("http://me:secret@a.test", "t"), OptionsError::MoreThanAnAddress);
        assert_eq!(refused("http://a.test", "two words"), OptionsError::Token);
        let options = Options::new("http://a.test", "very-secret").unwrap();
        assert!(!format!("{options:?}").contains("very-secret"));
    }
}
