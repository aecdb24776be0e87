//! Origins of web pages (`https://crm.example.com`), as an installation names them: read strictly, and
//! written down the way browsers write them into `Origin`, so that both can be compared as text.

use std::fmt;
use std::str::FromStr;
use url::Url;

/// The origin of a web page, as browsers write it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

impl Origin {
    /// As it stands in headers.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// It stands for many.
    #[error("“{0}” stands for many sites: name each one, as in https://crm.example.com")]
    Wildcard(String),
    /// It is no address.
    #[error("“{0}” is no address: write scheme and host, as in https://crm.example.com")]
    NotUrl(String),
    /// It is of another kind than web pages have.
    #[error("“{0}” begins with {1}: and must begin with https: or http:")]
    Scheme(String, String),
    /// Something stands around scheme, host and port.
    #[error("“{0}” is more than an origin: write {1}")]
    More(String, String),
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (text, said) = (text.trim(), || text.trim().to_owned());
        if text.contains('*') {
            return Err(OriginError::Wildcard(said()));
        }
        let url = Url::parse(text).ok().filter(|_| text.contains("://"));
        let url = url.ok_or_else(|| OriginError::NotUrl(said()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(OriginError::Scheme(said(), url.scheme().to_owned()));
        }
        let origin = url.origin().ascii_serialization();
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !is_bare || !url.username().is_empty() || url.password().is_some() {
            return Err(OriginError::More(said(), origin));
        }
        Ok(Self(origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, wanted) in [
            ("https://crm.example.com", "https://crm.example.com"),
            (" HTTPS://CRM.Example.com:443/ ", "https://crm.example.com"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://ventas.niño.example", "https://ventas.xn--nio-8ma.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<Origin>().map(|origin| origin.to_string()), Ok(wanted.to_owned()));
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_with_what_to_write_instead() {
        let said = |text: &str| text.parse::<Origin>().unwrap_err().to_string();
        for text in ["*", "https://*.example.com", "*.example.com"] {
            assert!(said(text).contains("stands for many sites"), "{text}");
        }
        for text in
            ["", "crm.example.com", "localhost:3000", "null", "https://", "//crm.example.com", "https:/"]
        {
            assert!(said(text).contains("is no address"), "{text}: {}", said(text));
        }
        for text in ["ftp://crm.example.com", "file:///srv/crm", "data://x"] {
            assert!(said(text).contains("must begin with https"), "{text}");
        }
        for text in [
            "https://crm.example.com/inbox",
            "https://crm.example.com/?",
            "https://crm.example.com#x",
            "https://ana:secret@crm.example.com",
        ] {
            assert!(said(text).ends_with("write https://crm.example.com"), "{text}: {}", said(text));
        }
    }
}
