//! The compiler's standard library for the browser, `wasm32-unknown-unknown`.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    exec::{Exec, step},
    project::Project,
};

/// The one target the app is compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const WITHOUT_RUSTUP: &str = "\
The compiler lacks its standard library for wasm32-unknown-unknown. `rustup target add wasm32-unknown-unknown`
adds it. Without rustup, or where the network forbids it, build it from the source of exactly this compiler
(Debian: the package rust-src of the same version): in its folder library/sysroot run
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zforce-unstable-if-unmarked cargo build --release \\
    --target wasm32-unknown-unknown --features \"panic-unwind compiler-builtins-mem\"
and copy the .rlib files it leaves in deps to lib/rustlib/wasm32-unknown-unknown/lib of `rustc --print sysroot`.";

/// Adds the target by rustup where it is missing.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    let sysroot = Exec::new(project, "rustc").args(["--print", "sysroot"]).read()?;
    let libraries = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib");
    if has_std(&libraries) {
        return Ok(());
    }
    if project.find("rustup").is_none() {
        bail!(WITHOUT_RUSTUP);
    }
    step("Add the compiler's library for the browser (a few seconds)", || {
        Exec::new(project, "rustup").args(["target", "add", TARGET]).on_stderr().run().context(WITHOUT_RUSTUP)
    })
}

fn has_std(libraries: &Path) -> bool {
    let Ok(entries) = fs::read_dir(libraries) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_library_does_not_count() {
        assert!(!has_std(Path::new("no/such/folder")));
        assert!(!has_std(Path::new(env!("CARGO_MANIFEST_DIR"))));
    }
}
