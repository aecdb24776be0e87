//! `conformance`: builds and runs the check of the REST contract, which is a program of its own so that no chore
//! waits for an HTTP client.

use anyhow::Result;

use crate::{exec::Exec, project::Project};

/// Runs it; an error when something is wrong. The token goes by the environment, where others do not see it.
pub(crate) fn run(project: &Project, token: Option<&str>, rest: &[String]) -> Result<()> {
    command(project, token).args(rest).run()
}

/// The check with a token; its other arguments may follow.
pub(crate) fn command(project: &Project, token: Option<&str>) -> Exec {
    let check = Exec::cargo(project).args([
        "run",
        "--quiet",
        "--package",
        "bandeja-conformance",
        "--bin",
        "bandeja-conformance",
        "--",
    ]);
    match token {
        Some(token) => check.env("BANDEJA_TOKEN", token),
        None => check,
    }
}
