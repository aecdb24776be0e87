//! `wasm-bindgen` and its test runner, in exactly the version that `Cargo.lock` names: the two sides of the
//! glue only fit each other when they are of one version.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::QUICK_INSTALL;
use crate::{
    exec::{Exec, step},
    project::{Project, tool_cache},
};

/// Finds or installs the version of the lock file and puts it first for children.
pub(crate) fn ensure(project: &mut Project) -> Result<()> {
    let lock = fs::read_to_string(project.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;

    let present = project.find("wasm-bindgen");
    if let Some(program) = &present
        && version_of(project, program).as_deref() == Some(version)
    {
        return Ok(());
    }
    let cache = tool_cache().map(|dir| dir.join(format!("wasm-bindgen-{version}")));
    if let Some(bin) = cache.as_ref().map(|dir| dir.join("bin"))
        && version_of(project, &bin.join("wasm-bindgen")).as_deref() == Some(version)
    {
        project.put_first(bin);
        return Ok(());
    }

    // `--locked` is left out on purpose: the lock file inside the package names a crate the registry lacks.
    let command = format!("cargo install wasm-bindgen-cli --version {version}");
    step(&format!("Install wasm-bindgen {version} (about 4 min the first time on 2 cores)"), || {
        let mut install =
            Exec::cargo(project).args(["install", "wasm-bindgen-cli", "--version", version]).on_stderr();
        for (name, value) in QUICK_INSTALL {
            install = install.env(name, value);
        }
        // Somebody else may need the version they have, so this one goes beside it.
        if let (Some(_), Some(cache)) = (&present, &cache) {
            install = install.arg("--root").arg(cache);
        }
        install.run().with_context(|| {
            format!(
                "wasm-bindgen {version} is needed and could not be installed; this would do it: {command}"
            )
        })
    })?;
    if let (Some(_), Some(cache)) = (present, cache) {
        project.put_first(cache.join("bin"));
    }
    Ok(())
}

/// The version a lock file names for a package.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

fn version_of(project: &Project, program: &Path) -> Option<String> {
    if !program.is_file() {
        return None;
    }
    let output = Exec::new(project, program).arg("--version").read().ok()?;
    output.split_whitespace().nth(1).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.53\"\n";

    #[test]
    fn the_lock_file_tells_the_version_of_the_package_and_not_of_its_namesakes() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Some("0.4.53"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }
}
