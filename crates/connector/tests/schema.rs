//! The schema that editors use, and the reader: both know the same keys and take the same files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may"
)]

use bandeja_connector::plan::read;
use bandeja_connector::plan::read::KEYS;
use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/connectors"))
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join("schema.json")).unwrap()).unwrap()
}

/// What the schema has against a file.
fn refused(file: &Value) -> Option<String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("file:///schema.json", schema()).unwrap();
    let index =
        compiler.compile("file:///schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    schemas.validate(file, index).err().map(|error| format!("{error:#}"))
}

#[test]
fn every_delivered_file_is_taken_by_the_schema_and_by_the_reader() {
    let mut seen = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "schema.json" || path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        if let Some(error) = refused(&serde_json::from_str(&text).unwrap()) {
            panic!("{name} against the schema: {error}");
        }
        if let Err(mistakes) = read(&name, &text) {
            panic!("{mistakes}");
        }
        seen += 1;
    }
    assert!(seen > 0, "no files found");
}

/// Keys of an object of the schema, also where it is one of several forms.
fn keys(schema: &Value) -> BTreeSet<String> {
    let own = schema["properties"].as_object().map(|map| map.keys().cloned().collect::<BTreeSet<_>>());
    let keys = own.unwrap_or_else(|| {
        let forms = schema["oneOf"].as_array().into_iter().flatten();
        forms.filter_map(|form| form["properties"].as_object()).flat_map(|map| map.keys().cloned()).collect()
    });
    keys.into_iter().filter(|key| key != "$comment").collect()
}

#[test]
fn schema_and_reader_know_the_same_keys() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().unwrap();
    let mut ours: BTreeMap<&str, BTreeSet<String>> =
        KEYS.iter().map(|keys| (keys.kind, keys.keys.iter().map(ToString::to_string).collect())).collect();
    assert_eq!(keys(&schema), ours.remove("").unwrap(), "the file itself");
    for (kind, known) in &ours {
        let theirs = definitions.get(*kind).unwrap_or_else(|| panic!("the schema has no $defs/{kind}"));
        assert_eq!(&keys(theirs), known, "$defs/{kind}");
    }
    for (kind, schema) in definitions.iter().filter(|(_, schema)| !keys(schema).is_empty()) {
        assert!(
            ours.contains_key(kind.as_str()),
            "the reader knows nothing of $defs/{kind}: {:?}",
            keys(schema)
        );
    }
}

#[test]
fn every_key_of_the_schema_is_described_or_named_by_its_kind() {
    let schema = schema();
    for (kind, definition) in schema["$defs"].as_object().unwrap() {
        let described = definition.get("description").is_some()
            || definition["properties"]
                .as_object()
                .is_some_and(|map| map.values().any(|value| value.get("description").is_some()))
            || kind.ends_with("_fields");
        assert!(described, "$defs/{kind} says nothing to people");
    }
}

#[test]
fn both_refuse_the_same_slips() {
    let template: Value =
        serde_json::from_str(&fs::read_to_string(folder().join("template.json")).unwrap()).unwrap();
    let slips = [
        ("/list/itmes", json!(".x")),
        ("/transport/timeout_s", json!("20")),
        ("/list/filters/owner", json!("there")),
        ("/acts/reopen/steps", json!([])),
        ("/forms/close/description", json!("yes")),
        ("/name", json!("A b")),
        ("/connector", json!(3)),
        ("/auth/me/call", json!("me")),
        ("/conversation/fields/nope", json!(".x")),
        ("/errors/kinds/0/kind", json!("bad")),
        ("/acts/dance", json!({"steps": ["POST /x"]})),
        ("/polling/by", json!("magic")),
        ("/list/paging", json!("pages")),
        ("/maps/status/x", json!([])),
    ];
    for (pointer, value) in slips {
        let mut file = template.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        file.pointer_mut(parent).unwrap()[key] = value;
        assert!(refused(&file).is_some(), "the schema takes {pointer}");
        assert!(read("slip.json", &file.to_string()).is_err(), "the reader takes {pointer}");
    }
}
