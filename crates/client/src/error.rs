//! What a call can end in when it does not end well, each with a stable kind so that screens can word it.

use crate::json::{self, JsonError};
use bandeja_contract::problem::code;
use bandeja_contract::{FieldProblem, Problem, SignInWay};
use bandeja_model::Conversation;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a call did not bring what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientError {
    /// The server could not be reached.
    Offline,
    /// It did not answer in time; whether it acted is unknown.
    Timeout,
    /// It refused, and said why.
    Problem(Box<Problem>),
    /// It answered something that is not of the contract: a page of a proxy, a cut body.
    Malformed {
        /// HTTP status of the answer.
        status: u16,
        /// A few words for a support request, without content of the answer.
        hint: String,
    },
    /// Nobody is signed in any more.
    SignedOut,
}

impl ClientError {
    /// Stable word for the kind: `offline`, `timeout`, `problem`, `malformed`, `signed_out`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Timeout => "timeout",
            Self::Problem(_) => "problem",
            Self::Malformed { .. } => "malformed",
            Self::SignedOut => "signed_out",
        }
    }

    /// What the server said, if it refused.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// The stable code of the problem (see [`code`]); empty for other kinds.
    pub fn code(&self) -> &str {
        self.problem().map_or("", |problem| &problem.code)
    }

    /// Does not exist or may not be seen, which is the same (P4).
    pub fn is_not_found(&self) -> bool {
        self.code() == code::NOT_FOUND
    }

    /// The conversation as it is now, when the action was decided on an older one or an undo was
    /// refused because something happened since (P18).
    pub fn is_stale(&self) -> Option<&Conversation> {
        self.problem().and_then(|problem| problem.current.as_deref())
    }

    /// What is said of a field, if it is among the wrong ones.
    pub fn field(&self, name: &str) -> Option<&FieldProblem> {
        self.problem().and_then(|problem| problem.field(name))
    }

    /// Whether the same call may do better later: nothing was wrong with the call itself.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout => true,
            Self::Malformed { status, .. } => *status >= 500 || *status < 300,
            Self::Problem(problem) => problem.status >= 500 || matches!(problem.status, 408 | 425 | 429),
            Self::SignedOut => false,
        }
    }

    /// The error an unsuccessful answer stands for.
    pub(crate) fn of_answer(status: u16, body: &[u8]) -> Self {
        let problem = match json::read::<Problem>(body) {
            Ok(problem) => problem,
            Err(_) => match in_place_of(status) {
                Some(problem) => problem,
                None => return Self::malformed(status, body, "not a problem body"),
            },
        };
        if status == 401 && problem.code != code::WRONG_CREDENTIALS {
            return Self::SignedOut;
        }
        Self::Problem(Box::new(Problem { status, ..problem }))
    }

    /// The error a body stands for that cannot be read.
    pub(crate) fn malformed(status: u16, body: &[u8], reason: &str) -> Self {
        let looks = match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => "empty",
            Some(b'<') => "markup",
            Some(b'{' | b'[') => "json",
            Some(_) => "text",
        };
        Self::Malformed { status, hint: format!("{reason} ({looks}, {} bytes)", body.len()) }
    }
}

/// What a status means when a proxy answered instead of the server. A 404 is not among them: a page of
/// a web server says nothing about a conversation.
fn in_place_of(status: u16) -> Option<Problem> {
    let (code, title) = match status {
        401 => (code::UNAUTHENTICATED, "Sign in again"),
        413 => (code::TOO_LARGE, "Too large"),
        429 => (code::RATE_LIMITED, "Too many calls"),
        502..=504 => (code::UNAVAILABLE, "The server cannot be reached"),
        500..=599 => (code::INTERNAL, "The server failed"),
        _ => return None,
    };
    Some(Problem::new(status, code, title, ""))
}

/// How one signs in, as a 401 says it.
pub(crate) fn sign_in_way(body: &[u8]) -> Option<SignInWay> {
    json::read::<Problem>(body).ok()?.sign_in
}

/// Reads a successful answer.
pub(crate) fn read<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, ClientError> {
    json::read(body).map_err(|error| {
        let reason = if error == JsonError::Cut { "cut" } else { "unexpected" };
        ClientError::malformed(status, body, reason)
    })
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline => f.write_str("the server cannot be reached"),
            Self::Timeout => f.write_str("the server did not answer in time"),
            Self::Problem(problem) => write!(f, "{} ({})", problem.title, problem.code),
            Self::Malformed { status, hint } => write!(f, "unreadable answer, status {status}: {hint}"),
            Self::SignedOut => f.write_str("signed out"),
        }
    }
}

impl std::error::Error for ClientError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_proxy_is_the_servers_absence_and_not_a_crash() {
        let error = ClientError::of_answer(502, b"<html>Bad Gateway</html>");
        assert_eq!(error.code(), code::UNAVAILABLE);
        assert!(error.is_transient());
    }

    #[test]
    fn a_page_that_is_not_found_says_nothing_about_a_conversation() {
        let error = ClientError::of_answer(404, b"<html>nginx</html>");
        assert!(!error.is_not_found());
        assert_eq!(error.kind(), "malformed");
    }

    #[test]
    fn a_cut_answer_is_malformed_and_names_no_content() {
        let error = read::<Problem>(200, br#"{"title":"secret words","#).unwrap_err();
        assert_eq!(error.kind(), "malformed");
        assert!(!error.to_string().contains("secret"));
    }

    #[test]
    fn a_wrong_password_is_a_problem_and_any_other_401_means_signed_out() {
        let body = |code: &str| serde_json::to_vec(&Problem::new(401, code, "t", "")).unwrap();
        let wrong = ClientError::of_answer(401, &body(code::WRONG_CREDENTIALS));
        assert_eq!(wrong.code(), code::WRONG_CREDENTIALS);
        assert_eq!(ClientError::of_answer(401, &body(code::UNAUTHENTICATED)), ClientError::SignedOut);
        assert_eq!(ClientError::of_answer(401, b""), ClientError::SignedOut);
    }

    #[test]
    fn only_calls_that_were_right_are_worth_repeating() {
        assert!(
            !ClientError::of_answer(
                422,
                &serde_json::to_vec(&Problem::new(422, "invalid", "t", "")).unwrap()
            )
            .is_transient()
        );
        assert!(ClientError::of_answer(429, b"").is_transient());
        assert!(ClientError::Timeout.is_transient());
        assert!(!ClientError::SignedOut.is_transient());
    }
}
