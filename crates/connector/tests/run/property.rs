//! Whatever a foreign API sends: nothing panics, and a row is whole or bad, never in between.

use crate::world::*;
use bandeja_connector::run::sample;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "0",
            "1970-01-01",
            "<b>x",
            "closed",
            "in",
            "\u{202e}",
            "9999999999999"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn good() -> Value {
    json!({
        "id": 42, "status": 3, "created": "2026-11-01T10:00:00Z", "email": "c@x.test", "owner": 7, "tags": ["b"],
        "priority": "low", "unread": 2, "text": "<p>Hola</p>", "at": 1_795_000_000, "who": {"name": "Ana"}
    })
}

fn plan() -> bandeja_connector::plan::Plan {
    read(&file(json!({
        "conversation": {"fields": {
            "priority": ".priority", "unread": ".unread", "last_message.text": {"jq": ".text", "html": true},
            "last_message.at": ".at", "contact.name": ".who.name", "closing.at": ".at", "closing.description": ".text"
        }},
        "thread": {"sources": [{"items": ".entries", "fields": {
            "id": ".id", "at": ".at", "body": {"jq": ".text", "html": true}, "author": ".who", "kind": ".kind", "event": ".event",
            "direction": ".direction", "mentions": ".tags", "delivery": ".delivery"
        }}]}
    })))
}

proptest! {
    #[test]
    fn a_good_row_with_one_thing_changed_is_whole_or_bad(key in prop::sample::select(vec!["id", "status", "created", "email", "owner", "tags", "priority", "unread", "text", "at", "who"]), value in anything()) {
        let mut raw = good();
        raw[key] = value.clone();
        let found = sample::conversation(&plan(), &BTreeMap::new(), &raw.to_string());
        if let Ok(row) = found {
            let c = row.conversation;
            prop_assert!(!c.id.as_str().is_empty());
            // What was given, and not null, is in the row as it was given.
            if key != "owner" {
                let owner = c.owner.unwrap();
                prop_assert_eq!(owner.as_str(), "7");
            }
            if key != "unread" {
                prop_assert_eq!(c.unread, 2);
            } else if let Some(count) = value.as_u64() {
                prop_assert_eq!(u64::from(c.unread), count.min(u64::from(u32::MAX)));
            }
            if key == "tags" && !value.is_null() && value != json!(false) {
                prop_assert_eq!(c.tags.len() <= value.as_array().unwrap().len(), true);
            }
        }
    }

    #[test]
    fn anything_at_all_is_read_without_harm(raw in anything()) {
        let plan = plan();
        let _ = sample::conversation(&plan, &BTreeMap::new(), &raw.to_string());
        let _ = sample::list(&plan, &BTreeMap::new(), &json!({"results": raw}).to_string());
        let _ = sample::list(&plan, &BTreeMap::new(), &json!({"results": [raw]}).to_string());
        let _ = sample::thread(&plan, &BTreeMap::new(), 0, &json!({"entries": [raw]}).to_string());
    }

    #[test]
    fn any_bytes_are_an_answer_or_a_fault(status in 100_u16..600, kind in prop::sample::select(vec!["", "application/json", "text/html; charset=utf-8", "application/json; charset=iso-8859-1", "text/plain; charset=x"]), body in prop::collection::vec(any::<u8>(), 0..60), good in any::<bool>()) {
        let body = if good { json!({"results": [good], "count": -3.5}).to_string().into_bytes() } else { body };
        let (runner, _) = desk(json!({}), move |_| got(status, kind, body.clone()));
        let _ = list(&runner, "group=open");
    }
}
