//! Trunk, which bundles the app. Any 0.21 will do; 0.22 asks for a newer compiler than the project does.

use anyhow::{Context, Result};

use super::QUICK_INSTALL;
use crate::{
    exec::{Exec, step},
    project::Project,
};

const VERSION: &str = "0.21.14";
const SERIES: &str = "0.21.";

/// Finds Trunk or installs it: ready-made by `cargo binstall` where that is present, else from source.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    if project.find("trunk").is_some() {
        let version = Exec::new(project, "trunk").arg("--version").read()?;
        if is_fitting(&version) {
            return Ok(());
        }
        eprintln!("    {} is not of the {SERIES}x series that the project uses", version.trim());
    }
    if project.find("cargo-binstall").is_some() {
        let quick = step(&format!("Fetch Trunk {VERSION} ready-made (a few seconds)"), || {
            Exec::cargo(project)
                .args(["binstall", "--no-confirm", &format!("trunk@{VERSION}")])
                .on_stderr()
                .run()
        });
        if quick.is_ok() {
            return Ok(());
        }
        eprintln!("    not to be had ready-made here, so it is built");
    }
    let command = format!("cargo install trunk --locked --version {VERSION}");
    step(&format!("Install Trunk {VERSION} (about 8 min the first time on 2 cores)"), || {
        let mut install = Exec::cargo(project)
            .args(["install", "trunk", "--locked", "--force", "--version", VERSION])
            .on_stderr();
        for (name, value) in QUICK_INSTALL {
            install = install.env(name, value);
        }
        install.run().with_context(|| {
            format!("Trunk {VERSION} is needed and could not be installed; this would do it: {command}")
        })
    })
}

/// Whether `trunk --version` told of a version that fits.
fn is_fitting(output: &str) -> bool {
    output.split_whitespace().nth(1).is_some_and(|version| version.starts_with(SERIES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_release_of_the_series_fits() {
        assert!(is_fitting("trunk 0.21.14"));
        assert!(is_fitting("trunk 0.21.9\n"));
    }

    #[test]
    fn another_series_does_not_fit() {
        assert!(!is_fitting("trunk 0.22.1"));
        assert!(!is_fitting("trunk 0.2.14"));
        assert!(!is_fitting(""));
    }
}
