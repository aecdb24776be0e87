//! The elements for other people's pages: `bandeja.js` at the root of the site, and beside it one folder with all it
//! loads, named by what it holds, so that it can be kept for ever and two releases never mix.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{copy, parts};
use crate::{
    entries::{ELEMENTS, EMBED},
    project::Project,
};

/// The folder of what is written by hand.
const SOURCE: &str = "embed";
/// Where the elements say their version.
const NAMES_VERSION: &str = "elements.js";
/// What stands there until the build puts the version in.
const NO_VERSION: &str = "\"0.0.0\"";
/// How a module names one beside it.
const BESIDE: &str = "\"./";

/// Adds the module and its folder to the release in `staging`.
pub(super) fn add(project: &Project, staging: &Path) -> Result<()> {
    let parts = parts::make(project, &EMBED)?;
    let unnamed = staging.join(SOURCE);
    copy(&parts.folder, &unnamed)?;
    copy(&project.path(SOURCE), &unnamed)?;
    fs::copy(project.path(&ELEMENTS.bundle()), unnamed.join(ELEMENTS.name))
        .with_context(|| format!("cannot read the joined style sheet {}", ELEMENTS.name))?;
    name(staging, env!("CARGO_PKG_VERSION"))
}

/// Puts the version in, names the folder by what it holds, and leads the module at the root there.
fn name(staging: &Path, version: &str) -> Result<()> {
    let unnamed = staging.join(SOURCE);
    let elements = unnamed.join(NAMES_VERSION);
    let text = read(&elements)?;
    if text.matches(NO_VERSION).count() != 1 {
        bail!("{SOURCE}/{NAMES_VERSION} has to name {NO_VERSION} once, for the version to take its place");
    }
    fs::write(&elements, text.replace(NO_VERSION, &format!("\"{version}\"")))?;
    let module = unnamed.join(EMBED.page);
    let text = read(&module)?;
    fs::remove_file(&module)?;
    let folder = format!("{}-{}", EMBED.folder, parts::hash_of(&unnamed)?);
    fs::rename(&unnamed, staging.join(&folder))?;
    if !text.contains(BESIDE) {
        bail!("{SOURCE}/{} imports nothing beside it", EMBED.page);
    }
    fs::write(staging.join(EMBED.page), text.replace(BESIDE, &format!("\"./{folder}/")))?;
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_leads_to_a_folder_named_by_its_content_which_tells_the_version() {
        let staging = std::env::temp_dir().join(format!("bandeja-element-{}", std::process::id()));
        let folder = staging.join(SOURCE);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("bandeja.js"), "import { define } from \"./elements.js\";").unwrap();
        fs::write(folder.join("elements.js"), "export const VERSION = \"0.0.0\";").unwrap();
        name(&staging, "1.2.3").unwrap();
        let module = fs::read_to_string(staging.join("bandeja.js")).unwrap();
        let named = module.split("./").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        assert!(named.starts_with("embed-") && named.len() == "embed-".len() + 16, "{module}");
        let elements = fs::read_to_string(staging.join(named).join("elements.js")).unwrap();
        assert!(elements.contains("1.2.3"), "{elements}");
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn the_shadow_root_wears_every_part_that_the_pages_do_but_the_pages_own() {
        let project = Project::open().unwrap();
        let parts = |index: &str| -> Vec<String> {
            let text = fs::read_to_string(project.path(index)).unwrap();
            text.lines().filter(|line| line.starts_with("@import")).map(str::to_owned).collect()
        };
        let mut pages = parts("style/index.css");
        pages.retain(|part| !part.contains("page.css"));
        let mut elements = parts(ELEMENTS.index);
        elements.retain(|part| !part.contains("host.css"));
        assert_eq!(elements, pages);
    }
}
