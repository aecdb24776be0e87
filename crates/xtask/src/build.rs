//! Building the app and the server, and knowing when there is nothing to build.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result};

use crate::{
    dist,
    entries::{ENTRIES, Entry, WORKER},
    exec::{Exec, step},
    files::{short_hash, write_if_new, written_by_people},
    project::Project,
    setup,
};

/// What the app is made of. Cargo knows the Rust part better, but asking it takes longer than looking.
const INPUTS: [&str; 10] = [
    "src",
    "crates",
    "embed",
    "style",
    "public",
    "index.html",
    "admin.html",
    "embed.html",
    ".cargo/config.toml",
    "Cargo.lock",
];
/// Crates that no byte of the app comes from.
const NOT_INPUTS: [&str; 2] = ["crates/server", "crates/xtask"];

/// Builds the release app into `dist/`, unless what is there was built from just these inputs.
pub(crate) fn app(project: &mut Project) -> Result<()> {
    let inputs = fingerprint(project)?;
    if is_built_from(project, &inputs) {
        eprintln!("==> The app is up to date");
        return Ok(());
    }
    setup::for_release(project)?;
    step("Fetch the app's crates (at most 1 min the first time)", || {
        Exec::cargo(project).args(["fetch", "--target", setup::WASM]).on_stderr().run()
    })?;
    step("Build the app (about 4 min the first time, 2 min later)", || {
        ENTRIES.iter().try_for_each(|entry| compile(project, "bandeja", entry))?;
        compile(project, "bandeja-worker", &WORKER)
    })?;
    step("Put the release together (about 1 min when the app has changed)", || dist::run(project))?;
    write_if_new(&stamp(project), &format!("{inputs} {}", output(project)))
}

fn compile(project: &Project, package: &str, entry: &Entry) -> Result<()> {
    let mut cargo = Exec::cargo(project)
        .args(["rustc", "--offline", "--package", package, "--bin", entry.program])
        .args(["--profile", "wasm-release", "--target", setup::WASM]);
    if entry.in_parts {
        // Cutting the app into parts needs to know where the linker put what.
        cargo = cargo.args(["--features", "split", "--", "-Clink-args=--emit-relocs"]);
    }
    cargo.on_stderr().run()
}

/// Builds the release server; cargo decides whether there is anything to do.
pub(crate) fn server(project: &Project) -> Result<PathBuf> {
    step("Build the server (about 5 min the first time)", || {
        Exec::cargo(project).args(["build", "--release", "--package", "bandeja-server"]).on_stderr().run()
    })?;
    Ok(project.server("release"))
}

fn stamp(project: &Project) -> PathBuf {
    project.scratch().join("app.stamp")
}

fn is_built_from(project: &Project, inputs: &str) -> bool {
    fs::read_to_string(stamp(project)).is_ok_and(|stamp| stamp == format!("{inputs} {}", output(project)))
}

/// A hash that changes when what stands in `dist/` was built by somebody else, or is gone.
fn output(project: &Project) -> String {
    let pages: Result<Vec<_>, _> =
        ENTRIES.iter().map(|entry| fs::read(project.dist().join(entry.page))).collect();
    pages.map_or_else(|_| "nothing".to_owned(), |pages| short_hash(&pages.concat()))
}

/// A hash over names, sizes and times of all inputs: quick, and it notices removed files too.
fn fingerprint(project: &Project) -> Result<String> {
    let mut listing = String::new();
    for input in INPUTS {
        let path = project.path(input);
        let files = if path.is_dir() { written_by_people(&path)? } else { vec![path] };
        for file in files.iter().filter(|file| !is_left_out(project, file)) {
            describe(file, &mut listing)?;
        }
    }
    // The root manifest holds the profile that the app is compiled with.
    describe(&project.path("Cargo.toml"), &mut listing)?;
    Ok(short_hash(listing.as_bytes()))
}

fn is_left_out(project: &Project, file: &Path) -> bool {
    NOT_INPUTS.iter().any(|folder| file.starts_with(project.path(folder)))
}

fn describe(file: &Path, listing: &mut String) -> Result<()> {
    let meta = file.metadata().with_context(|| format!("cannot read {}", file.display()))?;
    let time = meta.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    writeln!(listing, "{} {} {time}", file.display(), meta.len())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_inputs_have_the_same_fingerprint() {
        let mut one = String::new();
        let mut other = String::new();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        describe(&file, &mut one).unwrap();
        describe(&file, &mut other).unwrap();
        assert_eq!(one, other);
        assert!(one.contains("Cargo.toml"));
    }

    #[test]
    fn the_server_is_no_input_of_the_app() {
        let project = Project::open().unwrap();
        assert!(is_left_out(&project, &project.path("crates/server/src/main.rs")));
        assert!(!is_left_out(&project, &project.path("crates/ui/src/lib.rs")));
    }

    #[test]
    fn a_missing_input_is_named() {
        let error = describe(Path::new("no/such/file"), &mut String::new()).unwrap_err();
        assert!(error.to_string().contains("no/such/file"));
    }
}
