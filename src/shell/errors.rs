//! What went wrong, in words: what happened, what was kept, what to do. Codes go behind «Copiar detalle».

use super::words::words;
use crate::i18n::{Lang, Locale, fill};
use bandeja_client::ClientError;
use bandeja_contract::problem::code;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Empty, IconName, Toast, Toasts, platform};
use leptos::prelude::*;

/// What happened and what was kept, without codes.
pub fn error_words(error: &ClientError, locale: Locale) -> &'static str {
    let w = words(locale);
    match error {
        ClientError::Offline => w.error_offline,
        ClientError::Timeout => w.error_timeout,
        ClientError::SignedOut => w.error_signed_out,
        ClientError::Malformed { .. } => w.error_server,
        ClientError::Problem(problem) => match problem.code.as_str() {
            code::RATE_LIMITED => w.error_rate,
            code::INVALID_FILTER => w.error_filter,
            code::FORBIDDEN => w.error_forbidden,
            code::NOT_FOUND => w.missing_detail,
            code::BAD_ANSWER => w.error_answer,
            code::FEATURE_OFF => w.error_off,
            _ => w.error_server,
        },
    }
}

/// The same with what a foreign system said, where that is all there is to go by.
fn told(error: &ClientError, locale: Locale) -> String {
    let words_of = error_words(error, locale);
    let foreign = [code::BAD_ANSWER, code::FEATURE_OFF].contains(&error.code());
    let said = error.problem().map_or("", |problem| problem.detail.trim());
    if foreign && !said.is_empty() {
        fill(words(locale).error_said, &[words_of, said])
    } else {
        words_of.to_owned()
    }
}

/// What a support request needs: kinds and codes, never content.
pub fn error_detail(error: &ClientError, when: &str) -> String {
    let mut lines =
        vec![format!("Bandeja {}", env!("CARGO_PKG_VERSION")), when.to_owned(), error.to_string()];
    if let Some(problem) = error.problem() {
        lines.push(format!("status {}, code {}", problem.status, problem.code));
        lines.extend(problem.fields.iter().map(|field| format!("{}: {}", field.field, field.code)));
    }
    lines.join("\n")
}

/// An error in the place of what failed, with a way on.
#[component]
pub fn ErrorView(
    /// What failed: «No pudimos cargar la lista».
    #[prop(into)]
    sentence: Signal<String>,
    /// Why.
    #[prop(into)]
    error: Signal<ClientError>,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let lang = Lang::here();
    let desk = bandeja_browser::desk();
    let toasts = expect_context::<Toasts>();
    let copy = move |()| {
        let when = desk.now.get_untracked().to_rfc3339();
        let text = error.with_untracked(|error| error_detail(error, &when));
        let w = words(lang.get_untracked());
        platform::copy_text(&text, move |done| {
            let (words, icon) =
                if done { (w.copied, IconName::Copy) } else { (w.not_copied, IconName::Alert) };
            toasts.push(Toast::new("copy", words).with_icon(icon));
        });
    };
    let icon = move || {
        error.with(|error| if *error == ClientError::Offline { IconName::Offline } else { IconName::Alert })
    };
    view! {
        <Empty
            icon=Signal::derive(icon)
            sentence
            detail=Signal::derive(move || error.with(|error| told(error, lang.get())))
            alert=true
        >
            <Button kind=ButtonKind::Primary icon=IconName::Refresh on_click=on_retry>
                {move || words(lang.get()).retry}
            </Button>
            <Button kind=ButtonKind::Quiet icon=IconName::Copy on_click=copy.clone()>
                {move || words(lang.get()).copy_detail}
            </Button>
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::{FieldProblem, Problem};

    fn problem(code: &str) -> ClientError {
        ClientError::Problem(Box::new(Problem::new(500, code, "It broke", "at row 7 of Mariana")))
    }

    #[test]
    fn an_error_is_told_without_codes() {
        for locale in Locale::ALL {
            for code in [code::INTERNAL, code::RATE_LIMITED, code::INVALID_FILTER, "made_up"] {
                assert!(!error_words(&problem(code), locale).contains(code), "{code}");
            }
        }
    }

    #[test]
    fn the_detail_names_code_and_fields_and_no_content() {
        let mut problem = Problem::new(422, code::INVALID_FILTER, "The filter cannot be read", "secret");
        problem.fields.push(FieldProblem {
            field: "tag".to_owned(),
            code: "unknown_value".to_owned(),
            message: "secret".to_owned(),
        });
        let detail = error_detail(&ClientError::Problem(Box::new(problem)), "2025-11-22T10:00:00Z");
        assert!(detail.contains("status 422, code invalid_filter"), "{detail}");
        assert!(detail.contains("tag: unknown_value"), "{detail}");
        assert!(!detail.contains("secret"), "{detail}");
    }
}
