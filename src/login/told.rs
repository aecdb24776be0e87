//! Why signing in did not work, as values and in words. Pure.

use super::words::words;
use crate::i18n::{Locale, fill, plural};
use bandeja_client::ClientError;
use bandeja_contract::problem::code;
use bandeja_ui::{IconName, Tone};

/// What stands over the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub sentence: &'static str,
    /// What to do.
    pub detail: String,
    /// Its drawing.
    pub icon: IconName,
    /// What its colour means.
    pub tone: Tone,
}

/// Why it did not work. `wait_s` is how many seconds are left of a pause the server asked for.
pub fn told(error: &ClientError, wait_s: Option<u32>, locale: Locale) -> Told {
    let w = words(locale);
    let of = |sentence, detail: &str, icon, tone| Told { sentence, detail: detail.to_owned(), icon, tone };
    match (error, error.code()) {
        (_, code::WRONG_CREDENTIALS) => of(w.wrong, w.wrong_detail, IconName::Alert, Tone::Bad),
        (_, code::RATE_LIMITED) => {
            let detail = match wait_s {
                Some(seconds @ 1..) => fill(w.limited_detail, &[&wait_words(seconds, locale)]),
                _ => w.limited_soon.to_owned(),
            };
            of(w.limited, &detail, IconName::Clock, Tone::Warn)
        }
        (ClientError::Offline | ClientError::Timeout, _) => {
            of(w.offline, w.offline_detail, IconName::Offline, Tone::Warn)
        }
        _ => of(w.server, w.server_detail, IconName::Alert, Tone::Bad),
    }
}

/// A pause in words: seconds up to two minutes, then minutes.
fn wait_words(seconds: u32, locale: Locale) -> String {
    let w = words(locale);
    if seconds < 120 {
        let n = u64::from(seconds);
        fill(plural(n, w.second_one, w.second_other), &[&seconds.to_string()])
    } else {
        format!("{} min", seconds.div_ceil(60))
    }
}

/// Whether an address can be one at all; the server knows the rest.
pub fn looks_like_an_address(email: &str) -> bool {
    email.trim().split_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::Problem;

    fn problem(status: u16, code: &str) -> ClientError {
        ClientError::Problem(Box::new(Problem::new(status, code, "", "")))
    }

    #[test]
    fn a_pause_is_told_in_seconds_then_in_minutes() {
        let limited = problem(429, code::RATE_LIMITED);
        let es = |wait| told(&limited, wait, Locale::Es).detail;
        assert_eq!(es(Some(1)), "Podrás intentarlo de nuevo en 1 segundo.");
        assert_eq!(es(Some(42)), "Podrás intentarlo de nuevo en 42 segundos.");
        assert_eq!(es(Some(121)), "Podrás intentarlo de nuevo en 3 min.");
        assert_eq!(es(None), es(Some(0)));
    }

    #[test]
    fn no_network_is_not_blamed_on_the_password() {
        let offline = told(&ClientError::Offline, None, Locale::Es);
        let wrong = told(&problem(401, code::WRONG_CREDENTIALS), None, Locale::Es);
        assert_ne!(offline.sentence, wrong.sentence);
        assert!(
            told(&problem(500, code::INTERNAL), None, Locale::Es).detail.contains("No es por tu contraseña")
        );
    }

    #[test]
    fn an_address_needs_both_its_sides() {
        assert!(looks_like_an_address(" ana@nogal.test "));
        for odd in ["", "ana", "@nogal.test", "ana@"] {
            assert!(!looks_like_an_address(odd), "{odd}");
        }
    }
}
