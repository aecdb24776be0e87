//! How an installation wants its gateway, and what may not be served to whom.

use bandeja_contract::SignInWay;
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the environment's secrets begin with: `BANDEJA_SECRET_TOKEN` is the secret `token`.
const VARIABLE: &str = "BANDEJA_SECRET_";

/// A connector file with what it is given. No `Debug`: secrets are in it.
#[derive(Clone)]
pub struct Connector {
    /// Its name, for messages.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Values of its settings, `base_url` among them.
    pub settings: BTreeMap<String, String>,
    /// Secrets that the environment or a file brings.
    pub secrets: BTreeMap<String, String>,
}

/// How an installation wants its gateway.
#[derive(Clone)]
pub struct Settings {
    /// In front of what.
    pub connector: Connector,
    /// Everybody who reaches the gateway works with the environment's secrets.
    pub shared: bool,
    /// The secret that a bearer token becomes; where there is none, nobody comes in by one.
    pub bearer_secret: Option<String>,
    /// How users sign in, where it is not by mail address and password.
    pub sign_in: Option<SignInWay>,
    /// The app's files; without them only the API is served.
    pub dist: Option<PathBuf>,
    /// A proxy of ours stands in front and sets `X-Forwarded-Proto` and `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Something in front checks who comes.
    pub trust_network: bool,
    /// The program that runs an engine.
    pub program: PathBuf,
    /// How long an engine may be busy without a sign of life.
    pub patience: Duration,
    /// How long an engine stays that nobody calls.
    pub idle: Duration,
}

/// Why there is no gateway.
#[derive(Debug)]
pub enum GatewayError {
    /// Files or the network failed: doing what, and why.
    Io(String, std::io::Error),
    /// The connector file is wrong; every mistake, in words.
    Mistakes(String),
    /// What was asked for cannot be done.
    Refused(String),
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(what, error) => write!(f, "{what}: {error}"),
            Self::Mistakes(words) | Self::Refused(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for GatewayError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(_, error) => Some(error),
            Self::Mistakes(_) | Self::Refused(_) => None,
        }
    }
}

impl Settings {
    /// Refuses to offer one account's rights to whoever comes by.
    pub fn check_address(&self, address: &SocketAddr) -> Result<(), GatewayError> {
        if !self.shared || self.trust_network || address.ip().is_loopback() {
            return Ok(());
        }
        Err(GatewayError::Refused(format!(
            "nobody signs in here, so everybody who reaches {address} would work with the secrets given: listen on \
             127.0.0.1, or say --trust-network if something in front checks who comes"
        )))
    }
}

/// Secrets of the environment, then those of a file of lines `name=value`, which win.
pub fn read_secrets(
    environment: impl Iterator<Item = (String, String)>,
    file: Option<&Path>,
) -> Result<BTreeMap<String, String>, GatewayError> {
    let mut secrets: BTreeMap<_, _> = environment
        .filter_map(|(name, value)| Some((name.strip_prefix(VARIABLE)?.to_ascii_lowercase(), value)))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect();
    let Some(file) = file else { return Ok(secrets) };
    let text = std::fs::read_to_string(file)
        .map_err(|error| GatewayError::Io(format!("cannot read {}", file.display()), error))?;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The line itself is not shown: a secret may stand in it.
        let wrong = || GatewayError::Refused(format!("{}:{number}: write name=value", file.display()));
        let (name, value) = line.split_once('=').ok_or_else(wrong)?;
        secrets.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
    }
    Ok(secrets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(shared: bool, trust_network: bool) -> Settings {
        let none = BTreeMap::new();
        let connector =
            Connector { name: "a".to_owned(), text: "{}".to_owned(), settings: none.clone(), secrets: none };
        Settings {
            connector,
            shared,
            bearer_secret: None,
            sign_in: None,
            dist: None,
            behind_proxy: false,
            trust_network,
            program: PathBuf::new(),
            patience: Duration::from_secs(1),
            idle: Duration::from_secs(1),
        }
    }

    #[test]
    fn one_account_for_all_is_offered_to_this_machine_alone_unless_something_in_front_checks() {
        let (near, far) = ("127.0.0.1:80".parse().unwrap(), "0.0.0.0:80".parse().unwrap());
        assert!(settings(true, false).check_address(&near).is_ok());
        let refused = settings(true, false).check_address(&far).unwrap_err().to_string();
        assert!(refused.contains("--trust-network"), "{refused}");
        assert!(settings(true, true).check_address(&far).is_ok());
        assert!(settings(false, false).check_address(&far).is_ok());
    }

    #[test]
    fn secrets_come_from_the_environment_and_from_a_file_that_wins() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets");
        std::fs::write(&file, "# mine\n\n token = abc=def \nPassword=x\n").unwrap();
        let environment = [("BANDEJA_SECRET_TOKEN", "old"), ("BANDEJA_SECRET_KEY", "k"), ("PATH", "/bin")];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let secrets = read_secrets(environment.into_iter(), Some(&file)).unwrap();
        let expected = [("key", "k"), ("password", "x"), ("token", "abc=def")];
        assert_eq!(secrets, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_without_what_stands_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets");
        std::fs::write(&file, "a=b\ntamarindo\n").unwrap();
        let error = read_secrets(std::iter::empty(), Some(&file)).unwrap_err().to_string();
        assert!(error.contains(":2:") && !error.contains("tamarindo"), "{error}");
    }
}
