//! The engine of connectors: its program and one script that starts it, in a folder of the site for our own page, and
//! beside the elements for other people's pages.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{copy, parts};
use crate::{entries::WORKER, project::Project};

/// What the script ends with: loading the program and saying so.
const START: &str = "crates/worker/start.js";
/// What loads the program, as its glue calls it.
const LOADS: &str = "function __wbg_init(";

/// Puts the engine into the site, in a folder named by all that it holds; gives the address of its script.
pub(super) fn add(project: &Project, staging: &Path) -> Result<String> {
    let unnamed = staging.join(WORKER.folder);
    put_into(project, &unnamed)?;
    let script = format!("{}.js", WORKER.program);
    let name = format!("{}-{}", WORKER.folder, parts::hash_of(&unnamed)?);
    fs::rename(&unnamed, staging.join(&name))?;
    Ok(format!("{name}/{script}"))
}

/// Puts the engine into a folder.
pub(super) fn put_into(project: &Project, folder: &Path) -> Result<()> {
    let engine = parts::make(project, &WORKER)?;
    copy(&engine.folder, folder)?;
    let script = folder.join(format!("{}.js", WORKER.program));
    let glue = fs::read_to_string(&script).context("cannot read the glue of the worker")?;
    let start = fs::read_to_string(project.path(START)).context("cannot read the start of the worker")?;
    fs::write(&script, joined(&glue, &start)?).context("cannot write the script of the worker")
}

/// Glue and start in one, because a bundler that moves the file does not look into it.
fn joined(glue: &str, start: &str) -> Result<String> {
    if !glue.contains(LOADS) {
        bail!("the glue of the worker has no `{LOADS}…)`, by which {START} loads the program");
    }
    Ok(format!("{glue}\n{start}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_worker_is_the_glue_and_what_starts_it() {
        let start = fs::read_to_string(Project::open().unwrap().path(START)).unwrap();
        let script = joined("async function __wbg_init(program) {}", &start).unwrap();
        assert!(
            script.contains("await __wbg_init(") && script.contains("postMessage(\"ready\")"),
            "{script}"
        );
        assert!(!script.contains("import "), "a file that imports nothing can be moved: {script}");
        assert!(joined("async function init(program) {}", &start).is_err());
    }
}
