//! `test`: the same tests for people and for CI, each kind by name or all in order of their price.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{
    build, check,
    exec::{Exec, step},
    files::{write_if_new, written_by_people},
    package,
    project::Project,
    setup::{self, Browser, WASM},
};

/// The crates whose tests also run in a browser.
const IN_BROWSER: [&str; 4] = ["bandeja-ui", "bandeja-browser", "bandeja-worker", "bandeja"];
/// Chromium without what disturbs a test: no first-run pages, no traffic of its own.
const CHROMIUM_FLAGS: [&str; 8] = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// One kind of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Everything that runs without a browser
    Native,
    /// The app's crates in headless Chromium
    Wasm,
    /// What the connectors rely on, asked of the foreign back ends themselves
    Connectors,
    /// Playwright against the release build
    E2e,
    /// The inbox on top of every foreign back end in every way, of which `E2e` takes half
    Pairs,
}

/// Runs one kind, or format, invariants and all kinds.
pub(crate) fn run(project: &mut Project, kind: Option<Kind>, extra: &[String]) -> Result<()> {
    match kind {
        Some(Kind::Native) => native(project, extra),
        Some(Kind::Wasm) => wasm(project, extra),
        Some(Kind::Connectors) => connectors(project, extra),
        Some(Kind::E2e) => end_to_end(project, false, extra),
        Some(Kind::Pairs) => end_to_end(project, true, extra),
        None if !extra.is_empty() => {
            bail!("arguments behind -- go to one tool: say native, wasm, connectors, e2e or pairs")
        }
        None => {
            step("Check the format", || check::format(project))?;
            step("Check the invariants", || check::tidy(project))?;
            step("Native tests", || native(project, extra))?;
            step("Tests in a browser", || wasm(project, extra))?;
            step("Foreign back ends", || connectors_if_possible(project))?;
            step("End-to-end tests", || end_to_end(project, false, extra))
        }
    }
}

fn native(project: &Project, extra: &[String]) -> Result<()> {
    Exec::cargo(project).args(["test", "--workspace"]).args(after_dashes(extra)).run()
}

fn wasm(project: &mut Project, extra: &[String]) -> Result<()> {
    setup::for_wasm(project)?;
    setup::node(project)?;
    let driver = setup::driver(project)?;
    let settings = project.scratch().join("webdriver.json");
    write_if_new(&settings, &webdriver_settings(&setup::browser(project)?))?;

    let packages = IN_BROWSER.iter().flat_map(|name| ["--package", name]);
    Exec::cargo(project)
        // Documentation examples are run natively; the browser's runner does not know them.
        .args(["test", "--target", WASM, "--lib", "--bins", "--tests"])
        .args(packages)
        .args(after_dashes(extra))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .run()
}

/// Everything else can be tested without Python, so its absence is said and no failure.
fn connectors_if_possible(project: &Project) -> Result<()> {
    if setup::find_python(project).is_none() {
        eprintln!("    skipped: {}", setup::PYTHON_NEEDED);
        return Ok(());
    }
    connectors(project, &[])
}

fn connectors(project: &Project, extra: &[String]) -> Result<()> {
    let python = setup::python(project)?;
    setup::node(project)?;
    setup::packages(project)?;
    Exec::new(project, "node")
        // One after the other: each starts a back end, and there may be two cores.
        .args(["--import", "tsx", "--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(extra)
        .args(connector_tests(project)?)
        .dir(&project.path("end2end"))
        .env("BANDEJA_PYTHON", python)
        .run()
}

/// The files with these tests; Node 20 takes no patterns.
fn connector_tests(project: &Project) -> Result<Vec<PathBuf>> {
    Ok(written_by_people(&project.path("end2end/backends/tests"))?
        .into_iter()
        .filter(|file| file.to_string_lossy().ends_with(".test.ts"))
        .collect())
}

/// All of it with half of the back ends' pairs, or all pairs alone.
fn end_to_end(project: &mut Project, pairs: bool, extra: &[String]) -> Result<()> {
    if pairs {
        setup::python(project)?;
    }
    setup::node(project)?;
    setup::packages(project)?;
    let browser = setup::browser(project)?;
    build::app(project)?;
    let packed = package::make(project)?;
    let server = build::server(project)?;
    let mut playwright = Exec::new(project, "npx")
        .args(["playwright", "test"])
        .args(if pairs { Some("--project=connectors") } else { None })
        .args(extra)
        .dir(&project.path("end2end"))
        .env("BANDEJA_SERVER_BIN", fs::canonicalize(&server).context("the server was not built")?)
        .env("BANDEJA_DIST", fs::canonicalize(project.dist()).context("the app was not built")?)
        .env("BANDEJA_PACKAGE", fs::canonicalize(packed).context("the package was not made")?);
    if pairs {
        playwright = playwright.env("BANDEJA_PAIRS", "all");
    }
    if let Browser::At(path) = browser {
        playwright = playwright.env("BANDEJA_CHROMIUM", path);
    }
    // Stories of connectors start the foreign back ends; without Python they are left out, as their own tests are.
    if let Ok(python) = setup::python(project) {
        playwright = playwright.env("BANDEJA_PYTHON", python);
    }
    playwright.run()
}

/// What `wasm-bindgen-test-runner` tells the driver.
fn webdriver_settings(browser: &Browser) -> String {
    let mut flags = CHROMIUM_FLAGS.to_vec();
    if setup::needs_no_sandbox() {
        flags.push("--no-sandbox");
    }
    let mut options = json!({ "args": flags });
    if let (Browser::At(path), Some(options)) = (browser, options.as_object_mut()) {
        options.insert("binary".to_owned(), json!(path));
    }
    format!("{:#}\n", json!({ "goog:chromeOptions": options }))
}

fn after_dashes(extra: &[String]) -> Vec<&str> {
    if extra.is_empty() {
        Vec::new()
    } else {
        ["--"].into_iter().chain(extra.iter().map(String::as_str)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_driver_is_told_which_browser_to_start_and_how() {
        let settings = webdriver_settings(&Browser::At("/opt/chromium".into()));
        let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
        let options = &settings["goog:chromeOptions"];
        assert_eq!(options["binary"], "/opt/chromium");
        assert!(options["args"].as_array().unwrap().contains(&json!("--headless")));
    }

    #[test]
    fn arguments_for_the_tool_stand_behind_two_dashes() {
        assert_eq!(after_dashes(&["a_name".to_owned()]), ["--", "a_name"]);
        assert!(after_dashes(&[]).is_empty());
    }
}
