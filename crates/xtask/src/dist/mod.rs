//! The release of the app: its programs, style sheets and pages put together in `dist/`, named by what they hold,
//! checked against what a strict Content-Security-Policy refuses, and compressed.

mod compress;
mod element;
mod page;
mod parts;
mod worker;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use self::parts::Parts;
pub(crate) use self::{
    compress::brotli,
    page::{Page, without_hash},
};

use crate::{
    entries::{PAGES, SHEETS, Sheet},
    files::{short_hash, written_by_people},
    project::Project,
    style,
};

/// Puts the release together from the compiled programs.
pub(crate) fn run(project: &Project) -> Result<()> {
    style::run(project)?;
    let staging = project.scratch().join("dist");
    if staging.is_dir() {
        fs::remove_dir_all(&staging)?;
    }
    copy(&project.path("public"), &staging)?;
    for sheet in SHEETS {
        fs::copy(project.path(&sheet.bundle()), staging.join(sheet.name))
            .with_context(|| format!("cannot read the joined style sheet {}", sheet.name))?;
    }
    let mut pages = Vec::new();
    for entry in PAGES {
        let parts = parts::make(project, entry)?;
        copy(&parts.folder, &staging.join(&parts.name))?;
        let html = fs::read_to_string(project.path(entry.page))
            .with_context(|| format!("cannot read {}", entry.page))?;
        pages.push((html, parts));
    }
    element::add(project, &staging)?;
    let worker = worker::add(project, &staging)?;
    finish(&staging, &pages, &worker)?;
    let dist = project.dist();
    if dist.is_dir() {
        fs::remove_dir_all(&dist)?;
    }
    fs::rename(&staging, &dist).context("cannot put the finished release into dist")
}

/// The pages with what they load, and compressed copies. `worker` is what a connector runs in.
fn finish(staging: &Path, pages: &[(String, Parts)], worker: &str) -> Result<()> {
    let starting = Starting {
        script: name_by_content(staging, "start.js")?,
        connect: name_by_content(staging, "connect.js")?,
        worker,
    };
    let sheets = SHEETS
        .iter()
        .map(|sheet| Ok((*sheet, name_by_content(staging, sheet.name)?)))
        .collect::<Result<Vec<_>>>()?;
    for (html, parts) in pages {
        let name = parts.entry.page;
        let page =
            dress(html, parts, &starting, &sheets).with_context(|| format!("{name} cannot be finished"))?;
        fs::write(staging.join(name), page.text()).with_context(|| format!("cannot write {name}"))?;
    }
    compress::all(staging)
}

/// What starts a page, and what it fetches where a connector is configured.
struct Starting<'a> {
    script: String,
    connect: String,
    worker: &'a str,
}

/// One page: what a development build acts on is replaced by what the release loads.
fn dress(html: &str, parts: &Parts, starting: &Starting<'_>, sheets: &[(Sheet, String)]) -> Result<Page> {
    let mut page = Page::new(html.to_owned());
    page.drop_comments();
    for (sheet, named) in sheets.iter().filter(|(sheet, _)| parts.entry.sheets.contains(sheet)) {
        let mark = format!("href=\"{}\"", sheet.bundle());
        page.take_the_place_of(&mark, &format!("<link rel=\"stylesheet\" href=\"/{named}\">"))?;
    }
    page.take_the_place_of("rel=\"copy-dir\"", "")?;
    page.take_the_place_of("rel=\"rust\"", &loading(starting, parts))?;
    if let Some(inline) = page.inline_code() {
        bail!("it holds {inline}, which a strict Content-Security-Policy refuses");
    }
    Ok(page)
}

/// The tags that load a program: what it waits for is asked for before any script runs.
fn loading(starting: &Starting<'_>, parts: &Parts) -> String {
    let (glue, first) = (parts.glue(), parts.first());
    let Starting { script, connect, worker } = starting;
    let modules = [Some(glue.clone()), parts.loader()];
    let mut tags: Vec<_> = modules
        .iter()
        .flatten()
        .map(|module| format!("<link rel=\"modulepreload\" href=\"/{module}\">"))
        .collect();
    tags.push(format!(
        "<link rel=\"preload\" href=\"/{first}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
    ));
    tags.push(format!(
        "<script type=\"module\" src=\"/{script}\" data-js=\"/{glue}\" data-wasm=\"/{first}\" \
         data-connect=\"/{connect}\" data-worker=\"/{worker}\"></script>"
    ));
    tags.join("\n")
}

