//! `wasm-split-cli`, which cuts the built app into its parts, in the version that fits the crate the app marks its
//! cuts with.

use anyhow::{Context, Result};

use super::QUICK_INSTALL;
use crate::{
    exec::{Exec, step},
    project::{Project, tool_cache},
};

/// The program.
pub(crate) const PROGRAM: &str = "wasm-split-cli";
/// Its package: of the same family as `wasm_split_helpers` in `Cargo.lock`, which leptos brings.
const PACKAGE: &str = "wasm_split_cli_support";
const VERSION: &str = "0.2.4";

/// Finds the program or installs it beside what the user has, and puts it first for children. It does not tell its
/// version, so only one of our own folder counts.
pub(crate) fn ensure(project: &mut Project) -> Result<()> {
    let root = tool_cache()
        .context("there is no home folder to keep tools in")?
        .join(format!("wasm-split-{VERSION}"));
    let bin = root.join("bin");
    if !bin.join(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX)).is_file() {
        let command = format!("cargo install {PACKAGE} --locked --version {VERSION} --features build-binary");
        step(&format!("Install wasm-split {VERSION} (about 1 min the first time on 2 cores)"), || {
            let mut install = Exec::cargo(project)
                .args([
                    "install",
                    PACKAGE,
                    "--locked",
                    "--version",
                    VERSION,
                    "--features",
                    "build-binary",
                    "--root",
                ])
                .arg(&root)
                .on_stderr();
            for (name, value) in QUICK_INSTALL {
                install = install.env(name, value);
            }
            install.run().with_context(|| {
                format!(
                    "wasm-split {VERSION} is needed and could not be installed; this would do it: {command} --root {}",
                    root.display()
                )
            })
        })?;
    }
    project.put_first(bin);
    Ok(())
}
