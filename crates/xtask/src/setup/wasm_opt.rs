//! `wasm-opt`, which makes the download about a quarter smaller. Good to have, never required.

use std::path::PathBuf;

use super::npm;
use crate::project::Project;

/// Gets it from npm where nobody has it; says so when that fails.
pub(crate) fn try_to_have(project: &Project) {
    if candidates(project).is_empty() && npm::packages(project).is_err() {
        eprintln!(
            "    wasm-opt is not here, so the app will be about a third larger to download; \
             `npm ci` in end2end or the Debian package binaryen brings it"
        );
    }
}

/// Every `wasm-opt` there is; the pinned one of the npm packages first, since an old one of the system may
/// refuse what the compiler writes.
pub(crate) fn candidates(project: &Project) -> Vec<PathBuf> {
    let mut found = project.find_all("wasm-opt");
    let pinned = project.path("end2end/node_modules");
    found.sort_by_key(|path| !path.starts_with(&pinned));
    if project.find("node").is_none() {
        found.retain(|path| !path.starts_with(&pinned));
    }
    found
}
