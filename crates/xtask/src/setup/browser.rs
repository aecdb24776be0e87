//! Chromium and its driver, for the tests that run in a browser.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::npm;
use crate::{
    exec::{Exec, step},
    project::Project,
};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const MISSING_DRIVER: &str = "chromedriver of the browser's version is needed on PATH (Debian: apt-get install -y chromium chromium-driver)";

/// The browser that tests run in.
#[derive(Debug)]
pub(crate) enum Browser {
    /// An installed one, by its path.
    At(PathBuf),
    /// The one that Playwright keeps for itself.
    OfPlaywright,
}

/// Finds Chromium, or installs it where that is possible.
pub(crate) fn browser(project: &Project) -> Result<Browser> {
    if let Some(path) = installed(project) {
        return Ok(Browser::At(path));
    }
    if can_apt(project) && apt_install(project, &["chromium", "chromium-driver"]).is_ok() {
        return installed(project).map(Browser::At).context("Chromium was installed and is still not found");
    }
    npm::packages(project)?;
    step("Fetch Chromium by Playwright (about 1 min the first time)", || {
        Exec::new(project, "npx")
            .args(["playwright", "install", "chromium"])
            .dir(&project.path("end2end"))
            .on_stderr()
            .run()
            .context("Chromium is needed; this would bring it on Debian: apt-get install -y chromium chromium-driver")
    })?;
    Ok(Browser::OfPlaywright)
}

/// Finds Chromium's driver, or installs it where that is possible.
pub(crate) fn driver(project: &Project) -> Result<PathBuf> {
    if let Some(path) = project.find("chromedriver") {
        return Ok(path);
    }
    if !can_apt(project) {
        bail!(MISSING_DRIVER);
    }
    apt_install(project, &["chromium", "chromium-driver"]).context(MISSING_DRIVER)?;
    project.find("chromedriver").context(MISSING_DRIVER)
}

/// Installs Debian packages where this user may.
pub(crate) fn apt_install(project: &Project, packages: &[&str]) -> Result<()> {
    if !can_apt(project) {
        bail!("`apt-get install -y {}` needs Debian and root", packages.join(" "));
    }
    step(&format!("Install the Debian packages {} (about 2 min)", packages.join(", ")), || {
        let apt = || Exec::new(project, "apt-get").env("DEBIAN_FRONTEND", "noninteractive").on_stderr();
        apt().args(["-qq", "update"]).run()?;
        apt().args(["-qq", "install", "-y"]).args(packages).run()
    })
}

fn installed(project: &Project) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("BANDEJA_CHROMIUM").map(PathBuf::from).filter(|path| path.is_file())
    {
        return Some(named);
    }
    NAMES.iter().find_map(|name| project.find(name))
}

fn can_apt(project: &Project) -> bool {
    project.find("apt-get").is_some() && is_root(Path::new("/proc/self/status"))
}

/// Whether the process of that status file runs as root; false where there is no such file.
fn is_root(status: &Path) -> bool {
    std::fs::read_to_string(status).is_ok_and(|text| {
        text.lines()
            .find_map(|line| line.strip_prefix("Uid:"))
            .and_then(|ids| ids.split_whitespace().nth(1))
            .is_some_and(|effective| effective == "0")
    })
}

/// Whether Chromium has to be started without its sandbox, which it insists on for root.
pub(crate) fn needs_no_sandbox() -> bool {
    is_root(Path::new("/proc/self/status"))
}
