//! The host page as the app sees it.

use super::told::{Answer, OfMany, OfOne};
use super::{Port, Settings, events, following};
use crate::shell::{Around, AskedField, Ended, Ending, Inside, Verdict};
use bandeja_client::traits::Local;
use bandeja_client::{Intent, json};
use bandeja_model::{Conversation, ConversationId};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Fields of the page's own, by name, for one conversation.
type Filled = (ConversationId, BTreeMap<String, String>);

/// The page around one element.
pub(super) struct HostPage {
    port: Rc<dyn Port>,
    settings: ArcRwSignal<Settings>,
    inside: Rc<RefCell<Option<Inside>>>,
    /// What was filled in of the page's own fields for the conversation that is being ended.
    values: RefCell<Option<Filled>>,
}

impl HostPage {
    pub(super) fn new(
        port: Rc<dyn Port>,
        settings: ArcRwSignal<Settings>,
        inside: Rc<RefCell<Option<Inside>>>,
    ) -> Self {
        Self { port, settings, inside, values: RefCell::default() }
    }
}

impl Around for HostPage {
    fn moved_in(&self, inside: Inside) {
        *self.inside.borrow_mut() = Some(inside.clone());
        following::follow(&self.settings, &inside, &self.port);
        events::tell(&inside, &self.port);
    }

    fn ask_again(&self) {
        if let Some(inside) = &*self.inside.borrow() {
            inside.desk.resume();
        }
    }

    fn signs_in(&self) -> bool {
        self.port.gives_tokens()
    }

    fn may_end(&self, ending: Ending) -> Local<'static, Verdict> {
        let Ending { what, intent, values } = ending;
        let detail = match &what {
            Ended::One(conversation) => {
                *self.values.borrow_mut() = Some((conversation.id.clone(), values.clone()));
                OfOne::of(conversation, &intent, &values).and_then(|one| serde_json::to_string(&one).ok())
            }
            Ended::Many(count, selection) => OfMany::of(*count, selection, &intent, &values)
                .and_then(|many| serde_json::to_string(&many).ok()),
        };
        let answer = detail.map(|detail| self.port.ask("before-close", &detail));
        Box::pin(async move {
            let answer = match answer {
                Some(answer) => answer.await,
                None => None,
            };
            answer.map(|text| verdict(&text)).unwrap_or_default()
        })
    }

    fn ended(&self, intent: &Intent, conversation: &Conversation) {
        let kept = self.values.borrow_mut().take().filter(|(id, _)| *id == conversation.id);
        let values = kept.map(|(_, values)| values).unwrap_or_default();
        if let Some(ended) = OfOne::of(conversation, intent, &values) {
            events::say(&self.port, "conversation-closed", &ended);
        }
    }
}

/// Reads what the page answered; what cannot be read refuses nothing.
fn verdict(text: &str) -> Verdict {
    let answer: Answer = json::read(text.as_bytes()).unwrap_or_default();
    let named = answer.fields.into_iter().filter(|field| !field.name.is_empty());
    let fields = named.map(|field| AskedField {
        label: if field.label.is_empty() { field.name.clone() } else { field.label },
        name: field.name,
    });
    Verdict { veto: answer.veto, fields: fields.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_refuses_with_a_reason_and_asks_for_fields() {
        let said = verdict(r#"{"veto":"Falta el pedido","fields":[{"name":"order"},{"label":"nameless"}]}"#);
        assert_eq!(said.veto.as_deref(), Some("Falta el pedido"));
        assert_eq!(said.fields, [AskedField { name: "order".into(), label: "order".into() }]);
    }

    #[test]
    fn an_answer_that_cannot_be_read_refuses_nothing() {
        for text in ["", "null", "no", "{}"] {
            assert_eq!(verdict(text), Verdict::default(), "{text}");
        }
    }
}
