//! Setting up what the chores need: each file knows one tool, finds it, gets it where it can, and names the
//! command that would get it where it cannot.

mod browser;
mod npm;
mod python;
mod trunk;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_split;
mod wasm_target;

pub(crate) use self::browser::{Browser, browser, driver, needs_no_sandbox};
pub(crate) use self::npm::{node, packages};
pub(crate) use self::python::{NEEDED as PYTHON_NEEDED, ensure as python, find as find_python};
pub(crate) use self::wasm_opt::candidates as wasm_opts;
pub(crate) use self::wasm_split::PROGRAM as WASM_SPLIT;
pub(crate) use self::wasm_target::TARGET as WASM;

use anyhow::Result;

use crate::project::Project;

/// Settings that make `cargo install` take minutes instead of a quarter of an hour; the tools' own speed
/// hardly matters.
const QUICK_INSTALL: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

/// What compiling for the browser takes: the target and `wasm-bindgen`.
pub(crate) fn for_wasm(project: &mut Project) -> Result<()> {
    wasm_target::ensure(project)?;
    wasm_bindgen::ensure(project)
}

/// What developing the app takes: the above and Trunk.
pub(crate) fn for_bundle(project: &mut Project) -> Result<()> {
    for_wasm(project)?;
    trunk::ensure(project)
}

/// What the release app takes: the first, `wasm-split`, and `wasm-opt` where it can be had.
pub(crate) fn for_release(project: &mut Project) -> Result<()> {
    for_wasm(project)?;
    wasm_split::ensure(project)?;
    wasm_opt::try_to_have(project);
    Ok(())
}
