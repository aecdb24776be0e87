//! From the compiled app to the files a browser fetches: cut into parts, bound to JavaScript, made small, and put
//! into a folder named by what it holds, so that it can be kept for ever.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{exec::Exec, files::short_hash, project::Project, setup};

/// The name of the compiled app, and of its glue.
const NAME: &str = "bandeja";
/// What the compiler writes since 1.87; without naming them `wasm-opt` refuses the file.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

/// A folder of parts.
#[derive(Debug)]
pub(super) struct Parts {
    /// Where it is now.
    pub(super) folder: PathBuf,
    /// What it is called in the site: `app-0123456789abcdef`.
    pub(super) name: String,
}

impl Parts {
    /// The glue that starts the app.
    pub(super) fn glue(&self) -> String {
        format!("{}/{NAME}.js", self.name)
    }

    /// What the glue loads besides: the loader of the other parts.
    pub(super) fn loader(&self) -> String {
        format!("{}/__wasm_split.js", self.name)
    }

    /// The part that the page waits for.
    pub(super) fn first(&self) -> String {
        format!("{}/{NAME}_bg.wasm", self.name)
    }
}

/// Makes the parts of the compiled app. The last result is kept, since a change of a style sheet alone should not
/// wait for it again.
pub(super) fn make(project: &Project, compiled: &Path) -> Result<Parts> {
    let wasm = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let tools = setup::wasm_opts(project);
    let kept = project.scratch().join("parts").join(format!("{}-{}", short_hash(&wasm), tools.len()));
    if !kept.is_dir() {
        let all = project.scratch().join("parts");
        if all.is_dir() {
            fs::remove_dir_all(&all)?;
        }
        let unfinished = all.join("unfinished");
        cut(project, compiled, &unfinished)?;
        bind(project, &unfinished)?;
        for file in wasm_files(&unfinished)? {
            shrink(project, &tools, &file)?;
        }
        fs::rename(&unfinished, &kept)?;
    }
    let name = format!("app-{}", hash_of(&kept)?);
    Ok(Parts { folder: kept, name })
}

/// Cuts the compiled app; its first part is not bound to JavaScript yet.
fn cut(project: &Project, compiled: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    Exec::new(project, setup::WASM_SPLIT)
        .arg(compiled)
        .arg(folder)
        .args(["--target", "web", "--out-name", NAME])
        .env("RUST_LOG", "warn")
        .on_stderr()
        .run()
}

/// Binds the first part; the others reach the page through it.
fn bind(project: &Project, folder: &Path) -> Result<()> {
    let unbound = folder.join(format!("{NAME}.wasm"));
    Exec::new(project, "wasm-bindgen")
        // The other parts are linked through the table of functions that the linker exports.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", NAME, "--out-dir"])
        .arg(folder)
        .arg(&unbound)
        .on_stderr()
        .run()?;
    Ok(fs::remove_file(unbound)?)
}

/// Makes the file smaller in place; without a `wasm-opt` that understands it, it stays as it is.
fn shrink(project: &Project, tools: &[PathBuf], wasm: &Path) -> Result<()> {
    let before = fs::metadata(wasm)?.len();
    let name = wasm.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !tools.iter().any(|tool| optimise(project, tool, wasm)) {
        eprintln!("    no wasm-opt at hand, so {name} stays at {} kB", before / 1000);
        return Ok(());
    }
    eprintln!(
        "    wasm-opt: {name} had {} kB and has {} kB",
        before / 1000,
        fs::metadata(wasm)?.len() / 1000
    );
    Ok(())
}

/// True when that `wasm-opt` has made the file smaller.
fn optimise(project: &Project, tool: &Path, wasm: &Path) -> bool {
    let smaller = wasm.with_extension("part");
    let run = || -> Result<()> {
        Exec::new(project, tool).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&smaller).run()?;
        Ok(fs::rename(&smaller, wasm)?)
    };
    run().map_err(|error| eprintln!("    {} cannot shrink this wasm: {error}", project.shown(tool))).is_ok()
}

fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = files_of(folder)?;
    Ok(files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")).collect())
}

/// Every file of the folder, sorted.
pub(super) fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    Ok(files)
}

/// One hash over all that the folder holds.
fn hash_of(folder: &Path) -> Result<String> {
    let mut hashes = String::new();
    for file in files_of(folder)? {
        hashes.push_str(&short_hash(&fs::read(&file)?));
    }
    Ok(short_hash(hashes.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_by_what_its_files_hold() {
        let folder = std::env::temp_dir().join(format!("bandeja-parts-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.wasm"), "one").unwrap();
        let one = hash_of(&folder).unwrap();
        fs::write(folder.join("a.wasm"), "two").unwrap();
        assert_ne!(hash_of(&folder).unwrap(), one);
        fs::remove_dir_all(&folder).unwrap();
    }
}
