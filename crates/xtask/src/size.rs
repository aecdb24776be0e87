//! `size`: what a browser downloads until the list of the inbox stands and works, against the limit the project has
//! set itself; what it fetches behind it; and what the admins' page and the elements take, which have no limit.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{
    build,
    dist::{Page, brotli, without_hash},
    entries::{ADMIN, EMBED, Entry, INBOX, WORKER},
    files::written_by_people,
    project::Project,
};

/// The most the inbox may weigh, in bytes: 300 kB, counted the strict way.
const LIMIT: usize = 300_000;
/// The same limit in binary kilobytes, as it stands in the JSON.
const LIMIT_IN_JSON: usize = 300 * 1024;

/// Compressed size in bytes by file name without hash.
type Sizes = BTreeMap<String, usize>;

/// What the release weighs.
struct Weighed {
    /// What the page waits for.
    first: Sizes,
    /// The parts that are fetched once the list stands: the thread, then the rest.
    behind: Sizes,
    /// What the admins' page waits for; nothing comes behind it.
    admin: Sizes,
    /// What an element in somebody else's page waits for; its other parts come behind it, as the inbox's do.
    embed: Sizes,
    /// What is fetched besides where a connector is configured.
    connector: Sizes,
}

/// Measures the release build; an error when it is over the limit.
pub(crate) fn run(project: &mut Project, as_json: bool) -> Result<()> {
    build::app(project)?;
    let weighed = measure(project)?;
    let total = weighed.first.values().sum();
    println!("{}", if as_json { json_line(&weighed, total) } else { table(&weighed, total) });
    if total > LIMIT {
        bail!("the inbox weighs {total} bytes, {} more than it may", total - LIMIT);
    }
    Ok(())
}

fn measure(project: &Project) -> Result<Weighed> {
    let dist = project.dist();
    let (of_inbox, of_admin) = (loaded(project, &INBOX)?, loaded(project, &ADMIN)?);
    let weigh = |files: &[String]| {
        let mut sizes = Sizes::new();
        for file in files {
            let content = fs::read(dist.join(file)).with_context(|| format!("cannot read dist/{file}"))?;
            sizes.insert(without_hash(file), brotli(&content)?.len());
        }
        anyhow::Ok(sizes)
    };
    let (mut behind, mut of_embed, mut connector) = (Vec::new(), Vec::new(), Vec::new());
    let workers = format!("{}/", WORKER.folder);
    for path in written_by_people(&dist)? {
        let name = path.strip_prefix(&dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let is_a = |wanted: &str| path.extension().is_some_and(|kind| kind == wanted);
        let is_part = is_a("wasm") && !name.ends_with("_bg.wasm");
        let is_ours = name == EMBED.page || name.starts_with(&format!("{}-", EMBED.folder));
        let plain = without_hash(&name);
        let file = name.rsplit('/').next().unwrap_or(&name);
        if is_ours && (file.starts_with(WORKER.program) || file == "connect.js") {
            // The same that our own page fetches, which is weighed below.
            continue;
        }
        if plain.starts_with(&workers) || plain == "connect.js" {
            if is_a("wasm") || is_a("js") {
                connector.push(name);
            }
        } else if is_ours && !is_part && !is_a("br") {
            of_embed.push(name);
        } else if is_part && !is_ours && !of_inbox.contains(&name) {
            behind.push(name);
        }
    }
    Ok(Weighed {
        first: weigh(&of_inbox)?,
        behind: weigh(&behind)?,
        admin: weigh(&of_admin)?,
        embed: weigh(&of_embed)?,
        connector: weigh(&connector)?,
    })
}

/// What a page waits for, itself among it.
fn loaded(project: &Project, entry: &Entry) -> Result<Vec<String>> {
    let page = entry.page;
    let html =
        fs::read_to_string(project.dist().join(page)).with_context(|| format!("cannot read dist/{page}"))?;
    let mut files = Page::new(html).loaded();
    files.push(page.to_owned());
    Ok(files)
}

fn json_line(weighed: &Weighed, total: usize) -> String {
    format!(
        r#"{{"brotli_total":{total},"parts":{},"fetched_behind":{},"limit":{LIMIT_IN_JSON},"admin":{{"brotli_total":{},"parts":{}}},"embed":{{"brotli_total":{},"parts":{}}},"connector":{{"brotli_total":{},"parts":{}}}}}"#,
        json!(weighed.first),
        json!(weighed.behind),
        weighed.admin.values().sum::<usize>(),
        json!(weighed.admin),
        weighed.embed.values().sum::<usize>(),
        json!(weighed.embed),
        weighed.connector.values().sum::<usize>(),
        json!(weighed.connector)
    )
}

fn table(weighed: &Weighed, total: usize) -> String {
    let behind: usize = weighed.behind.values().sum();
    let admin: usize = weighed.admin.values().sum();
    let embed: usize = weighed.embed.values().sum();
    let connector: usize = weighed.connector.values().sum();
    format!(
        "bytes with brotli, until the list stands and works\n{}\n{total:>10}  together, of at most {LIMIT}\n\n\
         fetched behind it: the thread, then everything else\n{}\n{behind:>10}  together\n\n\
         the admins' page, which shares the style sheet and the start with the inbox\n{}\n{admin:>10}  together\n\n\
         an element in somebody else's page, whose other parts come behind it too\n{}\n{embed:>10}  together\n\n\
         fetched besides where a connector is configured\n{}\n{connector:>10}  together",
        rows(&weighed.first),
        rows(&weighed.behind),
        rows(&weighed.admin),
        rows(&weighed.embed),
        rows(&weighed.connector)
    )
}

/// The heaviest first.
fn rows(sizes: &Sizes) -> String {
    let mut by_size: Vec<_> = sizes.iter().collect();
    by_size.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
    let rows: Vec<_> = by_size.iter().map(|(name, size)| format!("{size:>10}  {name}")).collect();
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed() -> Weighed {
        Weighed {
            first: Sizes::from([("bandeja.css".to_owned(), 900), ("app/bandeja_bg.wasm".to_owned(), 99_000)]),
            behind: Sizes::from([("app/split_rest.wasm".to_owned(), 50_000)]),
            admin: Sizes::from([
                ("admin/bandeja-admin_bg.wasm".to_owned(), 80_000),
                ("admin.css".to_owned(), 700),
            ]),
            embed: Sizes::from([("embed/bandeja-embed_bg.wasm".to_owned(), 95_000)]),
            connector: Sizes::from([("worker/bandeja-worker_bg.wasm".to_owned(), 400_000)]),
        }
    }

    #[test]
    fn the_json_is_one_line_with_total_parts_and_limit() {
        let line = json_line(&weighed(), 99_900);
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["brotli_total"], 99_900);
        assert_eq!(value["parts"]["app/bandeja_bg.wasm"], 99_000);
        assert_eq!(value["fetched_behind"]["app/split_rest.wasm"], 50_000);
        assert_eq!(value["limit"], 307_200);
        assert_eq!(value["admin"]["brotli_total"], 80_700);
        assert_eq!(value["admin"]["parts"]["admin.css"], 700);
        assert_eq!(value["embed"]["brotli_total"], 95_000);
        assert_eq!(value["connector"]["brotli_total"], 400_000);
    }

    #[test]
    fn the_table_begins_with_the_heaviest_and_tells_what_comes_later_apart() {
        let text = table(&weighed(), 99_900);
        assert!(text.find("bandeja_bg.wasm") < text.find("bandeja.css"));
        assert!(text.contains("99900") && text.contains("50000") && text.contains("80700"));
    }
}
