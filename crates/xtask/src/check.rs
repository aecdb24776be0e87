//! `check`: everything that can be said about the source without running the product.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{
    exec::{Exec, step},
    project::Project,
    setup::{self, WASM},
    tidy,
};

/// The published form of the contract.
const OPENAPI: &str = "public/openapi.json";

type Check = fn(&Project) -> Result<()>;

/// Runs every check, also after one has failed, and says at the end which did.
pub(crate) fn run(project: &mut Project) -> Result<()> {
    setup::for_wasm(project)?;
    let checks: [(&str, Check); 7] = [
        ("Format", format),
        ("Invariants", tidy),
        ("Clippy, native", clippy_native),
        ("Clippy, browser", clippy_wasm),
        ("Documentation", documentation),
        ("OpenAPI document", openapi_drift),
        ("Licences, sources, bans", deny),
    ];
    let failed: Vec<&str> = checks
        .iter()
        .filter_map(|(name, check)| {
            let error = step(name, || check(project)).err()?;
            eprintln!("    failed: {error:#}");
            Some(*name)
        })
        .collect();
    if failed.is_empty() {
        eprintln!("All {} checks passed.", checks.len());
        return Ok(());
    }
    bail!("{} of {} checks failed: {}", failed.len(), checks.len(), failed.join("; "))
}

/// The code is formatted.
pub(crate) fn format(project: &Project) -> Result<()> {
    Exec::cargo(project).args(["fmt", "--all", "--check"]).run().context("`cargo fmt --all` puts it right")
}

/// The invariants hold.
pub(crate) fn tidy(project: &Project) -> Result<()> {
    let findings = tidy::findings(project.root())?;
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &findings {
        println!("{finding}");
    }
    bail!(
        "{} places break an invariant; ARCHITECTURE.md and CONTRIBUTING.md say why it is one",
        findings.len()
    )
}

/// Writes the OpenAPI document that the server describes.
pub(crate) fn write_openapi(project: &Project) -> Result<()> {
    fs::write(project.path(OPENAPI), described(project)?).with_context(|| format!("cannot write {OPENAPI}"))
}

fn openapi_drift(project: &Project) -> Result<()> {
    let written = fs::read_to_string(project.path(OPENAPI)).unwrap_or_default();
    if written != described(project)? {
        bail!("{OPENAPI} is not what the server describes; `cargo xtask openapi` writes it anew");
    }
    Ok(())
}

fn described(project: &Project) -> Result<String> {
    let text = Exec::cargo(project)
        .args(["run", "--quiet", "--package", "bandeja-server", "--", "openapi"])
        .read()?;
    Ok(format!("{}\n", text.trim_end()))
}

fn clippy_native(project: &Project) -> Result<()> {
    Exec::cargo(project).args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]).run()
}

fn clippy_wasm(project: &Project) -> Result<()> {
    Exec::cargo(project)
        .args(["clippy", "--all-targets", "--target", WASM])
        .args([
            "--package",
            "bandeja-ui",
            "--package",
            "bandeja-browser",
            "--package",
            "bandeja-worker",
            "--package",
            "bandeja",
        ])
        .args(["--", "--deny", "warnings"])
        .run()
}

fn documentation(project: &Project) -> Result<()> {
    Exec::cargo(project)
        .args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "--deny warnings")
        .run()
}

fn deny(project: &Project) -> Result<()> {
    if project.find("cargo-deny").is_none() {
        eprintln!("    skipped: cargo-deny is not here (`cargo install cargo-deny --locked` brings it)");
        return Ok(());
    }
    Exec::cargo(project).args(["deny", "check", "bans", "licenses", "sources"]).run()
}
