//! The npm packages of `end2end`: Playwright, axe, and `wasm-opt`. Only tests need them.

use std::fs;

use anyhow::{Context, Result, bail};

use super::browser::apt_install;
use crate::{
    exec::{Exec, step},
    project::Project,
};

/// Written by npm at the end of an install, so its age tells what was installed.
const INSTALLED: &str = "end2end/node_modules/.package-lock.json";
const WANTED: &str = "end2end/package-lock.json";

/// Installs exactly what the lock file names, unless that was done already.
pub(crate) fn packages(project: &Project) -> Result<()> {
    if is_newer(project, INSTALLED, WANTED) {
        return Ok(());
    }
    if project.find("npm").is_none() {
        bail!("npm is not here; Node 20 or newer brings it (Debian: apt-get install -y nodejs npm)");
    }
    step("Install the npm packages of end2end (about 1 min the first time)", || {
        Exec::new(project, "npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .dir(&project.path("end2end"))
            .on_stderr()
            .run()
            .context("the npm packages could not be installed; this would do it: cd end2end && npm ci")
    })
}

/// Has Node where a chore cannot do without it.
pub(crate) fn node(project: &Project) -> Result<()> {
    if project.find("npm").is_some() && project.find("node").is_some() {
        return Ok(());
    }
    apt_install(project, &["nodejs", "npm"])
        .context("Node 20 or newer with npm is needed (Debian: apt-get install -y nodejs npm)")
}

fn is_newer(project: &Project, done: &str, wanted: &str) -> bool {
    let time = |relative| fs::metadata(project.path(relative)).and_then(|meta| meta.modified());
    matches!((time(done), time(wanted)), (Ok(done), Ok(wanted)) if done >= wanted)
}
