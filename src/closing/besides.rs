//! What a host page has a say in when a conversation is ended, or many are: it may refuse, or ask for fields besides.
//!
//! Owns what it asked for and what was filled in. A field of the closing form that it names becomes required; any
//! other is its own, and what stands in it goes to the host page alone. In a page of our own nothing of this is there.

use super::typed::Typed;
use super::words::words;
use crate::acting::Acting;
use crate::i18n::Lang;
use crate::shell::{AskedField, Ended, Ending, Outside};
use bandeja_client::Intent;
use bandeja_model::closing::{ClosingField, ClosingForm, FieldMode};
use bandeja_ui::view;
use bandeja_ui::{IconName, Notice, TextField, Tone};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What the host page said to one dialog. Copies speak of the same.
#[derive(Clone, Copy)]
pub(crate) struct Besides {
    outside: Outside,
    lang: Lang,
    veto: RwSignal<Option<String>>,
    required: RwSignal<Vec<ClosingField>>,
    own: RwSignal<Vec<AskedField>>,
    values: RwSignal<BTreeMap<String, String>>,
    tried: RwSignal<bool>,
}

/// Whether a conversation may be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MayEnd {
    /// Yes.
    Go,
    /// Something is missing first; it is marked.
    Fill,
    /// No; the dialog says why.
    No,
}

impl Besides {
    pub(crate) fn new(acting: &Acting) -> Self {
        Self {
            outside: acting.outside,
            lang: acting.lang,
            veto: RwSignal::new(None),
            required: RwSignal::default(),
            own: RwSignal::default(),
            values: RwSignal::default(),
            tried: RwSignal::new(false),
        }
    }

    /// The dialog is about something else.
    pub(crate) fn forget(self) {
        self.veto.set(None);
        self.required.set(Vec::new());
        self.own.set(Vec::new());
        self.values.set(BTreeMap::new());
        self.tried.set(false);
    }

    /// The form with what the host page requires of it.
    pub(crate) fn stricter(self, form: Memo<ClosingForm>) -> Memo<ClosingForm> {
        Memo::new(move |_| {
            let mut form = form.get();
            self.required.with(|required| required.iter().for_each(|field| require(&mut form, *field)));
            form
        })
    }

    /// Asks the host page.
    pub(crate) async fn ask(self, what: Ended, intent: Intent, typed: &Typed, form: &ClosingForm) -> MayEnd {
        let Some(around) = self.outside.around() else { return MayEnd::Go };
        let values = self.values.try_get_untracked().unwrap_or_default();
        let verdict = around.may_end(Ending { what, intent, values: values.clone() }).await;
        self.veto.try_set(verdict.veto.clone());
        let (required, own) = sorted(verdict.fields);
        let asked = typed.asked_for(form);
        let missing = required.iter().any(|field| is_empty(*field, &asked))
            || own.iter().any(|field| values.get(&field.name).is_none_or(|value| value.trim().is_empty()));
        // Fields asked for before stay where they are: they may be filled already.
        let known = self.own.try_get_untracked().unwrap_or_default();
        self.tried.try_set(own.iter().all(|field| known.contains(field)));
        if missing {
            self.required.try_set(required);
            self.own.try_set(own);
        }
        match (verdict.veto.is_some(), missing) {
            (true, _) => MayEnd::No,
            (false, true) => MayEnd::Fill,
            (false, false) => MayEnd::Go,
        }
    }
}

/// Which fields of the closing form are asked for, and which of the host page's own.
fn sorted(fields: Vec<AskedField>) -> (Vec<ClosingField>, Vec<AskedField>) {
    let known = |name: &str| {
        // On the wire a classification is named by its id; a page may leave that out.
        let names =
            |field: &ClosingField| field.name() == name || field.name().strip_suffix("_id") == Some(name);
        super::typed::FIELDS.into_iter().find(names)
    };
    let (of_form, own): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| known(&field.name).is_some());
    (of_form.iter().filter_map(|field| known(&field.name)).collect(), own)
}

fn require(form: &mut ClosingForm, field: ClosingField) {
    let mode = match field {
        ClosingField::Description => &mut form.description,
        ClosingField::Category => &mut form.category,
        ClosingField::Subcategory => &mut form.subcategory,
        ClosingField::Summary => &mut form.summary,
    };
    *mode = FieldMode::Required;
}

fn is_empty(field: ClosingField, typed: &Typed) -> bool {
    match field {
        ClosingField::Description => typed.draft.description.trim().is_empty(),
        ClosingField::Category => typed.draft.category_id.is_none(),
        ClosingField::Subcategory => typed.draft.subcategory_id.is_none(),
        ClosingField::Summary => typed.draft.summary.trim().is_empty(),
    }
}

/// The host page's fields, and its reason where it refused.
pub(crate) fn besides(it: Besides) -> AnyView {
    let own = move || it.own.get().into_iter().map(|field| own_field(it, field)).collect::<Vec<_>>();
    let refused = move || {
        let w = words(it.lang.get());
        it.veto.get().map(|reason| {
            let sentence = if reason.is_empty() { w.vetoed.to_owned() } else { reason };
            view! { <Notice tone=Tone::Bad icon=IconName::Alert sentence=sentence detail=w.kept.to_owned()/> }
        })
    };
    view! {
        {own}
        {refused}
    }
    .into_any()
}

fn own_field(it: Besides, field: AskedField) -> AnyView {
    let AskedField { name, label } = field;
    let key = StoredValue::new(name);
    let value = Memo::new(move |_| {
        it.values.with(|values| key.with_value(|name| values.get(name).cloned()).unwrap_or_default())
    });
    let error = move || {
        let is_missing = it.tried.get() && value.with(|value| value.trim().is_empty());
        is_missing.then(|| words(it.lang.get()).missing_own.to_owned())
    };
    view! {
        <TextField
            label=label
            required=true
            value=value
            error=Signal::derive(error)
            on_input=move |text| it.values.update(|values| drop(values.insert(key.get_value(), text)))
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::closing::ClosingForms;

    fn field(name: &str) -> AskedField {
        AskedField { name: name.to_owned(), label: String::new() }
    }

    #[test]
    fn a_field_of_the_form_is_told_from_one_of_the_host_page() {
        let (of_form, own) =
            sorted(vec![field("order"), field("category"), field("subcategory_id"), field("Summary")]);
        assert_eq!(of_form, [ClosingField::Category, ClosingField::Subcategory]);
        assert_eq!(own, [field("order"), field("Summary")]);
    }

    #[test]
    fn what_a_host_page_requires_is_required_whatever_the_setting_says() {
        let mut form = ClosingForms::default().close;
        assert_eq!(form.summary, FieldMode::Off);
        require(&mut form, ClosingField::Summary);
        assert_eq!(form.summary, FieldMode::Required);
    }
}
