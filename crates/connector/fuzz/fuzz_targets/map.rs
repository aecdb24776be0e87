//! Mapping any answer of a foreign API by the fields of the delivered template: no panic, and an end.
#![no_main]

use bandeja_connector::plan::{Plan, Vars, read, val};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static PLAN: OnceLock<Option<Plan>> = OnceLock::new();

fuzz_target!(|body: &[u8]| {
    let template = include_str!("../../../../public/connectors/template.json");
    let Some(plan) = PLAN.get_or_init(|| read("template.json", template).ok()) else { return };
    let Ok(answer) = val::parse(body) else { return };
    let vars = Vars::default();
    for list in &plan.lists {
        for row in list.items.list(&answer, &vars).unwrap_or_default() {
            for (_, field) in &plan.conversation.0 {
                drop(field.value.one(&row, &vars));
            }
        }
    }
    for (_, field) in &plan.conversation.0 {
        drop(field.value.all(&answer, &vars));
    }
    for place in &plan.errors.message {
        drop(place.text(&answer, &vars));
    }
});
