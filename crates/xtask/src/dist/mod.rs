//! The last steps of a release build, run by Trunk after it has put everything in its staging folder: shrink
//! the wasm, name files by their content, refuse what a strict Content-Security-Policy would, compress.
//!
//! A development build is left as it is.

mod compress;
mod page;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

pub(crate) use self::{
    compress::brotli,
    page::{Page, without_hash},
};

use crate::{exec::Exec, files::short_hash, project::Project, setup};

/// What the compiler writes since 1.87; without naming them `wasm-opt` refuses the file.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

/// Finishes the build that Trunk has staged.
pub(crate) fn run(project: &Project) -> Result<()> {
    let profile = env::var("TRUNK_PROFILE").context("dist-finish is run by Trunk, not by hand")?;
    if profile != "release" {
        return Ok(());
    }
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("Trunk did not name its staging folder")?;
    finish(&staging, |wasm| shrink(project, wasm))
}

/// The steps themselves; `shrink` makes one wasm file smaller in place.
fn finish(staging: &Path, shrink: impl Fn(&Path) -> Result<()>) -> Result<()> {
    let html = staging.join("index.html");
    let text = fs::read_to_string(&html).with_context(|| format!("cannot read {}", html.display()))?;
    let mut page = Page::new(text);
    page.drop_comments();
    if let Some(inline) = page.inline_code() {
        bail!("index.html holds {inline}, which a strict Content-Security-Policy refuses");
    }
    for name in page.loaded() {
        let path = staging.join(&name);
        if has_extension(&path, "wasm") {
            shrink(&path)?;
        }
        if has_extension(&path, "wasm") || has_extension(&path, "js") {
            let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let renamed = named_by_content(&name, &content);
            if renamed != name {
                fs::rename(&path, staging.join(&renamed))?;
                page.rename(&name, &renamed);
            }
        }
    }
    fs::write(&html, page.text()).with_context(|| format!("cannot write {}", html.display()))?;
    compress::all(staging)
}

/// `bandeja-0123456789abcdef_bg.wasm` for content of that hash, whatever the name's old hash was.
///
/// Files in folders (the glue's snippets) keep their names: others refer to them.
fn named_by_content(name: &str, content: &[u8]) -> String {
    if name.contains('/') {
        return name.to_owned();
    }
    let plain = page::without_hash(name);
    let end = plain.find("_bg.").or_else(|| plain.rfind('.')).unwrap_or(plain.len());
    let (stem, rest) = plain.split_at(end);
    format!("{stem}-{}{rest}", short_hash(content))
}

/// Makes the file smaller in place; without a `wasm-opt` that understands it, it stays as it is.
///
/// The last result is kept, since a change of a style sheet alone should not wait for it again.
fn shrink(project: &Project, wasm: &Path) -> Result<()> {
    let before = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let folder = project.scratch().join("wasm-opt");
    let kept = folder.join(format!("{}.wasm", short_hash(&before)));
    if !kept.is_file() {
        let tools = setup::wasm_opts(project);
        // The folder holds one result at a time.
        if folder.is_dir() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        if !tools.iter().any(|tool| optimise(project, tool, wasm, &kept)) {
            eprintln!("    no wasm-opt at hand, so the wasm stays at {} kB", before.len() / 1000);
            return Ok(());
        }
    }
    let after = fs::copy(&kept, wasm)?;
    eprintln!("    wasm-opt: {} kB became {} kB", before.len() / 1000, after / 1000);
    Ok(())
}

/// True when that `wasm-opt` has written `smaller`.
fn optimise(project: &Project, tool: &Path, wasm: &Path, smaller: &Path) -> bool {
    let unfinished = smaller.with_extension("part");
    let run = || -> Result<()> {
        Exec::new(project, tool).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&unfinished).run()?;
        Ok(fs::rename(&unfinished, smaller)?)
    };
    run().map_err(|error| eprintln!("    {} cannot shrink this wasm: {error}", project.shown(tool))).is_ok()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_its_content() {
        let name = named_by_content("bandeja-0123456789abcdef_bg.wasm", b"");
        assert_eq!(name, "bandeja-e3b0c44298fc1c14_bg.wasm");
        assert_eq!(named_by_content("bandeja-0123456789abcdef.js", b""), "bandeja-e3b0c44298fc1c14.js");
        assert_eq!(named_by_content("start.js", b""), "start-e3b0c44298fc1c14.js");
    }

    #[test]
    fn snippets_keep_their_names() {
        assert_eq!(named_by_content("snippets/x/inline0.js", b""), "snippets/x/inline0.js");
    }

    #[test]
    fn a_finished_build_names_every_file_by_its_content_and_compresses_it() {
        let staging = env::temp_dir().join(format!("bandeja-dist-{}", std::process::id()));
        fs::create_dir_all(&staging).unwrap();
        let wasm = "app-0123456789abcdef_bg.wasm";
        fs::write(
            staging.join("index.html"),
            format!("<script type=\"module\" src=\"/start.js\" data-wasm=\"/{wasm}\"></script>"),
        )
        .unwrap();
        fs::write(staging.join("start.js"), "begin();".repeat(100)).unwrap();
        fs::write(staging.join(wasm), b"wasm".repeat(100)).unwrap();

        finish(&staging, |path| Ok(fs::write(path, b"small".repeat(100))?)).unwrap();

        let html = fs::read_to_string(staging.join("index.html")).unwrap();
        let expected = named_by_content(wasm, &b"small".repeat(100));
        assert!(html.contains(&format!("data-wasm=\"/{expected}\"")), "{html}");
        assert!(staging.join(&expected).is_file());
        assert!(staging.join(format!("{expected}.br")).is_file());
        assert!(!staging.join("start.js").exists());
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn a_page_with_an_inline_script_is_refused() {
        let staging = env::temp_dir().join(format!("bandeja-inline-{}", std::process::id()));
        fs::create_dir_all(&staging).unwrap();
        fs::write(staging.join("index.html"), "<script>alert(1)</script>").unwrap();
        let error = finish(&staging, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("inline script"));
        fs::remove_dir_all(&staging).unwrap();
    }
}
