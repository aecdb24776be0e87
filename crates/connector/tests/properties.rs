//! What holds for any file and any answer: nothing panics, and every mistake has a place inside the file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may"
)]

use bandeja_connector::plan::{Plan, Vars, read, val};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

const TEMPLATE: &str = include_str!("../../../public/connectors/template.json");

/// Any JSON, with words of the format among its keys and texts.
fn anything() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        "[a-z$.{}|\" ]{0,12}",
        Just("list".to_owned()),
        Just("call".to_owned()),
        Just("GET /x".to_owned()),
        Just("{{$args.id}}".to_owned()),
        Just(".a | from_status".to_owned()),
        Just("{{".to_owned()),
        Just("here".to_owned()),
        Just("acts".to_owned()),
        Just("steps".to_owned()),
        Just("fields".to_owned()),
        Just("id".to_owned()),
        ".{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f32>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Whether every mistake of a file stands inside of it.
fn places_are_inside(text: &str) -> Result<(), TestCaseError> {
    let Err(mistakes) = read("any.json", text) else { return Ok(()) };
    prop_assert!(!mistakes.0.is_empty());
    let lines: Vec<usize> = text.split('\n').map(|line| line.chars().count()).collect();
    for mistake in &mistakes.0 {
        let line = lines.get(mistake.place.line as usize - 1);
        let inside = line.is_some_and(|length| mistake.place.column as usize <= length + 1);
        prop_assert!(inside, "outside of the file: {mistake}");
    }
    Ok(())
}

/// Every pointer of a value.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), into);
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| pointers(value, &format!("{at}/{index}"), into)),
        _ => {}
    }
}

fn template() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| read("template.json", TEMPLATE).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_read_or_refused_with_places(value in anything(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        places_are_inside(&text)?;
    }

    #[test]
    fn any_text_is_refused_with_a_place(text in ".{0,60}") {
        places_are_inside(&text)?;
    }

    #[test]
    fn a_file_that_was_cut_or_scratched_is_refused_with_places(at in 0..TEMPLATE.len(), length in 0_usize..8, put in ".{0,3}") {
        let bytes = TEMPLATE.as_bytes();
        let mut text = bytes[..at].to_vec();
        text.extend(put.bytes());
        text.extend(&bytes[(at + length).min(bytes.len())..]);
        places_are_inside(&String::from_utf8_lossy(&text))?;
    }

    #[test]
    fn any_value_anywhere_in_the_template_is_read_or_refused_with_places(pick in any::<prop::sample::Index>(), value in anything()) {
        let mut file: Value = serde_json::from_str(TEMPLATE).unwrap();
        let mut all = Vec::new();
        pointers(&file, "", &mut all);
        *file.pointer_mut(pick.get(&all).as_str()).unwrap() = value;
        places_are_inside(&serde_json::to_string_pretty(&file).unwrap())?;
    }

    #[test]
    fn any_answer_is_mapped_or_an_error(answer in anything(), wrapped in any::<bool>()) {
        let answer = if wrapped { json!({"results": [answer], "count": 1}) } else { answer };
        let answer = val::from_json(&answer);
        let (plan, vars) = (template(), Vars::default());
        for list in &plan.lists {
            for row in list.items.list(&answer, &vars).unwrap_or_default() {
                for (_, field) in &plan.conversation.0 {
                    drop(field.value.text(&row, &vars));
                    drop(field.value.number(&row, &vars));
                }
            }
        }
        for place in &plan.errors.message {
            drop(place.text(&answer, &vars));
        }
    }
}
