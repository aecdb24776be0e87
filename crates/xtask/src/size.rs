//! `size`: what a browser downloads until the inbox works, against the limit the project has set itself.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{
    build,
    dist::{Page, brotli, without_hash},
    project::Project,
};

/// The most the inbox may weigh, in bytes: 300 kB, counted the strict way.
const LIMIT: usize = 300_000;
/// The same limit in binary kilobytes, as it stands in the JSON.
const LIMIT_IN_JSON: usize = 300 * 1024;

/// Compressed size in bytes by file name without hash.
type Parts = BTreeMap<String, usize>;

/// Measures the release build; an error when it is over the limit.
pub(crate) fn run(project: &mut Project, as_json: bool) -> Result<()> {
    build::app(project)?;
    let parts = measure(project)?;
    let total = parts.values().sum();
    println!("{}", if as_json { json_line(&parts, total) } else { table(&parts, total) });
    if total > LIMIT {
        bail!("the inbox weighs {total} bytes, {} more than it may", total - LIMIT);
    }
    Ok(())
}

fn measure(project: &Project) -> Result<Parts> {
    let dist = project.dist();
    let html = fs::read_to_string(dist.join("index.html")).context("cannot read dist/index.html")?;
    let mut files = Page::new(html).loaded();
    files.push("index.html".to_owned());
    let mut parts = Parts::new();
    for file in files {
        let content = fs::read(dist.join(&file)).with_context(|| format!("cannot read dist/{file}"))?;
        parts.insert(without_hash(&file), brotli(&content)?.len());
    }
    Ok(parts)
}

fn json_line(parts: &Parts, total: usize) -> String {
    format!(r#"{{"brotli_total":{total},"parts":{},"limit":{LIMIT_IN_JSON}}}"#, json!(parts))
}

fn table(parts: &Parts, total: usize) -> String {
    let mut by_size: Vec<_> = parts.iter().collect();
    by_size.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
    let rows: Vec<_> = by_size.iter().map(|(name, size)| format!("{size:>10}  {name}")).collect();
    format!(
        "bytes with brotli, until the inbox works\n{}\n{total:>10}  together, of at most {LIMIT}",
        rows.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts::from([("bandeja.css".to_owned(), 900), ("bandeja_bg.wasm".to_owned(), 99_000)])
    }

    #[test]
    fn the_json_is_one_line_with_total_parts_and_limit() {
        let line = json_line(&parts(), 99_900);
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["brotli_total"], 99_900);
        assert_eq!(value["parts"]["bandeja_bg.wasm"], 99_000);
        assert_eq!(value["limit"], 307_200);
    }

    #[test]
    fn the_table_begins_with_the_heaviest() {
        let text = table(&parts(), 99_900);
        assert!(text.find("bandeja_bg.wasm") < text.find("bandeja.css"));
        assert!(text.contains("99900"));
    }
}
