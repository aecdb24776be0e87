//! Why saving did not work, if that is about no field. Pure.

use super::words::words;
use crate::i18n::Locale;
use bandeja_client::ClientError;
use bandeja_contract::problem::code;

/// What happened, and what to do.
pub(in crate::admin) fn failure(error: &ClientError, locale: Locale) -> &'static str {
    let w = words(locale);
    match error {
        ClientError::Offline => w.failed_offline,
        ClientError::Timeout => w.failed_timeout,
        ClientError::SignedOut => w.failed_signed_out,
        ClientError::Malformed { .. } => w.failed_server,
        ClientError::Problem(problem) => match problem.code.as_str() {
            code::FORBIDDEN => w.failed_forbidden,
            code::NOT_FOUND => w.failed_not_found,
            code::RATE_LIMITED => w.failed_rate,
            code::INVALID => w.failed_refused,
            _ => w.failed_server,
        },
    }
}
