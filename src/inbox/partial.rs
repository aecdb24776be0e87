//! What the rows leave out, where a foreign system can neither filter nor order by everything.
//!
//! It is said in words under the strip, never hidden: who counts on a list must know what it was made of.

use super::conditions::field_word;
use super::words::{InboxWords, words};
use crate::i18n::{Lang, Locale, fill, plural};
use bandeja_browser::desk;
use bandeja_contract::Partial;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind};
use leptos::prelude::*;

/// The note under the strip; nothing where the back end answered for all rows.
#[component]
pub fn PartialNote() -> impl IntoView {
    let lang = Lang::here();
    let list = desk().list.clone();
    let (partial, looking) = (list.partial.clone(), list.looking.clone());
    let list = StoredValue::new(list);
    let busy = Signal::derive(move || looking.get());
    view! { {move || {
        let partial = partial.get()?;
        let (w, locale) = (words(lang.get()), lang.get());
        let lines = said(&partial, w, locale, &|n| lang.number(n));
        if lines.is_empty() {
            return None;
        }
        let why = partial.first_fault.clone().unwrap_or_default();
        let lines: Vec<_> = lines.into_iter().map(|line| view! { <span>{line}</span> }).collect();
        let further = partial.more.then(|| view! {
            <Button
                kind=ButtonKind::Quiet
                small=true
                busy=busy
                on_click=move |()| list.with_value(bandeja_browser::List::look_further)
            >
                {w.partial_more}
            </Button>
        });
        Some(view! { <div class="partnote" role="status" title=why>{lines} {further}</div> })
    }} }
}

/// What is to be said, a sentence each.
fn said(partial: &Partial, w: &InboxWords, locale: Locale, number: &dyn Fn(u64) -> String) -> Vec<String> {
    let loaded = match partial.of {
        Some(of) if of > partial.loaded => fill(w.partial_of, &[&number(partial.loaded), &number(of)]),
        _ => number(partial.loaded),
    };
    let mut lines = Vec::new();
    // All rows were looked through: nothing is missing.
    if partial.more {
        let fields: Vec<_> = partial.fields.iter().map(|field| field_word(field, locale)).collect();
        lines.push(match (fields.is_empty(), partial.sorted) {
            (false, _) => fill(w.partial_filter, &[&loaded, &fields.join(", ")]),
            (true, true) => fill(w.partial_sort, &[&loaded]),
            (true, false) => fill(w.partial_rows, &[&loaded]),
        });
    }
    if partial.bad > 0 {
        let sentence = plural(partial.bad, w.partial_bad_one, w.partial_bad_other);
        lines.push(fill(sentence, &[&number(partial.bad)]));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(partial: &Partial) -> Vec<String> {
        said(partial, words(Locale::Es), Locale::Es, &|n| n.to_string())
    }

    #[test]
    fn a_filter_over_loaded_rows_names_its_fields_and_how_many_rows() {
        let partial = Partial {
            loaded: 200,
            more: true,
            of: Some(1_234),
            fields: vec!["team".to_owned(), "tag".to_owned()],
            ..Partial::default()
        };
        assert_eq!(lines(&partial), ["Filtro aplicado en las 200 de 1234 cargadas: equipo, etiqueta."]);
    }

    #[test]
    fn once_everything_was_looked_through_nothing_is_said() {
        let partial =
            Partial { loaded: 80, fields: vec!["team".to_owned()], sorted: true, ..Partial::default() };
        assert!(lines(&partial).is_empty());
    }

    #[test]
    fn rows_that_could_not_be_read_are_counted() {
        let partial = Partial { loaded: 80, bad: 2, ..Partial::default() };
        assert_eq!(lines(&partial), ["2 conversaciones no se pudieron leer."]);
    }
}
