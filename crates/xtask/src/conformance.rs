//! `conformance`: builds and runs the check of the REST contract, which is a program of its own so that no chore
//! waits for an HTTP client.

use anyhow::Result;

use crate::{exec::Exec, project::Project};

/// Runs it; an error when something is wrong. The token goes by the environment, where others do not see it.
pub(crate) fn run(project: &Project, token: Option<&str>, rest: &[String]) -> Result<()> {
    let check = Exec::cargo(project)
        .args(["run", "--quiet", "--package", "bandeja-conformance", "--bin", "bandeja-conformance", "--"])
        .args(rest);
    let check = match token {
        Some(token) => check.env("BANDEJA_TOKEN", token),
        None => check,
    };
    check.run()
}
