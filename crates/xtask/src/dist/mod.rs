//! The release of the app: its parts, its style sheet and its page put together in `dist/`, named by what they
//! hold, checked against what a strict Content-Security-Policy refuses, and compressed.

mod compress;
mod page;
mod parts;

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
    files::{short_hash, written_by_people},
    project::Project,
    style,
};

/// Puts the release together from the compiled app.
pub(crate) fn run(project: &Project, compiled: &Path) -> Result<()> {
    style::run(project)?;
    let parts = parts::make(project, compiled)?;
    let staging = project.scratch().join("dist");
    if staging.is_dir() {
        fs::remove_dir_all(&staging)?;
    }
    copy(&project.path("public"), &staging)?;
    copy(&parts.folder, &staging.join(&parts.name))?;
    fs::copy(project.path(style::BUNDLE), staging.join("bandeja.css"))
        .context("cannot read the joined style sheet")?;
    let html = fs::read_to_string(project.path("index.html")).context("cannot read index.html")?;
    finish(&staging, &html, &parts)?;
    let dist = project.dist();
    if dist.is_dir() {
        fs::remove_dir_all(&dist)?;
    }
    fs::rename(&staging, &dist).context("cannot put the finished release into dist")
}

/// The page with what it loads, and compressed copies.
fn finish(staging: &Path, html: &str, parts: &Parts) -> Result<()> {
    let sheet = name_by_content(staging, "bandeja.css")?;
    let start = name_by_content(staging, "start.js")?;
    let mut page = Page::new(html.to_owned());
    page.drop_comments();
    page.take_the_place_of("rel=\"css\"", &format!("<link rel=\"stylesheet\" href=\"/{sheet}\">"))?;
    page.take_the_place_of("rel=\"copy-dir\"", "")?;
    page.take_the_place_of("rel=\"rust\"", &loading(&start, parts))?;
    if let Some(inline) = page.inline_code() {
        bail!("index.html holds {inline}, which a strict Content-Security-Policy refuses");
    }
    fs::write(staging.join("index.html"), page.text()).context("cannot write the page")?;
    compress::all(staging)
}

/// The tags that load the app: what it waits for is asked for before any script runs.
fn loading(start: &str, parts: &Parts) -> String {
    let (glue, loader, first) = (parts.glue(), parts.loader(), parts.first());
    [
        format!("<link rel=\"modulepreload\" href=\"/{glue}\">"),
        format!("<link rel=\"modulepreload\" href=\"/{loader}\">"),
        format!(
            "<link rel=\"preload\" href=\"/{first}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
        ),
        format!(
            "<script type=\"module\" src=\"/{start}\" data-js=\"/{glue}\" data-wasm=\"/{first}\"></script>"
        ),
    ]
    .join("\n")
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

    const HTML: &str = "<head>\n<!-- why -->\n<link data-trunk rel=\"css\" href=\"x.css\">\n\
        <link data-trunk rel=\"copy-dir\" href=\"public\">\n<link data-trunk rel=\"rust\">\n</head>\n<body></body>\n";

    fn staging(name: &str) -> PathBuf {
        let staging = std::env::temp_dir().join(format!("bandeja-{name}-{}", std::process::id()));
        fs::create_dir_all(staging.join("app-1")).unwrap();
        fs::write(staging.join("start.js"), "begin();".repeat(100)).unwrap();
        fs::write(staging.join("bandeja.css"), "a{}".repeat(100)).unwrap();
        fs::write(staging.join("app-1/bandeja_bg.wasm"), b"wasm".repeat(100)).unwrap();
        staging
    }

    fn parts() -> Parts {
        Parts { folder: PathBuf::new(), name: "app-1".to_owned() }
    }

    #[test]
    fn a_finished_release_loads_files_named_by_their_content_and_holds_compressed_copies() {
        let staging = staging("dist");
        finish(&staging, HTML, &parts()).unwrap();
        let html = fs::read_to_string(staging.join("index.html")).unwrap();
        let loaded = Page::new(html.clone()).loaded();
        assert_eq!(loaded.len(), 5, "{html}");
        assert!(!html.contains("data-trunk") && !html.contains("why"), "{html}");
        for file in loaded.iter().filter(|file| !file.starts_with("app-1")) {
            assert!(staging.join(file).is_file(), "{file}");
            assert_ne!(without_hash(file), *file, "{file}");
        }
        assert!(staging.join("app-1/bandeja_bg.wasm.br").is_file());
        assert!(!staging.join("start.js").exists());
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn a_page_with_an_inline_script_is_refused() {
        let staging = staging("inline");
        let html = format!("{HTML}<script>alert(1)</script>");
        let error = finish(&staging, &html, &parts()).unwrap_err();
        assert!(error.to_string().contains("inline script"));
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn a_page_that_names_no_place_for_the_app_is_refused() {
        let staging = staging("nowhere");
        assert!(finish(&staging, "<head></head>", &parts()).is_err());
        fs::remove_dir_all(&staging).unwrap();
    }
}
