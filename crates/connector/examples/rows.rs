//! How many rows of fifteen fields a second are mapped: `cargo run --release -p bandeja-connector --example rows`.

use bandeja_connector::plan::language::{Library, Table, Tables, Wrong, definitions_of};
use bandeja_connector::plan::{Expr, Place, Var, Vars, val};
use serde_json::json;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

const FIELDS: [&str; 15] = [
    ".id",
    ".status | from_status",
    ".subject",
    ".created",
    ".updated",
    ".assignee.id",
    ".team // null",
    "[.tags[] | .name]",
    ".contact.name",
    ".contact.email",
    ".contact.phone",
    ".unread > 0",
    ".last.text",
    "if .last.author == .contact.id then \"in\" else \"out\" end",
    "$names.users[.assignee.id | tostring] // null",
];

fn main() -> Result<(), Box<dyn Error>> {
    let table =
        Table { pairs: vec![("1".to_owned(), json!("new")), ("2".to_owned(), json!("closed"))], other: None };
    let tables = Arc::new(Tables::from([("status".to_owned(), table)]));
    let maps = definitions_of(&tables);
    let start = Instant::now();
    let library = Library::new(tables, &maps, "").map_err(said)?;
    let loaded = start.elapsed();
    let start = Instant::now();
    let mut fields = Vec::new();
    for text in FIELDS {
        fields.push(Expr::new(text, Place::default(), library.compile(text, &Var::ALL).map_err(said)?));
    }
    let compiled = start.elapsed();
    let body = json!((0..10_000).map(|id| json!({
        "id": id, "status": 1 + id % 2, "subject": "An order that did not arrive", "created": "2026-01-02T03:04:05Z",
        "updated": 1_770_000_000 + id, "assignee": {"id": id % 50}, "tags": [{"name": "a"}, {"name": "b"}],
        "contact": {"id": id, "name": "Ana", "email": "ana@example.com", "phone": null}, "unread": id % 3,
        "last": {"text": "And where is it now?", "author": id}
    })).collect::<Vec<_>>()).to_string();
    let start = Instant::now();
    let rows = val::parse(body.as_bytes())?;
    let parsed = start.elapsed();
    let names = val::object((0..50).map(|id| (id.to_string(), val::text("Name"))));
    let vars = Vars::default().with(Var::Names, val::object([("users", names)]));
    let start = Instant::now();
    let mut values = 0_usize;
    if let val::Val::Arr(rows) = &rows {
        for row in rows.iter() {
            for field in &fields {
                values += usize::from(field.one(row, &vars)?.is_some());
            }
        }
    }
    let mapped = start.elapsed();
    println!("library {loaded:?}, 15 expressions {compiled:?}, {} bytes of JSON {parsed:?}", body.len());
    println!("{values} values in {mapped:?}: {:.0} rows/s", 10_000.0 / mapped.as_secs_f64());
    Ok(())
}

fn said(wrong: Vec<Wrong>) -> String {
    format!("{wrong:?}")
}
