//! The manual tells the truth: its first connector reads, its JSON is JSON, and its jq yields what it says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may"
)]

use bandeja_connector::plan::language::{Library, Tables, definitions_of};
use bandeja_connector::plan::{Expr, Place, Var, Vars, read, val};
use serde_json::{Value, json};
use std::sync::Arc;

const MANUAL: &str = include_str!("../../../docs/connect.md");

/// The blocks of JSON between two headings, each as a whole object or value.
fn blocks(from: &str, to: &str) -> Vec<Value> {
    let part = MANUAL.split_once(from).unwrap().1.split_once(to).unwrap().0;
    let blocks = part.split("```json\n").skip(1).map(|block| block.split_once("```").unwrap().0.trim());
    blocks
        .map(|block| {
            let block = block.trim_end_matches(',');
            let wrapped = format!("{{{block}}}");
            serde_json::from_str(block)
                .or_else(|_| serde_json::from_str(&wrapped))
                .unwrap_or_else(|error| panic!("{error} in\n{block}"))
        })
        .collect()
}

#[test]
fn the_first_connector_of_the_manual_reads_without_mistakes() {
    let mut file = json!({});
    for block in blocks("## Your first connector in ten steps", "## jq on one page") {
        for (key, value) in block.as_object().unwrap() {
            let target = if key == "filters" { &mut file["list"] } else { &mut file };
            target[key] = value.clone();
        }
    }
    let plan = read("acme.json", &serde_json::to_string_pretty(&file).unwrap());
    let plan = plan.unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(plan.acts.len(), 2);
    assert_eq!(plan.lists[0].filters.len(), 4);
}

#[test]
fn every_example_of_the_manual_is_json() {
    assert!(blocks("## Every key", "## What the app shows").len() > 10);
}

/// The cells of a row of a table.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_matches('|').replace("\\|", "\u{0}");
    row.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
}

/// The first code of a cell.
fn code(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.split_once('`').map(|(code, _)| code)
}

#[test]
fn jq_on_one_page_yields_what_it_says() {
    let page = MANUAL.split_once("## jq on one page").unwrap().1.split_once("Three things").unwrap().0;
    let tables = Arc::new(Tables::new());
    let maps = definitions_of(&tables);
    let library = Library::new(tables, &maps, "").unwrap();
    let mut tried = 0;
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cells = cells(row);
        let Some(input) = code(&cells[0]).and_then(|code| serde_json::from_str::<Value>(code).ok()) else {
            continue;
        };
        let (jq, expected) = (
            code(&cells[1]).unwrap(),
            code(&cells[2]).and_then(|code| serde_json::from_str::<Value>(code).ok()),
        );
        let expr = Expr::new(
            jq,
            Place::default(),
            library.compile(jq, &Var::ALL).unwrap_or_else(|wrong| panic!("{jq}: {wrong:?}")),
        );
        let found =
            expr.all(&val::from_json(&input), &Vars::default()).unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<Value> = found.iter().map(val::to_json).collect();
        match expected {
            Some(expected) => assert_eq!(found[0], expected, "{row}"),
            None => assert!(!found.is_empty(), "{row}"),
        }
        tried += 1;
    }
    assert!(tried > 12, "only {tried} rows were tried");
}
