//! Python with `venv`, for the foreign back ends that are written in it. Their packages are their own affair.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::browser::apt_install;
use crate::{exec::Exec, project::Project};

/// What is wanted, and the command that would bring it.
pub(crate) const NEEDED: &str =
    "Python 3.10 or newer with venv is needed (Debian: apt-get install -y python3 python3-venv)";
/// The usual names first, then those of one version that may stand beside an older usual one.
const NAMES: [&str; 7] =
    ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
/// Ends well where the version is new enough and environments can be made.
const CHECK: &str = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";

/// A Python that will do, if there is one.
pub(crate) fn find(project: &Project) -> Option<PathBuf> {
    NAMES
        .iter()
        .flat_map(|name| project.find_all(name))
        .find(|path| Exec::new(project, path).args(["-c", CHECK]).succeeds())
}

/// A Python that will do, installed where that is possible.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf> {
    if let Some(path) = find(project) {
        return Ok(path);
    }
    apt_install(project, &["python3", "python3-venv"]).context(NEEDED)?;
    find(project).context(NEEDED)
}
