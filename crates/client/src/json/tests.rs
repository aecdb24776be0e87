use super::*;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    With(u32),
    Named { n: i64 },
}

#[derive(Debug, Deserialize, PartialEq)]
struct Thing {
    name: String,
    #[serde(default)]
    maybe: Option<u32>,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    map: BTreeMap<String, bool>,
    #[serde(default)]
    signed: i64,
}

#[test]
fn texts_are_read_as_serde_json_reads_them() {
    for text in [
        r#"{"name":"a"}"#,
        r#" { "name" : "a\n\"\\\u00e1\ud83d\ude00/" , "maybe" : null, "unknown": [1, {"x": 1.5e3}] } "#,
        r#"{"name":"","kinds":["plain",{"with":7},{"named":{"n":-3}}],"map":{"x":true},"signed":-5}"#,
    ] {
        let ours: Thing = read(text.as_bytes()).unwrap();
        assert_eq!(ours, serde_json::from_str(text).unwrap(), "{text}");
    }
}

#[test]
fn what_is_cut_is_told_from_what_is_broken() {
    let whole = r#"{"name":"añ","maybe":12,"map":{"x":true}}"#;
    for end in 0..whole.len() {
        let cut = &whole.as_bytes()[..end];
        // A number that ends with the text could be whole.
        assert_eq!(read::<Thing>(cut), Err(JsonError::Cut), "{}", String::from_utf8_lossy(cut));
    }
    for broken in
        ["<html>", "{name:1}", r#"{"name":"a",}"#, r#"{"name":"a"}}"#, "{\"name\":\"\u{1}\"}", "tru3"]
    {
        assert_eq!(read::<Thing>(broken.as_bytes()), Err(JsonError::Malformed), "{broken}");
    }
    for other in [r#"{"name":1}"#, "{}", "[]", r#"{"name":"a","maybe":"1"}"#, r#"{"name":"a","maybe":-1}"#] {
        assert_eq!(read::<Thing>(other.as_bytes()), Err(JsonError::Unexpected), "{other}");
    }
}

#[test]
fn a_text_nested_without_end_is_refused() {
    let deep = "[".repeat(100_000);
    assert_eq!(read::<Vec<u32>>(deep.as_bytes()), Err(JsonError::Malformed));
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            proptest::collection::btree_map(".{0,6}", inner, 0..8)
                .prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_read_as_it_was_written(value in value()) {
        let text = serde_json::to_vec(&value).unwrap();
        prop_assert_eq!(read::<Value>(&text), Ok(value.clone()));
        let pretty = serde_json::to_vec_pretty(&json!([value])).unwrap();
        prop_assert!(read::<Value>(&pretty).is_ok());
    }

    #[test]
    fn no_text_makes_it_panic(text in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let (ours, theirs) = (read::<Value>(text.as_bytes()), serde_json::from_str::<Value>(&text));
        prop_assert!(theirs.is_err() || ours.is_ok() || text.contains(['.', 'e', 'E']), "{}", text);
        let _ = read::<Value>(&bytes);
    }
}