/// Renames a file by what it holds: `start-0123456789abcdef.js`.
fn name_by_content(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    let named = format!("{stem}-{}.{extension}", short_hash(&content));
    fs::rename(&path, folder.join(&named))?;
    Ok(named)
}

/// Copies a folder with all it holds.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in written_by_people(from)? {
        let target: PathBuf = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(dir) = target.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::{ADMIN, Entry, INBOX};

    const HTML: &str = "<head>\n<!-- why -->\n<link data-trunk rel=\"css\" href=\"target/style/bandeja.css\">\n\
        <link data-trunk rel=\"copy-dir\" href=\"public\">\n<link data-trunk rel=\"rust\">\n</head>\n<body></body>\n";

    const WORKER_AT: &str = "worker-1/start.js";

    fn staging(name: &str) -> PathBuf {
        let staging = std::env::temp_dir().join(format!("bandeja-{name}-{}", std::process::id()));
        fs::create_dir_all(staging.join("app-1")).unwrap();
        fs::write(staging.join("start.js"), "begin();".repeat(100)).unwrap();
        fs::write(staging.join("connect.js"), "export {};".repeat(100)).unwrap();
        fs::write(staging.join("bandeja.css"), "a{}".repeat(100)).unwrap();
        fs::write(staging.join("admin.css"), "b{}".repeat(100)).unwrap();
        fs::write(staging.join("app-1/bandeja_bg.wasm"), b"wasm".repeat(100)).unwrap();
        staging
    }

    fn parts(entry: &'static Entry) -> Parts {
        Parts { entry, folder: PathBuf::new(), name: format!("{}-1", entry.folder) }
    }

    /// The pages with these texts.
    fn pages(inbox: &str, admin: Option<&str>) -> Vec<(String, Parts)> {
        let admin = admin.map(|html| (html.to_owned(), parts(&ADMIN)));
        std::iter::once((inbox.to_owned(), parts(&INBOX))).chain(admin).collect()
    }

    #[test]
    fn a_finished_release_loads_files_named_by_their_content_and_holds_compressed_copies() {
        let staging = staging("dist");
        finish(&staging, &pages(HTML, None), WORKER_AT).unwrap();
        let html = fs::read_to_string(staging.join("index.html")).unwrap();
        let loaded = Page::new(html.clone()).loaded();
        assert_eq!(loaded.len(), 5, "{html}");
        assert!(!html.contains("data-trunk") && !html.contains("why"), "{html}");
        assert!(html.contains("data-worker=\"/worker-1/start.js\""), "{html}");
        for file in loaded.iter().filter(|file| !file.starts_with("app-1")) {
            assert!(staging.join(file).is_file(), "{file}");
            assert_ne!(without_hash(file), *file, "{file}");
        }
        assert!(staging.join("app-1/bandeja_bg.wasm.br").is_file());
        assert!(!staging.join("start.js").exists());
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn the_admins_page_loads_a_program_of_one_piece_and_a_sheet_more_than_the_inbox() {
        let staging = staging("admin");
        let sheet = "<link data-trunk rel=\"css\" href=\"target/style/admin.css\">";
        let admin = HTML.replacen("</head>", &format!("{sheet}\n</head>"), 1);
        finish(&staging, &pages(HTML, Some(&admin)), WORKER_AT).unwrap();
        let loaded = |page: &str| {
            let files = Page::new(fs::read_to_string(staging.join(page)).unwrap()).loaded();
            files.iter().map(|file| without_hash(file)).collect::<Vec<_>>()
        };
        let mut of_admin = loaded("admin.html");
        of_admin.sort();
        assert_eq!(
            of_admin,
            [
                "admin-1/bandeja-admin.js",
                "admin-1/bandeja-admin_bg.wasm",
                "admin.css",
                "bandeja.css",
                "start.js"
            ]
        );
        assert!(!loaded("index.html").contains(&"admin.css".to_owned()));
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn a_page_with_an_inline_script_is_refused_by_name() {
        let staging = staging("inline");
        let html = format!("{HTML}<script>alert(1)</script>");
        let error = finish(&staging, &pages(&html, None), WORKER_AT).unwrap_err();
        assert!(format!("{error:#}").contains("index.html"));
        assert!(format!("{error:#}").contains("inline script"));
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn a_page_that_names_no_place_for_the_app_is_refused() {
        let staging = staging("nowhere");
        assert!(finish(&staging, &pages("<head></head>", None), WORKER_AT).is_err());
        fs::remove_dir_all(&staging).unwrap();
    }
}
