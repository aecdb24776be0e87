//! From a compiled program to the files a browser fetches: cut into parts where the entry asks for it, bound to
//! JavaScript, made small, and put into a folder named by what it holds, so that it can be kept for ever.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{entries::Entry, exec::Exec, files::short_hash, project::Project, setup};

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
    /// Whose they are.
    pub(super) entry: &'static Entry,
    /// Where it is now.
    pub(super) folder: PathBuf,
    /// What it is called in the site: `app-0123456789abcdef`.
    pub(super) name: String,
}

impl Parts {
    /// The glue that starts the program.
    pub(super) fn glue(&self) -> String {
        format!("{}/{}.js", self.name, self.entry.program)
    }

    /// What the glue loads besides, if there are other parts: their loader.
    pub(super) fn loader(&self) -> Option<String> {
        self.entry.in_parts.then(|| format!("{}/__wasm_split.js", self.name))
    }

    /// The part that the page waits for.
    pub(super) fn first(&self) -> String {
        format!("{}/{}_bg.wasm", self.name, self.entry.program)
    }
}

/// Makes the parts of the compiled program. The last result is kept, since a change of a style sheet alone should
/// not wait for it again.
pub(super) fn make(project: &Project, entry: &'static Entry) -> Result<Parts> {
    let compiled = project.compiled(entry.program);
    let wasm = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let tools = setup::wasm_opts(project);
    let all = project.scratch().join("parts").join(entry.program);
    let kept = all.join(format!("{}-{}", short_hash(&wasm), tools.len()));
    if !kept.is_dir() {
        if all.is_dir() {
            fs::remove_dir_all(&all)?;
        }
        let unfinished = all.join("unfinished");
        fs::create_dir_all(&unfinished)?;
        if entry.in_parts {
            let first = cut(project, entry, &compiled, &unfinished)?;
            // The other parts are linked through the table of functions that the linker exports.
            bind(project, entry, &first, &unfinished, &["--keep-lld-exports"])?;
            fs::remove_file(first)?;
        } else {
            bind(project, entry, &compiled, &unfinished, &[])?;
        }
        for file in wasm_files(&unfinished)? {
            shrink(project, &tools, &file)?;
        }
        fs::rename(&unfinished, &kept)?;
    }
    let name = format!("{}-{}", entry.folder, hash_of(&kept)?);
    Ok(Parts { entry, folder: kept, name })
}

/// Cuts the compiled program; gives its first part, which is not bound to JavaScript yet.
fn cut(project: &Project, entry: &Entry, compiled: &Path, folder: &Path) -> Result<PathBuf> {
    Exec::new(project, setup::WASM_SPLIT)
        .arg(compiled)
        .arg(folder)
        .args(["--target", "web", "--out-name", entry.program])
        .env("RUST_LOG", "warn")
        .on_stderr()
        .run()?;
    Ok(folder.join(format!("{}.wasm", entry.program)))
}

/// Binds a program or its first part; other parts reach the page through it.
fn bind(project: &Project, entry: &Entry, unbound: &Path, folder: &Path, options: &[&str]) -> Result<()> {
    Exec::new(project, "wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-name", entry.program])
        .args(options)
        .arg("--out-dir")
        .arg(folder)
        .arg(unbound)
        .on_stderr()
        .run()
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
pub(super) fn hash_of(folder: &Path) -> Result<String> {
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
